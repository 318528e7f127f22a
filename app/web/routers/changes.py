"""Changes: what became of records from one release to the next, and the history of one record."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

import orjson
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, NotFound, Unavailable
from app.formats.atom import atom, write_changes
from app.formats.html import html
from app.formats.html.environment import render
from app.formats.json import json
from app.query.changes import OPERATIONS, TERM, Change, ChangeForm, ChangePage, ChangeQuestion, change_controls
from app.query.reader import Library
from app.resources import MAIN, by_kind
from app.resources.base import Resource
from app.values.members import JsonObject, Members
from app.values.slugs import is_slug
from app.web.api.negotiation import negotiated
from app.web.api.request import without_empty
from app.web.api.unversioned import answer_as
from app.web.api.url import Address
from app.web.openapi.document import control_parameters, responses
from app.web.openapi.schemas import ListLinks, PageNumbers, Query, Release
from app.web.routers import Docs
from app.web.site import Site

RECORDS = tuple(resource.kind for resource in MAIN)
KINDS = (*RECORDS, TERM)
TEMPLATE = "changes.html"
FORMATS = (json, html, atom)

RecordId = Annotated[str, Path(description="The id of the record, also of one that was merged or removed.")]
Record = tuple[Resource, str]  # a collection, and the id of a record in it


class FieldChange(BaseModel):
    """A member of an entry that differs."""

    field: str = Field(description="Its path: `title`, `edition.label`.")
    before: Any = Field(description="What it was; null where it was left out.")
    after: Any = Field(description="What it is; null where it is left out.")


class ChangeDocument(BaseModel):
    """What became of one record, or of a term of a dossier, when another release became current."""

    number: int = Field(description="Of the change; a later one has a higher number.")
    op: str = Field(description="What happened: `created`, `updated`, `removed` or `merged`.")
    kind: str = Field(description="Of the record; `term` is what a dossier adds to a vocabulary.")
    id: str = Field(description="Of the record; of a term `event-types/recall`.")
    url: str = Field(
        description="Of the record; after a merger it leads to the other one, after a removal it is 410. Of a term: "
        "its place in the vocabulary."
    )
    label: str | None = Field(description="What people call the record, or called it; null where it is not told.")
    target: str | None = Field(description="The id of the record that it was merged into.")
    fields: list[FieldChange] | None = Field(
        description="What curators changed of it, for `updated`; null where a withdrawn release said it."
    )
    reason: str | None = Field(description="Why it was removed, or why the release before was withdrawn.")
    correction: str | None = Field(description="What was wrong in the edition before, in words for people.")
    release: Release | None = Field(description="The release that is current since then; null if none was left.")
    published: str = Field(description="When, UTC.")
    step: str = Field(description="How it came: `publish`, `roll-back` or `withdraw`.")
    withdrawn: str | None = Field(description="Why the release, or the one before it, was withdrawn; null if not.")


class ChangeList(BaseModel):
    """One page of changes, the latest first."""

    data: list[ChangeDocument]
    page: PageNumbers
    links: ListLinks
    release: Release
    query: Query


@dataclass(frozen=True)
class LibraryChanges:
    """What reading a question asks of the releases."""

    library: Library

    def changed(self, ids: Iterable[str]) -> Sequence[str]:
        return self.library.changed(ids)

    def release_id(self, reference: str) -> str:
        return self.library.known(reference).info.id

    def nearest(self, id: str) -> str | None:
        try:
            return self.library.current().nearest(RECORDS, id)
        except Unavailable:
            return None


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the list of all changes, and the history of each kind of record."""

    @made.get(
        "/changes",
        tags=["Releases"],
        summary="List changes",
        response_model=None,
        responses=responses(ChangeList, 308, 400, 406, 503),
        openapi_extra={"parameters": control_parameters(change_controls(KINDS))},
    )
    def list_changes(request: Request) -> Response:
        """What became of records from one release to the next, the latest first."""
        return _answer(site, request, None)

    for resource in MAIN:
        path, endpoint = f"/{resource.name}/{{id}}/history", _history(site, resource)
        made.add_api_route(path, endpoint, methods=["GET"], response_model=None, **_history_docs(resource))


def _history(site: Site, resource: Resource) -> Callable[[Request, str], Response]:
    def endpoint(request: Request, id: RecordId) -> Response:
        return _answer(site, request, (resource, id))

    return endpoint


