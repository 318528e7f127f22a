"""Reading a database file: a fixed number of read-only connections that threads share, each lent for one statement.

No connection is kept while an answer is sent, so a client that does not read takes none away from others.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from time import monotonic
from typing import Any

from app.errors import Overloaded, QueryTimeout

CONNECTIONS = 16  # of one release
WAIT = 2.0  # seconds for a connection
SECONDS = 5.0  # that a statement may take
STEPS = 10_000  # of SQLite's machine between two looks at the clock
MANY = 500  # values of one IN

Rows = list[tuple[Any, ...]]


class Database:
    """A file that nobody writes, opened read-only and immutable, so that no lock is ever taken.

    Every connection is opened at once and held: then a file that is removed or replaced changes nothing. Raises
    Overloaded where all of them are lent for too long, QueryTimeout for a statement that takes longer than `seconds`.
    """

    def __init__(
        self, path: Path, seconds: float = SECONDS, connections: int = CONNECTIONS, wait: float = WAIT
    ) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._seconds, self._wait = seconds, wait
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        for _ in range(connections):
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

    def close(self) -> None:
        """Close the connections that nobody uses; those in use end with their request."""
        while not self._idle.empty():
            self._idle.get().close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.get(timeout=self._wait)
        except Empty as error:
            raise Overloaded("Too many questions are being answered at the moment.") from error
        try:
            with self._limited(connection):
                yield connection
        finally:
            self._idle.put(connection)

    @contextmanager
    def _limited(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Stop a statement that takes too long."""
        end = monotonic() + self._seconds
        connection.set_progress_handler(lambda: monotonic() > end, STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise QueryTimeout(f"The question takes longer than {self._seconds:g} seconds.") from error
            raise

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # reads the file now, not later
        return connection
