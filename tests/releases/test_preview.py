"""Previews: each state of a dossier is a release of its own, under a label that says so."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.query.reader import Published
from app.releases.build import plan
from app.releases.preview import KEPT, preview_release
from app.releases.sqlite import SqliteStore
from releases.publishing import corpus_of, edit, edition, published


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    (tmp_path / "store").mkdir()
    with closing(SqliteStore(tmp_path / "store")) as opened:
        yield opened


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return edition(tmp_path, "hallvik-3")


def shown(store: SqliteStore, dossier: Path, title: str = "") -> Published:
    """The preview of the dossier once an event has another title."""
    if title:
        events = dossier / "events.yaml"
        before = events.read_text("utf-8").splitlines()[2]
        edit(events, before, f"  title: {title}")
    return preview_release(store, plan(corpus_of(dossier)))


def test_one_edition_may_have_any_content(store: SqliteStore, dossier: Path) -> None:
    states = [shown(store, dossier), shown(store, dossier, "One"), shown(store, dossier, "Two")]
    assert [state.info.label for state in states] == [f"hallvik-3-preview.{n}" for n in (1, 2, 3)]
    current = store.catalogue().needed()
    assert current.info == states[-1].info
    assert store.named("hallvik-3-preview.2").info == states[1].info
    assert store.current().info.label == "hallvik-3-preview.3"


def test_its_id_is_that_of_the_release_once_it_is_published(store: SqliteStore, dossier: Path, tmp_path: Path) -> None:
    assert shown(store, dossier).info.id == published(tmp_path / "other", dossier).info.id


def test_what_is_shown_already_is_not_built_again(store: SqliteStore, dossier: Path) -> None:
    first = shown(store, dossier)
    file = store.path(first)
    before, position = file.stat().st_mtime_ns, store.catalogue().position
    assert shown(store, dossier) == first
    assert (file.stat().st_mtime_ns, store.catalogue().position) == (before, position)


def test_a_state_that_comes_back_has_its_label_again(store: SqliteStore, dossier: Path) -> None:
    first = shown(store, dossier, "One")
    positions = [store.catalogue().position]
    for title in (*map("Title {}".format, range(KEPT)), "One"):  # its file is gone meanwhile
        again = shown(store, dossier, title)
        positions.append(store.catalogue().position)
    assert again.info == first.info
    assert store.current().info == first.info
    assert positions == sorted(set(positions))  # what is kept in memory goes by it
    assert len(list(store.folder.glob("????????????????-*.sqlite"))) == KEPT


def test_changes_tell_what_was_changed_meanwhile(store: SqliteStore, dossier: Path) -> None:
    shown(store, dossier)
    shown(store, dossier, "Another title")
    assert store.changed(["hallvik-ferry-strike"]) == ["hallvik-ferry-strike"]
