"""Conditional requests: ETags known before any SQL, 304, and how long an answer may be kept (RFC 9110, 9111)."""

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.web.site import API_VERSION

CURRENT = "public, max-age=60, stale-while-revalidate=600"
PINNED = "public, max-age=31536000, immutable"  # one year
NO_STORE = "no-store"
VARY = "Accept, Accept-Encoding"

TAG = re.compile(r'(?:W/)?"[^"]*"')
RENEWED = frozenset({"etag", "cache-control", "vary", "content-location", "link"})  # what a 304 has


def etag(*parts: str) -> str:
    """A weak ETag of everything that decides the answer: one for all codings of it."""
    digest = hashlib.sha256("\n".join((API_VERSION, *parts)).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def not_modified(request: Request, tag: str) -> bool:
    """Whether the client holds this very answer, or any: to be asked once it is sure that there is one."""
    return is_held(request.scope, tag)


def is_held(scope: Scope, tag: str) -> bool:
    """The same of a request that nothing was made of yet."""
    wanted = _wanted(scope)
    return bool(wanted) and (wanted == "*" or _names(wanted, tag))


def holds(request: Request, tag: str) -> bool:
    """Whether the client holds this very answer; `If-None-Match` is compared weakly (RFC 9110 section 13.1.2)."""
    return _names(_wanted(request.scope), tag)


def holds_any(request: Request) -> bool:
    """Whether any answer will do, if there is one: `*` says nothing of a problem (RFC 9110 section 13.2.1)."""
    return _wanted(request.scope) == "*"


def unchanged(headers: dict[str, str]) -> Response:
    """304 with the headers that a cache renews."""
    return Response(status_code=304, headers={name: headers[name] for name in headers if name.lower() in RENEWED})


def _names(wanted: str, tag: str) -> bool:
    return tag.removeprefix("W/") in (found.removeprefix("W/") for found in TAG.findall(wanted))


def _wanted(scope: Scope) -> str:
    return b",".join(value for name, value in scope["headers"] if name == b"if-none-match").decode("latin-1").strip()
