"""What is asked: the parts of a request that every data route shares, and the one way in which all of them answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.errors import Fault, InvalidCursor, NotWithThisFormat, bad_query
from app.formats import FORMATS, Format
from app.query.base import Refused
from app.query.cursor import BadCursor, decode
from app.query.parameters import Control, Given, cut, one_of, unknown
from app.query.reader import Reader
from app.web.conditional import CURRENT, PINNED, VARY, etag, not_modified, unchanged
from app.web.links import Address, link_header
from app.web.negotiation import accepted
from app.web.query_string import grouped
from app.web.site import Site

T = TypeVar("T")


@dataclass(frozen=True)
class Made:
    """A body, whole or in pieces, and the links that its headers repeat."""

    body: bytes | Iterator[bytes]
    links: Mapping[str, str | None]


@dataclass(frozen=True)
class Asked:
    """A request once it is clear where, in which form and of which release it asks, and what was wrong with it."""

    request: Request
    address: Address
    given: Given
    format: Format
    reader: Reader
    faults: tuple[Fault, ...]

    @property
    def pinned(self) -> bool:
        """Whether the URL names its release in full, so that the answer never changes."""
        return self.reader.stamp.id in self.given.get("release", ())

    @property
    def permalink(self) -> str:
        """The same URL, pinned to the release that answers."""
        return self.address.having(release=self.reader.stamp.id)

    def only(self, controls: Sequence[Control]) -> None:
        """Refuse any other parameter, and whatever was wrong with these; raises BadQuery."""
        faults = [*unknown(self.given, [each.name for each in controls], self.address.path), *self.faults]
        if faults:
            raise bad_query(self.address.path, faults)

    def answer(self, canonical: str, make: Callable[[], Made]) -> Response:
        """The answer, or 304 if the client holds it already: decided before `make` reads anything."""
        base, path = self.address.base, self.address.path
        headers = {
            "ETag": etag(self.reader.stamp.id, base, path, canonical, self.format.name),
            "Cache-Control": PINNED if self.pinned else CURRENT,
            "Vary": VARY,
            "Content-Location": self.permalink,
            "Accept-Ranges": "none",
        }
        if not_modified(self.request, headers["ETag"]):
            return unchanged(headers)
        made = make()
        headers["Link"] = link_header(made.links, base, self.reader.licences)
        if isinstance(made.body, bytes):
            return Response(made.body, headers=headers, media_type=self.format.media_type)
        return StreamingResponse(made.body, headers=headers, media_type=self.format.media_type)

    def cannot(self, what: str) -> NotWithThisFormat:
        """The problem of a kind of answer that the format does not write; to be raised."""
        message = f"{what} cannot be had as {self.format.name}."
        return NotWithThisFormat(message, [Fault("format", self.format.name, message, about="format")])


def asked(site: Site, request: Request) -> Asked:
    """Read what all requests share; raises the problem of one that no release can answer."""
    address = Address.of(request)
    given = grouped(address.pairs)
    faults: list[Fault] = []
    chosen = read_format(given, faults)
    named = _attempt("release", given, site.library.named, faults)
    reader = _of_cursor(site, given, named)
    found = chosen or negotiated(request)
    return Asked(request, address, given, found, reader, (*faults, *_unfit(found, given)))


def _unfit(chosen: Format, given: Given) -> Iterator[Fault]:
    """A fault for each parameter that the format cannot honour."""
    for name in chosen.refuses:
        if name in given:
            message = f"{chosen.name} cannot honour {name}: leave it out, or choose another format."
            yield Fault(name, given[name][0], message, about="format")


def read_format(given: Given, faults: list[Fault]) -> Format | None:
    """The format that the parameter names, if it does; a bad one is noted."""
    return _attempt("format", given, lambda value: FORMATS[one_of("format", value, list(FORMATS))], faults)


def negotiated(request: Request) -> Format:
    """The format that the request accepts most; raises NotAcceptable."""
    media = accepted(request, [each.media_type for each in FORMATS.values()])
    return next(each for each in FORMATS.values() if each.media_type == media)


def _attempt(name: str, given: Given, read: Callable[[str], T], faults: list[Fault]) -> T | None:
    if name not in given:
        return None
    try:
        return read(cut(name, given[name], multiple=False)[0])
    except Refused as refused:
        faults.append(Fault(name, refused.value, refused.message, refused.did_you_mean))
        return None


def _of_cursor(site: Site, given: Given, named: Reader | None) -> Reader:
    """The release that a walk began on; without a walk, the one named, or the current one."""
    text = given.get("cursor", ("",))[0]
    try:
        begun = decode(text).release
    except BadCursor:
        return named or site.library.current()  # the question refuses the cursor, with everything else
    if named is None:
        return site.library.begun(begun)
    if not named.stamp.id.startswith(begun):
        message = "The cursor belongs to another release than the one named."
        raise InvalidCursor(message, [Fault("cursor", text, message)])
    return named
