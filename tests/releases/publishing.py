"""Stores for tests: dossiers checked and published into a folder."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from app.dossier.check import check
from app.entries.corpus import Corpus
from app.query.reader import Published
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore

ROOT = Path(__file__).parent.parent.parent
BUNDLED = ROOT / "app" / "fixtures" / "north-kosovo-2019"
SMALL = ROOT / "tests" / "dossiers" / "small"
ODD = ROOT / "tests" / "dossiers" / "odd"
DOSSIERS = (BUNDLED, SMALL, ODD)


def corpus_of(*dossiers: Path) -> Corpus:
    """The checked entries of these dossiers."""
    report = check(dossiers)
    assert report.corpus is not None, "\n".join(finding.text for finding in report.findings)
    return report.corpus


def published(folder: Path, *dossiers: Path, without: Sequence[str] = ()) -> Published:
    """Build the dossiers into the store of that folder, without those that it may leave out."""
    return publish_release(SqliteStore(folder), plan(corpus_of(*dossiers)), without=without)


def edition(folder: Path, label: str, issued: str = "2021-06-01") -> Path:
    """A copy of the small dossier as another edition of it."""
    made = Path(shutil.copytree(SMALL, folder / label))
    edit(made / "dossier.yaml", "hallvik-2", label)
    edit(made / "dossier.yaml", "2021-05-01", issued)
    return made


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
