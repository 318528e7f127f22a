"""The sink: rows are handed to the indexes, get the numbers of records instead of their ids, and go to the driver.

This is done table by table in batches, because with millions of rows a call for each row would be most of the work.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from sqlalchemy import Connection, Table

from app.releases.base import Row
from app.releases.indexing import Indexes
from app.resources.columns import Stored, TableRow, table_of
from app.values.members import JsonObject

# The driver asks for an adapter of everything but numbers, texts and arrays of bytes; where it has none it goes on to
# ask the value and its class, which takes longer than to write it. These write what it would write without them.
sqlite3.register_adapter(type(None), {None: None}.get)
sqlite3.register_adapter(bool, {False: 0, True: 1}.get)

BATCH = 1000  # rows of one table that are written at once

Load = Callable[[Table, Sequence[Row]], None]  # writes rows of a table, each with a value for every column in order


class Sink:
    """Writes rows in one open transaction. `numbers` has the number of each live record by its id."""

    def __init__(self, load: Load, numbers: Mapping[str, int], indexes: Indexes | None = None) -> None:
        self._load, self._numbers, self._indexes = load, numbers, indexes
        self._tables: dict[type[TableRow], _Batch] = {}

    def add(self, rows: Iterable[Stored], record: int = 0) -> None:
        """Add rows, to be indexed as those of a record by its number, and write the batches that are full."""
        for model, values in rows:
            batch = self._tables.get(model)
            if batch is None:
                batch = self._tables[model] = _Batch(table_of(model))
            batch.rows.append(values if len(values) == batch.columns else {**batch.nulls, **values})
            batch.records.append(record)
            if len(batch.rows) >= BATCH:
                self._write(batch)

    def flush(self) -> None:
        """Write the rows that wait."""
        for batch in self._tables.values():
            self._write(batch)

    def _write(self, batch: "_Batch") -> None:
        if self._indexes is not None:
            self._indexes.add(batch.table, batch.rows, batch.records)
            for row, record in zip(batch.rows, batch.records, strict=True):
                row[batch.owner] = record
        for name in batch.references:
            for row in batch.rows:
                if (id := row[name]) is not None:
                    row[name] = self._numbers[id]
        self._load(batch.table, [*map(batch.values, batch.rows)])
        batch.rows.clear()
        batch.records.clear()


class _Batch:
    """The rows of one table that wait."""

    def __init__(self, table: Table) -> None:
        self.table, self.owner = table, next(iter(table.primary_key)).name
        self.columns, self.nulls = len(table.c), dict.fromkeys(column.name for column in table.c)
        self.values = itemgetter(*self.nulls)  # drivers look names up more slowly
        self.references = tuple(column.name for column in table.c if column.foreign_keys and column.name != self.owner)
        self.rows: list[JsonObject] = []
        self.records: list[int] = []  # for each row the number of its record


def inserting(connection: Connection) -> Load:
    """Return what writes into SQLite, straight through its driver."""
    cursor, statements = connection.connection.cursor(), dict[str, str]()

    def insert(table: Table, rows: Sequence[Row]) -> None:
        if table.name not in statements:
            names = ", ".join(f'"{column.name}"' for column in table.c)
            marks = ", ".join("?" * len(table.c))
            statements[table.name] = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
        cursor.executemany(statements[table.name], rows)

    return insert
