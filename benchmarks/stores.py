"""The servers of `benchmarks.databases`, and how each gets its data: a folder or PostgreSQL, ours or the tutorial's."""

import os
import sqlite3
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.data import Rows
from benchmarks.peers import Command, Onrecord, Paths, Peer, Tutorial
from benchmarks.postgres import Postgres
from benchmarks.rows import write_rows

OURS, THEIRS = "onrecord", "rows"  # databases
RELEASES: Final = "^(r[0-9a-f]{16}_|onrecord$)"
OF_FILE: Final = """
SELECT tbl_name, SUM(pgsize), SUM(CASE WHEN type = 'index' THEN pgsize ELSE 0 END)
FROM dbstat JOIN sqlite_master USING (name) GROUP BY 1 ORDER BY 2 DESC
"""

Sizes = list[tuple[str, int, int]]
"""The tables: name, bytes, and the bytes of indexes among them."""


class InFolder(Onrecord):
    """onrecord over a folder, which keeps no answers, so that every question is looked up."""

    name, title = "folder", "onrecord, folder"

    def command(self, paths: Paths, port: int) -> Command:
        return ["env", "ONRECORD_CACHE=0", *super().command(paths, port)]


class InDatabase(Onrecord):
    """The same over PostgreSQL."""

    name, title = "database", "onrecord, PostgreSQL"

    def command(self, paths: Paths, port: int) -> Command:
        settings = ["ONRECORD_CACHE=0", f"ONRECORD_STORE={paths.postgres}/{OURS}"]
        return ["env", *settings, paths.ours / "onrecord", "serve", "--host", "127.0.0.1", "--port", str(port)]


class TutorialInDatabase(Tutorial):
    """The tutorial's app over PostgreSQL."""

    name, title = "tutorial-postgres", "FastAPI + SQLModel, PostgreSQL"

    def database(self, paths: Paths) -> str:
        return f"{paths.postgres.replace('postgresql:', 'postgresql+psycopg:')}/{THEIRS}"


class TutorialInFile(Tutorial):
    """The tutorial's app over SQLite."""

    title = "FastAPI + SQLModel, SQLite"


STORES: Final[tuple[Peer, ...]] = (InFolder(), InDatabase(), TutorialInFile(), TutorialInDatabase())


@dataclass(frozen=True)
class Built:
    """What a build took: seconds, those of CPU here and in the database, bytes of memory, and its tables."""

    seconds: float
    cpu: float
    database_cpu: float
    memory: int
    written: int  # bytes of the log that a database sends to its replicas
    tables: Sizes


def build_folder(paths: Paths) -> Built:
    """Build the release into a folder."""
    spent = _build(paths, {"ONRECORD_STORE": str(paths.store)})
    (file,) = paths.store.glob("*-????.sqlite")  # the other one has the changes
    with closing(sqlite3.connect(file)) as connection:
        return Built(*spent[:2], 0, spent[2], 0, connection.execute(OF_FILE).fetchall())


def build_database(paths: Paths, postgres: Postgres) -> Built:
    """Build the release into an empty database, by the same command."""
    postgres.ask("postgres", f"CREATE DATABASE {OURS}")
    url, cpu, written = f"{postgres.url}/{OURS}", postgres.cpu(), postgres.written()
    seconds, own, memory = _build(paths, {"ONRECORD_STORE": url, "ONRECORD_ADMIN_STORE": url})
    spent = postgres.cpu() - cpu, memory, postgres.written() - written
    postgres.ask(OURS, "VACUUM ANALYZE")  # as autovacuum does in its time
    return Built(seconds, own, *spent, postgres.sizes(OURS, RELEASES))


def build_rows(rows: Rows, postgres: Postgres) -> Built:
    """Write the rows of the tutorial's app into an empty database."""
    postgres.ask("postgres", f"CREATE DATABASE {THEIRS}")
    cpu, written, own, begun = postgres.cpu(), postgres.written(), time.process_time(), time.perf_counter()
    write_rows(rows, f"{postgres.url}/{THEIRS}")
    seconds, own = time.perf_counter() - begun, time.process_time() - own
    spent = postgres.cpu() - cpu, 0, postgres.written() - written
    postgres.ask(THEIRS, "VACUUM ANALYZE")
    return Built(seconds, own, *spent, postgres.sizes(THEIRS, "^public$"))


def _build(paths: Paths, settings: Mapping[str, str]) -> tuple[float, float, int]:
    """Run `onrecord build`; return its seconds, its seconds of CPU, and the most bytes of memory that it had."""
    begun = time.perf_counter()
    with (paths.folder / "build.log").open("ab") as log:
        command: Command = [paths.ours / "onrecord", "build", paths.folder / "dossier"]
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the build failed: {Path(log.name).read_text('utf-8')}")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
