"""Lists: a page of a collection, or all of it, also below a record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Problem, bad_query
from app.formats import Listing
from app.query.base import Collection
from app.query.explain import explain
from app.query.parameters import unknown
from app.query.question import Place, Question, grammar
from app.query.reader import FacetValue, Page, Reader
from app.query.tried import instead
from app.resources import by_name
from app.resources.base import Inverse, Resource
from app.web.api.around import around_list
from app.web.api.expansions import included
from app.web.api.export import export
from app.web.api.links import list_links
from app.web.api.offers import formats
from app.web.api.records import live
from app.web.api.request import DataRequest, asked, parse
from app.web.api.respond import Asked, Body, respond
from app.web.site import Site


async def list_answer(site: Site, request: Request, collection: Collection) -> Response:
    """One page of a collection, or in some formats all of it."""

    def read() -> Asked:
        data = parse(site, request, formats("list", collection))
        return _asked(data, collection, Place(data.address.path))

    return await respond(site, read)


async def inverse_answer(site: Site, request: Request, parent: Resource, id: str, inverse: Inverse) -> Response:
    """The list below a record: answers for its parent before any value of a filter, then as the list with that one."""
    listed = by_name(inverse.collection)

    def read() -> Asked:
        data = parse(site, request, formats("list", listed))
        place = Place(data.address.path, ((inverse.filter, id),))
        try:
            live(data, parent, id)
        except Problem:
            _readable(data, listed, place)
            raise
        return _asked(data, listed, place)

    return await respond(site, read)


def _readable(data: DataRequest, listed: Resource, place: Place) -> None:
    """Refuse what is wrong whatever the record is: a name of no parameter, the release, the format; raises BadQuery."""
    names = grammar(listed, tuple(name for name, _ in place.fixed)).multiple
    if faults := [*unknown(data.given, names, place.path), *data.faults]:
        raise bad_query(place.path, faults)


def _asked(data: DataRequest, collection: Collection, place: Place) -> Asked:
    if data.format.export is not None:
        return export(data, collection, place)
    question = asked(data, collection, data.given, place, data.faults)
    if data.format.longest is not None:
        question = replace(question, limit=min(question.limit, data.format.longest))
    slow = data.format.for_people or data.reader.is_slow(question)
    return Asked(data, question.page_text, lambda: _body(data, question, place), slow)


def _body(data: DataRequest, question: Question, place: Place) -> Body:
    """One page as bytes; raises BadQuery where too much would be sent along."""
    assert data.format.listing is not None, "chosen because it writes pages"
    reader, base = data.reader, data.address.base
    page = reader.page(question)
    links = list_links(data.address, data.permalink, page.next)
    meant = None if page.total else instead(question, data.given, place, reader)
    listing = Listing(
        _with_names(reader, question, page) if question.collection.searches_all else page,
        question.limit,
        base,
        links,
        reader.info,
        query=explain(question) | {"did_you_mean": meant},
        facets=_facets(data, question, place),
        included=included(reader, question, page, base) if question.include else None,
        point=question.collection.point,
        around=around_list(data, question, page) if data.format.for_people else None,
    )
    return Body(data.format.listing(listing), links)


def _facets(data: DataRequest, question: Question, place: Place) -> Mapping[str, Sequence[FacetValue]] | None:
    """The counts that were asked for; on a page for people those of every facet that can be asked there."""
    if data.format.for_people:
        question = replace(question, facets=tuple(question.collection.countable(dict(place.fixed))))
    return data.reader.facets(question) if question.facets else None


def _with_names(reader: Reader, question: Question, page: Page) -> Page:
    """Each document with the name that matched; null where something else did."""
    sought = question.searched
    names = reader.matched_names(page.ids, sought[1]) if sought else {}
    named = (orjson.dumps({**orjson.loads(found.text), "name": names.get(found.id)}) for found in page.records)
    return replace(page, documents=list(named))
