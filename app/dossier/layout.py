"""The files of a dossier: which kind of entry stands where, and which files nobody would read."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.dossier.findings import Finding, found
from app.entries import ENTRIES
from app.values.nearest import nearest

DOSSIER: Final = "dossier"
REMOVED: Final = "removed"
TERM: Final = "term"
VOCABULARIES: Final = "vocabularies"

SHELVES: Final = {
    name: kind for kind, entry in ENTRIES.items() if kind != DOSSIER for name in (entry.collection, *entry.views)
}
"""The kind of entry under each name: `events.yaml`, `events.ndjson` or `events/*.yaml`; people are actors."""

_ONE_FILE = {f"{DOSSIER}.yaml": DOSSIER, f"{REMOVED}.yaml": REMOVED, f"{VOCABULARIES}.yaml": TERM}
_READ = (".yaml", ".ndjson")
_RENAMED = (*_READ, ".yml")
_DATA = (*_RENAMED, ".json", ".jsonl", ".csv")  # what somebody may expect to be read
TEXTS: Final = "texts"
"""The folder beside the entries that may hold the texts of the sources."""

SHEETS: Final = "sheets"
"""The folder beside the entries that may hold tables to import."""

_LEFT_ALONE = frozenset({TEXTS, SHEETS, "schemas"})  # folders that may lie beside the entries


class NotADossier(ValueError):
    """A folder to be read that has no `dossier.yaml`; the message names every such folder."""


@dataclass(frozen=True)
class DossierFile:
    """One file to read; `shown` is its path as the caller gave it."""

    path: Path
    kind: str

    @property
    def shown(self) -> str:
        return self.path.as_posix()


def dossiers(folders: Sequence[Path]) -> list[Path]:
    """Each folder once, in the order of their names; raises NotADossier."""
    once = {folder.resolve(): folder for folder in reversed(folders)}
    wrong = [_why_none(folder) for folder in folders if not (folder / f"{DOSSIER}.yaml").is_file()]
    if wrong:
        raise NotADossier("; ".join(wrong))
    return sorted(once.values())


def files(folder: Path) -> Iterator[DossierFile | Finding]:
    """The files to read, and a finding for each that looks like one and is none; texts and README are left alone."""
    for path in _visible(folder):
        if refused := _refused(path, folder):
            yield refused
        elif path.is_dir() and path.name in SHELVES:
            yield from _shelf(path, SHELVES[path.name])
        elif path.is_dir() and path.name not in _LEFT_ALONE:
            yield _unexpected(path, nearest(path.name, SHELVES))
        elif not path.is_dir() and path.suffix.lower() in _DATA:
            kind = _ONE_FILE.get(path.name) or _kind(path)
            near = nearest(path.stem, (*SHELVES, DOSSIER, REMOVED, VOCABULARIES))
            yield DossierFile(path, kind) if kind else _unexpected(path, near and f"{near}.yaml")
        elif path.is_dir() and path.name == TEXTS:
            yield from (_outside(text) for text in sorted(path.rglob("*")) if leads_out(text, folder))


def leads_out(path: Path, dossier: Path) -> bool:
    """Say whether a symbolic link leads out of the folder of a dossier: at the path, or on the way to it."""
    real, root = os.path.realpath(path), os.path.realpath(dossier)
    return os.path.commonpath((real, root)) != root


def _shelf(folder: Path, kind: str) -> Iterator[DossierFile | Finding]:
    for path in _visible(folder):
        if refused := _refused(path, folder.parent):
            yield refused
        elif path.is_dir():
            yield _unexpected(path, None)
        elif path.suffix in _READ:
            yield DossierFile(path, kind)
        elif path.suffix.lower() in _DATA:
            yield _unexpected(path, f"{path.stem}.yaml")


def _kind(path: Path) -> str | None:
    return SHELVES.get(path.stem) if path.suffix in _READ else None


def _is_read(path: Path) -> bool:
    """Say whether something of that name would be read, or somebody may expect it to be."""
    return path.name in (*SHELVES, TEXTS) or path.suffix.lower() in _DATA


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _refused(path: Path, dossier: Path) -> Finding | None:
    """A finding for what is never opened: a link out of the dossier, one to what is not there, a pipe and the like."""
    if not _is_read(path):
        return None
    if leads_out(path, dossier):
        return _outside(path)
    return None if path.is_file() or path.is_dir() else _neither(path)


def _neither(path: Path) -> Finding:
    if path.is_symlink():
        what, cure = f"'{path.name}' is a link to what is not there", "mend the link, or take it out of the dossier"
    else:
        what, cure = f"'{path.name}' is no file and no folder", "put a file there, or take it out of the dossier"
    return found("unexpected-file", path.as_posix(), 1, what, cure)


def _outside(path: Path) -> Finding:
    return found("file-outside", path.as_posix(), 1, f"'{path.name}' is a link that leads out of the dossier")


def _unexpected(path: Path, near: str | None) -> Finding:
    what = "folder" if path.is_dir() else "file"
    verb = "rename it to" if path.is_dir() or path.suffix.lower() in _RENAMED else "write its entries into"
    cure = f"{verb} {near}, or take it out of the dossier" if near and near != path.name else ""
    return found("unexpected-file", path.as_posix(), 1, f"nobody reads the {what} '{path.name}'", cure)


def _why_none(folder: Path) -> str:
    if not folder.is_dir():
        return f"{folder} is no folder"
    if (folder / f"{DOSSIER}.yml").is_file():
        return f"{folder} is no dossier: it has no {DOSSIER}.yaml; rename its {DOSSIER}.yml"
    inside = sorted(path.parent.as_posix() for path in folder.glob(f"*/{DOSSIER}.yaml"))
    hint = f"; did you mean {' or '.join(inside[:3])}?" if inside else ""
    return f"{folder} is no dossier: it has no {DOSSIER}.yaml{hint}"
