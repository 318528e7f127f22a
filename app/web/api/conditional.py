"""Conditional requests: ETags known before any SQL, 304, and how long an answer may be kept (RFC 9110, 9111)."""

import gzip
import hashlib
import re
from threading import Condition

from cachetools import LRUCache, cached
from starlette.requests import Request
from starlette.responses import Response

from app.web.api.headers import Sent, sent
from app.web.site import API_VERSION

CURRENT = "public, max-age=60, stale-while-revalidate=600"
PINNED = "public, max-age=86400"  # one day: no longer shall a cache hold what was withdrawn
NO_STORE = "no-store"
VARY = "Accept, Accept-Encoding"
COMPRESSED = 8 * 2**20  # bytes that are kept of bodies that are made once

TAG = re.compile(r'(?:W/)?"[^"]*"')
NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
RENEWED = frozenset({"etag", "cache-control", "vary", "content-location", "link"})  # what a 304 has


def etag(*parts: str) -> str:
    """A weak ETag of everything that decides the answer: one for all codings of it."""
    digest = hashlib.sha256("\n".join((API_VERSION, *parts)).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def not_modified(request: Request, tag: str) -> bool:
    """Whether the client holds this very answer, or any: to be asked once it is sure that there is one."""
    return holds(sent(request.scope), tag)


def holds(headers: Sent, tag: str, any: bool = True) -> bool:
    """Whether the client holds this very answer; `If-None-Match` is compared weakly (RFC 9110 section 13.1.2).

    `*` holds `any` answer, if there is one: it says nothing of a problem (section 13.2.1).
    """
    wanted = headers.get(b"if-none-match", b"").decode("latin-1").strip()
    if wanted == "*":
        return any
    return bool(wanted) and tag.removeprefix("W/") in [_opaque(found) for found in TAG.findall(wanted)]


def _opaque(tag: str) -> str:
    """The tag without what does not count: that it is weak, and what Apache appends where it compressed the body."""
    return tag.removeprefix("W/").replace('-gzip"', '"')


def takes_gzip(headers: Sent) -> bool:
    """Whether the client takes a body that is compressed by gzip."""
    accepted = headers.get(b"accept-encoding", b"").lower()
    return b"gzip" in accepted and not NO_GZIP.search(accepted)


def unchanged(headers: dict[str, str]) -> Response:
    """304 with the headers that a cache renews."""
    return Response(status_code=304, headers={name: headers[name] for name in headers if name.lower() in RENEWED})


def conditional(request: Request, body: bytes | str, media_type: str, headers: dict[str, str]) -> Response:
    """The body with these headers, compressed where the client takes it, or 304 if the client holds it.

    `ETag` is one of the headers, and tells the body from any other.
    """
    if not_modified(request, headers["ETag"]):
        return unchanged(headers)
    content = body.encode() if isinstance(body, str) else body
    if takes_gzip(sent(request.scope)):
        content, headers = _compressed(content, headers["ETag"]), headers | {"Content-Encoding": "gzip"}
    return Response(content, headers=headers, media_type=media_type)


@cached(LRUCache(COMPRESSED, getsizeof=len), key=lambda body, tag: tag, condition=Condition())
def _compressed(body: bytes, tag: str) -> bytes:
    return gzip.compress(body, mtime=0)
