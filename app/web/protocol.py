"""HTTP on the wire: uvicorn's own protocol, which also ends connections whose client has stopped to read."""

from asyncio import TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

STALLED = 30.0  # seconds in which a client has to read something of what waits for it


class Protocol(HttpToolsProtocol):
    """The protocol of one connection.

    What waits to be sent is bounded by uvicorn, which pauses the answer meanwhile. A client that reads nothing of it
    for `stalled` seconds is cut off, so that neither the answer nor its memory waits for ever.
    """

    stalled: float = STALLED

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._watch: TimerHandle | None = None

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
