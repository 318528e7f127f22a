"""The sink: rows with ids are handed to the indexes, become rows with numbers, and go straight to the driver.

All of it table by table in batches: among millions of rows a call for each would be most of the work.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table

from app.releases.indexing import Indexes
from app.resources.columns import Stored, TableRow, table_of

BATCH = 1000  # rows of one table that wait for each other

MARKS = {"qmark": ":{}", "pyformat": "%({})s"}  # how drivers write the name of a value: SQLite knows both ways


class Sink:
    """Rows on their way into one open transaction. `numbers` gives the number of each live record."""

    def __init__(self, connection: Connection, numbers: Mapping[str, int], indexes: Indexes | None = None) -> None:
        self._cursor = connection.connection.cursor()
        self._connection, self._numbers, self._indexes = connection, numbers, indexes
        self._tables: dict[type[TableRow], _Batch] = {}

    def add(self, rows: Iterable[Stored]) -> None:
        """Take rows; those of full batches are written."""
        for model, values in rows:
            batch = self._tables.get(model)
            if batch is None:
                batch = self._tables[model] = _Batch(table_of(model), self._connection)
            batch.rows.append(values if len(values) == batch.columns else {**batch.nothing, **values})
            if len(batch.rows) >= BATCH:
                self._write(batch)

    def flush(self) -> None:
        """Write what waits."""
        for batch in self._tables.values():
            self._write(batch)

    def _write(self, batch: "_Batch") -> None:
        if self._indexes is not None:
            self._indexes.add(batch.table, batch.rows, [self._numbers[row[batch.owner]] for row in batch.rows])
        numbers = self._numbers
        for name in batch.references:
            for row in batch.rows:
                if isinstance(id := row[name], str):
                    row[name] = numbers[id]
        self._cursor.executemany(batch.statement, batch.rows)
        batch.rows.clear()


class _Batch:
    """The rows of one table that wait, and the statement that writes them."""

    def __init__(self, table: Table, connection: Connection) -> None:
        quote = connection.dialect.identifier_preparer.quote
        mark = MARKS[connection.dialect.paramstyle]
        names = ", ".join(quote(column.name) for column in table.c)
        marks = ", ".join(mark.format(column.name) for column in table.c)
        self.table, self.owner = table, next(iter(table.primary_key)).name
        self.statement = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"
        self.columns, self.nothing = len(table.c), dict.fromkeys(column.name for column in table.c)
        self.references = tuple(column.name for column in table.c if _refers(column))
        self.rows: list[dict[str, Any]] = []


def _refers(column: Column[Any]) -> bool:
    """Whether the column holds the number of a record, for which rows have its id."""
    return bool(column.foreign_keys) or (column.name == "number" and column.primary_key)
