"""Changing the catalogue: one transaction on one connection to the primary, in which nobody else changes it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.query.reader import Published
from app.releases.base import Row
from app.releases.catalogue import Catalogue, StoreError
from app.releases.files import now
from app.releases.postgres.catalogue import LINES, TABLES, catalogue_of, schema_name
from app.releases.postgres.database import documents, storable, translated
from app.values.members import Members

LOCK = "SELECT pg_advisory_xact_lock(hashtext('onrecord.catalogue'))"
ADD = "INSERT INTO onrecord.catalogue (number, line) VALUES (%s, %s)"
THERE = "SELECT to_regnamespace(%s) IS NOT NULL"


class Within:
    """The tables of one schema within a transaction, asked by the statements of the protocol `Database`."""

    is_remote = True

    def __init__(self, connection: Connection, schema: str) -> None:
        self._connection, self._schema = connection, schema

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a statement."""
        given = tuple(map(storable, values))
        found = self._connection.exec_driver_sql(translated(statement, self._schema), given or None)
        return [tuple(row) for row in found] if found.returns_rows else []

    def row(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a statement, or None."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def of_any(self, statement: str, values: Iterable[object]) -> list[Row]:
        """Return the rows that have any of these values in the column whose name the statement ends with."""
        return self.rows(f"{statement} = ANY(?)", [list(values)])

    def documents(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the documents of these records, in this order, as UTF-8; a number without one is passed over."""
        return documents(self, numbers)

    def close(self) -> None:
        """Do nothing: the connection belongs to the transaction."""


@contextmanager
def transaction(dsn: str) -> Iterator[Connection]:
    """One transaction, in which nobody else changes the catalogue; raise StoreError if the database refuses."""
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(LOCK)
            for statement in TABLES:
                connection.exec_driver_sql(statement)
            yield connection
    except (psycopg.Error, DBAPIError) as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise StoreError(f"nothing was changed in the database: {reason}") from error
    finally:
        engine.dispose()


def lines_of(connection: Connection) -> list[str]:
    """Return the lines of the catalogue."""
    return [line for (line,) in connection.exec_driver_sql(LINES)]


def catalogue_in(connection: Connection) -> Catalogue:
    """Return the catalogue."""
    return catalogue_of(lines_of(connection))


def is_there(connection: Connection, release: Published) -> bool:
    """Say whether the schema of a release is there."""
    name = schema_name(release.info.id, release.schema_version)
    return bool(connection.exec_driver_sql(THERE, (name,)).scalar())


def add_event(
    connection: Connection, catalogue: Catalogue, op: str, release: str, members: Members | None = None
) -> Catalogue:
    """Add a line to the catalogue; return it as it is then."""
    event = catalogue.then(op, release, now(), members or {}).events[-1]
    connection.exec_driver_sql(ADD, (event.number, event.line()))
    return catalogue_in(connection)
