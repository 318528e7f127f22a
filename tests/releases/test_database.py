"""Connections are few, lent for one statement, and held from the start; a statement has a bound of time."""

import _sqlite3
import ctypes
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from math import inf
from pathlib import Path
from threading import Event

import pytest

from app.errors import Overloaded, QueryTimeout, ReleaseGone
from app.query.question import ask
from app.releases.database import CONNECTIONS, SqliteDatabase
from app.releases.library import OPEN
from app.releases.sqlite import SqliteStore
from app.resources import by_name
from releases.publishing import edition, published

SQLITE = ctypes.CDLL(_sqlite3.__file__)
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one row."""
    path = tmp_path / "some.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (7)")
    return path


def test_a_statement_that_takes_too_long_is_stopped_and_its_connection_serves_on(file: Path) -> None:
    with closing(SqliteDatabase(file, seconds=0.05, connections=1)) as opened:
        with pytest.raises(QueryTimeout, match=r"0\.05 seconds"):
            opened.rows(ENDLESS)
        assert opened.rows("SELECT x FROM t") == [(7,)]


def test_who_waits_too_long_for_a_connection_is_told_so(file: Path) -> None:
    lent, done = Event(), Event()

    def hold(opened: SqliteDatabase) -> None:
        connection = opened._lend()
        lent.set()
        done.wait()
        opened._take_back(connection)

    with closing(SqliteDatabase(file, connections=1, wait=0.05)) as opened, ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold, opened)
        lent.wait()
        with pytest.raises(Overloaded):
            opened.rows("SELECT x FROM t")
        done.set()
        held.result()
        assert opened.rows("SELECT x FROM t") == [(7,)]


def test_a_removed_or_replaced_file_changes_nothing(file: Path, tmp_path: Path) -> None:
    with closing(SqliteDatabase(file, connections=8)) as opened:
        file.unlink()
        other = tmp_path / "other.sqlite"
        with closing(sqlite3.connect(other)) as connection, connection:
            connection.execute("CREATE TABLE t (x)")
            connection.execute("INSERT INTO t VALUES (8)")
        shutil.move(other, file)
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda _: tuple(opened.rows("SELECT x FROM t")), range(200))) == {((7,),)}


def test_rows_of_any_value_are_found_however_many_are_asked_for(file: Path) -> None:
    words = ["a", "é", "'", '"', "\\", "?", "7"]
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE word (number INTEGER PRIMARY KEY, word TEXT)")
        connection.executemany("INSERT INTO word VALUES (?, ?)", enumerate(words * 300))
    with closing(SqliteDatabase(file, connections=1)) as opened:
        assert {word for (word,) in opened.of_any("SELECT word FROM word WHERE word", words)} == set(words)
        assert opened.of_any("SELECT word FROM word WHERE word", ["b", ""]) == []
        numbers = opened.of_any("SELECT number FROM word WHERE number", range(7, 1300))
        assert sorted(numbers) == [(number,) for number in range(7, 1300)]
        assert opened.of_any("SELECT number FROM word WHERE number", []) == []


def test_documents_come_in_the_order_asked_for_however_many(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE document (number INTEGER PRIMARY KEY, document TEXT)")
        connection.executemany("INSERT INTO document VALUES (?, ?)", ((number, f"ž{number}") for number in range(1300)))
    with closing(SqliteDatabase(file, connections=1)) as opened:
        assert opened.documents([7, 3, 12]) == ["ž7".encode(), "ž3".encode(), "ž12".encode()]
        assert opened.documents(range(1299, -1, -1)) == [f"ž{number}".encode() for number in range(1299, -1, -1)]
        assert opened.documents([2, 5000, 1]) == ["ž2".encode(), "ž1".encode()]
        assert opened.documents([]) == []


def test_a_file_that_was_cut_is_damaged_and_no_process_ends(file: Path) -> None:
    with closing(SqliteDatabase(file, connections=1)) as opened:
        whole = file.read_bytes()
        os.truncate(file, len(whole) // 2)
        with pytest.raises(sqlite3.DatabaseError, match="was cut"):
            opened.rows("SELECT x FROM t")
        file.write_bytes(whole)
        assert opened.rows("SELECT x FROM t") == [(7,)]


@pytest.mark.skipif(not hasattr(SQLITE, "sqlite3_memory_used"), reason="SQLite is part of another library")
def test_questions_of_many_sizes_take_no_more_memory(file: Path) -> None:
    with closing(SqliteDatabase(file, connections=1)) as opened:
        before = SQLITE.sqlite3_memory_used()
        for size in range(1, 500):
            opened.of_any("SELECT x FROM t WHERE x", range(size))
            opened.rows(f"SELECT x FROM t WHERE x IN ({', '.join('?' * size)})", range(size))
        assert SQLITE.sqlite3_memory_used() - before < 3 * 2**20


def test_an_export_that_nobody_reads_holds_no_connection(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        reader = store.current()
        exports = [reader.export(ask(by_name("events"), {}, reader)) for _ in range(45)]
        begun = [next(export) for export in exports]
        entries = [reader.entries() for _ in range(45)]
        begun_too = [next(lines) for lines in entries]
        assert len(begun) == len(begun_too) == 45
        assert isinstance(reader._database, SqliteDatabase)
        assert len(reader._database._idle) == CONNECTIONS


def test_who_still_reads_what_is_closed_is_told_that_it_is_gone(file: Path) -> None:
    opened = SqliteDatabase(file, connections=1)
    lent = opened._lend()
    opened.close()
    with pytest.raises(ReleaseGone):
        opened.rows("SELECT x FROM t")
    assert lent.execute("SELECT x FROM t").fetchone() == (7,)
    opened._take_back(lent)
    with pytest.raises(sqlite3.ProgrammingError):
        lent.execute("SELECT x FROM t")


def test_a_release_that_nobody_asked_for_a_while_is_closed_by_who_reads_it_last(tmp_path: Path) -> None:
    for label, day in (("hallvik-100", "2021-06-01"), ("hallvik-101", "2021-06-02")):
        published(tmp_path / "store", edition(tmp_path, label, day))
    with closing(SqliteStore(tmp_path / "store")) as store:
        old = store.published()[-1].info.id
        reader = store.named(old)
        database, export = reader._database, reader.export(ask(by_name("events"), {}, reader))
        store._used[old] = -inf
        store.prove()
        del reader
        assert old not in store._readers
        assert list(export) == list(store.named(old).export(ask(by_name("events"), {}, store.named(old))))
        with pytest.raises(ReleaseGone):
            database.row("SELECT 1")


def test_a_bounded_number_of_old_releases_is_open_at_once(tmp_path: Path) -> None:
    for number in range(OPEN + 3):
        published(tmp_path / "store", edition(tmp_path, f"hallvik-{100 + number}", f"2021-06-{1 + number:02}"))
    with closing(SqliteStore(tmp_path / "store")) as store:
        current, *old = (release.info.id for release in store.published())
        held = store.named(old[0])
        store.current()
        for id in old:
            assert store.named(id).info.id == id
        assert store._readers.keys() == {current, *old[-OPEN:]}
        assert held.stored_id() == old[0]  # who reads it goes on
        assert store.named(old[0]).stored_id() == old[0]  # and it is opened again
        assert len(store._readers) == OPEN + 1
