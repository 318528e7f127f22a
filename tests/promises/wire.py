"""Requests as bytes, and answers as they come over the wire: no HTTP library stands between a test and the server."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from problems import FAULT, MEMBERS
from web.live import Live

HOST = b"Host: testserver"
BASE = "http://testserver"
# What differs from one answer to the next, and how a body is framed, which HEAD may leave out (RFC 9112 section 6.1).
OTHER = {b"date", b"x-request-id", b"transfer-encoding"}


@dataclass(frozen=True)
class Answer:
    """One whole answer, after which the server closed the connection."""

    raw: bytes

    @cached_property
    def status(self) -> int:
        """Its status; an answer that breaks off in its head is none."""
        assert self.raw.startswith(b"HTTP/1.1 "), self.raw[:200]
        return int(self.raw.split(b" ", 2)[1])

    @cached_property
    def headers(self) -> dict[bytes, bytes]:
        """The headers by their names in small letters."""
        lines = self.raw.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines)}

    @cached_property
    def body(self) -> bytes:
        """What was sent, checked to be all of it."""
        sent = self.raw.partition(b"\r\n\r\n")[2]
        if self.headers.get(b"transfer-encoding") == b"chunked":
            return _joined(sent)
        assert len(sent) == int(self.headers.get(b"content-length", b"0"))
        return sent

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    def problem(self, status: int, slug: str, base: str = BASE) -> Any:
        """The body, once it is sure that it is this problem, made as every problem is (RFC 9457)."""
        assert self.status == status, self.raw
        assert self.headers[b"content-type"] == b"application/problem+json"
        assert self.headers[b"cache-control"] == b"no-store"
        assert self.headers[b"access-control-allow-origin"] == b"*"
        body = self.json
        assert set(body) >= MEMBERS
        assert (body["type"], body["status"]) == (f"{base}/problems/{slug}", status)
        assert body["title"]
        assert body["detail"]
        assert body["request_id"].encode() == self.headers[b"x-request-id"]
        assert all(set(fault) == FAULT for fault in body["errors"])
        return body

    def at_fault(self, slug: str = "invalid-parameter") -> list[str]:
        """The parameters that a bad query is refused for."""
        return [fault["parameter"] for fault in self.problem(400, slug)["errors"]]


def sent(live: Live, *lines: bytes) -> Answer:
    """What a connection gets for these lines."""
    return Answer(live.send(*lines, b"Connection: close"))


def asked(live: Live, target: str, *headers: bytes, method: bytes = b"GET") -> Answer:
    """The answer to a request for this target, which is sent as it stands."""
    return sent(live, b"%s %s HTTP/1.1" % (method, target.encode()), HOST, *headers)


def both(live: Live, target: str, *headers: bytes) -> Answer:
    """The answer to GET, once it is sure that HEAD has the same status and headers, and no body."""
    got, head = asked(live, target, *headers), asked(live, target, *headers, method=b"HEAD")
    assert (head.status, head.raw.partition(b"\r\n\r\n")[2]) == (got.status, b"")
    assert _lasting(head) == _lasting(got)
    return got


def refusals(live: Live, path: str, name: str, values: Sequence[str]) -> None:
    """Each of these values, sent as it stands, is the one thing that is wrong with a request."""
    for value in values:
        answer = both(live, f"{path}?{name}={value}")
        assert set(answer.at_fault()) == {name}, value


def _lasting(answer: Answer) -> set[tuple[bytes, bytes]]:
    return {each for each in answer.headers.items() if each[0] not in OTHER}


def _joined(chunks: bytes) -> bytes:
    """The pieces of a body in chunks; one that breaks off is none."""
    found = b""
    while True:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        assert rest[length : length + 2] == b"\r\n"
        if not length:
            return found
        found, chunks = found + rest[:length], rest[length + 2 :]
