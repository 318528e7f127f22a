"""What is asked of data: the part of a request that all data routes share, and what was wrong with it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.types import Scope

from app.errors import BadQuery, Fault, InvalidCursor, Moved, bad_query
from app.formats import Format
from app.query.base import Collection, Refused
from app.query.cursor import BadCursor, decode
from app.query.parameters import Control, Given, cut, unknown
from app.query.question import Place, Question, ask
from app.query.reader import Reader
from app.query.tried import helpful
from app.vocabularies import use
from app.web.api.negotiation import negotiated
from app.web.api.url import Address
from app.web.site import Site


class DataRequest(NamedTuple):
    """A request once it is clear where, in which form and of which release it asks, and what was wrong with it."""

    scope: Scope
    site: Site
    address: Address
    format: Format
    reader: Reader
    given: Given  # the values of each parameter
    permalink: str  # the same URL, pinned to the release that answers
    faults: tuple[Fault, ...]

    def only(self, controls: Sequence[Control]) -> None:
        """Refuse any other parameter, and whatever was wrong with these; raises BadQuery."""
        if self.given or self.faults:
            faults = [*unknown(self.given, [control.name for control in controls], self.address.path), *self.faults]
            if faults:
                raise bad_query(self.address.path, faults)


def parse(site: Site, request: Request, offered: Sequence[Format]) -> DataRequest:
    """Read what all requests share; `offered` is what the path can be had as, in our order of preference.

    Raises the problem of a request that no release can answer, or NotAcceptable.
    """
    address = Address.of(request.scope)
    given, faults = address.given, list[Fault]()
    reader = _named(site, given, faults) if "release" in given or "cursor" in given else site.library.current()
    use(reader.vocabularies)
    unread = len(faults)
    chosen = negotiated(request.scope, given, offered, faults)
    if len(faults) == unread:
        faults += _unfit(chosen, given)
    if chosen.for_people and any("" in values for values in given.values()):
        raise without_empty(address)
    permalink = address.having("release", reader.info.id)
    return DataRequest(request.scope, site, address, chosen, reader, given, permalink, tuple(faults))


def asked(data: DataRequest, collection: Collection, given: Given, place: Place, faults: Sequence[Fault]) -> Question:
    """The question of a list; raises a BadQuery problem that names every fault, `faults` before its own."""
    try:
        return ask(collection, given, data.reader, place, faults)
    except BadQuery as problem:
        raise helpful(problem, collection, given, place, data.reader) from problem


def _named(site: Site, given: Given, faults: list[Fault]) -> Reader:
    """The release that the parameter names, or that a walk began on; a bad name is noted. Raises ReleaseGone."""
    try:
        names = cut("release", given["release"], multiple=False) if "release" in given else None
        named = site.library.named(names[0]) if names else None
    except Refused as refused:
        faults.append(Fault("release", refused.value, refused.message, refused.did_you_mean))
        named = None
    return _begun(site, given["cursor"][0], named) if "cursor" in given else named or site.library.current()


def _begun(site: Site, cursor: str, named: Reader | None) -> Reader:
    """The release that a walk began on, which is the one named if one is."""
    try:
        begun = decode(cursor).release
    except BadCursor:
        return named or site.library.current()  # the question refuses the cursor, with everything else
    if named is None:
        return site.library.begun(begun)
    if not named.info.id.startswith(begun):
        message = "The cursor belongs to another release than the one named."
        raise InvalidCursor(message, [Fault("cursor", cursor, message)])
    return named


def without_empty(address: Address) -> Moved:
    """Where a form leads that was sent with fields left empty: browsers send these too."""
    pairs = tuple(pair for pair in address.pairs if pair[1])
    there = Address(address.base, address.path, pairs).url
    return Moved(f"This is found at {there}.", headers={"Location": there})


def _unfit(chosen: Format, given: Given) -> Iterator[Fault]:
    """A fault for each parameter that the format cannot honour."""
    for name in chosen.refuses:
        if name in given:
            message = f"{chosen.name} cannot honour {name}: leave it out, or choose another format."
            yield Fault(name, given[name][0], message, about="format")
