"""Builders that are killed, and two at once: what was served is served still, whole, and the next build succeeds."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.releases.files import file_digest
from app.releases.sqlite import SqliteStore
from benchmarks.data import Generator, write_dossier
from patience import PATIENCE
from releases import killed_build
from releases.publishing import edit
from web.live import ROOT, Live, running

EVENTS = 100  # and as many claims, with 50 records that they refer to
PATHS = (b"/events?limit=500", b"/claims?format=csv", b"/actors", b"/search?q=a*&facets=kind", b"/events?sort=-date")
KILLS = 50
PATHS_OF_IMPORTS = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
ENVIRONMENT = {**os.environ, "PYTHONPATH": PATHS_OF_IMPORTS, "PYTHONHASHSEED": "0"}
BUILD = (sys.executable, "-c", "from app.cli import app; app()", "build")

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two editions of one invented dossier."""
    made = tmp_path_factory.mktemp("dossiers")
    for number in (1, 2):
        write_dossier(Generator(EVENTS).rows(), made / str(number))
    edit(made / "2" / "dossier.yaml", "benchmark-1", "benchmark-2")
    edit(made / "2" / "dossier.yaml", "2026-01-01", "2026-02-01")
    return made / "1", made / "2"


@pytest.fixture
def store(tmp_path: Path, dossiers: tuple[Path, Path]) -> Path:
    """A store with the first edition."""
    build(tmp_path / "store", dossiers[0])
    return tmp_path / "store"


def build(store: Path, dossier: Path) -> None:
    """Publish as anybody does."""
    command = [*BUILD, str(dossier), "--store", str(store)]
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=True, timeout=PATIENCE)


def killed(when: str, store: Path, dossier: Path) -> str:
    """What a build that is killed then has written to standard output."""
    command = [sys.executable, killed_build.__file__, when, "build", str(dossier), "--store", str(store)]
    ran = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=False, timeout=PATIENCE)
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    return ran.stdout.decode()


def moments(steps: int, size: int) -> Iterator[str]:
    """When to kill: seven in ten between the first write and the publication, two in a write, one before any."""
    random, between, writing = Random(KILLS), KILLS * 7 // 10, KILLS * 2 // 10
    yield from (f"steps:{steps * part // between}" for part in range(1, between))
    yield "steps:0"
    yield from (f"bytes:{1 + size * part // writing}" for part in range(writing))
    yield from (f"reading:{random.randrange(1, 100_000)}" for _ in range(KILLS - between - writing))


def names(store: Path) -> set[str]:
    """What lies in the store, but for the lock."""
    return {path.name for path in store.iterdir()} - {".lock"}


def answers(live: Live) -> list[bytes]:
    """What is served, without the headers that differ from answer to answer."""
    return [live.get(path).partition(b"\r\n\r\n")[2] for path in PATHS]


def is_sound(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_build_that_is_killed_anywhere_leaves_the_old_release_whole(
    store: Path, tmp_path: Path, dossiers: tuple[Path, Path]
) -> None:
    steps, size = map(int, killed("steps:0", tmp_path / "trial", dossiers[1]).split())
    with closing(SqliteStore(store)) as opened:
        old = opened.catalogue().needed()
    before, file, in_the_middle = names(store), store / str(old.file), 0
    with running(store, tmp_path / "log") as live:
        served = answers(live)
        for when in moments(steps, size):
            killed(when, store, dossiers[1])
            left = names(store) - before
            in_the_middle += any((store / name).stat().st_size > 0 for name in left)
            assert len(left) <= 2, when  # of this build, not of those before it
            assert (file_digest(file), is_sound(file)) == (old.sha256, True), when
            assert answers(live) == served, when
            with closing(SqliteStore(store)) as opened:
                opened.verify()
                assert opened.catalogue().needed() == old
        assert in_the_middle >= KILLS * 3 // 5
        build(store, dossiers[1])
        with closing(SqliteStore(store)) as opened:
            opened.verify()
            new = opened.catalogue().needed()
        assert (new.info.label, new.info.id.encode() in live.get(b"/readyz")) == ("benchmark-2", True)
        assert all(now != then for now, then in zip(answers(live), served, strict=True) if b"release" in then)
        assert "Traceback" not in live.log
    assert names(store) == before | {str(new.file), "changes-000002.sqlite"}


@pytest.mark.parametrize("first", [0, 1])
def test_two_builders_at_once_publish_one_after_the_other(
    tmp_path: Path, dossiers: tuple[Path, Path], first: int
) -> None:
    store, chosen = tmp_path / "store", (dossiers[first], dossiers[1])
    commands = [[*BUILD, str(dossier), "--store", str(store)] for dossier in chosen]
    builders = [subprocess.Popen(each, cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE) for each in commands]
    told = [builder.communicate(timeout=PATIENCE)[1].decode() for builder in builders]
    codes = [builder.returncode for builder in builders]
    with closing(SqliteStore(store)) as opened:
        opened.verify()
        catalogue = opened.catalogue()
    # The earlier edition is refused if the later one was faster.
    assert codes[1] == 0, told
    assert codes[0] == 0 or (codes[0] == 2 and first == 0 and told[0].splitlines()[-1].startswith("onrecord: ")), told
    assert catalogue.needed().info.label == "benchmark-2"
    files = {str(release.file) for release in catalogue.releases.values()}
    assert len(catalogue.events) == len(files) == (1 if first else 2 - (codes[0] == 2))
    assert {name for name in names(store) if not name.startswith(("changes-", "catalogue"))} == files