def _history_docs(resource: Resource) -> Docs:
    return {
        "operation_id": f"list_{resource.noun}_history",
        "summary": f"List the changes of one {resource.noun}",
        "description": "What became of it from one release to the next, and what was merged into it.",
        "tags": [resource.title],
        "responses": responses(ChangeList, 308, 400, 404, 406, 503),
        "openapi_extra": {"parameters": control_parameters(change_controls(KINDS, fixed=True))},
    }


def _answer(site: Site, request: Request, record: Record | None) -> Response:
    """A page of changes, all or of one record; raises the problem of what is wrong."""
    address, faults = Address.of(request.scope), list[Fault]()
    chosen = negotiated(request.scope, address.given, FORMATS, faults)
    if chosen.for_people and any("" in values for values in address.given.values()):
        raise without_empty(address)
    form = ChangeForm(address.given, LibraryChanges(site.library), KINDS, faults)
    question = form.question(address.path, record and ChangeQuestion(kinds=(record[0].kind,), ids=(record[1],)))
    if record is not None:
        _check_record(site.library, address, *record)
    version, current = site.library.changes_version(), site.library.current().info
    body = _body(site.library, address, question, site.library.changes(question))
    body |= {"release": asdict(current), "query": _query(question)}
    shown = {"given": address.given, "path": address.path, "kinds": KINDS, "ops": OPERATIONS, "record": record}
    writers: dict[str, Callable[[], bytes]] = {
        json.name: lambda: orjson.dumps(body),
        html.name: lambda: render(TEMPLATE, base=urlsplit(address.base).path, body=body | shown),
        atom.name: lambda: write_changes(address.base, body),
    }
    return answer_as(request, chosen, f"{version} {current.id}", writers[chosen.name])


def _query(question: ChangeQuestion) -> JsonObject:
    return {"text": question.text, "parameters": question.explained, "did_you_mean": None}


def _check_record(library: Library, address: Address, resource: Resource, id: str) -> None:
    """Refuse an id that no release ever gave to a record of this kind; raises NotFound."""
    if is_slug(id) and library.changes(ChangeQuestion(kinds=(resource.kind,), ids=(id,), limit=0)).total:
        return
    current = library.current()
    identity = current.identify([id]).get(id) if is_slug(id) else None
    if identity is None:
        message, near = f"/{resource.name} never had a record '{id}'.", current.nearest((resource.kind,), id)
        raise NotFound(message, [Fault(resource.path_id, id, message, near)])
    if identity.kind != resource.kind:
        there = f"{address.base}/{by_kind(identity.kind).home}/{id}/history"
        message = f"'{id}' is not in /{resource.name}; its history is at {there}."
        raise NotFound(message, [Fault(resource.path_id, id, message, there)])


def _body(library: Library, address: Address, question: ChangeQuestion, page: ChangePage) -> JsonObject:
    numbers = {"total": page.total, "count": len(page.changes), "limit": question.limit, "next": page.next}
    links = {
        "self": address.url,
        "first": address.having("cursor", None),
        "next": address.having("cursor", page.next) if page.next else None,
        "permalink": address.having("until", str(page.latest if question.until is None else question.until)),
    }
    documents = [_document(change, library, address.base) for change in page.changes]
    return {"data": documents, "page": numbers, "links": links}


def _document(change: Change, library: Library, base: str) -> JsonObject:
    info = None if change.release is None else library.known(change.release).info
    return ChangeDocument(
        number=change.number,
        op=change.op,
        kind=change.kind,
        id=change.id,
        url=_url(change, base),
        label=change.label,
        target=change.target,
        fields=None if change.before is None else list(_fields(change.before, change.after or {})),
        reason=change.reason,
        correction=change.correction,
        release=None if info is None else Release(id=info.id, label=info.label, issued=info.issued),
        published=change.published,
        step=change.step,
        withdrawn=change.withdrawn,
    ).model_dump()


def _url(change: Change, base: str) -> str:
    if change.kind == TERM:
        return f"{base}/vocabularies/{'#'.join(change.id.split('/'))}"
    return f"{base}/{by_kind(change.kind).home}/{change.id}"


def _fields(before: Members, after: Members) -> Iterator[FieldChange]:
    for path in sorted(before.keys() | after.keys()):
        yield FieldChange(field=path, before=before.get(path), after=after.get(path))
