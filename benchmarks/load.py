"""The client: keeps a few connections open, and sends the next request on each once it has read the last answer.

It waits for the answers that are under way when the time is up, since a slow server has worked for them too.
"""

import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

CONNECTIONS: Final = 8
LONGEST: Final = 120  # seconds that a run or an answer may take


@dataclass(frozen=True)
class Request:
    """One request, and the status that its answer must have."""

    target: str
    status: int = 200
    etag: str = ""

    def to_bytes(self, port: int) -> bytes:
        """Return the request as HTTP/1.1."""
        condition = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        return f"GET {self.target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n{condition}\r\n".encode()


@dataclass(frozen=True)
class Sent:
    """The number of answers, and the seconds that they took."""

    answers: int
    seconds: float


@dataclass
class Connection:
    """One connection, and what was received of the answer that it waits for."""

    opened: socket.socket
    received: bytearray = field(default_factory=bytearray)

    def answered(self, status: int) -> bool:
        """Read what has arrived; return whether the answer is complete; raise ConnectionError for another status."""
        data = self.opened.recv(1 << 20)
        self.received += data
        if data and not _complete(self.received):
            return False
        if not data or not self.received.startswith(b"HTTP/1.1 %d " % status):
            raise ConnectionError(f"no answer with status {status}: {bytes(self.received[:200])!r}")
        self.received.clear()
        return True


def drive(port: int, requests: Iterator[bytes], status: int, seconds: float = LONGEST) -> Sent:
    """Send requests until none are left or the seconds are over; raise TimeoutError if no answer comes."""
    begun, answers = time.perf_counter(), 0
    with ExitStack() as stack, selectors.DefaultSelector() as waiting:
        for request in [*islice(requests, CONNECTIONS)]:
            opened = stack.enter_context(socket.create_connection(("127.0.0.1", port), LONGEST))
            waiting.register(opened, selectors.EVENT_READ, Connection(opened))
            opened.sendall(request)
        while waiting.get_map():
            ready = waiting.select(LONGEST)
            if not ready:
                raise TimeoutError(f"no answer in {LONGEST} seconds")
            for connection in (key.data for key, _ in ready if key.data.answered(status)):
                answers += 1
                if time.perf_counter() < begun + seconds and (request := next(requests, b"")):
                    connection.opened.sendall(request)
                else:
                    waiting.unregister(connection.opened)
    return Sent(answers, time.perf_counter() - begun)


def _complete(received: bytearray) -> bool:
    """Return whether an answer is complete: by its content-length, by its last chunk, or because it has no body."""
    end = received.find(b"\r\n\r\n")
    head = bytes(received[: max(end, 0)]).lower()
    if b"transfer-encoding: chunked" in head:
        return received.endswith(b"\r\n0\r\n\r\n")
    _, _, length = head.partition(b"content-length: ")
    return end >= 0 and len(received) >= end + 4 + int(length.split(b"\r\n")[0] or 0)
