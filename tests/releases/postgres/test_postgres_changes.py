"""The log of changes in a database is that of a folder in which the same was done."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from app.errors import Unavailable
from app.query.changes import ChangeQuestion
from app.releases import life
from app.releases.build import plan
from app.releases.postgres import publish
from app.releases.postgres.change_log import LogTables
from app.releases.postgres.copy import copy_store
from app.releases.postgres.server import Server
from app.releases.postgres.store import PostgresStore
from app.releases.sqlite import SqliteStore
from app.releases.stored_changes import StoredChanges
from releases.editions import second_edition, third_edition
from releases.publishing import SMALL, corpus_of, published
from releases.test_change_log import EVERYTHING, REASON, changes, replayed

pytestmark = pytest.mark.thorough
ASKED = (
    EVERYTHING,
    replace(EVERYTHING, sort="-number", limit=7),
    replace(EVERYTHING, limit=0),
    replace(EVERYTHING, since=20, until=27),
    replace(EVERYTHING, since="1999-01-01T00:00:00Z"),
    replace(EVERYTHING, kinds=("event", "claim"), ops=("updated", "merged")),
    replace(EVERYTHING, ids=("hallvik-ferry-strike", "none")),
)


@pytest.fixture
def dossiers(tmp_path: Path) -> list[Path]:
    """Three editions of a dossier."""
    return [SMALL, second_edition(tmp_path), third_edition(tmp_path)]


@pytest.fixture
def folder(dossiers: list[Path], tmp_path: Path) -> Path:
    """A folder in which they were published."""
    for dossier in dossiers:
        published(tmp_path / "store", dossier)
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    """The store of that folder."""
    with closing(SqliteStore(folder)) as opened:
        yield opened


def told(store: SqliteStore | PostgresStore, question: ChangeQuestion) -> object:
    """What a store says of its changes, without the times."""
    page = store.changes(question)
    return replace(page, changes=tuple(replace(change, published="") for change in page.changes))


def test_what_is_published_there_is_told_as_in_a_folder(emptied: str, dossiers: list[Path], store: SqliteStore) -> None:
    for dossier in dossiers:
        publish.publish_release(emptied, plan(corpus_of(dossier)))
    publish.roll_back(emptied, "hallvik-2")
    life.roll_back(store, "hallvik-2")
    with closing(PostgresStore(Server(emptied))) as opened:
        for question in ASKED:
            assert told(opened, question) == told(store, question)
        assert opened.changed(["hallvik-ferry-strike", "none"]) == ["hallvik-ferry-strike"]
        assert opened.changed([]) == ()
    publish.withdraw(emptied, "hallvik-3", REASON)
    life.withdraw(store, "hallvik-3", REASON)
    with closing(PostgresStore(Server(emptied))) as opened:
        assert told(opened, EVERYTHING) == told(store, EVERYTHING)
        assert replayed(list(opened.changes(EVERYTHING).changes))


def test_what_a_withdrawn_release_said_is_in_no_row(emptied: str, dossiers: list[Path]) -> None:
    for dossier in dossiers:
        publish.publish_release(emptied, plan(corpus_of(dossier)))
    with psycopg.connect(emptied, autocommit=True) as connection:
        words = "SELECT count(*) FROM onrecord.change WHERE change::text LIKE '%Rope across the ramp%'"
        assert connection.execute(words).fetchall() != [(0,)]
        publish.withdraw(emptied, "hallvik-3", REASON)
        assert connection.execute(words).fetchall() == [(0,)]


def test_a_store_that_does_not_know_yet_of_a_withdrawal_tells_no_other_values(
    emptied: str, dossiers: list[Path]
) -> None:
    for dossier in dossiers:
        publish.publish_release(emptied, plan(corpus_of(dossier)))
    server = Server(emptied)
    with closing(PostgresStore(server)) as opened:
        before = opened.catalogue()
        publish.withdraw(emptied, "hallvik-3", REASON)
        behind = StoredChanges(LogTables(server, before.position), before).page(EVERYTHING).changes
        assert {change.release for change in behind} == set(before.releases)
        assert {(change.before, change.after) for change in behind if change.op == "updated"} == {(None, None)}


def test_a_copy_without_the_last_line_is_not_asked(emptied: str, dossiers: list[Path]) -> None:
    made = publish.publish_release(emptied, plan(corpus_of(dossiers[0])))
    server = Server(emptied)
    with closing(PostgresStore(server)) as opened:
        ahead = opened.catalogue().then("withdraw", made.info.id, made.at, {"reason": REASON})
        with pytest.raises(Unavailable, match="not arrived"):
            StoredChanges(LogTables(server, ahead.position), ahead).page(EVERYTHING)


def test_the_log_of_a_folder_is_copied(emptied: str, store: SqliteStore) -> None:
    expected = changes(store)
    store.path(store.published()[-1]).unlink()  # what was pruned is compared no more, and its changes stay
    copy_store(store, emptied)
    with closing(PostgresStore(Server(emptied))) as opened:
        assert list(opened.changes(EVERYTHING).changes) == expected
    life.roll_back(store, "hallvik-3")
    copy_store(store, emptied)
    with closing(PostgresStore(Server(emptied))) as opened:
        assert list(opened.changes(EVERYTHING).changes) == changes(store)
        assert opened.changes_version() == store.changes_version()


def test_a_log_that_was_lost_is_written_before_it_is_copied(emptied: str, store: SqliteStore) -> None:
    expected = changes(store)
    for file in store.folder.glob("changes-*.sqlite"):
        file.unlink()
    copy_store(store, emptied)
    with closing(PostgresStore(Server(emptied))) as opened:
        assert list(opened.changes(EVERYTHING).changes) == expected


def test_a_step_whose_release_was_dropped_is_left_out_and_told(
    emptied: str, dossiers: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    first = publish.publish_release(emptied, plan(corpus_of(dossiers[0])))
    with psycopg.connect(emptied) as connection:
        connection.execute(f'DROP SCHEMA "r{first.info.id[:16]}_{first.schema_version}" CASCADE')
    publish.publish_release(emptied, plan(corpus_of(dossiers[1])))
    assert "changes not listed: release hallvik-2 is not kept here any more" in caplog.text
    with closing(PostgresStore(Server(emptied))) as opened:
        assert {change.release for change in opened.changes(EVERYTHING).changes} == {first.info.id}
