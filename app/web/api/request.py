"""What is asked: the parts of a request that every data route shares, and the one way in which all of them answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.errors import Fault, InvalidCursor, bad_query
from app.formats import Format
from app.query.base import Refused
from app.query.cursor import BadCursor, decode
from app.query.parameters import Control, Given, cut, unknown
from app.query.reader import Reader
from app.web.api.conditional import CURRENT, PINNED, VARY, etag, holds, holds_any, unchanged
from app.web.api.links import Address, link_header
from app.web.api.negotiation import negotiated
from app.web.api.url import grouped
from app.web.site import Site

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._~-]+")  # of files, on any system; RFC 6266 would allow more


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

    @property
    def filename(self) -> str:
        """What to call the answer where it is saved, by path and release: `events-2019.1.csv`."""
        name = f"{self.address.path.rpartition('/')[2]}-{self.reader.stamp.label}"
        return f"{NOT_IN_NAMES.sub('-', name)}.{self.format.name}"

    def only(self, controls: Sequence[Control]) -> None:
        """Refuse any other parameter, and whatever was wrong with these; raises BadQuery."""
        faults = [*unknown(self.given, [each.name for each in controls], self.address.path), *self.faults]
        if faults:
            raise bad_query(self.address.path, faults)

    async def answer(self, canonical: str, make: Callable[[], Made], slow: bool = False) -> Response:
        """The answer, or 304 if the client holds it already: decided before `make` reads anything.

        For `*` that is decided afterwards: `make` raises where there is nothing to hold. What may be `slow` is made on
        a thread, so that it holds up nobody else.
        """
        base, path = self.address.base, self.address.path
        headers = {
            "ETag": etag(self.reader.stamp.id, base, path, canonical, self.format.name),
            "Cache-Control": PINNED if self.pinned else CURRENT,
            "Vary": VARY,
            "Content-Location": self.permalink,
            "Accept-Ranges": "none",
        }
        if self.format.export is not None:  # which browsers do not show
            headers["Content-Disposition"] = f'inline; filename="{self.filename}"'
        if holds(self.request, headers["ETag"]):
            return unchanged(headers)
        made = await run_in_threadpool(make) if slow else make()
        if holds_any(self.request):
            return unchanged(headers)
        headers["Link"] = link_header(made.links, base, self.reader.licences)
        if isinstance(made.body, bytes):
            self.request.scope["state"]["release"] = self.reader.stamp.id  # so that it may be kept
            return Response(made.body, headers=headers, media_type=self.format.media_type)
        return StreamingResponse(made.body, headers=headers, media_type=self.format.media_type)


def asked(site: Site, request: Request, offered: Sequence[Format]) -> Asked:
    """Read what all requests share; `offered` is what the path can be had as, in our order of preference.

    Raises the problem of a request that no release can answer, or NotAcceptable.
    """
    address = Address.of(request)
    given = grouped(address.pairs)
    faults: list[Fault] = []
    reader = _of_cursor(site, given, _named(site, given, faults))
    unread = len(faults)
    found = negotiated(request, given, offered, faults)
    unfit = _unfit(found, given) if len(faults) == unread else ()
    return Asked(request, address, given, found, reader, (*faults, *unfit))


def _unfit(chosen: Format, given: Given) -> Iterator[Fault]:
    """A fault for each parameter that the format cannot honour."""
    for name in chosen.refuses:
        if name in given:
            message = f"{chosen.name} cannot honour {name}: leave it out, or choose another format."
            yield Fault(name, given[name][0], message, about="format")


def _named(site: Site, given: Given, faults: list[Fault]) -> Reader | None:
    """The release that the parameter names, if it does; a bad one is noted. Raises ReleaseGone."""
    if "release" not in given:
        return None
    try:
        return site.library.named(cut("release", given["release"], multiple=False)[0])
    except Refused as refused:
        faults.append(Fault("release", refused.value, refused.message, refused.did_you_mean))
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
