"""The dossiers that the tests of this folder read, and copies of the small one to spoil."""

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from app.dossier.check import Report
from app.dossier.predecessor import Before
from app.entries import ENTRIES
from app.values.identity import Identity

DOSSIERS = Path(__file__).parent.parent / "dossiers"
SMALL = DOSSIERS / "small"
FAULTS = DOSSIERS / "faults"


def small_copy(folder: Path) -> Path:
    """A copy of the small dossier that a test may change."""
    return Path(shutil.copytree(SMALL, folder / "small"))


def entries(*folders: Path) -> Counter[str]:
    """How many entries of each kind the files of these dossiers have, read by no code of ours."""
    found: Counter[str] = Counter()
    for kind, entry in ENTRIES.items():
        files = [file for name in (entry.collection, *entry.views) for file in (f"{name}.yaml", f"{name}/*.yaml")]
        paths = [path for folder in folders for pattern in files for path in folder.glob(pattern)]
        found[kind] = sum(len(YAML(typ="safe").load(path)) for path in paths)
    found["dossier"] = len(folders)
    return found


def counted(*folders: Path) -> str:
    """The same in words, as a summary has it."""
    numbers = entries(*folders)
    words = (f"{numbers[kind]} {kind if numbers[kind] == 1 else entry.collection}" for kind, entry in ENTRIES.items())
    return ", ".join(words)


def told(report: Report, folder: Path) -> list[tuple[str, str, int]]:
    """Each finding as kind, file within the folder, and line."""
    return [(each.kind.slug, Path(each.file).relative_to(folder).as_posix(), each.line) for each in report.findings]


def live(kinds: Mapping[str, str], dossier: str = "hallvik-quay") -> Before:
    """A release before that had these ids, each of a kind."""
    return {dossier: {id: Identity(id, kind, "live") for id, kind in kinds.items()}}
