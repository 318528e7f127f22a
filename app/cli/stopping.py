"""How the server stops: it says so first, where it was asked to, and goes on answering for a while."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from types import FrameType

import uvicorn
from uvicorn.supervisors import Multiprocess


class Server(uvicorn.Server):
    """One process that answers. At SIGTERM it makes the file `stopping`, and stops after `seconds`."""

    def __init__(self, config: uvicorn.Config, stopping: Path, seconds: float) -> None:
        super().__init__(config)
        self._stopping, self._seconds = stopping, seconds
        self._end: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop at once for the second signal, and for any but SIGTERM: somebody waits at a terminal."""
        if sig != signal.SIGTERM or not self._seconds or self._end is not None:
            super().handle_exit(sig, frame)
            return
        self._stopping.touch()
        self._end = monotonic() + self._seconds

    async def on_tick(self, counter: int) -> bool:
        """Tell ten times a second whether it is time to stop."""
        if self._end is not None and monotonic() >= self._end and not self.should_exit:
            super().handle_exit(signal.SIGTERM, None)
        return await super().on_tick(counter)


class Supervisor(Multiprocess):
    """Several processes that answer, and are told to stop `seconds` after SIGTERM."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], stopping: Path, seconds: float) -> None:
        super().__init__(config, sockets)
        self._stopping, self._seconds = stopping, seconds

    def handle_term(self) -> None:
        """Say that the server stops, wait, and stop."""
        if self._seconds:
            self._stopping.touch()
            sleep(self._seconds)
        super().handle_term()

    def keep_subprocess_alive(self) -> None:
        """Notice a worker that ends while its answer is waited for, and not only when the wait is over.

        The supervisor also holds the worker's end of the pipe, so that the pipe stays open when the worker ends.
        """
        for worker in self.processes:
            worker.child_conn.close()
        super().keep_subprocess_alive()


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Have SIGTERM raise KeyboardInterrupt, as SIGINT does: uvicorn raises it again once it has stopped for it."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(sig: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
