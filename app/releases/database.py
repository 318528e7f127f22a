"""Reading a SQLite file: threads share a fixed number of read-only connections, and borrow one for each statement.

No connection is held while an answer is sent, so a client that does not read its answer takes none from others.
"""

import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from math import inf
from pathlib import Path
from threading import Condition
from time import monotonic

import orjson

from app.errors import Overloaded, QueryTimeout, ReleaseGone
from app.releases.base import Row

CONNECTIONS = 16  # of one release
PAGES = 256  # KiB of pages that a connection keeps; the system keeps the whole file for all of them
WAIT = 2.0  # seconds to wait for a connection
SECONDS = 5.0  # seconds that a statement may take
STEPS = 10_000  # steps of SQLite's virtual machine between two looks at the clock
MANY = 500  # most values of one IN
PREPARED = 32  # statements that a connection keeps prepared; all that questions ask again and again are fewer
ANY = "IN (SELECT value FROM json_each(?))"  # one statement for however many values, where one "?" for each is many


class SqliteDatabase:
    """The protocol `Database` over a file that nobody writes to, opened read-only and immutable: no lock is taken.

    All connections are opened at the start and stay open, so a file that is removed or replaced changes nothing.
    Every method that reads raises Overloaded if no connection is free after `wait` seconds, QueryTimeout if the
    statement takes longer than `seconds`, and ReleaseGone once this is closed.
    """

    is_remote = False

    def __init__(
        self, path: Path, seconds: float = SECONDS, connections: int = CONNECTIONS, wait: float = WAIT
    ) -> None:
        self._seconds, self._wait = seconds, wait
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._idle = deque(
            _Connection(uri) for _ in range(connections)
        )  # the one used last is lent first, since its cache is warm
        self._returned = Condition()
        self._closed = False

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a statement."""
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

    def row(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a statement, or None."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def of_any(self, statement: str, values: Iterable[object]) -> list[Row]:
        """Return the rows that have any of these values in the column whose name the statement ends with."""
        wanted = list(values)
        parts = (orjson.dumps(wanted[start : start + MANY]).decode() for start in range(0, len(wanted), MANY))
        return [row for part in parts for row in self.rows(f"{statement} {ANY}", (part,))]

    def close(self) -> None:
        """Close the connections that are not in use; the others are closed when their statement ends."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _lend(self) -> "_Connection":
        connection = self._popped()
        if connection is None:
            if self._closed:
                raise ReleaseGone("The release is not kept here any more.")
            with self._returned:
                connection = self._returned.wait_for(self._popped, self._wait)
        if connection is None:
            raise Overloaded("Too many questions are being answered at the moment.")
        return connection

    def _popped(self) -> "_Connection | None":
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _take_back(self, connection: "_Connection") -> None:
        if self._closed:
            connection.close()
            return
        self._idle.append(connection)
        with self._returned:
            self._returned.notify()


class _Connection(sqlite3.Connection):
    """A connection that interrupts a statement at the time `end`, on the monotonic clock."""

    def __init__(self, uri: str) -> None:
        super().__init__(uri, uri=True, check_same_thread=False, cached_statements=PREPARED)
        self.end = inf
        self.set_progress_handler(lambda: monotonic() > self.end, STEPS)
        self.execute(f"PRAGMA cache_size = -{PAGES}")
        self.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # reads the file now, not later
