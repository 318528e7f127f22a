"""Every command on the pages for curators and operators runs as it is written there, one after the other."""

import re
import shlex
from glob import glob
from pathlib import Path

import pytest

from app.cli import app
from cli.terminal import RIGHT, run
from releases.publishing import ROOT, published

PAGES = ("curating.md", "importing.md", "releases.md")
COMMAND = re.compile(r"^    \.venv/bin/onrecord (.+)$|`\.venv/bin/onrecord ([^`]+)`", re.MULTILINE)


def commands(page: str) -> list[list[str]]:
    """The words of each command on a page, in order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [shlex.split(found[1] or found[2], comments=True) for found in COMMAND.finditer(text)]


def expanded(words: list[str]) -> list[str]:
    """The words as a shell hands them on: of a pattern the files that it matches."""
    return [found for word in words for found in (sorted(glob(word)) if "*" in word else [word])]


@pytest.mark.thorough
def test_every_command_runs_in_a_clone_that_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("app", "tests"):
        Path(folder).symlink_to(ROOT / folder)
    published(Path("onrecord-data"), Path("app/fixtures/north-kosovo-2019"))  # as `make serve` does

    for words in (words for page in PAGES for words in commands(page)):
        serves = words[0] in ("serve", "preview")  # until a signal comes
        ran = run(*([words[0], "-h"] if serves else expanded(words)))
        assert ran.code == RIGHT, (words, ran)
        assert not serves or all(word in " ".join(ran.out) for word in words if word.startswith("--"))


def test_the_pages_name_every_command() -> None:
    curating = {words[0] for words in commands("curating.md")}
    assert curating == {"new", "check", "anchor", "verify", "preview", "build", "schema", "vocabulary", "import"}
    assert {words[0] for words in commands("importing.md")} == {"new", "check", "import"}
    assert {words[0] for words in commands("releases.md")} == {
        "build",
        "diff",
        "roll-back",
        "withdraw",
        "prune",
        "upgrade",
        "serve",
    }
    table = (ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `onrecord ([a-z-]+)", table, re.MULTILINE))
    assert listed == {command.name for command in app.registered_commands}
    for command in listed:
        (row,) = re.findall(rf"^\| `onrecord {command}\b.*$", table, re.MULTILINE)
        asked = set(re.findall(r"^│ (?:\* +)? *(--[a-z]+)", "\n".join(run(command, "-h").out), re.MULTILINE))
        assert all(option in row for option in asked - {"--help"}), command
