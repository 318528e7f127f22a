"""Publishing is one atomic step: whatever happens before it, what was served is served still."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.main import create_app
from app.releases.build import plan
from app.releases.catalogue import StoreError
from app.releases.catalogue_file import CATALOGUE
from app.releases.files import file_digest
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from problems import problem
from releases.publishing import ODD, ROOT, SMALL, corpus_of, edition, published
from visitor import Visitor


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    """That store."""
    with closing(SqliteStore(folder)) as opened:
        yield opened


def files(folder: Path) -> set[str]:
    """What lies in the folder, but for the lock."""
    return {path.name for path in folder.iterdir()} - {".lock"}


def test_a_release_is_a_file_and_a_line_of_the_catalogue(folder: Path, store: SqliteStore) -> None:
    current = store.catalogue().needed()
    assert files(folder) == {CATALOGUE, str(current.file), "changes-000001.sqlite"}
    assert current.sha256 == hashlib.sha256((folder / str(current.file)).read_bytes()).hexdigest()
    assert current.sha256 == file_digest(folder / str(current.file))
    assert store.current().stored_id() == current.info.id
    store.verify()


class Interrupted(Exception):
    """What stops a build midway."""


@pytest.mark.parametrize("after", [1, 10])
def test_a_build_that_fails_midway_changes_nothing(
    folder: Path, store: SqliteStore, tmp_path: Path, after: int
) -> None:
    before, served = files(folder), (folder / CATALOGUE).read_bytes()

    def stop(stage: str, done: int, total: int) -> None:
        assert any(path.name.startswith(".") and "sqlite" in path.name for path in folder.iterdir())
        if done == after:
            raise Interrupted

    with pytest.raises(Interrupted):
        publish_release(store, plan(corpus_of(edition(tmp_path, "hallvik-3"))), stop)
    assert files(folder) == before
    assert (folder / CATALOGUE).read_bytes() == served
    assert store.current().info.label == "hallvik-2"
    store.verify()


KILLED = """
import os, signal
from pathlib import Path
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from releases.publishing import corpus_of
def die(stage, done, total):
    if done == 5:
        os.kill(os.getpid(), signal.SIGKILL)
