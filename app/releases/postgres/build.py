"""Building a release into a schema of its own, in the transaction of whoever publishes it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg import Cursor
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from app.releases.base import Row
from app.releases.build import Plan, Progress, fill
from app.releases.migrate import schema_of
from app.releases.postgres.catalogue import schema_name
from app.releases.schema import HEAD
from app.releases.sink import Load


def build_schema(connection: Connection, release: Plan, progress: Progress = lambda *_: None) -> dict[str, str]:
    """Build a release; return the members of the catalogue's event that describe it."""
    name = schema_name(release.id, HEAD)
    with new_schema(connection, name) as within:
        documents = fill(within, release, progress, copying(within))
    return {"schema_version": HEAD, "documents": documents, "file": name, "sha256": documents}


@contextmanager
def new_schema(connection: Connection, name: str) -> Iterator[Connection]:
    """Create a schema, which is where tables without one are meanwhile; what was left there of its name is replaced.

    Nobody sees it before the transaction is committed.
    """
    connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')
    connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")  # another schema of this transaction was checked
    try:
        yield connection.execution_options(schema_translate_map={None: name})
    finally:
        connection.execution_options(schema_translate_map={})
    for table in SQLModel.metadata.tables:
        connection.exec_driver_sql(f'ANALYZE "{name}"."{table}"')  # the first question needs to know what there is


def copying(connection: Connection) -> Load:
    """Return what writes rows by COPY into the schema of this connection."""
    schema = schema_of(connection)
    cursor: Cursor[Row] = connection.connection.cursor()  # type: ignore[assignment]  # psycopg's own, behind the pool

    def copy(table: Table, rows: Sequence[Row]) -> None:
        place = Identifier(schema, table.name) if schema else Identifier(table.name)
        names = SQL(", ").join(Identifier(column.name) for column in table.c)
        with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(place, names)) as stream:
            for row in rows:
                stream.write_row(row)

    return copy
