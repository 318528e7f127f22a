"""A file that is damaged while it is served: old data or 503, never 500, and all is well once it is copied back."""

import json
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from app.web.api.guard import Guard
from dossier.dossiers import SMALL
from patience import PATIENCE
from problems import problem
from releases.publishing import ODD, published
from visitor import Visitor

PATHS = (
    "/events?limit=500",
    "/events?sort=-date&facets=type&include=claims",
    "/claims?format=csv",
    "/claims?format=html",
    "/actors?q=a*&sort=relevance",
    "/search?q=hallvik",
    "/events?date=../2030",
    "/places?format=geojson",
    "/sources?format=jsonld",
    "/",
)
Damage = Callable[[Path], None]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one release, and a copy of its file beside it."""
    published(tmp_path, SMALL)
    shutil.copy(release_file(tmp_path), tmp_path / "copy")
    return tmp_path


@pytest.fixture
def app(store: Path) -> Iterator[Guard]:
    """A server of it that remembers no answer."""
    app = create_app(Settings(store=store, cache=0))
    yield app
    app.site.library.close()  # type: ignore[attr-defined]  # a SqliteStore


def release_file(store: Path) -> Path:
    """The file of the first release."""
    event, *_ = map(json.loads, (store / "catalogue.ndjson").read_text(encoding="utf-8").splitlines())
    return store / str(event["file"])


def truncated(path: Path) -> None:
    """Cut to a third."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)


def zeroed(path: Path) -> None:
    """Zeros from the fifth page on."""
    with path.open("r+b") as file:
        file.seek(5 * 8192)
        file.write(bytes(path.stat().st_size - 5 * 8192))


def emptied(path: Path) -> None:
    """No bytes at all."""
    path.write_bytes(b"")


def altered(path: Path) -> None:
    """One letter is another one, wherever it stands: what SQLite cannot notice."""
    content = path.read_bytes()
    assert b"Hallvik" in content
    with path.open("r+b") as file:
        file.write(content.replace(b"Hallvik", b"Hollvik"))


@pytest.mark.parametrize("damage", [truncated, zeroed, emptied, altered])
def test_a_damaged_file_is_503_and_served_again_once_it_is_copied_back(app: Guard, store: Path, damage: Damage) -> None:
    with Visitor(app) as visitor:
        assert visitor.get("/events").status_code == 200
        damage(release_file(store))
        assert {visitor.get(path).status_code for path in PATHS} <= {200, 503}
        assert not app.site.library.prove()
        for path in (*PATHS, "/readyz"):
            problem(visitor.get(path), 503, "unavailable")
        assert visitor.get("/healthz").status_code == 200
        shutil.copy(store / "copy", release_file(store))
        assert {visitor.get(path).status_code for path in (*PATHS, "/readyz")} == {200}


@pytest.mark.parametrize("seed", range(12))
def test_bytes_that_changed_anywhere_are_never_a_failure_of_ours(app: Guard, store: Path, seed: int) -> None:
    chance, path = random.Random(seed), release_file(store)
    with Visitor(app) as visitor, path.open("r+b") as file:
        for _ in range(40):
            file.seek(chance.randrange(path.stat().st_size))
            file.write(bytes([chance.randrange(256)]))
        file.flush()
        answers = {asked: visitor.get(asked).status_code for asked in PATHS}
    assert set(answers.values()) <= {200, 404, 410, 503}, answers


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_was_removed_or_replaced_changes_nothing_for_who_has_it_open(
    app: Guard, store: Path, replaced: bool
) -> None:
    with Visitor(app) as visitor:
        before = [visitor.get(path).text for path in PATHS]
        path = release_file(store)
        path.unlink()
        if replaced:
            (store / "other").write_bytes(b"not a release")
            (store / "other").rename(path)
        assert app.site.library.prove()
        assert [visitor.get(path).text for path in PATHS] == before


@pytest.mark.parametrize("damage", [truncated, zeroed, emptied, altered])
def test_a_file_that_is_damaged_at_the_start_is_told(store: Path, damage: Damage) -> None:
    damage(release_file(store))
    with pytest.raises(Exception, match=r"is damaged: copy it back, or run onrecord build DOSSIER"):
        SqliteStore(store).verify()


def test_a_server_that_runs_looks_at_the_files_by_itself(
    app: Guard, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.application.PROVING", 0.05)
    until = time.monotonic() + PATIENCE
    with TestClient(app) as client:  # which starts and ends it as a server does
        assert client.get("/events").status_code == 200
        altered(release_file(store))
        while client.get("/events").status_code == 200:
            assert time.monotonic() < until
            time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="handles are found in /proc")
def test_releases_that_are_gone_do_not_stay_open(store: Path) -> None:
    """Each holds as many file handles as it has connections: a server that saw many publications would run out."""
    opened = SqliteStore(store)
    with closing(opened):
        first = opened.current().info.id
        published(store, SMALL, ODD)
        second = opened.current().info.id
        assert opened.prove()
        assert opened.named(first).info.id == first
        release_file(store).unlink()
        assert opened.prove()
        assert opened.current().info.id == second
        assert not [path for path in handles(store) if path.endswith(" (deleted)")]


def handles(folder: Path) -> list[str]:
    """The files in that folder that this process has open."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.append(str(link.readlink()))
    return [path for path in found if path.startswith(f"{folder}/")]
