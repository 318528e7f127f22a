"""What a page for people shows around its answer: where references lead, what stands below a record, how to take it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import orjson

from app.formats.base import Around, Below
from app.formats.references import references
from app.query.base import Collection
from app.query.question import Place, Question, ask
from app.query.reader import Page
from app.resources import by_kind, by_name
from app.resources.base import Inverse, Resource
from app.web.api.offers import Kind, formats
from app.web.api.request import DataRequest

SHOWN = 60  # documents of a list below a record: some are listed, all are drawn
RELATED = 40  # documents that a record is part of, that are part of it, or that it names


def around_list(data: DataRequest, question: Question, page: Page) -> Around:
    """Of the page of a list."""
    return Around(
        question.collection,
        _root(data),
        _homes(data, map(orjson.loads, page.documents)),
        data.given,
        _formats(data, "list", question.collection),
        narrowed=lambda name, value: _query(data.address.without("cursor", "facets").having(name, value)),
    )


def _query(url: str) -> str:
    """A URL of the same path as the page that links to it: its query alone is enough."""
    return f"?{url.partition('?')[2]}"


def around_record(data: DataRequest, resource: Resource, id: str, document: bytes) -> Around:
    """Of the page of a record: the lists below it, and what is derived of it."""
    lists = [_below(data, resource, id, inverse) for inverse in resource.inverses]
    derived = {below.path: data.reader.part(id, below.path) for below in resource.subdocuments}
    parts = {path: text for path, text in derived.items() if text is not None}
    listed = [text for below in lists for text in below.documents]
    shown = [*map(orjson.loads, [document, *listed]), *map(orjson.loads, parts.values())]
    related = _related(data, resource, id, shown[0]) if resource.parts else ()
    homes, other = _homes(data, shown), _formats(data, "record", resource)
    return Around(resource, _root(data), homes, data.given, other, parts, lists, related)


def around_derived(data: DataRequest, parent: Resource, path: str, text: str) -> Around:
    """Of the page of a derived document."""
    homes, other = _homes(data, [orjson.loads(text)]), _formats(data, "derived", parent)
    return Around(parent, _root(data), homes, data.given, other, title=path)


def _root(data: DataRequest) -> str:
    """What links within a page start with: the path of the base, empty unless a proxy has given it a prefix."""
    return urlsplit(data.address.base).path


def _below(data: DataRequest, resource: Resource, id: str, inverse: Inverse) -> Below:
    listed, fixed = by_name(inverse.collection), ((inverse.filter, id),)
    place = Place(f"/{resource.name}/{id}/{inverse.path}", fixed)
    page = data.reader.page(ask(listed, {"limit": [str(SHOWN)]}, data.reader, place))
    return Below(inverse.path, inverse.about, inverse.collection, page.total, page.documents)


def _related(data: DataRequest, resource: Resource, id: str, document: object) -> list[bytes]:
    """The documents of its own collection that the record names, and of those that are part of it."""
    parts = data.reader.below(resource, resource.parts, [id], RELATED)[:RELATED]
    known = data.reader.identify(sorted(set(references(document)) - {id}))
    named = [other for other, identity in known.items() if identity.kind == resource.kind]
    return [found.text for found in data.reader.documents([*named, *parts], RELATED)]


def _homes(data: DataRequest, documents: Iterable[object]) -> dict[str, str]:
    """The collection of every record that the documents refer to."""
    ids = {id for document in documents for id in references(document)}
    return {id: by_kind(known.kind).home for id, known in data.reader.identify(sorted(ids)).items()}


def _formats(data: DataRequest, kind: Kind, collection: Collection) -> dict[str, str]:
    """The other representations of the same answer, each with its URL: without what it could not honour."""
    other = [known for known in formats(kind, collection) if known is not data.format]
    return {known.name: data.address.without(*known.refuses).having("format", known.name) for known in other}
