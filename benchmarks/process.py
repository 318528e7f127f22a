"""Runs a server as a process on its own core, sends requests to it, and measures its CPU and memory."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from benchmarks.peers import Paths, Peer
from benchmarks.questions import FIRST_PAGE

_CORES: Final = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
LOAD_CORE: Final = _CORES[0]
SERVER_CORE: Final = _CORES[-1]
LIBC: Final = ctypes.CDLL(None)
TIMEOUT: Final = 120  # seconds that an answer may take, and that the first one may take after the start
SHUTDOWN: Final = 10  # seconds that a server may take to end


@dataclass(frozen=True)
class Response:
    """The answer to a request; header names are in lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server: its process, its port, and the seconds from its start to its first answer."""

    process: int
    port: int
    seconds: float = 0

    def ask(self, target: str, etag: str = "") -> Response:
        """Send one GET request on a new connection, and return the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request("GET", target, headers={"If-None-Match": etag} if etag else {})
            response = connection.getresponse()
            headers = [(name.lower(), value) for name, value in response.getheaders()]
            return Response(response.status, headers, response.read())
        finally:
            connection.close()

    def cpu(self) -> float:
        """Return the seconds of CPU, user and system, that the server and its children have used."""
        return sum(map(_cpu, _family(self.process)))

    def memory(self) -> int:
        """Return the bytes of memory of the server and its children; shared pages count in proportion (PSS)."""
        files = (Path(f"/proc/{process}/smaps_rollup").read_text("ascii") for process in _family(self.process))
        return sum(int(text.partition("\nPss:")[2].split()[0]) * 1024 for text in files)


@contextmanager
def running(peer: Peer, paths: Paths) -> Iterator[Server]:
    """Start a server on its core, yield it once it has answered its first page, and end it with its children.

    Raise RuntimeError if it does not answer within `TIMEOUT` seconds.
    """
    port, begun = _port(peer), time.perf_counter()
    with (paths.folder / f"{peer.name}.log").open("ab") as log:
        pin(SERVER_CORE)  # the server inherits it
        process = subprocess.Popen(peer.command(paths, port), stdout=log, stderr=log, start_new_session=True)
        pin(LOAD_CORE)
    try:
        _wait_for_answer(process, Server(process.pid, port), peer.page(FIRST_PAGE))
        yield Server(process.pid, port, time.perf_counter() - begun)
    finally:
        _end(process)


def pin(core: int) -> None:
    """Bind this process, and those that it starts, to one core, if the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


@cache
def _port(peer: Peer) -> int:
    """Return a free port, the same for every process of a peer, because URLs and ETags may depend on it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_for_answer(process: subprocess.Popen[bytes], server: Server, target: str) -> None:
    end = time.monotonic() + TIMEOUT
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError, HTTPException):
            if server.ask(target).status == 200:
                return
        time.sleep(0.005)
    raise RuntimeError(f"a server does not answer: {process.args!r}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process group that the server leads."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(SHUTDOWN)
            return


def _family(process: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text("ascii").split():
            yield from _family(int(child))


def _cpu(process: int) -> float:
    """Return the CPU seconds of a process from its clock: utime + stime of /proc/PID/stat are only hundredths."""
    clock = ctypes.c_int()
    if failed := LIBC.clock_getcpuclockid(process, ctypes.byref(clock)):
        raise OSError(failed, os.strerror(failed))
    return time.clock_gettime(clock.value)
