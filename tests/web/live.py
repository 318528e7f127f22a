"""A server of ours in a process of its own, on a free port, asked by raw bytes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from patience import PATIENCE

ROOT = Path(__file__).parent.parent.parent
ONRECORD = "from app.cli import app; app()"
NONE: Mapping[str, str] = MappingProxyType({})


class Live:
    """The running server; `process` is the first of it, `log` what it wrote to standard error."""

    def __init__(self, port: int, log: Path, process: "subprocess.Popen[bytes] | None" = None) -> None:
        self.port, self._process, self._log = port, process, log
        self.process = process.pid if process else 0

    @property
    def log(self) -> str:
        """Everything written so far."""
        return self._log.read_text(encoding="utf-8")

    def wait(self) -> None:
        """Wait until it answers."""
        assert self._process is not None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            try:
                if b" 200 " in self.get(b"/healthz"):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log}")

    def ended_by(self, number: int) -> int:
        """The exit code after this signal."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(PATIENCE)

    def connect(self) -> socket.socket:
        """A connection that gives up after a while."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, *lines: bytes) -> bytes:
        """What comes back for these lines, each ended by CRLF, until the server closes the connection."""
        with self.connect() as connection:
            connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
            return _everything(connection)

    def get(self, target: bytes, *headers: bytes) -> bytes:
        """A plain request, after which the server closes the connection."""
        return self.send(b"GET " + target + b" HTTP/1.1", b"Host: testserver", b"Connection: close", *headers)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def running(store: Path, log: Path, *options: str, settings: Mapping[str, str] = NONE) -> Iterator[Live]:
    """Serve the store as `onrecord serve OPTIONS` does, with these settings; the process is always ended."""
    with started(["serve", *options], log, {"ONRECORD_STORE": str(store), **settings}) as live:
        yield live


@contextmanager
def started(
    words: Sequence[str], log: Path, settings: Mapping[str, str] = NONE, program: str = ONRECORD
) -> Iterator[Live]:
    """Run `onrecord WORDS…`, or another program that serves, until it answers; what it prints goes to the log."""
    port = free_port()
    command = [sys.executable, "-c", program, *words, "--port", str(port)]
    variables = {**os.environ, "PYTHONUNBUFFERED": "1", **settings}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=out, stderr=out)
        try:
            live = Live(port, log, process)
            live.wait()
            yield live
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _everything(connection: socket.socket) -> bytes:
    found = b""
    while chunk := connection.recv(65536):
        found += chunk
    return found
