"""Pruning: what is served stays, what may still be read stays a while, and the catalogue keeps every line."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.main import create_app
from app.releases.catalogue_file import CATALOGUE
from app.releases.life import roll_back, withdraw
from app.releases.pruning import Pruned, prune
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from problems import problem
from releases.publishing import ODD, edition, published
from visitor import Visitor

AT_ONCE = timedelta()


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of three releases."""
    published(folder, edition(tmp_path, "hallvik-3"))
    published(folder, edition(tmp_path, "hallvik-4"))
    with closing(SqliteStore(folder)) as opened:
        yield opened


def labels(pruned: Pruned) -> list[str]:
    """The labels of the releases that were pruned, latest first."""
    return [release.info.label for release in pruned.releases]


def kept(store: SqliteStore) -> set[str]:
    """The labels of the releases whose files are there."""
    return {known.info.label for known in store.published() if store.path(known).exists()}


def aged(store: SqliteStore) -> None:
    """Have everything in the catalogue happened long ago."""
    path = store.folder / CATALOGUE
    events = [json.loads(line) | {"at": "2021-07-01T00:00:00Z"} for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps(event) + "\n" for event in events))


def test_what_was_current_last_is_kept(store: SqliteStore) -> None:
    lines = (store.folder / CATALOGUE).read_bytes()
    pruned = prune(store, 2, AT_ONCE)
    assert (labels(pruned), kept(store)) == (["hallvik-2"], {"hallvik-3", "hallvik-4"})
    assert pruned.size > 0
    assert (store.folder / CATALOGUE).read_bytes() == lines
    assert labels(prune(store, 2, AT_ONCE)) == []


def test_the_current_one_is_kept_wherever_it_stands(store: SqliteStore) -> None:
    roll_back(store, "hallvik-2")
    assert labels(prune(store, 1, AT_ONCE)) == ["hallvik-4", "hallvik-3"]
    assert store.current().info.label == "hallvik-2"
    store.verify()


def test_what_was_current_within_the_hour_is_kept(store: SqliteStore) -> None:
    assert labels(prune(store, 1)) == []
    aged(store)
    assert labels(prune(store, 1, trial=True)) == ["hallvik-3", "hallvik-2"]
    assert kept(store) == {"hallvik-2", "hallvik-3", "hallvik-4"}
    assert labels(prune(store, 1)) == ["hallvik-3", "hallvik-2"]


def test_a_withdrawn_release_goes_first_and_its_line_stays(store: SqliteStore) -> None:
    withdraw(store, "hallvik-4", "It named the wrong person.")
    assert labels(prune(store, 2, AT_ONCE)) == ["hallvik-4"]
    with Visitor(create_app(Settings(store=store.folder))) as visitor:
        assert "wrong person" in problem(visitor.get("/events", release="hallvik-4"), 410, "release-gone")["detail"]
        assert visitor.data("/events")["release"]["label"] == "hallvik-3"


def test_the_last_release_of_a_dossier_that_is_left_out_is_kept(store: SqliteStore, tmp_path: Path) -> None:
    """A later edition of that dossier is compared with it: no id of it may vanish."""
    published(store.folder, ODD, without=["hallvik-quay"])
    assert labels(prune(store, 1, AT_ONCE)) == ["hallvik-3", "hallvik-2"]
    assert kept(store) == {"odd-1", "hallvik-4"}


def test_what_no_line_names_is_deleted_and_nothing_else(store: SqliteStore) -> None:
    unnamed = f"{'ab' * 8}-0003.sqlite"
    for name in (unnamed, f".{unnamed}.4711", f".{CATALOGUE}.4711", "notes.txt", "mine.sqlite"):
        (store.folder / name).write_text("x")
    assert {file.name for file in prune(store, 9).files} == {f".{unnamed}.4711", f".{CATALOGUE}.4711"}
    assert {file.name for file in prune(store, 9, AT_ONCE).files} == {unnamed}
    assert {file.name for file in store.folder.iterdir()} >= {"notes.txt", "mine.sqlite", CATALOGUE, ".lock"}
    assert len(kept(store)) == 3
