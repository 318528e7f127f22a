"""A schema is read as a file is: bounded in time, by few connections, of which a dead one is replaced unseen."""

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from app.errors import Overloaded, QueryTimeout, ReleaseGone, Unavailable
from app.releases.base import Database
from app.releases.database import SqliteDatabase
from app.releases.postgres.database import PostgresDatabase
from app.releases.postgres.server import NotArrived, PreparingServer, Server
from patience import PATIENCE

pytestmark = pytest.mark.thorough
SLOW = "SELECT count(*), pg_sleep(20) FROM t"
WORDS = ["a b", "a-b", "Z", "a", "É", "ab", "_", "z", "é", "B", "a%b", "a\\b", "čekić"]


@pytest.fixture
def url(emptied: str) -> str:
    """A database in which one schema has a table, and the search path leads to another table of that name."""
    with psycopg.connect(emptied) as connection:
        connection.execute("CREATE SCHEMA s")
        connection.execute('CREATE TABLE s.t (x bigint PRIMARY KEY, word text COLLATE "C", packed bytea)')
        connection.execute("CREATE TABLE t (x bigint)")
        for number, word in enumerate(WORDS):
            connection.execute("INSERT INTO s.t VALUES (%s, %s, %s)", (number, word, bytes([0, number, 255])))
    return emptied


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The same table in SQLite."""
    path = tmp_path / "some.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (x INTEGER PRIMARY KEY, word TEXT, packed BLOB)")
        rows = [(number, word, bytes([0, number, 255])) for number, word in enumerate(WORDS)]
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    return path


@pytest.fixture(params=[Server, PreparingServer])
def server(url: str, request: pytest.FixtureRequest) -> Iterator[Server]:
    """That database, asked either way."""
    with closing(request.param(url, seconds=0.3, connections=2, wait=1)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELECT x, word, packed FROM t ORDER BY word", ()),
        ("SELECT word FROM t WHERE word >= ? AND word < ? ORDER BY word LIMIT ?", ("a", "a{", 3)),
        ("SELECT word FROM t WHERE word LIKE ? ESCAPE '\\' ORDER BY word", ("a\\%%",)),
        ("SELECT word FROM t WHERE word LIKE ? ESCAPE '\\' ORDER BY word", ("a_b",)),
        ("SELECT word FROM t WHERE word LIKE ? ESCAPE '\\' ORDER BY word", ("a\\",)),
        ("SELECT word FROM t WHERE word IN (?, ?)", ("a", "a\x00")),
        ("SELECT word FROM t WHERE word = ?", ("'; DROP TABLE s.t; --",)),
        ("SELECT word FROM t WHERE x = ?", (2**63,)),
        ('SELECT (SELECT word FROM t AS other WHERE other.x = "t"."x") FROM "t" WHERE "x" = ?', (3,)),
    ],
)
def test_both_stores_return_the_same_rows(
    server: Server, file: Path, statement: str, values: tuple[object, ...]
) -> None:
    databases: list[Database] = [PostgresDatabase(server, "s"), SqliteDatabase(file)]
    with closing(databases[1]):
        try:
            expected = databases[1].rows(statement, values)
        except OverflowError:  # SQLite's driver takes no such number
            expected = []
        for _ in range(5):  # prepared from the third time on, if at all
            assert databases[0].rows(statement, values) == expected
        assert sorted(databases[0].of_any("SELECT x FROM t WHERE word", ["a", "é", "?"])) == [(3,), (8,)]
        assert databases[0].of_any("SELECT word FROM t WHERE x", []) == []
        assert databases[0].row("SELECT word FROM t WHERE x = ?", (77,)) is None


def test_nothing_can_be_written(server: Server) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        server.rows("DELETE FROM s.t")
    assert server.rows("SELECT count(*) FROM s.t") == [(len(WORDS),)]


def test_a_statement_that_takes_too_long_is_stopped_and_its_connection_serves_on(server: Server) -> None:
    opened = PostgresDatabase(server, "s")
    for _ in range(3):
        with pytest.raises(QueryTimeout, match=r"0\.3 seconds"):
            opened.rows(SLOW)
    assert opened.row("SELECT count(*) FROM t") == (len(WORDS),)


PREPARED = "SELECT statement FROM pg_prepared_statements"


def test_nothing_is_left_on_a_connection(url: str) -> None:
    with closing(Server(url, connections=1)) as server:
        for _ in range(10):
            server.rows("SELECT 1 WHERE 1 = %s", [1])
        assert server.rows("SELECT current_setting('search_path')") == [('"$user", public',)]
        assert server.rows(PREPARED) == []
        with server._lent() as connection:
            assert connection.execute("SHOW statement_timeout").fetchall() == [("0",)]


def test_what_is_sent_again_is_prepared_where_that_is_wanted(url: str) -> None:
    dsn = psycopg.conninfo.make_conninfo(url, options="-c work_mem=7MB")
    with closing(PreparingServer(dsn, seconds=0.3, connections=1)) as server:
        for word in WORDS:
            assert server.rows("SELECT count(*) FROM s.t WHERE word = %s", [word]) == [(1,)]
        assert server.rows(PREPARED) == [("SELECT count(*) FROM s.t WHERE word = $1",)]
        bounds = [server.rows(f"SHOW {name}")[0][0] for name in ("work_mem", "statement_timeout")]
        assert bounds == ["7MB", "300ms"]


def test_a_statement_is_asked_of_a_copy_that_has_the_line(server: Server, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA onrecord")
        connection.execute("CREATE TABLE onrecord.catalogue (number bigint PRIMARY KEY, line text NOT NULL)")
        connection.execute("INSERT INTO onrecord.catalogue VALUES (1, 'first')")
    for _ in range(5):
        assert server.rows("SELECT word FROM s.t WHERE x = %s", [0], line=1) == [(WORDS[0],)]
    with pytest.raises(NotArrived):
        server.rows("SELECT word FROM s.t WHERE x = %s", [0], line=2)


def test_a_table_that_is_dropped_is_missed_though_statements_over_it_were_prepared(server: Server, url: str) -> None:
    opened = PostgresDatabase(server, "s")
    for _ in range(5):
        assert opened.row("SELECT count(*) FROM t") == (len(WORDS),)
    with psycopg.connect(url) as connection:
        connection.execute("DROP SCHEMA s CASCADE")
    with pytest.raises(Unavailable, match="not arrived"):
        opened.row("SELECT count(*) FROM t")


def test_dead_connections_are_replaced_unseen(server: Server, url: str) -> None:
    opened = PostgresDatabase(server, "s")
    with psycopg.connect(url, autocommit=True) as killer, ThreadPoolExecutor(2) as pool:
        for _ in range(5):
            assert set(pool.map(lambda _: opened.row("SELECT count(*) FROM t"), range(8))) == {(len(WORDS),)}
            killed = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'onrecord'"
            row = killer.execute(killed).fetchone()
            assert row is not None
            assert row[0] >= 1


def test_a_host_that_says_nothing_any_more_is_left_for_another(url: str) -> None:
    with closing(Server(url, seconds=0.3, wait=1)) as opened:
        ((process,),) = opened.rows("SELECT pg_backend_pid()")
        os.kill(process, signal.SIGSTOP)
        try:
            assert opened.rows("SELECT count(*) FROM s.t") == [(len(WORDS),)]
        finally:
            os.kill(process, signal.SIGCONT)


def test_who_waits_too_long_for_a_connection_is_told_so(url: str) -> None:
    with closing(Server(url, connections=1, wait=0.2)) as opened, opened._lent(), pytest.raises(Overloaded):
        opened.rows("SELECT 1")


def test_who_waits_longest_for_a_connection_gets_it(url: str) -> None:
    with closing(Server(url, connections=1)) as opened, ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda number: opened.rows("SELECT 1")[0], range(2000))) == {(1,)}


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with (
        closing(Server("postgresql://127.0.0.1:1/none", wait=0.2)) as opened,
        pytest.raises(Unavailable, match="cannot be reached"),
    ):
        opened.rows("SELECT 1")


def test_the_next_host_of_a_dsn_is_asked_if_the_first_is_not_there(url: str) -> None:
    host = psycopg.conninfo.conninfo_to_dict(url)["host"]
    with closing(Server(psycopg.conninfo.make_conninfo(url, host=f"127.0.0.1,{host}", port="1,"))) as opened:
        assert opened.rows("SELECT count(*) FROM s.t") == [(len(WORDS),)]


def test_who_looks_for_something_new_soon_asks_over_another_connection(url: str) -> None:
    pid, until = "SELECT pg_backend_pid()", time.monotonic() + PATIENCE
    with closing(Server(url, connections=1)) as server, closing(server.lookout()) as lookout:
        first, other = server.rows(pid), lookout.rows(pid)
        while lookout.rows(pid) == other:
            assert time.monotonic() < until
            time.sleep(0.1)
        assert server.rows(pid) == first


def test_a_schema_that_has_not_arrived_is_unavailable(server: Server) -> None:
    with pytest.raises(Unavailable, match="not arrived"):
        PostgresDatabase(server, "other").rows("SELECT x FROM t")


def test_who_still_reads_what_is_closed_is_told_that_it_is_gone(server: Server) -> None:
    opened = PostgresDatabase(server, "s")
    opened.close()
    with pytest.raises(ReleaseGone):
        opened.rows("SELECT x FROM t")
    server.close()
    with pytest.raises(ReleaseGone):
        server.rows("SELECT 1")
