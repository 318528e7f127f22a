"""Reading a database file: a fixed number of read-only connections that threads share."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from typing import Any

CONNECTIONS = 16  # of one release
PIECE = 500  # rows of a stream that are in memory at once
MANY = 500  # values of one IN

Rows = list[tuple[Any, ...]]


class Database:
    """A file that nobody writes, opened read-only and immutable, so that no lock is ever taken."""

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._idle: LifoQueue[sqlite3.Connection | None] = LifoQueue()
        for _ in range(CONNECTIONS):
            self._idle.put(None)  # opened when it is first needed
        self._idle.put(self._open())

    def rows(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a statement."""
        with self._lent() as connection:
            return connection.execute(statement, values).fetchall()

    def row(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a statement."""
        with self._lent() as connection:
            found: tuple[Any, ...] | None = connection.execute(statement, values).fetchone()
        return found

    def of_any(self, statement: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement that ends with the name of a column, for any of these values in it."""
        wanted = list(values)
        for start in range(0, len(wanted), MANY):
            some = wanted[start : start + MANY]
            yield from self.rows(f"{statement} IN ({', '.join('?' * len(some))})", some)

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement one by one, of which few are in memory."""
        with self._lent() as connection:
            cursor = connection.execute(statement, values)
            while some := cursor.fetchmany(PIECE):
                yield from some

    def close(self) -> None:
        """Close the connections that nobody uses; those in use end with their request."""
        while not self._idle.empty():
            if (connection := self._idle.get()) is not None:
                connection.close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        connection = self._idle.get()
        try:
            connection = connection or self._open()
            yield connection
        finally:
            self._idle.put(connection)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._uri, uri=True, check_same_thread=False)