publish_release(SqliteStore(Path({store!r})), plan(corpus_of(Path({dossier!r}))), die)
"""


def test_a_build_that_is_killed_leaves_the_last_release_serving(
    folder: Path, store: SqliteStore, tmp_path: Path
) -> None:
    next_edition = edition(tmp_path, "hallvik-3")
    script = KILLED.format(store=str(folder), dossier=str(next_edition))
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    ended = subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": paths}, check=False)
    assert ended.returncode == -9
    assert store.current().info.label == "hallvik-2"
    store.verify()
    publish_release(store, plan(corpus_of(next_edition)))
    assert store.current().info.label == "hallvik-3"


def test_publishing_the_same_again_changes_nothing(folder: Path, store: SqliteStore) -> None:
    before = (folder / CATALOGUE).read_bytes()
    assert publish_release(store, plan(corpus_of(SMALL))) == store.catalogue().current
    assert (folder / CATALOGUE).read_bytes() == before


def test_publishing_an_earlier_one_is_a_roll_back(folder: Path, store: SqliteStore, tmp_path: Path) -> None:
    first = store.catalogue().needed()
    second = publish_release(store, plan(corpus_of(edition(tmp_path, "hallvik-3"))))
    assert (second.predecessor, store.current().info) == (first.info.id, second.info)
    publish_release(store, plan(corpus_of(SMALL)))
    assert store.current().info == first.info
    assert [each.op for each in store.catalogue().events] == ["publish", "publish", "roll-back"]
    assert [each.info.label for each in store.published()] == ["hallvik-3", "hallvik-2"]


def test_the_catalogue_is_only_ever_appended_to(folder: Path, store: SqliteStore, tmp_path: Path) -> None:
    before = (folder / CATALOGUE).read_bytes()
    publish_release(store, plan(corpus_of(edition(tmp_path, "hallvik-3"))))
    assert (folder / CATALOGUE).read_bytes().startswith(before)


def test_a_lost_file_is_built_again(folder: Path, store: SqliteStore) -> None:
    current = store.catalogue().needed()
    (folder / str(current.file)).unlink()
    again = publish_release(store, plan(corpus_of(SMALL)))
    assert (again.info, again.documents) == (current.info, current.documents)
    store.verify()


def told(folder: Path) -> str:
    """Why the store cannot be used, in one line."""
    with closing(SqliteStore(folder)) as store, pytest.raises(StoreError) as raised:
        store.verify()
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_row_47_a_store_that_cannot_be_used_says_why_and_what_mends_it(folder: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        file = folder / str(store.catalogue().needed().file)
    whole = file.read_bytes()
    assert "no release" in told(tmp_path / "empty")
    for damaged in (b"", whole[:5000], b"x" * 5000, whole[:100] + b"\0" * 4000 + whole[4100:]):
        file.write_bytes(damaged)
        assert "damaged" in told(folder)
        assert "onrecord build" in told(folder)
    file.unlink()
    assert "missing" in told(folder)
    assert str(file) in told(folder)


def test_row_47_a_release_of_another_schema_or_another_release_is_refused(folder: Path, tmp_path: Path) -> None:
    published(tmp_path / "other", ODD)
    with closing(SqliteStore(folder)) as store, closing(SqliteStore(tmp_path / "other")) as other:
        mine, theirs = store.catalogue().needed(), other.catalogue().needed()
    text = (folder / CATALOGUE).read_text()
    (folder / CATALOGUE).write_text(
        text.replace(f'"schema_version": "{mine.schema_version}"', '"schema_version": "0000"')
    )
    assert "schema 0000" in told(folder)
    (folder / CATALOGUE).write_text(text)
    (folder / str(mine.file)).write_bytes((tmp_path / "other" / str(theirs.file)).read_bytes())
    assert "another release" in told(folder)


def test_row_47_a_catalogue_that_cannot_be_read_is_refused(folder: Path) -> None:
    text = (folder / CATALOGUE).read_text()
    event = '{"number": 2, "op": "OP", "release": "0000", "at": "2021-07-01T00:00:00Z"}\n'
    unknown = [text + event.replace("OP", op) for op in ("publish", "roll-back", "withdraw")]
    unknown.append(text + json.dumps({**json.loads(text), "number": 2, "op": "upgrade", "file": None}))
    for broken in (text[:-20], text + text, "[]\n", text + "{}\n", "x" + text, *unknown):
        (folder / CATALOGUE).write_text(broken)
        assert re.search("the catalogue .*restore it from a copy", told(folder))


def test_row_47_a_running_server_goes_on_with_what_it_has_open(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder))) as visitor:
        wanted = visitor.data("/events")["data"]
        with closing(SqliteStore(folder)) as store:
            (folder / str(store.catalogue().needed().file)).unlink()
        assert visitor.data("/events")["data"] == wanted


def test_an_empty_store_answers_503_until_something_is_published(tmp_path: Path) -> None:
    with Visitor(create_app(Settings(store=tmp_path / "none"))) as visitor:
        for path in ("/events", "/events/x", "/", "/readyz", "/openapi.json"):
            answer = visitor.get(path)
            problem(answer, 503, "unavailable")
            assert answer.headers["retry-after"] == "1"
        assert visitor.data("/healthz") == {"status": "ok"}
        assert visitor.data("/releases")["data"] == []
        published(tmp_path / "none", SMALL)
        assert visitor.data("/readyz")["status"] == "ok"
        assert visitor.data("/events")["page"]["total"] == 3


def test_a_withdrawn_release_is_not_published_again(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store")
    release = plan(corpus_of(SMALL))
    published = publish_release(store, release)
    with_drawal = store.catalogue().then("withdraw", published.info.id, "2026-01-01T00:00:00Z", {"reason": "wrong"})
    (tmp_path / "store" / CATALOGUE).write_text(with_drawal.text(), encoding="utf-8")
    before = (tmp_path / "store" / CATALOGUE).read_bytes()
    with pytest.raises(StoreError, match="was withdrawn: wrong"):
        publish_release(store, release)
    assert (tmp_path / "store" / CATALOGUE).read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of a process")
def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    """A limit of the process stands for the disk: SQLite and the system refuse to write beyond it."""
    store, limit = tmp_path / "store", 200_000
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    program = f"{limited}; from app.cli import app; app()"
    command = [sys.executable, "-c", program, "build", str(SMALL), "--store", str(store)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = [line for line in ran.stderr.splitlines() if line.startswith("onrecord: ")]
    assert ran.returncode == 2
    assert len(told) == 1
    assert f"{store}: " in told[0]
    assert "nothing was published; make room there and build again" in told[0]
    assert "Traceback" not in ran.stderr
    assert files(store) == set()


def test_what_a_killed_build_left_is_swept_by_the_next_one(tmp_path: Path) -> None:
    left = tmp_path / ".0123456789abcdef-0004.sqlite.123"
    left.write_bytes(b"half a release")
    published(tmp_path, SMALL)
    assert not left.exists()
