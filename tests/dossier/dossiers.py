"""The dossiers that the tests of this folder read, and copies of the small one to spoil."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from app.dossier.check import Report
from app.dossier.predecessor import Before
from app.values.identity import Identity

DOSSIERS = Path(__file__).parent.parent / "dossiers"
SMALL = DOSSIERS / "small"
FAULTS = DOSSIERS / "faults"


def small_copy(folder: Path) -> Path:
    """A copy of the small dossier that a test may change."""
    return Path(shutil.copytree(SMALL, folder / "small"))


def told(report: Report, folder: Path) -> list[tuple[str, str, int]]:
    """Each finding as kind, file within the folder, and line."""
    return [(each.kind.slug, Path(each.file).relative_to(folder).as_posix(), each.line) for each in report.findings]


def live(kinds: Mapping[str, str], dossier: str = "hallvik-quay") -> Before:
    """A release before that had these ids, each of a kind."""
    return {dossier: {id: Identity(id, kind, "live") for id, kind in kinds.items()}}
