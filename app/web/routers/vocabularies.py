"""Vocabularies: the controlled terms, with what each one means."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, NotFound, Unavailable
from app.query.parameters import FORMAT
from app.values.members import JsonObject
from app.values.nearest import nearest
from app.vocabularies import TermEntry, Vocabulary, Work, load, names, use
from app.web.api.unversioned import unversioned_answer
from app.web.api.url import base_of
from app.web.openapi.document import control_parameters, responses
from app.web.routers import Docs
from app.web.site import Site

VocabularyName = Annotated[str, Path(description="The name of a vocabulary.", examples=["event-types"])]


class VocabularyLinks(BaseModel):
    """Absolute URLs."""

    self: str


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


class VocabularyRecord(BaseModel):
    """One vocabulary."""

    data: VocabularyDocument
    links: VocabularyLinks


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of vocabularies."""
    extra = {"parameters": control_parameters((FORMAT,))}
    docs: Docs = {"tags": ["Vocabularies"], "response_model": None, "openapi_extra": extra}

    @made.get("/vocabularies", summary="List vocabularies", responses=responses(VocabularyList, 400, 406), **docs)
    def list_vocabularies(request: Request) -> Response:
        """Every controlled vocabulary: what entries, parameters and documents take their terms from."""
        base, release = base_of(request.scope), _release_asked(site)
        data = [_summary(load(name), base) for name in names()]
        body = {"data": data, "links": {"self": f"{base}/vocabularies"}}
        version = " ".join(f"{known['name']} {known['version']}" for known in data)
        return unversioned_answer(request, f"{version} {release}", body, "vocabularies.html")

    paths = responses(VocabularyRecord, 400, 404, 406)

    @made.get("/vocabularies/{name}", summary="Get one vocabulary", responses=paths, **docs)
    def get_vocabulary(request: Request, name: VocabularyName) -> Response:
        """All terms of one vocabulary, with what each one means; those of the dossiers that are served among them."""
        release = _release_asked(site)
        if name not in names():
            message = f"There is no vocabulary '{name}'."
            raise NotFound(message, [Fault("name", name, message, nearest(name, names()))])
        found, url = load(name), f"{request.scope['state']['base']}/vocabularies/{name}"
        body = {"data": {"name": name, "url": url, **found.document()}, "links": {"self": url}}
        return unversioned_answer(request, f"{name} {found.version} {release}", body, "vocabulary.html")


def _release_asked(site: Site) -> str:
    """Use the terms of the current release; return its id, or nothing where none is served."""
    try:
        reader = site.library.current()
    except Unavailable:
        return ""
    use(reader.vocabularies)
    return reader.info.id


def _summary(found: Vocabulary, base: str) -> JsonObject:
    url = f"{base}/vocabularies/{found.name}"
    members = {"title": found.title, "version": found.version, "about": found.about, "terms": len(found.terms)}
    return {"name": found.name, "url": url, **members}
