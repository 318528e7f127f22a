"""What happens to releases in a database after they are published: pruned, built anew, examined."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from app.releases.build import plan
from app.releases.catalogue import StoreError
from app.releases.packing import pack_text, unpack_text
from app.releases.postgres.examine import examine
from app.releases.postgres.pruning import prune
from app.releases.postgres.publish import publish_release, roll_back, withdraw
from app.releases.postgres.server import Server
from app.releases.postgres.store import PostgresStore
from app.releases.postgres.upgrade import upgrade
from app.releases.predecessor import ids_before
from app.releases.schema import HEAD
from app.releases.upgrade import Unfit, outdated
from releases.editions import second_edition, third_edition
from releases.older import OLDER
from releases.publishing import ODD, SMALL, corpus_of
from releases.test_change_log import EVERYTHING

pytestmark = pytest.mark.thorough
AT_ONCE = timedelta()
SCHEMAS = "SELECT nspname::text FROM pg_namespace WHERE nspname ~ '^r[0-9a-f]{16}_'"
LAST_LINE = "SELECT number, line FROM onrecord.catalogue ORDER BY number DESC LIMIT 1"


@pytest.fixture
def three(emptied: str, tmp_path: Path) -> str:
    """A database of three editions."""
    for dossier in (SMALL, second_edition(tmp_path), third_edition(tmp_path)):
        publish_release(emptied, plan(corpus_of(dossier)))
    return emptied


@pytest.fixture
def store(three: str) -> Iterator[PostgresStore]:
    """The store in that database."""
    with closing(PostgresStore(Server(three))) as opened:
        yield opened


def gone(url: str, keep: int, grace: timedelta = AT_ONCE, trial: bool = False) -> list[str]:
    """The labels of the releases that are pruned, or would be."""
    return sorted(release.info.label for release in prune(url, keep, grace, trial).schemas.values())


def schemas(url: str) -> set[str]:
    """The names of the schemas that hold a release."""
    with psycopg.connect(url) as connection:
        return {name for (name,) in connection.execute(SCHEMAS)}


def aged(url: str) -> None:
    """Have everything in the catalogue happened long ago."""
    with psycopg.connect(url) as connection:
        for number, line in connection.execute("SELECT number, line FROM onrecord.catalogue").fetchall():
            older = json.dumps(json.loads(line) | {"at": "2021-07-01T00:00:00Z"})
            connection.execute("UPDATE onrecord.catalogue SET line = %s WHERE number = %s", (older, number))


def made_older(url: str, label: str) -> None:
    """Turn the schema and the line of a release into those of the version before."""
    with psycopg.connect(url) as connection:
        for number, line in connection.execute("SELECT number, line FROM onrecord.catalogue").fetchall():
            event = json.loads(line)
            if event.get("label") == label:
                name = f"r{event['release'][:16]}"
                connection.execute(f'ALTER SCHEMA "{name}_{HEAD}" RENAME TO "{name}_{OLDER}"')
                connection.execute(f'DROP TABLE "{name}_{OLDER}".form')
                older = json.dumps(event | {"schema_version": OLDER})
                connection.execute("UPDATE onrecord.catalogue SET line = %s WHERE number = %s", (older, number))


def test_what_was_current_last_is_kept_and_what_was_so_within_the_hour(three: str) -> None:
    assert prune(three, 1).schemas == {}
    aged(three)
    assert gone(three, 1, timedelta(hours=1), trial=True) == ["hallvik-2", "hallvik-3"]
    assert len(schemas(three)) == 3
    dropped = prune(three, 2)
    assert [release.info.label for release in dropped.schemas.values()] == ["hallvik-2"]
    assert dropped.size > 0
    assert len(schemas(three)) == 2
    assert gone(three, 2) == []
    with pytest.raises(StoreError, match="not kept here"):
        roll_back(three, "hallvik-2")


def test_the_current_one_and_the_last_of_a_dossier_are_kept(three: str) -> None:
    publish_release(three, plan(corpus_of(ODD)), without=["hallvik-quay"])
    assert gone(three, 1) == ["hallvik-2", "hallvik-3"]
    withdraw(three, "odd-1", "wrong")
    assert gone(three, 1) == ["odd-1"]
    assert len(schemas(three)) == 1


def test_a_running_store_tells_of_what_was_pruned(three: str, store: PostgresStore) -> None:
    (oldest,) = (release for release in store.published() if release.info.label == "hallvik-2")
    changes = store.changes(EVERYTHING)
    prune(three, 1, AT_ONCE)
    store.verify()
    assert not store.serves(oldest)
    assert not store.keeps(oldest)
    assert store.changes(EVERYTHING) == changes
    assert set(ids_before(store, pytest.fail)) == {"hallvik-quay"}


def test_a_release_of_an_older_schema_is_built_anew(three: str, store: PostgresStore) -> None:
    before = [list(store.curated(release)) for release in store.published()]
    for label in ("hallvik-3", "hallvik-4"):
        made_older(three, label)
    with closing(PostgresStore(Server(three))) as older:
        with pytest.raises(StoreError, match="run onrecord upgrade"):
            older.verify()
        assert [list(older.curated(release)) for release in older.published()] == before
        waiting = outdated(older)
        assert [release.info.label for release in waiting] == ["hallvik-4", "hallvik-3"]
        made = [upgrade(three, release) for release in waiting]
        assert [(release.schema_version, release.documents) for release in made] == [
            (HEAD, release.documents) for release in waiting
        ]
        assert upgrade(three, waiting[0]) == made[0]
        older.verify()
        assert outdated(older) == []
        assert older.current().info == made[0].info
    assert len(schemas(three)) == 5
    assert prune(three, 3).schemas == {}
    assert gone(three, 3) == ["hallvik-3", "hallvik-4"]
    assert {name[-4:] for name in schemas(three)} == {HEAD}


def test_input_that_passes_no_more_stays_as_it_was(three: str) -> None:
    made_older(three, "hallvik-4")
    with closing(PostgresStore(Server(three))) as older:
        (release,) = outdated(older)
        name = f"r{release.info.id[:16]}_{OLDER}"
        rewrite(three, name, "hallvik-ferry-strike", "hallvik ferry strike")
        with pytest.raises(StoreError, match="damaged"):
            upgrade(three, release)
    assert f"r{release.info.id[:16]}_{HEAD}" not in schemas(three)
    assert not issubclass(StoreError, Unfit)


def rewrite(url: str, schema: str, old: str, new: str) -> None:
    """Put a text in place of another in the input that a schema carries."""
    with psycopg.connect(url) as connection:
        for position, lines in connection.execute(f'SELECT position, lines FROM "{schema}".entry').fetchall():
            packed = pack_text(unpack_text(lines).replace(old, new))
            connection.execute(f'UPDATE "{schema}".entry SET lines = %s WHERE position = %s', (packed, position))


def test_what_is_wrong_is_told_with_what_mends_it(three: str, store: PostgresStore) -> None:
    def states() -> dict[str, str]:
        return {found.what: found.state for found in examine(three, three)}

    sound = states()
    assert set(sound.values()) == {"ok"}
    assert {"database", "builder", "catalogue", "current release", "log of changes", "edition hallvik-2"} <= set(sound)
    first, second, third = reversed(store.published())
    with psycopg.connect(three, autocommit=True) as connection:
        connection.execute(f'UPDATE "r{second.info.id[:16]}_{HEAD}".document SET document = document || chr(32)')
        connection.execute(f'DROP SCHEMA "r{third.info.id[:16]}_{HEAD}" CASCADE')
        connection.execute("CREATE SCHEMA r0123456789abcdef_0004")
        connection.execute("DELETE FROM onrecord.step WHERE number = 3")
    rewrite(three, f"r{first.info.id[:16]}_{HEAD}", "hallvik-ferry-strike", "hallvik-x")
    assert {what: state for what, state in states().items() if state != "ok"} == {
        "edition hallvik-2": "error",
        "edition hallvik-3": "error",
        "edition hallvik-4": "error",
        "log of changes": "warning",
        "left over": "warning",
    }
    with psycopg.connect(three, autocommit=True) as connection:
        connection.execute("UPDATE onrecord.catalogue SET line = '{' WHERE number = 1")
    assert states()["catalogue"] == "error"
