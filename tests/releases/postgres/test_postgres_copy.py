"""A folder is moved into a database as it is, again and again, or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from app.releases.build import plan
from app.releases.catalogue import StoreError
from app.releases.files import file_digest
from app.releases.life import roll_back, withdraw
from app.releases.postgres.copy import copy_store
from app.releases.postgres.publish import publish_release
from app.releases.postgres.server import Server
from app.releases.postgres.store import PostgresStore
from app.releases.sqlite import SqliteStore
from releases.publishing import SMALL, corpus_of, edit, edition, published

pytestmark = pytest.mark.thorough


def listed(url: str) -> list[tuple[str, str, bool, str | None]]:
    """What a database tells of its releases."""
    with closing(PostgresStore(Server(url))) as opened:
        return [(known.info.id, known.at, known.current, known.withdrawn) for known in opened.published()]


def test_what_was_published_since_is_copied_by_the_next_call(folder: Path, emptied: str, tmp_path: Path) -> None:
    store = SqliteStore(folder)
    assert [release.info.label for release in copy_store(store, emptied)] == ["hallvik-2"]
    assert copy_store(store, emptied) == []
    published(folder, edition(tmp_path, "hallvik-3"))
    published(folder, edition(tmp_path, "hallvik-4", "2021-07-01"))
    withdraw(store, "hallvik-4", "wrong")
    roll_back(store, "hallvik-2")
    assert [release.info.label for release in copy_store(store, emptied)] == ["hallvik-3"]
    assert listed(emptied) == [(known.info.id, known.at, known.current, known.withdrawn) for known in store.published()]
    with closing(PostgresStore(Server(emptied))) as opened:
        opened.verify()
        for release in store.published():
            assert opened.serves(release) == store.serves(release)
        release = store.catalogue().needed()
        assert list(opened.curated(release)) == list(store.curated(release))


def test_a_release_that_was_copied_is_not_built_again(folder: Path, emptied: str) -> None:
    copy_store(SqliteStore(folder), emptied)
    made = publish_release(emptied, plan(corpus_of(SMALL)), lambda *_: pytest.fail("built again"))
    assert made.current


def test_a_damaged_file_is_not_copied(folder: Path, emptied: str) -> None:
    store = SqliteStore(folder)
    path = store.path(store.catalogue().needed())
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match="is damaged"):
        copy_store(store, emptied)
    assert listed(emptied) == []


def test_a_file_that_is_not_what_was_published_is_not_copied_even_if_its_sha256_was_changed_too(
    folder: Path, emptied: str
) -> None:
    store = SqliteStore(folder)
    release = store.catalogue().needed()
    path = store.path(release)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE document SET document = replace(document, 'Hallvik', 'Hallvyk')")
    edit(folder / "catalogue.ndjson", str(release.sha256), file_digest(path))
    with pytest.raises(StoreError, match="is not what was published"):
        copy_store(SqliteStore(folder), emptied)
    with psycopg.connect(emptied) as there:
        assert there.execute("SELECT to_regnamespace('onrecord')").fetchall() == [(None,)]


def test_two_catalogues_are_not_mixed(folder: Path, emptied: str, tmp_path: Path) -> None:
    published(tmp_path / "other", edition(tmp_path, "hallvik-3"))
    copy_store(SqliteStore(tmp_path / "other"), emptied)
    before = listed(emptied)
    with pytest.raises(StoreError, match="another catalogue"):
        copy_store(SqliteStore(folder), emptied)
    assert listed(emptied) == before
