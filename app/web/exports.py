"""The exports under way: a bounded number, read on threads of their own, each closed whatever becomes of it."""

from collections.abc import AsyncIterator, Generator, Mapping

from anyio import CapacityLimiter, to_thread
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.errors import Overloaded

THREADS = 4  # that read exports, so that as many connections at most are lent to them


class Exports:
    """At most so many exports are sent at once."""

    def __init__(self, most: int = 16) -> None:
        self._most, self.under_way = most, 0
        self._threads: CapacityLimiter | None = None  # belongs to an event loop

    async def start(self, pieces: Generator[bytes], headers: Mapping[str, str], media_type: str) -> Response:
        """The response, as soon as its first piece is there, so that what goes wrong by then is a problem.

        Raises Overloaded where too many are under way.
        """
        if self.under_way >= self._most:
            raise Overloaded(f"{self._most} exports are being sent at the moment, and no more are at once.")
        self.under_way += 1
        try:
            first = await self.read(pieces)
        except BaseException:
            self.end(pieces)
            raise
        return _Stream(self, first, pieces, headers, media_type)

    async def read(self, pieces: Generator[bytes]) -> bytes | None:
        """The next piece; None behind the last one."""
        if self._threads is None:
            self._threads = CapacityLimiter(THREADS)
        return await to_thread.run_sync(lambda: next(pieces, None), limiter=self._threads)

    def end(self, pieces: Generator[bytes]) -> None:
        """Close what was not read, and make room for another."""
        self.under_way -= 1
        pieces.close()


class _Stream(StreamingResponse):
    """The pieces one after the other."""

    def __init__(
        self,
        exports: Exports,
        first: bytes | None,
        pieces: Generator[bytes],
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        self._exports, self._first, self._pieces = exports, first, pieces
        super().__init__(self._all(), headers=headers, media_type=media_type)

    async def _all(self) -> AsyncIterator[bytes]:
        piece = self._first
        while piece is not None:
            yield piece
            piece = await self._exports.read(self._pieces)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["state"].get("head"):
            self._first = None  # so that nothing is sent, and nothing more is read
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._exports.end(self._pieces)
