"""The catalogue as a table: a row for each of its lines, which a thread looks for so that no request waits for it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from threading import Event as Signal
from threading import Lock, Thread

from psycopg.errors import InvalidSchemaName, UndefinedTable

from app.errors import Problem
from app.releases.catalogue import Catalogue
from app.releases.catalogue_lines import read_lines
from app.releases.postgres.server import Server

TABLES = (
    "CREATE SCHEMA IF NOT EXISTS onrecord",
    "CREATE TABLE IF NOT EXISTS onrecord.catalogue (number bigint PRIMARY KEY, line text NOT NULL)",
)
# One statement, so that one copy of the database answers: schemas, and lines that are not known yet.
LATEST = """
SELECT 0 AS number, nspname::text AS line FROM pg_catalog.pg_namespace WHERE nspname ~ '^r[0-9a-f]{16}_[0-9]+$'
UNION ALL SELECT number, line FROM onrecord.catalogue WHERE number >= %s ORDER BY number
"""
SECONDS = 0.5  # between two looks at the table
OF_FILES = ("publish", "upgrade")  # the events that say which file holds a release; here none does

log = logging.getLogger("onrecord")


@dataclass(frozen=True)
class Known:
    """What was read last: the lines with the catalogue that they are, and which schemas hold a release."""

    lines: tuple[str, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    schemas: frozenset[str] = frozenset()


class CatalogueTable:
    """The catalogue as it is read through a server: what was known of it stays while nothing can be read."""

    def __init__(self, server: Server) -> None:
        self._server, self._lock = server, Lock()
        self._known: Known | None = None
        self._over = Signal()
        self._thread = Thread(target=self._follow, name="catalogue", daemon=True)

    def read(self) -> Known:
        """Return what was there half a second ago or later; raise Unavailable if it never could be read."""
        if self._known is None:
            with self._lock:
                if self._known is None:
                    self._known = self._latest(Known())
                    self._thread.start()
        return self._known

    def _latest(self, known: Known) -> Known:
        """Return what is there now; what was known, if a replica answers that is further behind. Raise Unavailable."""
        last = len(known.lines)
        try:
            found = self._server.rows(LATEST, [last])
        except (UndefinedTable, InvalidSchemaName):
            return known
        lines = [line for number, line in found if number > 0]
        if last and not lines:  # not even the last line that is known
            return known
        schemas = frozenset(name for number, name in found if number == 0)
        if len(lines) == (1 if last else 0):
            return replace(known, schemas=schemas)
        all_lines = (*known.lines[: max(0, last - 1)], *lines)
        return Known(all_lines, catalogue_of(all_lines), schemas)

    def close(self) -> None:
        """Stop looking."""
        self._over.set()

    def _follow(self) -> None:
        told = ""
        while not self._over.wait(SECONDS):
            try:
                self._known, told = self._latest(self._known or Known()), ""
            except Problem as problem:
                if problem.detail != told and not self._over.is_set():
                    log.warning("the catalogue cannot be read, what was known of it stays: %s", problem.detail)
                told = problem.detail


def catalogue_of(lines: Iterable[str]) -> Catalogue:
    """Return the catalogue of these lines, in which no release has a file."""
    found = read_lines("\n".join(lines).encode())
    for fault in found.faults:
        log.warning("%s", fault)
    none = {"file": None, "sha256": None}
    return Catalogue(
        tuple(
            replace(event, members={**event.members, **none}) if event.op in OF_FILES else event
            for event in found.events
        )
    )


def schema_name(release: str, version: str) -> str:
    """Return the name of the schema that holds a release built by that version of the tables."""
    return f"r{release[:16]}_{version}"
