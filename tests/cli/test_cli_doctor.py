"""onrecord doctor: everything that can be wrong with a store, each with what mends it."""

import json
from pathlib import Path

import pytest

from cli.terminal import FINDINGS, RIGHT, Ran, run
from dossier.dossiers import SMALL
from releases.publishing import published


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one release."""
    published(tmp_path, SMALL)
    return tmp_path


def release_file(store: Path) -> Path:
    """The file of the one release."""
    event = json.loads((store / "catalogue.ndjson").read_text(encoding="utf-8").splitlines()[0])
    return store / str(event["file"])


def states(ran: Ran) -> dict[str, str]:
    """How each thing is, by what it is."""
    return {line[8:26].strip(): line[:8].strip() for line in ran.out}


def test_a_sound_store_is_told_line_by_line(store: Path) -> None:
    ran = run("doctor", "--store", store)
    assert ran.code == RIGHT
    assert states(ran) == dict.fromkeys(("settings", "catalogue", "current release", "edition hallvik-2", "room"), "ok")


def test_a_damaged_file_is_an_error_with_its_cure(store: Path) -> None:
    with release_file(store).open("r+b") as file:
        file.seek(9000)
        file.write(b"?")
    ran = run("doctor", "--store", store)
    assert ran.code == FINDINGS
    assert states(ran)["edition hallvik-2"] == "error"
    assert any("is damaged: copy it back, or run onrecord build DOSSIER" in line for line in ran.out)


def test_a_missing_file_of_the_current_release_is_an_error(store: Path) -> None:
    release_file(store).unlink()
    ran = run("doctor", "--store", store)
    assert (ran.code, states(ran)["edition hallvik-2"]) == (FINDINGS, "error")


def test_a_line_that_cannot_be_read_is_an_error(store: Path) -> None:
    with (store / "catalogue.ndjson").open("a", encoding="utf-8") as catalogue:
        catalogue.write('{"number": 2, "op"')
    ran = run("doctor", "--store", store)
    assert (ran.code, states(ran)["catalogue"]) == (FINDINGS, "error")


def test_what_a_killed_build_left_is_a_warning(store: Path) -> None:
    (store / ".0123456789abcdef-0004.sqlite.123").write_bytes(b"half")
    ran = run("doctor", "--store", store)
    assert (ran.code, states(ran)["left over"]) == (RIGHT, "warning")


def test_a_setting_that_is_none_is_an_error_and_the_store_is_looked_at_still(store: Path) -> None:
    ran = run("doctor", "--store", store, ONRECORD_COLOUR="red")
    assert (ran.code, states(ran)["settings"], states(ran)["catalogue"]) == (FINDINGS, "error", "ok")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    ran = run("doctor", "--store", tmp_path / "none")
    assert (ran.code, states(ran)) == (FINDINGS, {"settings": "ok", "store": "error"})
