"""Answers: one page of a list, or one record, as the bytes of a response."""

from dataclasses import replace
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, Merged, NotFound, Problem, Removed, bad_query
from app.formats import Derived, Record
from app.query.base import Collection, Fixed, Identity
from app.query.form import Form
from app.query.meant import look_up
from app.query.parameters import FORMAT, RELEASE, unknown
from app.query.question import Question, ask
from app.resources import by_kind, by_name
from app.resources.base import Inverse, Resource, Subdocument
from app.values.slugs import is_slug
from app.web.api.export import export_answer
from app.web.api.listing import listing
from app.web.api.offers import formats
from app.web.api.request import Asked, Made, asked
from app.web.site import Site


async def list_answer(site: Site, request: Request, resource: Collection, fixed: Fixed = ()) -> Response:
    """One page of a collection; `fixed` are the filters that the path sets."""
    return await _list(asked(site, request, formats("list", resource)), resource, fixed)


async def _list(each: Asked, resource: Collection, fixed: Fixed) -> Response:
    if each.format.export is not None:
        return await export_answer(each, resource, fixed)
    question = ask(resource, each.given, each.reader, fixed, each.faults)
    return await each.answer(question.page_text, lambda: _page(each, question), each.reader.is_slow(question))


def _page(each: Asked, question: Question) -> Made:
    assert each.format.listing is not None, "chosen because it writes pages"
    written = listing(each.reader, question, each.reader.page(question), each.address)
    return Made(each.format.listing(written), written.links)


async def record_answer(site: Site, request: Request, resource: Resource, id: str) -> Response:
    """One record."""
    each = asked(site, request, formats("record", resource))
    each.only((RELEASE, FORMAT))
    live(each, resource, id)
    document = cache(lambda: _document(each, resource, id))
    if resource.view_of:  # before any 304: it may not be here
        document()
    return await each.answer("", lambda: _record(each, resource, id, document()))


def _document(each: Asked, resource: Resource, id: str) -> str:
    """The text of a live record; raises NotFound for one that is not in this view of its collection."""
    document = each.reader.document(resource, id)
    if document is None:
        raise _elsewhere(each, resource, by_kind(resource.kind), id)
    return document


async def inverse_answer(site: Site, request: Request, parent: Resource, id: str, inverse: Inverse) -> Response:
    """The list below a record: answers for its parent before any value of a filter, then as the list with that one."""
    listed, fixed = replace(by_name(inverse.collection), at=request.scope["path"]), ((inverse.filter, id),)
    each = asked(site, request, formats("list", listed))
    try:
        live(each, parent, id)
    except Problem:
        _readable(each, listed, fixed)
        raise
    return await _list(each, listed, fixed)


def _readable(each: Asked, listed: Resource, fixed: Fixed) -> None:
    """Refuse what is wrong whatever the record is: a name of no parameter, the release, the format; raises BadQuery."""
    names = Form(listed, each.given, each.reader, dict(fixed)).names()
    if faults := [*unknown(each.given, names, listed.path), *each.faults]:
        raise bad_query(listed.path, faults)


async def subdocument_answer(site: Site, request: Request, parent: Resource, id: str, below: Subdocument) -> Response:
    """What is derived of a record and has a path of its own."""
    each = asked(site, request, formats("derived", parent))
    each.only((RELEASE, FORMAT))
    live(each, parent, id)
    return await each.answer("", lambda: _subdocument(each, parent, id, below))


def _subdocument(each: Asked, parent: Resource, id: str, below: Subdocument) -> Made:
    text = each.reader.part(id, below.path)
    if text is None:  # this record has none
        raise NotFound(f"'{id}' has no {below.path}.")
    links = {"self": each.address.url, "permalink": each.permalink, "up": f"{each.address.base}/{parent.home}/{id}"}
    assert each.format.derived is not None, "chosen because it writes what is derived"
    return Made(each.format.derived(Derived(text, links, each.reader.stamp)), links)


def _record(each: Asked, resource: Resource, id: str, document: str) -> Made:
    base = each.address.base
    url = f"{base}/{resource.home}/{id}"
    links = {"self": each.address.url, "permalink": each.permalink}
    below = [*(each.path for each in resource.inverses), *(each.path for each in resource.subdocuments)]
    links |= {path: f"{url}/{path}" for path in below}
    assert each.format.record is not None, "chosen because it writes records"
    written = Record(document, url, links, each.reader.stamp, resource.document, resource.point)
    cited = replace(each.address, path=f"/{resource.home}/{id}").having(release=each.reader.stamp.id)
    return Made(each.format.record(written), links | {"cite-as": cited})


def live(each: Asked, resource: Resource, id: str) -> None:
    """Let through only the id of a live record of this kind; raises NotFound, Merged (308) or Removed (410)."""
    identity = each.reader.identify([id]).get(id) if is_slug(id) else None
    if identity is None:
        raise _absent(each, resource, id)
    if identity.kind != resource.kind:
        raise _elsewhere(each, resource, by_kind(identity.kind), id)
    if identity.state == "removed":
        raise _removed(identity)
    if identity.state == "merged":
        raise _merged(each, identity)


def _absent(each: Asked, resource: Resource, id: str) -> NotFound:
    what = f"/{resource.name} has no record '{id}' in release {each.reader.stamp.label}."
    message = f"{what} {look_up(f'/{resource.name}', id)}"
    near = each.reader.nearest((resource.kind,), id)
    if near and resource.view_of and each.reader.document(resource, near) is None:
        near = f"{each.address.base}/{resource.home}/{near}"  # the view does not have it
    return NotFound(message, [Fault("id", id, message, near)])


def _elsewhere(each: Asked, asked_for: Resource, main: Resource, id: str) -> NotFound:
    there = f"{each.address.base}/{main.home}/{id}"
    message = f"'{id}' is not in /{asked_for.name}; it is at {there}."
    return NotFound(message, [Fault("id", id, message, there)])


def _removed(identity: Identity) -> Removed:
    return Removed(f"'{identity.id}' was removed after edition {identity.last_release}: {identity.reason}")


def _merged(each: Asked, identity: Identity) -> Merged:
    _, collection, _, *below = each.address.path.split("/")
    there = replace(each.address, path="/".join(("", collection, str(identity.target), *below)))
    return Merged(f"'{identity.id}' is now '{identity.target}'.", headers={"Location": there.url})
