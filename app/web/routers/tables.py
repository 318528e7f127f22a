"""The tables of a release, each as a file, and the Data Package that describes them."""

import hashlib
from enum import Enum
from typing import Annotated

import orjson
from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, NotFound
from app.formats.datapackage import descriptor
from app.formats.tables import WRITINGS, Table, tables
from app.query.reader import Published, Reader
from app.resources import by_name
from app.values.nearest import nearest
from app.vocabularies import use
from app.web.api.downloads import Download, Pieces, download_response
from app.web.api.served import address, file_name, kept, served
from app.web.api.table_files import TableFiles
from app.web.api.unversioned import no_parameters
from app.web.openapi.document import file_docs
from app.web.site import Site

JSON = "application/json"
TAGS: list[str | Enum] = ["Releases"]

ReleaseName = Annotated[str, Path(description="Its full id, an unambiguous prefix of it, or its label.")]
TableName = Annotated[str, Path(description="One of the tables that datapackage.json describes.", examples=["figures"])]


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of the Data Package and of its tables."""
    files = TableFiles()

    @made.get(
        "/releases/{release}/datapackage.json",
        summary="Get the Data Package",
        **file_docs("application/json", 206, 416),
    )
    def get_datapackage(request: Request, release: ReleaseName) -> Response:
        """What each table of the release has: columns with types and meanings, keys (Data Package, version 2)."""
        no_parameters(request)
        published = served(site, release)
        reader = site.library.named(published.info.id)
        use(reader.vocabularies)
        body = orjson.dumps(descriptor(published.info, published.about["dossiers"], _curators(published, reader)))

        def read(start: int, end: int) -> Pieces:
            yield body[start:end]

        name = file_name("datapackage", published, "json")
        file = Download(name, JSON, hashlib.sha256(body).hexdigest(), len(body), address(request, published), read)
        return download_response(request, file, kept(published, release))

    for suffix in WRITINGS:
        _add_tables(made, site, files, suffix)


def _add_tables(made: APIRouter, site: Site, files: TableFiles, suffix: str) -> None:
    writing = WRITINGS[suffix]

    def download_table(request: Request, release: ReleaseName, table: TableName) -> Response:
        """One table of the release, whole or a range of its bytes."""
        no_parameters(request)
        published = served(site, release)
        wanted = _table(table)
        found = files.file(site.library.named(published.info.id), wanted, suffix)
        name = file_name(wanted.name, published, suffix)
        described = f"{address(request, published)}/datapackage.json"
        file = Download(name, writing.media_type, found.sha256, found.size, described, found.read)
        return download_response(request, file, kept(published, release))

    made.add_api_route(
        f"/releases/{{release}}/tables/{{table}}.{suffix}",
        download_table,
        methods=["GET"],
        name=f"download_table_as_{suffix}",
        summary=f"Download a table as {suffix.upper()}",
        **file_docs(writing.media_type, 206, 416, 503),
    )


def _table(name: str) -> Table:
    known = tables()
    if name not in known:
        message = f"There is no table '{name}'; datapackage.json describes those there are."
        raise NotFound(message, [Fault("table", name, message, nearest(name, known))])
    return known[name]


def _curators(published: Published, reader: Reader) -> list[str]:
    """The names of who curated the dossiers of a release."""
    dossiers = [reader.document(by_name("dossiers"), dossier["id"]) for dossier in published.about["dossiers"]]
    return [curator["name"] for document in dossiers if document for curator in orjson.loads(document)["curators"]]
