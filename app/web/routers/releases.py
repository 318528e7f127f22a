"""Releases: what was published when, how to cite it, and each one to download."""

from enum import Enum
from functools import partial
from threading import Condition
from typing import Annotated

from cachetools import LRUCache, cached
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.query.parameters import FORMAT
from app.query.reader import Published, Reader
from app.values.members import JsonObject
from app.web.api.downloads import Download, Pieces, cut_pieces, download_response, file_pieces
from app.web.api.served import address, file_name, kept, published, served
from app.web.api.unversioned import no_parameters, unversioned_answer
from app.web.api.url import base_of
from app.web.openapi.document import control_parameters, file_docs, responses
from app.web.routers import Docs
from app.web.site import Site

SQLITE = "application/vnd.sqlite3"
NDJSON = "application/x-ndjson"

TAGS: list[str | Enum] = ["Releases"]

ReleaseName = Annotated[str, Path(description="Its full id, an unambiguous prefix of it, or its label.")]


class Edition(BaseModel):
    """An edition of a dossier."""

    label: str
    issued: str = Field(description="The day it was issued, YYYY-MM-DD.")
    correction: str | None = Field(
        default=None, description="What was wrong in the edition before, in words for people."
    )


class DossierEdition(BaseModel):
    """A dossier as it went into a release."""

    id: str
    title: str
    edition: Edition
    licence: str = Field(description="SPDX licence identifier of the data.")
    citation: str = Field(description="How to cite it.")


class Downloads(BaseModel):
    """The release as files; of one that is not served all answer 410."""

    sqlite: str | None = Field(description="The whole database; null where the store keeps no file.")
    datapackage: str = Field(description="What its tables have: each is a CSV file beside it, `tables/events.csv`.")
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
    docs: Docs = {"tags": TAGS, "response_model": None, "openapi_extra": extra}

    @made.get("/releases", summary="List releases", responses=responses(CatalogueOfReleases, 400, 406), **docs)
    def list_releases(request: Request) -> Response:
        """Every release that was ever published here, latest first."""
        base, version = base_of(request.scope), site.library.version()  # before: a line may be added meanwhile
        data = [_document(site, published, base) for published in site.library.published()]
        body = {"data": data, "links": {"self": f"{base}/releases"}}
        return unversioned_answer(request, _version(version, data), body, "releases.html")

    @made.get("/releases/{release}", summary="Get one release", responses=responses(OneRelease, 400, 404, 406), **docs)
    def get_release(request: Request, release: ReleaseName) -> Response:
        """What is in it, how to cite it, its checksums and downloads."""
        base, version = base_of(request.scope), site.library.version()
        data = _document(site, published(site, release), base)
        body = {"data": data, "links": {"self": f"{base}/releases/{data['id']}"}}
        link = f'<{data["downloads"]["datapackage"]}>; rel="describedby"; type="application/json"'
        return unversioned_answer(request, _version(version, [data]), body, "release.html", link)

    _add_downloads(made, site)


def _add_downloads(made: APIRouter, site: Site) -> None:
    @cached(LRUCache(16), key=lambda reader: reader.info.id, condition=Condition())
    def sized(reader: Reader) -> int:
        return sum(map(len, _lines(reader)))

    @made.get("/releases/{release}/onrecord.sqlite", summary="Download the database", **file_docs(SQLITE, 206, 416))
    def download_release(request: Request, release: ReleaseName) -> Response:
        """The whole release as one SQLite file; byte ranges are served."""
        no_parameters(request)
        known = served(site, release)
        path = site.library.database(known.info.id)
        if path is None or known.sha256 is None:
            raise NotFound("This store keeps no database file; download entries.ndjson and build it.")
        name, size = file_name("onrecord", known, "sqlite"), path.stat().st_size
        file = Download(name, SQLITE, known.sha256, size, address(request, known), partial(file_pieces, path))
        return download_response(request, file, kept(known, release))

    @made.get("/releases/{release}/entries.ndjson", summary="Download the curated input", **file_docs(NDJSON, 206, 416))
    def download_entries(request: Request, release: ReleaseName) -> Response:
        """The curated input, one JSON text a line, in the order of kind and id; its sha256 is the id of the release."""
        no_parameters(request)
        known = served(site, release)
        reader = site.library.named(known.info.id)
        name = file_name("entries", known, "ndjson")

        def read(start: int, end: int) -> Pieces:
            return cut_pieces(_lines(reader), start, end)

        file = Download(name, NDJSON, reader.info.id, sized(reader), address(request, known), read)
        return download_response(request, file, kept(known, release))


def _lines(reader: Reader) -> Pieces:
    for lines in reader.entries():
        yield lines.encode()


def _version(catalogue: str, data: list[JsonObject]) -> str:
    """What changes when they do: the catalogue, and which of them are served, for a file can go without a word."""
    return f"catalogue {catalogue} {''.join('1' if release['served'] else '0' for release in data)}"


def _document(site: Site, published: Published, base: str) -> JsonObject:
    url = f"{base}/releases/{published.info.id}"
    found = ReleaseDocument(
        id=published.info.id,
        url=url,
        label=published.info.label,
        issued=published.info.issued,
        published=published.at,
        current=published.current,
        served=site.library.serves(published),
        withdrawn=published.withdrawn,
        predecessor=published.predecessor,
        schema_version=published.schema_version,
        counts=dict(published.about["counts"]),
        dossiers=published.about["dossiers"],
        documents_sha256=published.documents,
        sqlite_sha256=published.sha256,
        downloads=Downloads(
            sqlite=f"{url}/onrecord.sqlite" if published.file else None,
            entries=f"{url}/entries.ndjson",
            datapackage=f"{url}/datapackage.json",
        ),
    )
    return found.model_dump()
