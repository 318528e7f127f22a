"""Releases: what was published when, how to cite it, and each one to download."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from app.errors import Fault, NotFound, RangeNotSatisfiable
from app.query.base import Refused
from app.query.parameters import FORMAT
from app.query.reader import Published, Reader
from app.web.api.conditional import CURRENT, PINNED, VARY, etag, not_modified, unchanged
from app.web.api.unversioned import no_parameters, unversioned_answer
from app.web.openapi.document import control_parameters, problem_response, responses
from app.web.site import Site

SQLITE = "application/vnd.sqlite3"
NDJSON = "application/x-ndjson"
RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{1,18})?|-\d{1,18})", re.ASCII)  # one range

TAGS: list[str | Enum] = ["Releases"]

ReleaseName = Annotated[str, Path(description="Its full id, an unambiguous prefix of it, or its label.")]


class DossierEdition(BaseModel):
    """A dossier as it went into a release."""

    id: str
    title: str
    edition: dict[str, str] = Field(description="Label and day of issue.")
    licence: str = Field(description="SPDX licence identifier of the data.")
    citation: str = Field(description="How to cite it.")


class Downloads(BaseModel):
    """The release as files; of one that is not served both answer 410."""

    sqlite: str | None = Field(description="The whole database; null where the store keeps no file.")
    entries: str = Field(description="The curated input, one JSON text a line; its sha256 is the release's id.")


class ReleaseDocument(BaseModel):
    """A frozen build of one or more dossiers."""

    id: str = Field(description="The sha256 of the curated input.")
    kind: str = "release"
    url: str
    label: str = Field(description="The editions of its dossiers.")
    issued: str = Field(description="The day of the latest edition, YYYY-MM-DD.")
    published: str = Field(description="When this service first published it, UTC.")
    current: bool = Field(description="Whether unpinned requests are answered from it.")
    served: bool = Field(description="Whether it can be asked; false once it was withdrawn, or is not kept here.")
    withdrawn: str | None = Field(description="Why it was withdrawn; null if it was not.")
    predecessor: str | None = Field(description="The release that was current before it.")
    schema_version: str = Field(description="Of the tables in its database.")
    counts: dict[str, int] = Field(description="Records by collection.")
    dossiers: list[DossierEdition]
    documents_sha256: str = Field(description="Over all documents, by collection, each in its default order.")
    sqlite_sha256: str | None = Field(description="Of the database file.")
    downloads: Downloads


class ReleaseLinks(BaseModel):
    """Absolute URLs."""

    self: str


class CatalogueOfReleases(BaseModel):
    """Every release that was ever published here, latest first."""

    data: list[ReleaseDocument]
    links: ReleaseLinks


class OneRelease(BaseModel):
    """One release."""

    data: ReleaseDocument
    links: ReleaseLinks


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of releases."""
    extra = {"parameters": control_parameters((FORMAT,))}
    docs: dict[str, Any] = {"tags": TAGS, "response_model": None, "openapi_extra": extra}

    @made.get("/releases", summary="List releases", responses=responses(CatalogueOfReleases, 400, 406), **docs)
    def list_releases(request: Request) -> Response:
        """Every release that was ever published here, latest first."""
        base = str(request.scope["state"]["base"])
        data = [_document(site, each, base) for each in site.library.published()]
        body = {"data": data, "links": {"self": f"{base}/releases"}}
        return unversioned_answer(request, _version(site, data), body, "releases.html")

    @made.get("/releases/{release}", summary="Get one release", responses=responses(OneRelease, 400, 404, 406), **docs)
    def get_release(request: Request, release: ReleaseName) -> Response:
        """What is in it, how to cite it, its checksums and downloads."""
        base = str(request.scope["state"]["base"])
        data = _document(site, _published(site, release), base)
        body = {"data": data, "links": {"self": f"{base}/releases/{data['id']}"}}
        return unversioned_answer(request, _version(site, [data]), body, "release.html")

    _add_downloads(made, site)


