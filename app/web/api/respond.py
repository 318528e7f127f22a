"""The response: what was rendered with its headers, or 304 where the client holds it already."""

import re
from collections.abc import Callable, Generator, Mapping
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.vocabularies import use
from app.web.api.conditional import CURRENT, PINNED, VARY, etag, holds, unchanged
from app.web.api.headers import sent
from app.web.api.links import alternate, link_header
from app.web.api.page_headers import SEARCHING, page_headers
from app.web.api.request import DataRequest
from app.web.site import Site

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._~-]+")  # of files, on any system; RFC 6266 would allow more


class Body(NamedTuple):
    """A rendered body, whole or in pieces, and the links that its headers repeat."""

    content: bytes | Generator[bytes]
    links: Mapping[str, str | None]


class Asked(NamedTuple):
    """What is asked, once that is clear.

    `canonical` is the text of it: equal for requests that mean the same. `render` reads and writes the answer, and
    raises where there is nothing to hold; what may be `slow` is rendered on a thread, so that it holds up nobody else.
    """

    data: DataRequest
    canonical: str
    render: Callable[[], Body]
    slow: bool = False


async def respond(site: Site, read: Callable[[], Asked]) -> Response:
    """The response to what `read` finds to be asked, or 304 if the client holds it already.

    That is decided before anything is rendered; for `If-None-Match: *` afterwards. Where the releases are asked
    through another process, nothing waits for it on the event loop.
    """
    remote = site.library.is_remote
    asked = await run_in_threadpool(read) if remote else read()
    use(asked.data.reader.vocabularies)  # here too: what a thread uses is its own
    return await _answer(asked, asked.slow or remote)


async def _answer(asked: Asked, slow: bool) -> Response:
    data, render = asked.data, asked.render
    info, headers = data.reader.info, _headers(data, asked.canonical)
    conditional = b"if-none-match" in sent(data.scope)
    if conditional and holds(sent(data.scope), headers["ETag"], any=False):
        return unchanged(headers)
    body = await run_in_threadpool(render) if slow else render()
    if conditional and holds(sent(data.scope), headers["ETag"]):
        return unchanged(headers)
    headers["Link"] = link_header(body.links, data.address.base, data.reader.licences)
    if other := alternate(str(body.links["self"]), data.format.name):
        headers["Link"] += f", {other}"
    if isinstance(body.content, bytes):
        data.scope["state"]["release"] = info.id  # so that it may be kept
        return Response(body.content, headers=headers, media_type=data.format.media_type)
    return await data.site.exports.start(body.content, headers, data.format.media_type)


def _headers(data: DataRequest, canonical: str) -> dict[str, str]:
    info, address, schema = data.reader.info, data.address, data.reader.schema_version
    pinned = info.id in data.given.get("release", ())  # in full: then the answer never changes
    headers = {
        "ETag": etag(info.id, schema, address.base, address.path, canonical, data.format.name + data.format.version),
        "Cache-Control": PINNED if pinned else CURRENT,
        "Vary": VARY,
        "Content-Location": data.permalink,
        "Accept-Ranges": "none",
    }
    if data.format.for_people:
        headers |= page_headers(SEARCHING)
    if data.format.export is not None:  # which browsers do not show
        name = NOT_IN_NAMES.sub("-", f"{address.path.rpartition('/')[2]}-{info.label}")  # events-2019.1
        headers["Content-Disposition"] = f'inline; filename="{name}.{data.format.name}"'
    return headers
