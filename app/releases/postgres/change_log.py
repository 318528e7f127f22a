"""The log of changes in PostgreSQL: two tables beside the catalogue, written in the transaction that adds its line."""

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from psycopg import Cursor
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection

from app.errors import Unavailable
from app.query.reader import Published
from app.releases.base import Row
from app.releases.catalogue import Catalogue, StoreError
from app.releases.postgres.catalogue import schema_name
from app.releases.postgres.database import storable, translated
from app.releases.postgres.kept import KeptSchema
from app.releases.postgres.server import NotArrived, Server
from app.releases.postgres.transaction import Within, is_there
from app.releases.steps import CHANGE, STEP, Step, change_rows, forgetting, steps
from app.values.batches import batched

SCHEMA = "onrecord"
COLUMNS = {"step": STEP, "change": ("number", *CHANGE)}
LAST = "SELECT coalesce(max(number), 0) FROM {table}"
BATCH = 1000  # rows that are in memory at once

log = logging.getLogger("onrecord")


@dataclass(frozen=True)
class LogTables:
    """The log, read from a copy of the database that has the line `position` of the catalogue."""

    server: Server
    position: int

    @property
    def version(self) -> str:
        """The number of the line that it goes up to."""
        return str(self.position)

    def rows(self, statement: str, values: Sequence[object]) -> list[Row]:
        """Return all rows of a statement; none where there is no log. Raise Unavailable."""
        if not self.position:
            return []
        try:
            return self.server.rows(translated(statement, SCHEMA), [*map(storable, values)], self.position)
        except NotArrived as error:
            raise Unavailable("The list of changes has not arrived at this copy of the database yet.") from error


def write_log(connection: Connection, catalogue: Catalogue) -> None:
    """Bring the log up to the last line of the catalogue; a step that cannot be compared is left out, and told."""
    ((done,),) = Within(connection, SCHEMA).rows(LAST.format(table="step"))
    for step in steps(catalogue):
        if step.event.number > done:
            try:
                with connection.begin_nested():
                    _append(connection, step)
            except StoreError as error:
                log.warning("changes not listed: %s", error)
    for statement, values in forgetting(catalogue):
        Within(connection, SCHEMA).rows(statement, values)


def copy_log(connection: Connection, path: Path) -> None:
    """Put the log in a file in place of what is there; raise StoreError unless every row arrived as it was."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as source:
        for table, columns in COLUMNS.items():
            rows = f"SELECT {', '.join(columns)} FROM {table} ORDER BY number"
            connection.exec_driver_sql(f"DELETE FROM {SCHEMA}.{table}")
            _load(connection, table, source.execute(rows))
            if Within(connection, SCHEMA).rows(rows) != source.execute(rows).fetchall():
                raise StoreError(f"table {table} of the log of changes arrived with other rows")


def _append(connection: Connection, step: Step) -> None:
    """Add the rows of a step; raise StoreError if one of its releases is not kept."""
    sides = (_kept(connection, side) for side in (step.before, step.after))
    ((last,),) = Within(connection, SCHEMA).rows(LAST.format(table="change"))
    _load(connection, "step", [step.row])
    _load(connection, "change", ((number, *row) for number, row in enumerate(change_rows(step, *sides), last + 1)))


def _kept(connection: Connection, release: Published | None) -> KeptSchema | None:
    if release is None:
        return None
    if not is_there(connection, release):
        raise StoreError(f"release {release.info.label} is not kept here any more")
    return KeptSchema(Within(connection, schema_name(release.info.id, release.schema_version)), release)


def _load(connection: Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows by COPY, batch by batch: what yields them may ask the same connection meanwhile."""
    cursor: Cursor[Row] = connection.connection.cursor()  # type: ignore[assignment]  # psycopg's own, behind the pool
    names = SQL(", ").join(map(Identifier, COLUMNS[table]))
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(SCHEMA, table), names)
    for some in batched(rows, BATCH):
        with cursor.copy(statement) as stream:
            for row in some:
                stream.write_row(row)
