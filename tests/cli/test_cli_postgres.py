"""Commands where the store is a database: build, list, go back, withdraw and serve; one line where it cannot be."""

import json
import time
from pathlib import Path

import pytest

from app.releases.schema import HEAD
from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import FAULTS, SMALL
from patience import PATIENCE
from releases.editions import second_edition
from releases.older import OLDER
from releases.postgres.test_postgres_life import made_older
from releases.publishing import edition, published
from web.live import running

pytestmark = pytest.mark.thorough
NOWHERE = "postgresql://127.0.0.1:1/none"


def test_a_release_is_built_listed_and_served_from_a_database(emptied: str, tmp_path: Path) -> None:
    settings = {"ONRECORD_STORE": emptied, "ONRECORD_ADMIN_STORE": emptied}
    assert run("releases", **settings).refused("nothing was published here yet")
    assert run("serve", **settings).refused("no release in this database: run onrecord build DOSSIER")
    built = run("build", SMALL, **settings)
    assert (built.code, built.err[-1]) == (RIGHT, "published in the database")
    assert run("build", FAULTS, **settings).code == FINDINGS
    assert run("build", SMALL, ONRECORD_STORE=emptied).refused("set ONRECORD_ADMIN_STORE")
    assert run("build", edition(tmp_path, "hallvik-3"), **settings).code == RIGHT
    assert run("roll-back", "hallvik-2", **settings).out[0].endswith("edition hallvik-2, is current again")
    assert len(run("releases", **settings).out) == 3
    with running(Path("none"), tmp_path / "log", "--workers", "2", settings=settings) as live:
        status, _, body = live.get(b"/events?limit=1").partition(b"\r\n\r\n")
        assert status.startswith(b"HTTP/1.1 200"), body
        assert json.loads(body)["release"]["label"] == "hallvik-2"
        assert live.get(b"/readyz").startswith(b"HTTP/1.1 200")
        assert live.get(b"/changes").startswith(b"HTTP/1.1 200")
    assert run("withdraw", "hallvik-2", "--reason", "wrong", **settings).code == RIGHT


def test_releases_in_a_database_are_compared_pruned_and_examined(emptied: str, tmp_path: Path) -> None:
    settings = {"ONRECORD_STORE": emptied, "ONRECORD_ADMIN_STORE": emptied}
    (empty,) = (line for line in run("doctor", **settings).out if line.startswith("error"))
    assert "run onrecord build DOSSIER, or onrecord copy" in empty
    for dossier in (SMALL, second_edition(tmp_path)):
        assert run("build", dossier, **settings).code == RIGHT
    assert run("diff", "hallvik-2", "hallvik-3", **settings).err == ["3 updated, 2 removed"]
    assert run("upgrade", **settings).err == ["every release kept here has schema " + HEAD]
    assert run("doctor", **settings).code == RIGHT
    assert run("doctor", ONRECORD_STORE=emptied).code == RIGHT
    assert run("prune", "--keep", "1", **settings).err == ["0 schemas deleted, 0.0 MB"]
    assert run("prune", "--keep", "1", "--at-once", ONRECORD_STORE=emptied).refused("set ONRECORD_ADMIN_STORE")
    trial, pruned = (run("prune", "--keep", "1", "--at-once", *more, **settings) for more in (["--dry-run"], []))
    assert trial.out == pruned.out
    assert [line.partition("edition ")[2] for line in pruned.out] == ["hallvik-2"]
    assert pruned.err[0].startswith("1 schemas deleted, ")
    assert run("diff", "hallvik-2", "hallvik-3", **settings).refused("release hallvik-2 is not kept here any more")
    assert any(line.endswith("pruned") for line in run("doctor", **settings).out)


def test_serve_upgrades_the_current_release_of_a_database_before_it_listens(emptied: str, tmp_path: Path) -> None:
    settings = {"ONRECORD_STORE": emptied, "ONRECORD_ADMIN_STORE": emptied}
    for dossier in (SMALL, edition(tmp_path, "hallvik-3")):
        assert run("build", dossier, **settings).code == RIGHT
    for label in ("hallvik-2", "hallvik-3"):
        made_older(emptied, label)
    outdated = f"release hallvik-3 has schema {OLDER}, this onrecord reads {HEAD}: run onrecord upgrade"
    assert run("serve", **settings).refused(outdated)
    assert run("serve", "--upgrade", ONRECORD_STORE=emptied).refused("set ONRECORD_ADMIN_STORE")
    with running(Path("none"), tmp_path / "log", "--upgrade", settings=settings) as live:
        body = json.loads(live.get(b"/events?limit=0").partition(b"\r\n\r\n")[2])
        assert (body["release"]["label"], body["page"]["total"]) == ("hallvik-3", 3)
        assert f"edition hallvik-3, has schema {HEAD} now, had {OLDER}" in live.log
        assert b" 410 " in live.get(b"/events?release=hallvik-2")
        assert run("upgrade", **settings).code == RIGHT
        until = time.monotonic() + PATIENCE
        while b" 200 " not in live.get(b"/events?release=hallvik-2"):  # it looks twice a second
            assert time.monotonic() < until
            time.sleep(0.1)


def test_a_folder_is_copied_into_a_database(emptied: str, tmp_path: Path) -> None:
    made = published(tmp_path, SMALL)
    copied = run("copy", "--from", tmp_path, "--to", emptied)
    assert copied.out == [f"release {made.info.id[:16]}, edition hallvik-2, has the same rows in the database"]
    again = run("copy", "--from", tmp_path, ONRECORD_ADMIN_STORE=emptied)
    assert (again.code, again.out, again.err) == (RIGHT, [], ["0 releases copied"])
    assert run("copy", "--from", tmp_path, "--to", NOWHERE).refused("nothing was changed in the database")


def test_a_folder_is_copied_into_nothing_but_a_database(tmp_path: Path) -> None:
    assert run("copy", "--from", tmp_path, "--to", "elsewhere").refused("it begins with postgresql://")
    assert run("copy", "--from", tmp_path / "none", "--to", NOWHERE).refused("no such file")
    assert run("copy", "--from", tmp_path).refused("set ONRECORD_ADMIN_STORE")


@pytest.mark.parametrize(
    "words",
    [("releases",), ("serve",), ("roll-back", "x"), ("diff", "a", "b"), ("prune", "--keep", "1"), ("upgrade",)],
)
def test_a_database_that_is_not_there_is_said_in_one_line(words: tuple[str, ...]) -> None:
    assert run(*words, ONRECORD_STORE=NOWHERE, ONRECORD_ADMIN_STORE=NOWHERE).refused("cannot be reached")


def test_the_doctor_says_what_is_wrong_with_a_database() -> None:
    ran = run("doctor", ONRECORD_STORE=NOWHERE, ONRECORD_ADMIN_STORE=NOWHERE)
    assert (ran.code, ran.err) == (FINDINGS, ["1 error in the database"])
    assert "cannot be reached" in ran.out[-1]


@pytest.mark.parametrize("dsn", ["postgresql://me:secret@a/x", "mysql://me:secret@a/x", "sqlite:///x"])
def test_a_database_is_no_argument(dsn: str) -> None:
    ran = run("build", SMALL, "--store", dsn)
    assert ran.refused("--store is a folder: name a database by ONRECORD_STORE")
    assert not Path(dsn.partition("/")[0]).exists()
