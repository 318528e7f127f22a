"""How every command is called: one form of usage, help under two names, and the version."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from cli.terminal import CANNOT_RUN, FINDINGS, RIGHT, run
from dossier.dossiers import FAULTS
from releases.publishing import ROOT

FULL = Path("/dev/full")  # what cannot be written on, for want of room
ONRECORD = (sys.executable, "-c", "from app.cli import app; app(prog_name='onrecord')")

USAGE = {
    "serve": "[OPTIONS]",
    "build": "[OPTIONS] DOSSIER...",
    "releases": "[OPTIONS]",
    "check": "[OPTIONS] [DOSSIER]...",
    "preview": "[OPTIONS] DOSSIER...",
    "verify": "[OPTIONS] DOSSIER",
    "anchor": "[OPTIONS] [TEXT] [PASSAGE]",
    "new": "[OPTIONS] FOLDER",
    "schema": "[OPTIONS] [KIND]",
    "import": "[OPTIONS] FORM FILE...",
}


@pytest.mark.parametrize("command", USAGE)
def test_the_usage_of_a_command_is_of_one_form(command: str) -> None:
    short, long = run(command, "-h"), run(command, "--help")
    assert (short.code, short.out) == (RIGHT, long.out)
    assert f"Usage: onrecord {command} {USAGE[command]}" in " ".join(" ".join(short.out).split())
    assert f"Usage: onrecord {command} {USAGE[command]}" in run(command, "--nope").err[0]


@pytest.mark.parametrize(
    ("words", "blank"),
    [
        (("new", ""), "a path is blank"),
        (("new", " "), "a path is blank"),
        (("build", "some", "--store", ""), "a path is blank"),
        (("check", "some", ""), "a path is blank"),
        (("schema", "--dir="), "a path is blank"),
        (("serve", "--host="), "--host is blank"),
        (("preview", "some", "--host", " "), "--host is blank"),
    ],
)
def test_nothing_blank_is_taken_for_the_working_folder(
    words: tuple[str, ...], blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*words).refused(blank)
    assert not any(tmp_path.iterdir())


def test_all_commands_are_listed() -> None:
    listed = " ".join(run("-h").out)
    assert all(f" {command} " in listed for command in USAGE)
    assert "Who did what" in listed


def test_the_version_is_printed() -> None:
    ran = run("--version")
    assert (ran.code, ran.out, ran.err) == (RIGHT, [f"onrecord {__version__}"], [])


@pytest.mark.parametrize(("given", "used"), [({}, "__all__"), ({"PYDANTIC_DISABLE_PLUGINS": "one"}, "one")])
def test_no_plugins_of_pydantic_are_looked_for_unasked(given: dict[str, str], used: str) -> None:
    others = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    asked = [sys.executable, "-c", "import os, app.cli; print(os.environ['PYDANTIC_DISABLE_PLUGINS'])"]
    done = subprocess.run(asked, cwd=ROOT, env=others | given, capture_output=True, text=True, check=True)
    assert done.stdout == f"{used}\n"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "words", [("check", str(FAULTS)), ("vocabulary", "measures"), ("schema", "claims"), ("--help",)]
)
def test_an_output_without_room_is_one_line_and_no_finding(words: tuple[str, ...]) -> None:
    with FULL.open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*ONRECORD, *words], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
        silent = subprocess.run([*ONRECORD, *words], cwd=ROOT, stdout=full, stderr=full, check=False)
    assert (done.returncode, done.stderr) == (CANNOT_RUN, "onrecord: no space left on device\n")
    assert silent.returncode == CANNOT_RUN


def test_what_an_encoding_has_no_letter_for_is_printed_by_its_escape() -> None:
    done = subprocess.run(
        [*ONRECORD, "check", str(FAULTS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == FINDINGS
    assert "\\u2026" in done.stdout
    assert "Traceback" not in done.stderr
