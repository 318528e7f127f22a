"""Conditional requests: ETags known before any SQL, 304, and how long an answer may be kept (RFC 9110, 9111)."""

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

from app.web.site import API_VERSION

CURRENT = "public, max-age=60, stale-while-revalidate=600"
PINNED = "public, max-age=31536000, immutable"  # one year
NO_STORE = "no-store"
VARY = "Accept, Accept-Encoding"

TAG = re.compile(r'(?:W/)?"[^"]*"')


def etag(*parts: str) -> str:
    """A weak ETag of everything that decides the answer: one for all codings of it."""
    digest = hashlib.sha256("\n".join((API_VERSION, *parts)).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def not_modified(request: Request, tag: str) -> bool:
    """Whether the client holds this very answer, or any: to be asked once it is sure that there is one."""
    return holds_any(request) or holds(request, tag)


def holds(request: Request, tag: str) -> bool:
    """Whether the client holds this very answer; `If-None-Match` is compared weakly (RFC 9110 section 13.1.2)."""
    return tag.removeprefix("W/") in (found.removeprefix("W/") for found in TAG.findall(_wanted(request)))


def holds_any(request: Request) -> bool:
    """Whether any answer will do, if there is one: `*` says nothing of a problem (RFC 9110 section 13.2.1)."""
    return _wanted(request) == "*"


def unchanged(headers: dict[str, str]) -> Response:
    """304 with the headers that a cache renews."""
    kept = ("ETag", "Cache-Control", "Vary", "Content-Location", "Link")
    return Response(status_code=304, headers={name: headers[name] for name in kept if name in headers})


def _wanted(request: Request) -> str:
    return ",".join(request.headers.getlist("if-none-match")).strip()
