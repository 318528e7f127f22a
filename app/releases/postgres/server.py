"""The server behind a DSN, read only: a fixed number of connections, lent for one statement each.

Nothing is left on a connection that a later statement could miss, so PgBouncer may stand between in transaction mode:
bounds are set by the message that they hold for, values are bound by the driver, and no statement is prepared. Only
where nobody stands between can statements be prepared, by connections that have the bounds from their beginning on.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import Any, ClassVar

from psycopg import ClientCursor, Connection, Cursor, OperationalError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InvalidSchemaName, QueryCanceled, SerializationFailure, UndefinedTable
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from app.errors import Overloaded, QueryTimeout, ReleaseGone, Unavailable
from app.releases.base import Row
from app.releases.database import CONNECTIONS, SECONDS, WAIT
from app.values.members import JsonObject

TO_CONNECT = 2  # seconds to wait for one host of a DSN, if it does not say itself
TRIES = 8  # connections that are asked for a table, or for a line of the catalogue, before it counts as missing
LIFETIME = 60.0  # seconds, so that a host that was away, or behind, is asked again
OFTEN = 2  # times that a connection is sent a statement before it is prepared
SHORT = 2.0  # seconds, for who looks whether any host has something new
BOUNDS = "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = {milliseconds:d}; "
OPTIONS = "-c default_transaction_read_only=on -c statement_timeout={milliseconds:d}"
ARRIVED = "SELECT count(*) FROM onrecord.catalogue WHERE number = {line:d}; "


class NotArrived(Exception):
    """A copy of the database has not replayed yet what is asked for."""


class _Connection(Connection[Row]):
    """A connection that is closed if nothing comes back for longer than a statement may take: its host may be gone."""

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # it is not the server that says so
                self.close()
            raise


class Server:
    """The host or hosts of a DSN. A statement may take `seconds`, and waits at most `wait` for a connection.

    A connection that turns out to be dead is replaced, with all others that are, and its statement is sent again: it
    only reads, so that does no harm.
    """

    driver: ClassVar[JsonObject] = {"prepare_threshold": None, "cursor_factory": ClientCursor}

    def __init__(
        self,
        dsn: str,
        seconds: float = SECONDS,
        connections: int = CONNECTIONS,
        wait: float = WAIT,
        lifetime: float = LIFETIME,
    ) -> None:
        self._dsn, self._seconds, self._wait = dsn, seconds, wait
        self._milliseconds = max(1, round(seconds * 1000))
        self._bounds = BOUNDS.format(milliseconds=self._milliseconds)
        self._in_use, self._lock = 0, Lock()
        defaults: JsonObject = {"connect_timeout": TO_CONNECT, "application_name": "onrecord"}
        self._pool = ConnectionPool(
            make_conninfo(**defaults | self._asked(dsn)),
            connection_class=_Connection,
            kwargs={"autocommit": True, **self.driver},
            configure=self._configure,
            max_lifetime=lifetime,
            min_size=1,
            max_size=connections,
            timeout=wait,
            open=True,
        )

    def rows(self, statement: str, values: Sequence[object] = (), line: int = 0) -> list[Row]:
        """Return all rows of a statement in PostgreSQL's words, which marks values by `%s`.

        It is asked of a copy of the database that has the catalogue's line of that number, if one is given. Raise
        Overloaded if no connection is free in time, Unavailable if none can be made, QueryTimeout if the statement
        takes too long, NotArrived if no copy that was asked has a table or the line, and ReleaseGone once this is
        closed.
        """
        end, missed, dead = monotonic() + self._wait, 0, 0
        while True:
            try:
                with self._lent() as connection:
                    return self._read(connection, statement, values, line)
            except QueryCanceled as error:
                raise QueryTimeout(f"The question takes longer than {self._seconds:g} seconds.") from error
            except NotArrived:
                missed += 1
                if missed == TRIES:
                    raise
            except (OperationalError, SerializationFailure) as error:  # dead, or a replica had to go on without it
                dead += 1
                if dead > 1 and monotonic() > end:
                    raise Unavailable("The database does not answer at the moment.") from error
                self._replace(monotonic() > end)

    def lookout(self) -> "Server":
        """Return a server behind the same DSN with one connection, which soon leads to another of its hosts.

        A replica that is cut off answers as if nothing was new: who asks nobody else never hears of it.
        """
        return Server(self._dsn, self._seconds, 1, self._wait, SHORT)

    def close(self) -> None:
        """Close the connections; those in use are closed when their statement ends."""
        self._pool.close()

    def _asked(self, dsn: str) -> JsonObject:
        """Return what a connection is begun with."""
        return dict(conninfo_to_dict(dsn))

    def _configure(self, connection: _Connection) -> None:
        connection.patience = self._seconds + self._wait

    def _replace(self, is_silent: bool) -> None:
        """Replace the connections that are dead; all of them if one was silent, since to ask each would take long."""
        if is_silent:
            self._pool.drain()
        else:
            self._pool.check()

    @contextmanager
    def _lent(self) -> Iterator[Connection[Row]]:
        try:
            with (
                self._pool.connection() as connection
            ):  # first come, first served; one that comes back dead is replaced
                with self._lock:
                    self._in_use += 1
                try:
                    yield connection
                finally:
                    with self._lock:
                        self._in_use -= 1
        except PoolClosed as error:
            raise ReleaseGone("The store is closed.") from error
        except PoolTimeout as error:
            if self._in_use:
                raise Overloaded("Too many questions are being answered at the moment.") from error
            raise Unavailable("The database cannot be reached at the moment.") from error

    def _read(self, connection: Connection[Row], statement: str, values: Sequence[object], line: int) -> list[Row]:
        """Send a statement with its bounds; close a connection to what lags behind, so that another replaces it."""
        try:
            with connection.cursor() as cursor:
                sets = self._sent(cursor, statement, values, line)
            if line and sets[0] == [(0,)]:
                raise NotArrived
        except (UndefinedTable, InvalidSchemaName) as error:
            connection.close()
            raise NotArrived from error
        except NotArrived:
            connection.close()
            raise
        return sets[-1]

    def _sent(self, cursor: Cursor[Row], statement: str, values: Sequence[object], line: int) -> list[list[Row]]:
        """Send a statement; return its rows, behind those of whether the line is there."""
        # One message, so one transaction and one way there and back: the bounds hold for it and for nothing else.
        message = f"{self._bounds}{ARRIVED.format(line=line) if line else ''}{statement}"
        cursor.execute(message, values or None)
        return [cursor.fetchall() for _ in _result_sets(cursor)]


class PreparingServer(Server):
    """The same for hosts that nobody stands before: what a connection is sent again is planned once.

    A PgBouncer refuses such connections, since they are begun with options.
    """

    driver: ClassVar[JsonObject] = {"prepare_threshold": OFTEN, "cursor_factory": Cursor}

    def _asked(self, dsn: str) -> JsonObject:
        asked = super()._asked(dsn)
        return asked | {"options": f"{asked.get('options', '')} {OPTIONS.format(milliseconds=self._milliseconds)}"}

    def _sent(self, cursor: Cursor[Row], statement: str, values: Sequence[object], line: int) -> list[list[Row]]:
        arrived = [cursor.execute(ARRIVED.format(line=line)).fetchall()] if line else []
        return [*arrived, cursor.execute(statement, values or None).fetchall()]


def _result_sets(cursor: Cursor[Row]) -> Iterator[None]:
    """Go from one result with rows to the next."""
    more: bool | None = True
    while more:
        if cursor.description is not None:
            yield
        more = cursor.nextset()
