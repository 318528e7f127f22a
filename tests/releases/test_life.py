"""Going back to an earlier release, and withdrawing one: a line of the catalogue each, or a reason why not."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.releases.catalogue import StoreError
from app.releases.catalogue_file import CATALOGUE
from app.releases.life import roll_back, withdraw
from app.releases.sqlite import SqliteStore
from releases.publishing import edition, published


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of two releases."""
    published(folder, edition(tmp_path, "hallvik-3"))
    with closing(SqliteStore(folder)) as opened:
        yield opened


def refused(store: SqliteStore, release: str) -> str:
    """Why the store does not go back to a release."""
    before = (store.folder / CATALOGUE).read_bytes()
    with pytest.raises(StoreError) as raised:
        roll_back(store, release)
    assert (store.folder / CATALOGUE).read_bytes() == before
    return str(raised.value)


def test_going_back_builds_nothing(store: SqliteStore) -> None:
    files = sorted(store.folder.glob("????????????????-*.sqlite"))
    assert roll_back(store, "hallvik-2").info == store.current().info
    assert store.current().info.label == "hallvik-2"
    assert sorted(store.folder.glob("????????????????-*.sqlite")) == files
    assert [event.op for event in store.catalogue().events] == ["publish", "publish", "roll-back"]
    roll_back(store, "hallvik-3")
    assert store.current().info.label == "hallvik-3"


def test_going_back_to_what_is_current_changes_nothing(store: SqliteStore) -> None:
    roll_back(store, "hallvik-3")
    assert len(store.catalogue().events) == 2


def test_going_back_is_refused_where_nothing_could_be_served(store: SqliteStore) -> None:
    assert "No release is called 'hallvik-1'" in refused(store, "hallvik-1")
    assert "Did you mean hallvik-2?" in refused(store, "halvik-2")
    file = store.path(store.catalogue().named("hallvik-2"))
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"x")
    assert refused(store, "hallvik-2").startswith(f"release file {file} is damaged: copy it back")
    file.unlink()
    assert refused(store, "hallvik-2") == (
        "release hallvik-2 is not kept here any more: run onrecord build with its dossiers"
    )
    withdraw(store, "hallvik-2", "It named the wrong person.")
    assert refused(store, "hallvik-2") == "release hallvik-2 was withdrawn: It named the wrong person."


def test_a_withdrawal_tells_what_is_current_then(store: SqliteStore) -> None:
    withdrawn, current = withdraw(store, "hallvik-3", "It named the wrong person.")
    assert withdrawn.info.label == "hallvik-3"
    assert current is not None
    assert current.info == store.current().info
    assert current.info.label == "hallvik-2"
    with pytest.raises(StoreError, match="was withdrawn before: It named the wrong person"):
        withdraw(store, "hallvik-3", "Once more.")
    assert withdraw(store, "hallvik-2", "It did too.")[1] is None


def test_which_release_was_current_follows_from_the_lines(store: SqliteStore) -> None:
    first, second = (known.info.id for known in reversed(store.published()))
    roll_back(store, first)
    withdraw(store, first, "It named the wrong person.")
    withdraw(store, second, "It did too.")
    assert store.catalogue().currents == (first, second, first, second, None)
