"""onrecord upgrade and serve --upgrade: what they print, and what they leave as it was."""

import json
from pathlib import Path

import pytest

from app.releases.schema import HEAD
from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import SMALL
from releases.older import OLDER, made_older, with_input
from releases.publishing import edition, published
from web.live import free_port, running


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two releases of the schema before."""
    made = tmp_path / "store"
    published(made, SMALL)
    published(made, edition(tmp_path, "hallvik-3"))
    made_older(made)
    return made


def test_every_release_is_told_and_then_there_is_nothing_to_do(store: Path) -> None:
    ran = run("upgrade", "--store", store)
    assert ran.code == RIGHT
    assert [line.partition("edition ")[2] for line in ran.out] == [
        f"hallvik-3, has schema {HEAD} now, had {OLDER}",
        f"hallvik-2, has schema {HEAD} now, had {OLDER}",
    ]
    again = run("upgrade", "--store", store)
    assert (again.code, again.out, again.err) == (RIGHT, [], [f"every release kept here has schema {HEAD}"])


def test_one_that_passes_no_more_stays_and_the_others_do_not(store: Path) -> None:
    with_input(store, {'"place":"hallvik"': '"place":"hallvik-town"'})
    ran = run("upgrade", "--store", store)
    assert ran.code == FINDINGS
    assert [line.startswith("hallvik-3/entries.ndjson:") for line in ran.out[:-1]] == [True] * (len(ran.out) - 1)
    assert ran.out[-1].endswith(f"edition hallvik-2, has schema {HEAD} now, had {OLDER}")
    assert "onrecord: release hallvik-3 does not pass the checks of this onrecord: it stays as it was" in ran.err
    assert run("serve", "--upgrade", "--store", store).code != RIGHT


def test_a_store_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    assert run("upgrade", "--store", tmp_path / "none").refused("nothing was published here yet")


def test_a_release_of_another_schema_is_not_served_and_the_cure_is_told(store: Path) -> None:
    refused = f"release hallvik-3 has schema {OLDER}, this onrecord reads {HEAD}: run onrecord upgrade"
    assert run("serve", "--store", store, "--port", str(free_port())).refused(refused)
    assert run("roll-back", "hallvik-2", "--store", store).refused(": run onrecord upgrade")
    (line,) = [line for line in run("doctor", "--store", store).out if "current release" in line]
    assert line.endswith("run onrecord upgrade")


@pytest.mark.thorough
def test_serve_upgrades_the_current_release_before_it_listens(store: Path, tmp_path: Path) -> None:
    with running(store, tmp_path / "log", "--upgrade") as live:
        body = json.loads(live.get(b"/events?limit=0").partition(b"\r\n\r\n")[2])
        assert (body["release"]["label"], body["page"]["total"]) == ("hallvik-3", 3)
        assert f"edition hallvik-3, has schema {HEAD} now, had {OLDER}" in live.log
        assert b" 410 " in live.get(b"/events?release=hallvik-2")
        assert run("upgrade", "--store", store).code == RIGHT
        assert b" 200 " in live.get(b"/events?release=hallvik-2")
