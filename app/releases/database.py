"""Reading a SQLite file: threads share a fixed number of read-only connections, and borrow one for each statement.

No connection is held while an answer is sent, so a client that does not read its answer takes none from others.
"""

import os
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from pathlib import Path
from threading import Condition
from time import monotonic
from weakref import finalize

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
MAPPED = 2**40  # bytes of a file that are read where the system keeps them; SQLite maps 2 GiB at most, reads the rest
ANY = "IN (SELECT value FROM json_each(?))"  # one statement for however many values, where one "?" for each is many
DOCUMENTS = "SELECT CAST(document AS BLOB) FROM json_each(?) AS wanted CROSS JOIN document ON number = wanted.value"


class SqliteDatabase:
    """The protocol `Database` over a file that nobody writes to, opened read-only and immutable: no lock is taken.

    All connections are opened at the start and stay open, so a file that is removed or replaced changes nothing.
    The file is mapped into memory, which halves what a look-up costs. The system ends a process that reads behind the
    end of a mapped file, so its length is looked at first: a file that was cut is a damaged one.
    Every method that reads raises Overloaded if no connection is free after `wait` seconds, QueryTimeout if the
    statement takes longer than `seconds`, and ReleaseGone once this is closed.
    """

    is_remote = False

    def __init__(
        self, path: Path, seconds: float = SECONDS, connections: int = CONNECTIONS, wait: float = WAIT
    ) -> None:
        self._seconds, self._wait = seconds, wait
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._file = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._file)  # whoever has a connection lent when this is closed looks at it yet
        self._length = os.fstat(self._file).st_size
        self._idle = deque(
            _Connection(uri) for _ in range(connections)
        )  # the one used last is lent first, since its cache is warm
        self._returned = Condition()
        self._waiting = 0  # threads, for a connection
        self._closed = False

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a statement."""
        connection = self._lend()
        connection.end = monotonic() + self._seconds
        try:
            if os.fstat(self._file).st_size < self._length:
                raise sqlite3.DatabaseError("the file was cut")
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
        return [row for part in _parts(values) for row in self.rows(f"{statement} {ANY}", (part,))]

    def documents(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the documents of these records, in this order, as UTF-8; a number without one is passed over."""
        return [text for part in _parts(numbers) for (text,) in self.rows(DOCUMENTS, (part,))]

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
                self._waiting += 1
                connection = self._returned.wait_for(self._popped, self._wait)
                self._waiting -= 1
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
        if self._waiting:  # else whoever comes to wait looks for this one first
            with self._returned:
                self._returned.notify()


def _parts(values: Iterable[object]) -> Iterator[str]:
    """The values as JSON lists, each as long as one statement takes."""
    wanted = list(values)
    return (orjson.dumps(wanted[start : start + MANY]).decode() for start in range(0, len(wanted), MANY))


class _Connection(sqlite3.Connection):
    """A connection that interrupts a statement at the time `end`, on the monotonic clock."""

    def __init__(self, uri: str) -> None:
        super().__init__(uri, uri=True, check_same_thread=False, cached_statements=PREPARED)
        self.end = inf
        self.set_progress_handler(lambda: monotonic() > self.end, STEPS)
        self.execute(f"PRAGMA cache_size = -{PAGES}")
        self.execute(f"PRAGMA mmap_size = {MAPPED}").fetchone()
        self.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # reads the file now, not later
