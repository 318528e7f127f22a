"""The guard: the outermost layer, which lets through only requests that can be read without guessing."""

import logging
import os
import re
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import (
    ContentTooLarge,
    HeadersTooLarge,
    InternalError,
    MalformedRequest,
    Problem,
    UrlTooLong,
)
from app.web.api import problems
from app.web.api.cache import Cache, Headers, Kept, Key
from app.web.api.url import decode, text
from app.web.site import Site

MAX_URL = 8 * 1024  # bytes of path and query
MAX_HEADERS = 100
MAX_HEADER_BYTES = 32 * 1024
MAX_LOGGED = 200  # bytes of a path
MAX_BODY = 64 * 1024  # a body on GET is ignored up to this size
METHODS = "GET, HEAD, OPTIONS"

# RFC 9110 section 7.2 and RFC 3986 section 3.2.2: a name, an IPv4 or a bracketed IPv6 address, and a port.
HOST = re.compile(rb"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")

# What every answer has: anybody may read it, from any page (CORS), and nobody shall guess another media type.
COMMON: Headers = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, Retry-After, Content-Location, X-Request-Id, Accept-Ranges, Content-Range",
    ),
    (b"x-content-type-options", b"nosniff"),
)
PREFLIGHT = {
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "If-None-Match, Accept, Content-Type, Range",
    "access-control-max-age": "86400",  # one day
}

log = logging.getLogger("onrecord")


class Guard:
    """ASGI middleware around the whole app. `known` tells whether a path is one of ours."""

    def __init__(self, app: ASGIApp, site: Site, known: Callable[[str], bool]) -> None:
        self.app, self.site, self.known = app, site, known
        self.cache = Cache(site.cache, site.library)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        key = self.cache.key(scope)
        exchange = _Exchange(scope, send, self.cache, key)
        try:
            kept = self.cache.get(key) if key is not None else None
            if kept is not None:  # what is kept was let through before, but for what else the request has
                _headers(scope)
                scope["state"]["base"] = kept.base
                await _body(scope, receive)
                await exchange.answer(kept)
                return
            self._check(scope)
            await _body(scope, receive)
            if scope["method"] == "OPTIONS":
                await self._options(scope)(scope, receive, exchange.send)
            else:
                await self.app(_as_get(scope), receive, exchange.send)
        except Problem as problem:
            await problems.response(problem, scope, _base(scope))(scope, receive, exchange.send)
        except Exception:
            log.exception("%s failed", exchange)
            if not exchange.started:
                await problems.response(problems.failure(scope), scope, _base(scope))(scope, receive, exchange.send)

    def _check(self, scope: Scope) -> None:
        """Raise the problem of a request that is not let through."""
        _headers(scope)
        host = _host(scope, self.site.hosts)
        scope["state"]["base"] = self.site.base(Request(scope)) if host else ""
        if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_URL:
            raise UrlTooLong(f"The URL is longer than {MAX_URL} bytes.")
        _path(scope)
        scope["state"]["pairs"] = decode(scope["query_string"])

    def _options(self, scope: Scope) -> Response:
        if not self.known(scope["path"]):
            raise problems.nothing(scope["path"])
        asked = any(name == b"access-control-request-method" for name, _ in scope["headers"])
        return Response(status_code=204, headers={"Allow": METHODS, **(PREFLIGHT if asked else {})})


