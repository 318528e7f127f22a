"""Vocabularies: the controlled terms, with what each one means."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlsplit

import orjson
from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, NotFound, Unavailable
from app.formats.html import html
from app.formats.html.environment import render
from app.formats.json import json
from app.query.parameters import FORMAT, RELEASE
from app.values.members import JsonObject
from app.values.nearest import nearest
from app.vocabularies import TermEntry, Vocabulary, Work, load, names
from app.web.api.request import DataRequest, parse
from app.web.api.respond import Asked, Body, respond
from app.web.api.unversioned import unversioned_answer
from app.web.api.url import Address
from app.web.openapi.document import control_parameters, responses
from app.web.openapi.schemas import Release
from app.web.routers import Docs
from app.web.site import Site

VocabularyName = Annotated[str, Path(description="The name of a vocabulary.", examples=["event-types"])]


class VocabularyLinks(BaseModel):
    """Absolute URLs."""

    self: str
    permalink: str | None = Field(description="The same URL, pinned to this release; null where none is served.")


class VocabularySummary(BaseModel):
    """A vocabulary in short."""

    name: str
    url: str
    title: str
    version: str
    about: str
    terms: int = Field(description="How many terms it has.")


class VocabularyDocument(BaseModel):
    """A vocabulary with all its terms. Members of a term that do not apply to it are left out."""

    model_config = ConfigDict(populate_by_name=True)

    name: str
    url: str
    title: str
    version: str
    about: str
    closed: bool = Field(default=False, description="Whether no term can be added; left out where some can.")
    open: bool = Field(default=False, description="Whether a dossier may add terms; left out where none may.")
    source: list[Work] = Field(default=[], description="The published works that it follows.")
    terms: list[TermEntry]


class VocabularyList(BaseModel):
    """Every vocabulary, by name."""

    data: list[VocabularySummary]
    links: VocabularyLinks
    release: Release | None = Field(description="Whose terms these are; null where no release is served.")


class VocabularyRecord(BaseModel):
    """One vocabulary."""

    data: VocabularyDocument
    links: VocabularyLinks
    release: Release | None = Field(description="Whose terms these are; null where no release is served.")


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of vocabularies."""
    extra = {"parameters": control_parameters((RELEASE, FORMAT))}
    docs: Docs = {"tags": ["Vocabularies"], "response_model": None, "openapi_extra": extra}
    paths = responses(VocabularyList, 308, 400, 406, 410, 503)

    @made.get("/vocabularies", summary="List vocabularies", responses=paths, **docs)
    async def list_vocabularies(request: Request) -> Response:
        """Every controlled vocabulary: what entries, parameters and documents take their terms from."""
        return await _answer(site, request, "vocabularies.html", _list)

    paths = responses(VocabularyRecord, 308, 400, 404, 406, 410, 503)

    @made.get("/vocabularies/{name}", summary="Get one vocabulary", responses=paths, **docs)
    async def get_vocabulary(request: Request, name: VocabularyName) -> Response:
        """All terms of one vocabulary, with what each one means; those of the dossiers of the release among them."""
        return await _answer(site, request, "vocabulary.html", lambda base: _one(name, base))


async def _answer(site: Site, request: Request, template: str, read: Callable[[str], object]) -> Response:
    """What `read` finds in the vocabularies of the release asked; where none is served, in those of onrecord."""
    address = Address.of(request.scope)
    try:
        return await respond(site, lambda: _asked(parse(site, request, (json, html)), template, read))
    except Unavailable:
        if RELEASE.name in address.given:
            raise
    body = {"data": read(address.base), "links": {"self": address.url, "permalink": None}, "release": None, "kept": ""}
    return unversioned_answer(request, _version(), body, template)


def _asked(data: DataRequest, template: str, read: Callable[[str], object]) -> Asked:
    data.only((RELEASE, FORMAT))
    address, info = data.address, data.reader.info
    links = {"self": address.url, "permalink": data.permalink}
    kept = f"?{RELEASE.name}={info.id}" if RELEASE.name in data.given else ""

    def rendered() -> Body:
        body = {"data": read(address.base), "links": links, "release": asdict(info)}
        root, up = urlsplit(address.base).path, {"up": f"{address.base}/vocabularies"}
        written = render(template, base=root, body=body | {"kept": kept}) if data.format.for_people else body
        return Body(written if isinstance(written, bytes) else orjson.dumps(written), links | up)

    return Asked(data, _version(), rendered)


def _version() -> str:
    """What changes when terms of onrecord itself do."""
    return " ".join(f"{name} {load(name).version}" for name in names())


def _list(base: str) -> object:
    return [_summary(load(name), base) for name in names()]


def _one(name: str, base: str) -> object:
    """A vocabulary; raises NotFound."""
    if name not in names():
        message = f"There is no vocabulary '{name}'."
        raise NotFound(message, [Fault("name", name, message, nearest(name, names()))])
    return {"name": name, "url": f"{base}/vocabularies/{name}", **load(name).document()}


def _summary(found: Vocabulary, base: str) -> JsonObject:
    url = f"{base}/vocabularies/{found.name}"
    members = {"title": found.title, "version": found.version, "about": found.about, "terms": len(found.terms)}
    return {"name": found.name, "url": url, **members}
