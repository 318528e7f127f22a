"""Exports under way are bounded, closed at their end, and read on threads of their own."""

import asyncio
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from app.errors import Overloaded
from app.main import create_app
from app.settings import Settings
from app.web.exports import Exports


def pieces(closed: list[str]) -> Generator[bytes]:
    """Three pieces; notes how it ends."""
    try:
        yield from (b"one", b"two", b"three")
    finally:
        closed.append("closed")


def scope(path: str, query: str = "", method: str = "GET") -> dict[str, Any]:
    """A request as a server hands it over."""
    raw = path.encode()
    return {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1"} | {
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": raw,
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"data.example.org")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }


class Client:
    """A client that reads only when it is let."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.reading, self.begun = asyncio.Event(), asyncio.Event()

    async def receive(self) -> Any:
        """Nothing more comes from it."""
        await asyncio.Event().wait()

    async def send(self, message: Any) -> None:
        """Take a message, but none behind the first before it may be read."""
        self.sent.append(message)
        self.begun.set()
        await self.reading.wait()

    @property
    def status(self) -> int:
        """What it was answered."""
        return int(self.sent[0]["status"])


def test_one_more_than_the_bound_is_refused_and_another_finds_room_later(folder: Path) -> None:
    app = create_app(Settings(store=folder, exports=2))

    async def run() -> list[int]:
        slow = [Client() for _ in range(2)]
        answers = [
            asyncio.create_task(app(scope("/events", "format=ndjson"), each.receive, each.send)) for each in slow
        ]
        await asyncio.gather(*(each.begun.wait() for each in slow))
        late, quick, after = Client(), Client(), Client()
        for each in (late, quick, after):
            each.reading.set()
        await app(scope("/events", "format=csv"), late.receive, late.send)
        await app(scope("/events"), quick.receive, quick.send)
        for each in slow:
            each.reading.set()
        await asyncio.gather(*answers)
        await app(scope("/events", "format=csv"), after.receive, after.send)
        assert app.site.exports.under_way == 0
        return [each.status for each in (*slow, late, quick, after)]

    assert asyncio.run(run()) == [200, 200, 503, 200, 200]


def test_an_export_that_its_client_leaves_is_closed(folder: Path) -> None:
    app = create_app(Settings(store=folder))

    async def run() -> int:
        client = Client()
        answer = asyncio.create_task(app(scope("/events", "format=ndjson"), client.receive, client.send))
        await client.begun.wait()
        assert app.site.exports.under_way == 1
        answer.cancel()
        await asyncio.gather(answer, return_exceptions=True)
        return app.site.exports.under_way

    assert asyncio.run(run()) == 0


def test_no_more_is_read_for_a_head_request_than_its_first_piece(folder: Path) -> None:
    app = create_app(Settings(store=folder))

    async def run() -> list[Any]:
        client = Client()
        client.reading.set()
        await app(scope("/events", "format=ndjson", "HEAD"), client.receive, client.send)
        return client.sent

    assert b"".join(message.get("body", b"") for message in asyncio.run(run())) == b""


def test_pieces_are_closed_when_refused_failed_or_sent() -> None:
    closed: list[str] = []

    def failing() -> Generator[bytes]:
        raise OSError("the disk is gone")
        yield b""

    async def run() -> None:
        exports = Exports(1)
        with pytest.raises(OSError, match="disk"):
            await exports.start(failing(), {}, "text/csv")
        assert exports.under_way == 0
        await exports.start(pieces(closed), {}, "text/csv")
        with pytest.raises(Overloaded, match="1 exports"):
            await exports.start(pieces(closed), {}, "text/csv")

    asyncio.run(run())
