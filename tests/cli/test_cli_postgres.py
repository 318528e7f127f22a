"""Commands where the store is a database: build, list, go back, withdraw and serve; one line where it cannot be."""

import json
from pathlib import Path

import pytest

from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import FAULTS, SMALL
from releases.publishing import edition, published
from web.live import running

NOWHERE = "postgresql://127.0.0.1:1/none"


@pytest.mark.thorough
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
        assert live.get(b"/changes").startswith(b"HTTP/1.1 503")
    assert run("withdraw", "hallvik-2", "--reason", "wrong", **settings).code == RIGHT


@pytest.mark.thorough
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


@pytest.mark.parametrize("words", [("releases",), ("serve",), ("roll-back", "x")])
def test_a_database_that_is_not_there_is_said_in_one_line(words: tuple[str, ...]) -> None:
    assert run(*words, ONRECORD_STORE=NOWHERE, ONRECORD_ADMIN_STORE=NOWHERE).refused("cannot be reached")


@pytest.mark.parametrize("words", [("diff", "a", "b"), ("doctor",), ("prune", "--keep", "1"), ("upgrade",)])
def test_a_command_for_folders_says_so(words: tuple[str, ...]) -> None:
    assert run(*words, ONRECORD_STORE=NOWHERE).refused(
        "works on a folder of releases, and ONRECORD_STORE is a database"
    )


def test_a_database_is_no_argument() -> None:
    ran = run("build", SMALL, "--store", "postgresql://me:secret@a/x")
    assert ran.refused("--store is a folder: name a database by ONRECORD_STORE")
    assert not Path("postgresql:").exists()
