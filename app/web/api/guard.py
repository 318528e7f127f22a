"""The guard: the outermost layer, which lets through only requests that can be read without guessing."""

import logging
import re
from collections.abc import Callable
from functools import lru_cache, partial
from time import perf_counter

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import ContentTooLarge, InternalError, MalformedRequest, Problem, Unavailable, UrlTooLong
from app.web.api import problems
from app.web.api.cache import COMMON, Cache, Key, Rendered
from app.web.api.headers import Sent, gather, new_request_id
from app.web.api.url import PLAIN_PATH, decode, text
from app.web.metrics import Metrics
from app.web.site import Site

MAX_URL = 8 * 1024  # bytes of path and query
MAX_LOGGED = 200  # bytes of a path
MAX_BODY = 64 * 1024  # a body on GET is ignored up to this size
METHODS = "GET, HEAD, OPTIONS"
HOSTS = 100  # whose base is remembered: clients name few
ONE_HOST = "A request has exactly one Host header: a name or address, and a port."

# RFC 9110 section 7.2 and RFC 3986 section 3.2.2: a name, an IPv4 or a bracketed IPv6 address, and a port.
HOST = re.compile(rb"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")

TOKENS = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~ ,-]*")  # names of headers, RFC 9110 section 5.6.2
PREFLIGHT = {
    "access-control-allow-methods": METHODS,
    "access-control-max-age": "86400",  # one day
    "vary": "Access-Control-Request-Headers",
}

log = logging.getLogger("onrecord")


class Guard:
    """ASGI middleware around the whole app. `known` tells whether a path is one of ours."""

    def __init__(self, app: ASGIApp, site: Site, known: Callable[[str], bool]) -> None:
        self.app, self.site, self.known = app, site, known
        self.cache = Cache(site.cache, site.library)
        held = {"cache_bytes": lambda: self.cache.size, "exports_in_progress": lambda: site.exports.under_way}
        self.metrics = Metrics(held) if site.metrics else None
        self._base = lru_cache(maxsize=HOSTS)(self._base_of)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self.cache)
        begun = perf_counter()
        try:
            await self._answer(scope, receive, exchange)
        except Problem as problem:
            await problems.response(problem, scope, _base(scope))(scope, receive, exchange.send)
        except Exception:
            failure = await run_in_threadpool(self._failure, scope)
            if isinstance(failure, InternalError):
                log.exception("%s failed", exchange)
            else:
                log.error("%s failed: %s", exchange, failure.detail)
            if not exchange.status:
                await problems.response(failure, scope, _base(scope))(scope, receive, exchange.send)
        finally:
            self._account(exchange, perf_counter() - begun)

    async def _answer(self, scope: Scope, receive: Receive, exchange: "_Exchange") -> None:
        sent = scope["state"]["sent"] = gather(scope)
        rendered = exchange.remembered(sent)
        if rendered is None:  # what is remembered was let through before, but for its headers and body
            self._check(scope, sent)
        if b"content-length" in sent or b"transfer-encoding" in sent:
            await _body(sent, receive)
        if rendered is not None:
            await exchange.repeat(rendered, sent)
        elif scope["method"] == "OPTIONS":
            await self._options(scope, sent)(scope, receive, exchange.send)
        else:
            await self.app(_as_get(scope), receive, exchange.send)

    def _failure(self, scope: Scope) -> Problem:
        """A failure of ours, or of a file that turns out to be damaged."""
        try:
            whole = self.site.library.prove()
        except Problem:  # the catalogue cannot be read either
            whole = False
        return problems.failure(scope) if whole else Unavailable("The file of a release is damaged.")

    def _account(self, exchange: "_Exchange", seconds: float) -> None:
        """Count and log what was answered, unless it is an example that we ask ourselves for."""
        if exchange.is_example or not exchange.status:
            return
        if self.metrics is not None:
            self.metrics.answered(exchange.route, exchange.status, seconds, exchange.is_repeated)
        if self.site.access_log or exchange.status >= 400:
            exchange.log(seconds, timed=self.site.access_log)

    def _check(self, scope: Scope, sent: Sent) -> None:
        """Raise the problem of a request that is not let through."""
        state, raw = scope["state"], scope["raw_path"]
        host = sent.get(b"host") or self._unnamed(scope, sent)
        state["base"] = self._base(scope["scheme"], host)
        if len(raw) + len(scope["query_string"]) > MAX_URL:
            raise UrlTooLong(f"The URL is longer than {MAX_URL} bytes.")
        if not PLAIN_PATH.fullmatch(raw):
            _path(raw)
        state["pairs"] = decode(scope["query_string"])

    def _base_of(self, scheme: str, host: bytes) -> str:
        """What our URLs start with for a client that sends this Host; raises MalformedRequest."""
        if not HOST.fullmatch(host):
            raise MalformedRequest(ONE_HOST)
        name, hosts = host.decode("ascii"), self.site.hosts
        if hosts and re.sub(r":\d+$", "", name.lower()) not in hosts:
            raise MalformedRequest("This server does not answer for that Host.")
        return self.site.base(scheme, name)

    def _unnamed(self, scope: Scope, sent: Sent) -> bytes:
        """The host that a client means who names none, as one of HTTP/1.0 may; raises MalformedRequest."""
        if scope["http_version"] != "1.0" or b"host" in sent:
            raise MalformedRequest(ONE_HOST)
        return (self.site.hosts[0] if self.site.hosts else _own_name(scope)).encode()

    def _options(self, scope: Scope, sent: Sent) -> Response:
        if scope["path"] != "*" and not self.known(scope["path"]):  # `OPTIONS *` asks for the server as a whole
            raise problems.nothing(scope["path"])
        asked = b"access-control-request-method" in sent
        return Response(status_code=204, headers={"Allow": METHODS, **(_preflight(sent) if asked else {})})


