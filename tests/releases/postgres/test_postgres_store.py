"""A database is a store: what is published there is there at once or not at all, and is followed without a restart."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from app.entries.dossiers import DossierEntry
from app.errors import ReleaseGone
from app.releases.build import Plan, plan
from app.releases.catalogue import StoreError
from app.releases.postgres.publish import publish_release, roll_back, withdraw
from app.releases.postgres.server import Server
from app.releases.postgres.store import PostgresStore
from app.releases.predecessor import ids_before
from app.resources import MAIN
from app.resources.search import search
from derive.tiny import corpus, entry
from patience import PATIENCE
from releases.publishing import SMALL, corpus_of, edition

pytestmark = pytest.mark.thorough
SCHEMAS = "SELECT count(*) FROM pg_namespace WHERE nspname ~ '^r[0-9a-f]{16}_'"
READER = """
CREATE ROLE reader LOGIN;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
"""


@pytest.fixture(scope="module")
def small() -> Plan:
    """The small dossier, about to be built."""
    return plan(corpus_of(SMALL))


@pytest.fixture
def store(emptied: str) -> Iterator[PostgresStore]:
    """The store in an empty database."""
    with closing(PostgresStore(Server(emptied))) as opened:
        yield opened


def following(store: PostgresStore, position: int) -> None:
    """Wait until the store knows that many lines."""
    end = time.monotonic() + PATIENCE
    while store.catalogue().position < position and time.monotonic() < end:
        time.sleep(0.05)
    assert store.catalogue().position == position


def test_an_empty_database_serves_nothing(store: PostgresStore) -> None:
    assert store.published() == ()
    with pytest.raises(StoreError, match="no release in this database"):
        store.verify()


def test_a_collection_without_records_has_no_examples(store: PostgresStore, emptied: str) -> None:
    publish_release(emptied, plan(corpus(entry(DossierEntry, "dossier"))))
    following(store, 1)
    found = {each.name: store.current().examples(each) for each in (*MAIN, search)}
    assert [name for name, examples in found.items() if examples] == ["dossiers", "search"]


def test_a_release_is_followed_by_who_reads_already(
    store: PostgresStore, emptied: str, small: Plan, tmp_path: Path
) -> None:
    assert store.catalogue().position == 0
    first = publish_release(emptied, small)
    following(store, 1)
    store.verify()
    assert (first.info.id, first.file, first.sha256) == (small.id, None, None)
    assert store.current().info.id == small.id
    assert [line for piece in store.current().entries() for line in piece.splitlines()] == list(store.curated(first))
    assert set(ids_before(store, pytest.fail)) == {"hallvik-quay"}
    second = publish_release(emptied, plan(corpus_of(edition(tmp_path, "hallvik-3"))))
    following(store, 2)
    assert store.current().info.id == second.info.id
    assert second.predecessor == small.id
    assert store.named(small.label).info.id == small.id
    assert roll_back(emptied, small.label).info.id == small.id
    assert roll_back(emptied, small.label).info.id == small.id
    following(store, 3)
    assert store.current().info.id == small.id
    withdrawn, current = withdraw(emptied, small.label, "a mistake")
    assert current is not None
    assert (withdrawn.info.id, current.info.id) == (small.id, second.info.id)
    following(store, 4)
    assert store.current().info.id == second.info.id
    with pytest.raises(ReleaseGone, match="a mistake"):
        store.named(small.label)
    with pytest.raises(StoreError, match="withdrawn"):
        publish_release(emptied, small)


def test_what_is_there_is_not_built_again(emptied: str, small: Plan) -> None:
    first = publish_release(emptied, small)
    assert publish_release(emptied, small, lambda *_: pytest.fail("built again")) == first


def test_a_build_that_fails_leaves_nothing(store: PostgresStore, emptied: str, small: Plan) -> None:
    def fail(stage: str, done: int, total: int) -> None:
        if stage == "indexes":
            raise InterruptedError("killed")

    with pytest.raises(InterruptedError):
        publish_release(emptied, small, fail)
    with psycopg.connect(emptied) as connection:
        assert connection.execute(SCHEMAS).fetchall() == [(0,)]
    assert store.catalogue().events == ()
    publish_release(emptied, small)


def test_a_role_that_may_only_read_serves_and_publishes_nothing(emptied: str, small: Plan) -> None:
    with psycopg.connect(emptied, autocommit=True) as connection:
        connection.execute(READER)
        try:
            publish_release(emptied, small)
            reading = psycopg.conninfo.make_conninfo(emptied, user="reader")
            with closing(PostgresStore(Server(reading))) as opened:
                opened.verify()
                assert opened.current().stored_id() == small.id
            with pytest.raises(StoreError, match="permission denied"):
                publish_release(reading, small)
        finally:
            connection.execute("DROP OWNED BY reader CASCADE; DROP ROLE reader")


def test_a_schema_that_was_dropped_is_gone(store: PostgresStore, emptied: str, small: Plan) -> None:
    made = publish_release(emptied, small)
    with psycopg.connect(emptied) as connection:
        connection.execute(f'DROP SCHEMA "r{small.id[:16]}_{made.schema_version}" CASCADE')
    assert not store.serves(made)
    with pytest.raises(ReleaseGone):
        store.current()
    with pytest.raises(StoreError, match="not kept here"):
        store.verify()