class _Exchange:
    """One request under way: its id, whether its answer has begun, and where a finished one may be kept."""

    def __init__(self, scope: Scope, send: Send, cache: Cache, key: Key | None) -> None:
        self.request_id = os.urandom(16).hex()
        self.started = False
        self._scope, self._send, self._cache, self._key = scope, send, cache, key
        self._headers: Headers | None = None  # of an answer that may be kept
        scope["state"] = {**scope.get("state", {}), "request_id": self.request_id}

    def __str__(self) -> str:
        """As the log has it: without the query, which may hold names of people."""
        path: bytes = self._scope["raw_path"].split(b"?")[0][:MAX_LOGGED]
        return f"{self.request_id} {self._scope['method']} {path.decode('ascii', 'backslashreplace')}"

    async def send(self, message: Message) -> None:
        """Pass the message on, with the headers that every answer has, and without a body for HEAD."""
        if message["type"] == "http.response.start":
            message = self._begun(message)
        else:
            self._offer(message)
            if self._scope["method"] == "HEAD":
                message = {**message, "body": b""}
        await self._send(message)

    async def answer(self, kept: Kept) -> None:
        """Send a finished answer once more."""
        if kept.fresh(self._scope):
            status, headers, body = 304, kept.unchanged, b""
        else:
            status, (headers, body) = 200, kept.coded(self._scope)
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})

    def _begun(self, message: Message) -> Message:
        self.started = True
        self._log(message["status"])
        if "release" in self._scope["state"] and message["status"] == 200:
            self._headers = message["headers"]
        return {**message, "headers": [*message["headers"], *COMMON, (b"x-request-id", self.request_id.encode())]}

    def _offer(self, message: Message) -> None:
        """Offer an answer that came in one piece to the cache."""
        if self._key is not None and self._headers is not None and not message.get("more_body"):
            state = self._scope["state"]
            answer = Kept(state["release"], state["base"], self._headers, message["body"])
            self._cache.offer(self._key, answer)
        self._headers = None

    def _log(self, status: int) -> None:
        """One line for a problem, by which its request id finds it; a failure of ours is logged where it is caught."""
        state = self._scope["state"]
        if status >= 400 and status != InternalError.status and not state.get("example"):
            log.log(
                logging.WARNING if status > 500 else logging.INFO, "%s %s %s", self, status, state.get("problem", "")
            )


def _as_get(scope: Scope) -> Scope:
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope


def _base(scope: Scope) -> str:
    return str(scope["state"].get("base", ""))


def _headers(scope: Scope) -> None:
    total = sum(len(name) + len(value) for name, value in scope["headers"])
    if len(scope["headers"]) > MAX_HEADERS or total > MAX_HEADER_BYTES:
        raise HeadersTooLarge(f"At most {MAX_HEADERS} headers of {MAX_HEADER_BYTES} bytes together are read.")


def _host(scope: Scope, hosts: tuple[str, ...]) -> str:
    found = [value for name, value in scope["headers"] if name == b"host"]
    if len(found) != 1 or not HOST.fullmatch(found[0]):
        raise MalformedRequest("A request has exactly one Host header: a name or address, and a port.")
    host: str = found[0].decode("ascii").lower()
    if hosts and re.sub(r":\d+$", "", host) not in hosts:
        raise MalformedRequest("This server does not answer for that Host.")
    return host


def _path(scope: Scope) -> None:
    """Escapes must be whole and UTF-8; anything that a proxy might resolve another way is no path of ours."""
    raw: bytes = scope["raw_path"].split(b"?")[0]
    path = text(raw.replace(b"+", b"%2B"))
    if b"%2f" in raw.lower() or "//" in path or {".", ".."} & set(path.split("/")):
        raise problems.nothing(path)


async def _body(scope: Scope, receive: Receive) -> None:
    """Refuse a body that is too large: by the length it declares, or in chunks by what has come in so far."""
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    if any(not value.isdigit() or int(value) > MAX_BODY for value in lengths):
        raise ContentTooLarge("Send no body: every question fits the URL.")
    if any(name == b"transfer-encoding" for name, _ in scope["headers"]):
        left, message = MAX_BODY, await receive()
        while (left := left - len(message.get("body", b""))) >= 0 and message.get("more_body"):
            message = await receive()
        if left < 0:
            # Nobody says how much is still to come: the connection is not read to its end, but closed.
            raise ContentTooLarge("Send no body: every question fits the URL.", headers={"Connection": "close"})