class _Exchange:
    """One request under way: its id, the status once its answer has begun, and where a finished one may be kept."""

    def __init__(self, scope: Scope, send: Send, cache: Cache) -> None:
        self.request_id = new_request_id()
        self.status, self.is_repeated = 0, False
        self._scope, self._send, self._cache = scope, send, cache
        self._key: Key | None = None
        self._version = ""  # of the catalogue, when this was asked
        self._headers: list[tuple[bytes, bytes]] | None = None  # of an answer that may be kept
        scope["state"] = {**scope.get("state", {}), "request_id": self.request_id}

    @property
    def is_example(self) -> bool:
        """Whether we ask ourselves, for the docs."""
        return bool(self._scope["state"].get("example"))

    @property
    def route(self) -> str:
        """The template of the path; empty if it is none of ours."""
        return str(self._scope["state"].get("route", ""))

    def __str__(self) -> str:
        """As the log has it: without the query, which may hold names of people."""
        path: bytes = self._scope["raw_path"].split(b"?")[0][:MAX_LOGGED]
        return f"{self.request_id} {self._scope['method']} {path.decode('ascii', 'backslashreplace')}"

    def remembered(self, sent: Sent) -> Rendered | None:
        """The finished answer to this request, if the cache has it."""
        self._key = self._cache.key(self._scope, sent)
        found = None if self._key is None else self._cache.get(self._key)
        self._version = self._cache.version
        if found is not None:
            self._scope["state"] |= {"base": found.base, "route": found.route}  # for the problem of a body
        return found

    async def repeat(self, rendered: Rendered, sent: Sent) -> None:
        """Send a finished answer once more."""
        self.is_repeated = True
        self.status, headers, body = rendered.answer(sent)
        await self._send({"type": "http.response.start", "status": self.status, "headers": [*headers, self._id]})
        await self._send({"type": "http.response.body", "body": b"" if self._scope["method"] == "HEAD" else body})

    @property
    def _id(self) -> tuple[bytes, bytes]:
        return b"x-request-id", self.request_id.encode()

    async def send(self, message: Message) -> None:
        """Pass the message on, with the headers that every answer has, and without a body for HEAD."""
        if message["type"] == "http.response.start":
            message = self._begun(message)
        else:
            self._offer(message)
            if self._scope["method"] == "HEAD":
                message = {**message, "body": b""}
        await self._send(message)

    def _begun(self, message: Message) -> Message:
        self.status = status = message["status"]
        headers = [*message["headers"], *COMMON]
        if status == 200 and self._key is not None and "release" in self._scope["state"]:
            self._headers = headers
        return {**message, "headers": [*headers, self._id]}

    def _offer(self, message: Message) -> None:
        """Offer an answer that came in one piece to the cache."""
        headers, self._headers = self._headers, None
        if headers is not None and self._key is not None and not message.get("more_body"):
            rendered = partial(Rendered, self._scope["state"], headers, message["body"])
            self._cache.offer(self._key, rendered, self._version)

    def log(self, seconds: float, timed: bool) -> None:
        """One line for an answer, by which its request id finds it; a failure of ours is logged where it is caught."""
        if self.status == InternalError.status:
            return
        took, state = round(seconds * 1000, 1), self._scope["state"]
        told = [str(self), str(self.status), state.get("problem", ""), f"{took} ms" if timed else ""]
        fields = {"request_id": self.request_id, "route": self.route, "status": self.status, "milliseconds": took}
        level = logging.WARNING if self.status > 500 else logging.INFO
        log.log(level, " ".join(filter(None, told)), extra=fields)


def _preflight(sent: Sent) -> dict[str, str]:
    """Whatever headers a page wants to send: nothing here is secret, and tools add some of their own."""
    wanted = sent.get(b"access-control-request-headers", b"")
    allowed = {"access-control-allow-headers": wanted.decode()} if wanted and TOKENS.fullmatch(wanted) else {}
    return {**PREFLIGHT, **allowed}


def _as_get(scope: Scope) -> Scope:
    if scope["method"] != "HEAD":
        return scope
    scope["state"]["head"] = True  # so that nothing is read for a body that is not sent
    return {**scope, "method": "GET"}


def _base(scope: Scope) -> str:
    return str(scope["state"].get("base", ""))


def _own_name(scope: Scope) -> str:
    """The address of this server, for a client that has no Host to tell (HTTP/1.0)."""
    name, port = scope["server"] or ("localhost", None)
    shown = f"[{name}]" if ":" in name else name
    return f"{shown}:{port}" if port else shown


def _path(raw: bytes) -> None:
    """Escapes must be whole and UTF-8; anything that a proxy might resolve another way is no path of ours."""
    bare = raw.split(b"?")[0]
    path = text(bare.replace(b"+", b"%2B"))
    if b"%2f" in bare.lower() or "//" in path or {".", ".."} & set(path.split("/")):
        raise problems.nothing(path)


async def _body(sent: Sent, receive: Receive) -> None:
    """Refuse a body that is too large: by the length it declares, or in chunks by what has come in so far."""
    length = sent.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > MAX_BODY:
        raise ContentTooLarge("Send no body: every question fits the URL.")
    if b"transfer-encoding" in sent:
        left, message = MAX_BODY, await receive()
        while (left := left - len(message.get("body", b""))) >= 0 and message.get("more_body"):
            message = await receive()
        if left < 0:
            # Nobody says how much is still to come: the connection is not read to its end, but closed.
            raise ContentTooLarge("Send no body: every question fits the URL.", headers={"Connection": "close"})
