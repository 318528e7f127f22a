"""The dossier that `onrecord new` starts with: small, sound, commented, and with one file of every kind."""

import shutil
from pathlib import Path

import pytest

from app.dossier.check import check
from app.entries import ENTRIES

TEMPLATE = Path(__file__).parent.parent.parent / "app" / "dossier" / "template"
FILES = sorted(TEMPLATE.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "mine"))


def test_it_has_no_finding(folder: Path) -> None:
    report = check([folder])
    assert [each.text for each in report.findings] == []
    assert report.corpus is not None
    assert all(report.counts[kind] >= 1 for kind in ENTRIES)


def test_it_has_one_file_of_each_kind() -> None:
    names = {entry.collection for kind, entry in ENTRIES.items() if kind != "dossier"}
    assert {path.name for path in FILES} == {f"{name}.yaml" for name in (*names, "dossier")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_begins_by_saying_what_it_holds(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# yaml-language-server: ")
    assert lines[1].startswith("# ")
    assert len(lines) <= 30


def test_it_shows_what_a_curator_has_to_know(folder: Path) -> None:
    corpus = check([folder]).corpus
    assert corpus is not None
    claims, events = corpus.kind("claim"), corpus.kind("event")
    assert {claim.narrated for claim in claims} == {True, False}
    assert any(claim.figures for claim in claims)
    assert any(event.gaps for event in events)
