"""The catalogue as a table: a row for each of its lines, which a thread looks for so that no request waits for it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import takewhile
from threading import Event as Signal
from threading import Lock, Thread
from time import monotonic

from app.errors import Problem, Unavailable
from app.releases.catalogue import Catalogue
from app.releases.catalogue_lines import read_lines
from app.releases.postgres.server import NotArrived, Server

TABLES = (
    "CREATE SCHEMA IF NOT EXISTS onrecord",
    "CREATE TABLE IF NOT EXISTS onrecord.catalogue (number bigint PRIMARY KEY, line text NOT NULL)",
    """CREATE TABLE IF NOT EXISTS onrecord.step (
        number bigint PRIMARY KEY, op text NOT NULL, at text COLLATE "C" NOT NULL, before text, after text
    )""",
    """CREATE TABLE IF NOT EXISTS onrecord.change (
        number bigint PRIMARY KEY, step bigint NOT NULL, op text NOT NULL, kind text NOT NULL, id text NOT NULL,
        label text, target text, reason text, correction text, before text, after text
    )""",
    "CREATE INDEX IF NOT EXISTS change_of_id ON onrecord.change (id)",
    "CREATE INDEX IF NOT EXISTS change_of_target ON onrecord.change (target) WHERE target IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS change_of_kind ON onrecord.change (kind, number)",
    "CREATE INDEX IF NOT EXISTS change_of_op ON onrecord.change (op, number)",
)
"""The catalogue, and the log of what its lines changed."""
LINES = "SELECT line FROM onrecord.catalogue ORDER BY number"
SCHEMAS = "SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname ~ '^r[0-9a-f]{16}_[0-9]+$'"
"""The schemas of releases."""
# One statement, so that one copy of the database answers: whether it is a replica, its schemas, and the last lines.
LATEST = f"""
SELECT -1 AS number, pg_is_in_recovery()::text AS line
UNION ALL SELECT 0, schemas.* FROM ({SCHEMAS}) AS schemas
UNION ALL SELECT number, line FROM onrecord.catalogue WHERE number >= %s ORDER BY number
"""
SECONDS = 0.5  # between two looks at the table
PATIENCE = 30.0  # seconds for which nobody but replicas may lack a line that is known before it counts as lost
OF_FILES = ("publish", "upgrade")  # the events that say which file holds a release; here none does

log = logging.getLogger("onrecord")


@dataclass(frozen=True)
class Known:
    """What was read last: the lines with the catalogue that they are, and which schemas hold a release."""

    lines: tuple[str, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    schemas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """What one copy of the database has: the lines of the catalogue from the one that was asked for on."""

    lines: tuple[str, ...]
    schemas: frozenset[str]
    is_replica: bool


class CatalogueTable:
    """The catalogue as it is read through a server: what was known of it stays while nothing can be read.

    It also stays while a replica is further behind, but not if it is no more: after a failover that lost its last
    lines, what the database has now is the catalogue.
    """

    def __init__(self, server: Server, patience: float = PATIENCE) -> None:
        self._server, self._patience = server, patience
        self._known: Known | None = None
        self._lacking: float | None = None  # since when no copy that is asked has the last line
        self._starting, self._looking = Lock(), Lock()
        self._over = Signal()
        self._thread = Thread(target=self._follow, name="catalogue", daemon=True)

    def read(self) -> Known:
        """Return what was there half a second ago or later; raise Unavailable if it never could be read.

        Only the first call waits for the database.
        """
        if self._known is None:
            self._begin()
        if self._known is None:
            raise Unavailable("The catalogue of releases cannot be read at the moment.")
        return self._known

    def look(self) -> Known:
        """Return what is there now; raise Unavailable if it cannot be read."""
        with self._looking:
            self._known = self._latest(self._known or Known())
            return self._known

    def close(self) -> None:
        """Stop looking."""
        self._over.set()

    def _begin(self) -> None:
        """Look, and have the thread go on with it; nothing if that was done before."""
        with self._starting:
            if self._thread.ident is None:
                try:
                    self.look()
                finally:
                    self._thread.start()

    def _latest(self, known: Known) -> Known:
        """Return what is there now, or what was known, if every copy that is asked is further behind."""
        last = len(known.lines)
        try:
            found = self._found(last, last)
        except NotArrived:
            return self._without(known)
        self._lacking = None
        if last and found.lines[0] != known.lines[-1]:
            return self._lost(known)
        if len(found.lines) == (1 if last else 0):
            return replace(known, schemas=found.schemas)
        lines = (*known.lines[: max(0, last - 1)], *found.lines)
        return Known(lines, catalogue_of(lines), found.schemas)

    def _without(self, known: Known) -> Known:
        """Return what is known while no copy has its last line; but not if the primary lacks it, or all do long."""
        try:
            found = self._found(0, 0)
        except NotArrived:  # there is no catalogue at all yet
            return known
        self._lacking = self._lacking or monotonic()
        if found.is_replica and monotonic() - self._lacking < self._patience:
            return known
        return self._lost(known)

    def _lost(self, known: Known) -> Known:
        """Return what the database has in place of lines that it had before."""
        found, self._lacking = self._found(0, 0), None
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(known.lines, found.lines, strict=False)))
        log.error("the database has lost the catalogue as it was from line %d on; what it has now is served", same + 1)
        return Known(found.lines, catalogue_of(found.lines), found.schemas)

    def _found(self, start: int, needed: int) -> Found:
        """Return what a copy has that has the line `needed`; raise NotArrived if none is found."""
        rows = self._server.rows(LATEST, [start], needed)
        lines = tuple(line for number, line in rows if number > 0)
        schemas = frozenset(line for number, line in rows if number == 0)
        return Found(lines, schemas, rows[0] == (-1, "true"))

    def _follow(self) -> None:
        told = ""
        while not self._over.wait(SECONDS):
            try:
                self.look()
                told = ""
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
