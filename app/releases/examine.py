"""Examining a store: everything that can be wrong with it, each with what mends it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.query.reader import Published
from app.releases.catalogue import Catalogue
from app.releases.catalogue_file import CATALOGUE
from app.releases.catalogue_lines import read_lines
from app.releases.files import LEFT_OVER, file_digest
from app.releases.schema import HEAD

State = Literal["ok", "warning", "error"]
ROOM = 2  # times the largest file: what the next build may take


@dataclass(frozen=True)
class Examined:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    what: str
    state: State
    told: str


def examine(folder: Path) -> Iterator[Examined]:
    """Yield what is found in the folder of a store, in the order in which to mend it."""
    if not folder.is_dir():
        yield Examined("store", "error", f"{folder} is no folder: run onrecord build DOSSIER, or name it by --store")
        return
    path = folder / CATALOGUE
    lines = read_lines(path.read_bytes() if path.exists() else b"")
    catalogue = Catalogue(lines.events)
    yield from examine_catalogue(catalogue, lines.faults)
    for release in catalogue.listed():
        yield _file(folder, release)
    yield from _left(folder)
    yield _room(folder)


def examine_catalogue(catalogue: Catalogue, faults: tuple[str, ...]) -> Iterator[Examined]:
    """Yield how the lines of the catalogue are, and whether there is a current release that can be read here."""
    yield _lines(faults)
    yield _current(catalogue)


def _lines(faults: tuple[str, ...]) -> Examined:
    if faults:
        return Examined("catalogue", "error", f"{'; '.join(faults)}: restore it from a copy")
    return Examined("catalogue", "ok", "every line can be read")


def _current(catalogue: Catalogue) -> Examined:
    current = catalogue.current
    if current is None:
        return Examined("current release", "error", "there is none: run onrecord build DOSSIER")
    if current.schema_version != HEAD:
        schema = f"has schema {current.schema_version}, this onrecord reads {HEAD}"
        return Examined("current release", "error", f"{current.info.label} {schema}: run onrecord upgrade")
    return Examined("current release", "ok", f"edition {current.info.label}, release {current.info.id[:16]}")


def _file(folder: Path, release: Published) -> Examined:
    """How the file of a release is; without it only the current one is an error, and a withdrawn one needs none."""
    path, what = folder / str(release.file), f"edition {release.info.label}"
    if release.withdrawn is not None:
        return Examined(what, "ok", f"withdrawn: {release.withdrawn}")
    if not path.exists():
        if release.current:
            return Examined(what, "error", f"{path.name} is missing: copy it back, or run onrecord build DOSSIER")
        return Examined(what, "ok", "pruned")
    try:
        whole = file_digest(path) == release.sha256
    except OSError as error:
        return Examined(what, "error", f"{path.name} cannot be read: {error.strerror}")
    if not whole:
        return Examined(what, "error", f"{path.name} is damaged: copy it back, or run onrecord build DOSSIER")
    return Examined(what, "ok", f"{path.name} is what was published")


def _left(folder: Path) -> Iterator[Examined]:
    left = sorted(path.name for path in folder.iterdir() if LEFT_OVER.fullmatch(path.name))
    if left:
        yield Examined("left over", "warning", f"{', '.join(left)}: the next build deletes it, unless one runs now")


def _room(folder: Path) -> Examined:
    """Whether there is room for another release, and a right to write it."""
    largest = max((path.stat().st_size for path in folder.glob("*.sqlite")), default=0)
    free = shutil.disk_usage(folder).free
    megabytes = f"{free // 10**6:,} MB are free"
    if not os.access(folder, os.W_OK):
        return Examined("room", "warning", f"{megabytes}, and nobody may build here: the folder is read-only")
    if free < ROOM * largest:
        return Examined("room", "warning", f"{megabytes}: less than {ROOM} times the largest release")
    return Examined("room", "ok", megabytes)
