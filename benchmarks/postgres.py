"""A PostgreSQL for the benchmark: the programs of the machine, in a temporary folder, on the core of the servers."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT
from tempfile import TemporaryDirectory
from typing import Any, Final

import psycopg

from benchmarks.process import LOAD_CORE, SERVER_CORE, Server, pin

# What is not as it comes: memory for all of the data, and no work in the background, which would count for whoever is
# asked at that moment.
SETTINGS: Final = {"shared_buffers": "1GB", "max_wal_size": "8GB", "autovacuum": "off", "listen_addresses": "127.0.0.1"}
STARTUP: Final = 60  # seconds
TABLES: Final = """
SELECT relname::text, pg_total_relation_size(oid)::bigint, pg_indexes_size(oid)::bigint FROM pg_class
WHERE relkind = 'r' AND relnamespace::regnamespace::text ~ %s ORDER BY 2 DESC
"""


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL: its process, and its URL without a database."""

    process: int
    url: str

    def ask(self, database: str, statement: str, *values: object) -> list[Any]:
        """Return the rows of a statement."""
        with psycopg.connect(f"{self.url}/{database}", autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def sizes(self, database: str, schemas: str) -> list[tuple[str, int, int]]:
        """Return the tables of the schemas whose names match: name, bytes, and the bytes of indexes among them."""
        return self.ask(database, TABLES, schemas)

    def cpu(self) -> float:
        """Return the seconds of CPU that all its processes have used, those that ended too."""
        while True:
            with suppress(OSError):  # one of them ended meanwhile
                return Server(self.process, 0).cpu() + self._ended()

    def written(self) -> int:
        """Return the bytes that were written to its log, which replicas are sent."""
        ((count,),) = self.ask("postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
        return int(count)

    def _ended(self) -> float:
        fields = Path(f"/proc/{self.process}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start an empty PostgreSQL, and end it with the folder that it is in; raise RuntimeError if there is none here."""
    programs, user = _programs(), None if os.geteuid() else "postgres"  # it refuses to be run by root
    with TemporaryDirectory(prefix="onrecord-bench-") as made:
        folder, port = Path(made), _free_port()
        if user:
            shutil.chown(folder, user)
        made_by: list[str | Path] = [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
        ]
        subprocess.run([*made_by, "--locale=C.UTF-8"], user=user, check=True, capture_output=True, cwd=folder)
        with (folder / "log").open("wb") as log:
            pin(SERVER_CORE)
            process = subprocess.Popen(
                _command(programs, folder, port), user=user, stdout=log, stderr=log, cwd=folder, process_group=0
            )
            pin(LOAD_CORE)
        try:
            yield _answering(Postgres(process.pid, f"postgresql://postgres@127.0.0.1:{port}"), process, folder / "log")
        finally:
            process.send_signal(SIGINT)
            process.wait()


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    found = shutil.which("initdb") or (installed[-1] if installed else None)
    if found is None:
        raise RuntimeError("no PostgreSQL is installed here")
    return Path(found).parent


def _command(programs: Path, folder: Path, port: int) -> list[str | Path]:
    settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(folder)}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [programs / "postgres", "-D", folder / "data", *words]


def _answering(made: Postgres, process: "subprocess.Popen[bytes]", log: Path) -> Postgres:
    end = time.monotonic() + STARTUP
    while process.poll() is None and time.monotonic() < end:
        with suppress(psycopg.OperationalError):
            made.ask("postgres", "SELECT 1")
            return made
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL does not answer: {log.read_text('utf-8')}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
