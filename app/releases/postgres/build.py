"""Building a release into a schema of its own, in the transaction of whoever publishes it."""

from collections.abc import Sequence

from psycopg import Cursor
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from app.releases.base import Row
from app.releases.build import Plan, Progress, fill
from app.releases.migrate import schema_of
from app.releases.schema import HEAD
from app.releases.sink import Load


def build_schema(connection: Connection, release: Plan, progress: Progress = lambda *_: None) -> dict[str, str]:
    """Build a release; return the members of the catalogue's event that describe it.

    What was left there of the same name is replaced. Nobody sees the schema before the transaction is committed.
    """
    schema = f"r{release.id[:16]}_{HEAD}"
    connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
    connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
    within = connection.execution_options(schema_translate_map={None: schema})
    try:
        documents = fill(within, release, progress, copying(within))
    finally:
        connection.execution_options(schema_translate_map=None)
    for name in SQLModel.metadata.tables:
        connection.exec_driver_sql(f'ANALYZE "{schema}"."{name}"')  # the first question needs to know what there is
    return {"schema_version": HEAD, "documents": documents, "file": schema, "sha256": documents}


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
