"""Records: one record, or what is derived of it, or the problem of an id that is not there."""

from dataclasses import replace

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.errors import BadQuery, Fault, Merged, NotFound, Problem, Removed, bad_query
from app.formats import Derived, Record
from app.query.parameters import FORMAT, RELEASE
from app.query.question import Place, grammar
from app.query.tried import finds
from app.resources import by_kind, by_name
from app.resources.base import Resource, Subdocument
from app.values.identity import Identity
from app.values.slugs import is_slug
from app.web.api.around import around_derived, around_record
from app.web.api.offers import formats
from app.web.api.request import DataRequest, parse
from app.web.api.respond import Asked, Body, respond
from app.web.site import Site


async def record_answer(site: Site, request: Request, resource: Resource, id: str) -> Response:
    """One record."""
    return await respond(site, lambda: _asked(site, request, resource, id))


async def subdocument_answer(site: Site, request: Request, parent: Resource, id: str, below: Subdocument) -> Response:
    """What is derived of a record and has a path of its own."""

    def read() -> Asked:
        data = parse(site, request, formats("derived", parent))
        data.only((RELEASE, FORMAT))
        live(data, parent, id)
        return Asked(data, "", lambda: _subdocument(data, parent, id, below))

    return await respond(site, read)


def _asked(site: Site, request: Request, resource: Resource, id: str) -> Asked:
    data = parse(site, request, formats("record", resource))
    document = data.reader.document(resource, id) if is_slug(id) else None
    try:
        data.only((RELEASE, FORMAT))
    except BadQuery as problem:
        raise problem if document else _of_the_list(data, resource, problem) from problem
    if document is None:
        raise _missing(data, resource, id)
    return Asked(data, "", lambda: _record(data, resource, id, document), data.format.for_people)


def _record(data: DataRequest, resource: Resource, id: str, document: bytes) -> Body:
    assert data.format.record is not None, "chosen because it writes records"
    address, info = data.address, data.reader.info
    url = f"{address.base}/{resource.home}/{id}"
    links = {"self": address.url, "permalink": data.permalink}
    below = [*(inverse.path for inverse in resource.inverses), *(derived.path for derived in resource.subdocuments)]
    links |= {path: f"{url}/{path}" for path in (*below, "history")}
    around = around_record(data, resource, id, document) if data.format.for_people else None
    home = address.at(f"/{resource.home}/{id}")
    record = Record(document, url, links, info, resource.document, resource.point, around)
    if data.format.cites:
        cited = home.without(FORMAT.name).having("release", info.id)
        record = replace(record, cited=cited, dossier=_dossier(data, document))
    return Body(data.format.record(record), links | {"cite-as": home.having("release", info.id)})


def _dossier(data: DataRequest, document: bytes) -> bytes | None:
    return data.reader.document(by_name("dossiers"), orjson.loads(document)["dossier"]["id"])


def _subdocument(data: DataRequest, parent: Resource, id: str, below: Subdocument) -> Body:
    assert data.format.derived is not None, "chosen because it writes what is derived"
    text = data.reader.part(id, below.path)
    if text is None:  # this record has none
        raise NotFound(f"'{id}' has no {below.path}.")
    address, info = data.address, data.reader.info
    links = {"self": address.url, "permalink": data.permalink, "up": f"{address.base}/{parent.home}/{id}"}
    around = around_derived(data, parent, below.path, text) if data.format.for_people else None
    return Body(data.format.derived(Derived(text, links, info, around)), links)


def live(data: DataRequest, resource: Resource, id: str) -> None:
    """Let through only the id of a live record of this kind; raises NotFound, Merged (308) or Removed (410)."""
    identity = _identity(data, id)
    if identity is None or identity.kind != resource.kind or identity.state != "live":
        raise _missing(data, resource, id)


def _identity(data: DataRequest, id: str) -> Identity | None:
    return data.reader.identify([id]).get(id) if is_slug(id) else None


def _missing(data: DataRequest, resource: Resource, id: str) -> Problem:
    """The problem of an id that is no live record of this collection."""
    identity = _identity(data, id)
    if identity is None:
        return _absent(data, resource, id)
    if identity.kind != resource.kind or identity.state == "live":  # in another collection, or not in this view
        return _elsewhere(data, resource, by_kind(identity.kind), id)
    if identity.state == "removed":
        return Removed(f"'{identity.id}' was removed after edition {identity.last_release}: {identity.reason}")
    return _merged(data, identity)


def _of_the_list(data: DataRequest, resource: Resource, problem: BadQuery) -> Problem:
    """The problem of parameters that only the list has: what was asked below it may be a question to it."""
    there = data.address.at(f"/{resource.name}")
    known = grammar(resource).multiple.keys() >= data.given.keys()
    if not known or not finds(resource, data.given, Place(there.path), data.reader):
        return problem
    faults = [replace(fault, did_you_mean=there.url) for fault in problem.errors]
    return bad_query(data.address.path, faults)


def _absent(data: DataRequest, resource: Resource, id: str) -> NotFound:
    what = f"/{resource.name} has no record '{id}' in release {data.reader.info.label}."
    message = f"{what} {data.reader.look_up((resource.kind,), id)}"
    near = data.reader.nearest((resource.kind,), id)
    if near and resource.view_of and data.reader.document(resource, near) is None:
        near = f"{data.address.base}/{resource.home}/{near}"  # the view does not have it
    return NotFound(message, [Fault(resource.path_id, id, message, near)])


def _elsewhere(data: DataRequest, asked_for: Resource, main: Resource, id: str) -> NotFound:
    there = f"{data.address.base}/{main.home}/{id}"
    message = f"'{id}' is not in /{asked_for.name}; it is at {there}."
    return NotFound(message, [Fault(asked_for.path_id, id, message, there)])


def _merged(data: DataRequest, identity: Identity) -> Merged:
    _, collection, _, *below = data.address.path.split("/")
    there = data.address.at("/".join(("", collection, str(identity.target), *below)))
    return Merged(f"'{identity.id}' is now '{identity.target}'.", headers={"Location": there.url})
