"""HTTP on the wire: uvicorn's own protocol, which also ends connections whose client has stopped to read.

What the parser refuses is a problem document, and the host of a target in absolute form counts.
"""

from asyncio import TimerHandle
from typing import Any
from urllib.parse import quote_from_bytes

import httptools
from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.errors import Fault, MalformedRequest
from app.web.api import problems
from app.web.api.cache import COMMON
from app.web.api.headers import new_request_id

STALLED = 30.0  # seconds in which a client has to read something of what waits for it
VERSIONS = ("1.1", "1.0")
ASCII = bytes(range(0x21, 0x7F)).decode()  # what stands in a request line as it is
LONGEST_SHOWN = 2000  # bytes of a target that is given back


class Protocol(HttpToolsProtocol):
    """The protocol of one connection.

    What waits to be sent is bounded by uvicorn, which pauses the answer meanwhile. A client that reads nothing of it
    for `stalled` seconds is cut off, so that neither the answer nor its memory waits for ever.
    """

    stalled: float = STALLED
    received: bytes = b""  # what came last

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._watch: TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Keep what came last for the answer to what cannot be parsed."""
        self.received = data
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Refuse another major version of HTTP in the request line; take the host from a target that names one."""
        if self.parser.get_http_version() not in VERSIONS:
            raise httptools.HttpParserError("another version of HTTP")
        if self.url[:1] != b"/" and b"://" in self.url:
            self._read_absolute()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """A problem document for what the parser cannot read, after which the connection is closed."""
        raw, id = _target(self.received), new_request_id()
        path, _, query = _encoded(raw).partition(b"?")
        scope: Scope = {"path": "", "raw_path": path, "query_string": query, "state": {"request_id": id}}
        answer = problems.response(_malformed(raw), scope, "")
        added = ((b"x-request-id", id.encode()), (b"connection", b"close"))
        lines = [b"%s: %s\r\n" % header for header in (*answer.raw_headers, *COMMON, *added)]
        self.transport.write(b"".join((STATUS_LINE[400], *lines, b"\r\n", bytes(answer.body))))
        self.transport.close()

    def _read_absolute(self) -> None:
        """RFC 9112 section 3.2.2: the host of the target replaces that of the header."""
        target = httptools.parse_url(self.url)
        host = target.host + (b":%d" % target.port if target.port else b"")
        given = [header for header in self.headers if header[0] != b"host"]
        if len(given) < len(self.headers) or self.parser.get_http_version() == "1.0":
            given.append((b"host", host))
        self.headers[:] = given
        self.url = (target.path or b"/") + (b"?" + target.query if target.query else b"")

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_from(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_watching()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        super().connection_lost(exc)

    def _watch_from(self, waiting: int) -> None:
        self._watch = self.loop.call_later(self.stalled, self._look, waiting)

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def _look(self, before: int) -> None:
        """Cut the client off if as much waits for it as before."""
        waiting = self.transport.get_write_buffer_size()
        if waiting >= before:
            self.transport.abort()
        else:
            self._watch_from(waiting)


def _target(data: bytes) -> bytes:
    """The target in the first line of what came; empty where that is no request line."""
    parts = data.split(b"\r\n", 1)[0].split(b" ")
    return b" ".join(parts[1:-1])[:LONGEST_SHOWN] if parts[-1].startswith(b"HTTP/") else b""


def _encoded(target: bytes) -> bytes:
    return quote_from_bytes(target, safe=ASCII).encode()


def _malformed(target: bytes) -> MalformedRequest:
    """The problem, with the target as it should have been sent where nothing else is wrong with it."""
    if target.isascii():
        return MalformedRequest("This is no request of HTTP/1.1 that can be read without guessing.")
    where = "query" if target.partition(b"?")[0].isascii() else "path"
    message = "The URL holds bytes that are not ASCII: send them percent-encoded, as UTF-8."
    return MalformedRequest(message, [Fault(where, None, message, _encoded(target).decode())])
