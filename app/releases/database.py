"""Reading a database file: a fixed number of read-only connections that threads share, each lent for one statement.

No connection is kept while an answer is sent, so a client that does not read takes none away from others.
"""

import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from math import inf
from pathlib import Path
from threading import Condition
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
        self._seconds, self._wait = seconds, wait
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._idle = deque(_Connection(uri) for _ in range(connections))  # the one used last is lent first: it is warm
        self._returned = Condition()

    def rows(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a statement."""
        connection = self._lend()
        connection.end = monotonic() + self._seconds
        try:
            return connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise QueryTimeout(f"The question takes longer than {self._seconds:g} seconds.") from error
            raise
        finally:
            self._take_back(connection)

    def row(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The one row of a statement, if it has one."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def of_any(self, statement: str, values: Iterable[Any]) -> Rows:
        """The rows of a statement that ends with the name of a column, for any of these values in it."""
        wanted = list(values)
        some = [wanted[start : start + MANY] for start in range(0, len(wanted), MANY)]
        return [row for part in some for row in self.rows(f"{statement} IN ({_marks(len(part))})", part)]

    def close(self) -> None:
        """Close the connections that nobody uses; those in use end with their request."""
        while self._idle:
            self._idle.pop().close()

    def _lend(self) -> "_Connection":
        found = self._popped()
        if found is None:
            with self._returned:
                found = self._returned.wait_for(self._popped, self._wait)
        if found is None:
            raise Overloaded("Too many questions are being answered at the moment.")
        return found

    def _popped(self) -> "_Connection | None":
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _take_back(self, connection: "_Connection") -> None:
        self._idle.append(connection)
        with self._returned:
            self._returned.notify()


@cache
def _marks(number: int) -> str:
    return ", ".join("?" * number)


class _Connection(sqlite3.Connection):
    """A connection that stops a statement at the time `end`."""

    def __init__(self, uri: str) -> None:
        super().__init__(uri, uri=True, check_same_thread=False)
        self.end = inf
        self.set_progress_handler(lambda: monotonic() > self.end, STEPS)
        self.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # reads the file now, not later