def _add_downloads(made: APIRouter, site: Site) -> None:
    @made.get("/releases/{release}/onrecord.sqlite", summary="Download the database", **_file_docs(SQLITE, 206, 416))
    def download_release(request: Request, release: ReleaseName) -> Response:
        """The whole release as one SQLite file; byte ranges are served."""
        no_parameters(request)
        published = _served(site, release)
        path = site.library.database(published.info.id)
        if path is None:
            raise NotFound("This store keeps no database file; download entries.ndjson and build it.")
        headers = _headers(published, release, str(published.sha256))
        if not_modified(request, headers["ETag"]):
            return unchanged(headers)
        return _file(request, path, f"onrecord-{published.info.label}.sqlite", headers)

    @made.get("/releases/{release}/entries.ndjson", summary="Download the curated input", **_file_docs(NDJSON))
    def download_entries(request: Request, release: ReleaseName) -> Response:
        """The curated input, one JSON text a line, in the order of kind and id; its sha256 is the id of the release."""
        no_parameters(request)
        published = _served(site, release)
        headers = {**_headers(published, release, "entries"), "Accept-Ranges": "none"}
        if not_modified(request, headers["ETag"]):
            return unchanged(headers)
        reader = site.library.named(published.info.id)
        return StreamingResponse(_lines(reader), headers=headers, media_type=NDJSON)


def _file_docs(media: str, *statuses: int) -> dict[str, Any]:
    """What OpenAPI says of a download."""
    schema = {"content": {media: {"schema": {"type": "string", "format": "binary"}}}}
    found = {status: problem_response(status) for status in (400, 404, 410, *statuses) if status >= 400}
    partial = {206: {"description": "The bytes asked for by Range.", **schema}} if 206 in statuses else {}
    return {
        "tags": TAGS,
        "response_class": Response,
        "responses": {200: {"description": "The file.", **schema}, **partial, **found},
    }


def _file(request: Request, path: FilePath, name: str, headers: dict[str, str]) -> Response:
    """The file or a range of it. A Range that cannot be read is ignored (RFC 9110 section 14.2)."""
    size = path.stat().st_size
    wanted = RANGE.fullmatch(request.headers.get("range", ""))
    if wanted is None or (wanted[2] and wanted[1] and int(wanted[1]) > int(wanted[2])):
        request.scope["headers"] = [each for each in request.scope["headers"] if each[0] != b"range"]
    elif (wanted[1] and int(wanted[1]) >= size) or wanted[0] == "bytes=-0":
        raise RangeNotSatisfiable(f"The file has {size} bytes.", headers={"Content-Range": f"bytes */{size}"})
    response = FileResponse(path, headers=headers, media_type=SQLITE, filename=name, stat_result=path.stat())
    del response.headers["Last-Modified"]  # of this copy of the file: another server has another
    return response


def _lines(reader: Reader) -> Iterator[bytes]:
    for lines in reader.entries():
        yield lines.encode()


def _headers(release: Published, asked: str, what: str) -> dict[str, str]:
    cache = PINNED if asked == release.info.id else CURRENT
    return {"ETag": etag("download", release.info.id, what), "Cache-Control": cache, "Vary": VARY}


def _served(site: Site, release: str) -> Published:
    """What the catalogue says of a release that is served; raises NotFound or ReleaseGone."""
    published = _published(site, release)
    site.library.named(published.info.id)
    return published


def _published(site: Site, release: str) -> Published:
    """What the catalogue says of it, also of a withdrawn one: its reason. Raises NotFound."""
    try:
        return site.library.known(release)
    except Refused as refused:
        raise _absent(release, refused) from refused


def _absent(release: str, refused: Refused) -> NotFound:
    return NotFound(refused.message, [Fault("release", release, refused.message, refused.did_you_mean)])


def _version(site: Site, data: list[dict[str, Any]]) -> str:
    """What changes when they do: the catalogue, and which of them are served, for a file can go without a word."""
    return f"catalogue {site.library.position()} {''.join('1' if each['served'] else '0' for each in data)}"


def _document(site: Site, each: Published, base: str) -> dict[str, Any]:
    url = f"{base}/releases/{each.info.id}"
    found = ReleaseDocument(
        id=each.info.id,
        url=url,
        label=each.info.label,
        issued=each.info.issued,
        published=each.at,
        current=each.current,
        served=site.library.serves(each),
        withdrawn=each.withdrawn,
        predecessor=each.predecessor,
        schema_version=each.schema_version,
        counts=dict(each.about["counts"]),
        dossiers=each.about["dossiers"],
        documents_sha256=each.documents,
        sqlite_sha256=each.sha256,
        downloads=Downloads(
            sqlite=f"{url}/onrecord.sqlite" if each.file else None,
            entries=f"{url}/entries.ndjson",
        ),
    )
    return found.model_dump()
