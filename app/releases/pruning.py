"""Pruning: deletes the files of releases that need not be kept. No line of the catalogue is ever removed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.query.reader import Published
from app.releases.catalogue import Catalogue, Event
from app.releases.catalogue_lines import REQUIRED
from app.releases.files import LEFT_OVER, TIME, locked
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore

GRACE = timedelta(hours=1)  # after a release stopped being current: answers and walks that began on it end meanwhile
RELEASE_FILE = re.compile(r"[0-9a-f]{16}-\d{4}\.sqlite")


@dataclass(frozen=True)
class Pruned:
    """The releases whose files were deleted, the files deleted in all, and the bytes that they took."""

    releases: tuple[Published, ...]
    files: tuple[Path, ...]
    size: int


def prune(store: SqliteStore, keep: int, grace: timedelta = GRACE, trial: bool = False) -> Pruned:
    """Delete the files of all but the `keep` releases that were current last; only say which if it is a trial.

    The current release stays, and the last one that holds a dossier which no other kept release holds. So does a
    release that stopped being current less than `grace` ago. What killed builds left behind is deleted too.
    """
    with locked(store.folder):
        catalogue = store.catalogue_file.whole()
        before = datetime.now(UTC) - grace
        kept = kept_ids(catalogue, keep, before)
        gone = [known for known in catalogue.listed() if known.info.id not in kept and store.keeps(known)]
        files = [*map(store.path, gone), *_unnamed(store.folder, catalogue, before)]
        size = sum(file.stat().st_size for file in files)
        for file in () if trial else files:
            file.unlink()
    return Pruned(tuple(gone), tuple(files), size)


def kept_ids(catalogue: Catalogue, keep: int, before: datetime) -> set[str]:
    """Return the ids of the releases that stay: the `keep` that were current last, or were so after `before`."""
    kept = {*_last(catalogue, keep), *_left_since(catalogue, before)}
    return kept | set(_sole_holders(catalogue, kept))


def _last(catalogue: Catalogue, keep: int) -> Iterator[str]:
    """Yield the ids of the releases that were current last, the current one first, without those withdrawn."""
    releases = catalogue.releases
    order = dict.fromkeys(id for id in reversed(catalogue.currents) if id is not None)
    served = [id for id in order if releases[id].withdrawn is None]
    yield from served[:keep]


def _left_since(catalogue: Catalogue, time: datetime) -> Iterator[str]:
    """Yield the ids of the releases that stopped being current after that time."""
    current: str | None = None
    for event, now in zip(catalogue.events, catalogue.currents, strict=True):
        if current is not None and now != current and time_of(event) > time:
            yield current
        current = now


def _sole_holders(catalogue: Catalogue, kept: set[str]) -> Iterator[str]:
    """Yield for each dossier that no kept release holds the last one that does: a later edition is compared with it."""
    held = {dossier for id in kept for dossier in _dossiers(catalogue.releases[id])}
    for known in catalogue.listed():
        if known.withdrawn is None and (more := set(_dossiers(known)) - held):
            yield known.info.id
            held |= more


def _dossiers(release: Published) -> Iterator[str]:
    return (dossier["id"] for dossier in release.about["dossiers"])


def _unnamed(folder: Path, catalogue: Catalogue, before: datetime) -> Iterator[Path]:
    """Yield the files that the catalogue does not name any more: of older schemas, and of builds that were killed.

    Those of a later schema stay: a newer onrecord serves them. Nobody builds while the store is locked, so what was
    being written is left over.
    """
    named = {*(known.file for known in catalogue.releases.values()), *_of_later_schemas(catalogue)}
    for path in sorted(folder.iterdir()):
        is_unnamed = RELEASE_FILE.fullmatch(path.name) and path.name not in named
        is_old = datetime.fromtimestamp(path.stat().st_mtime, UTC) <= before
        if LEFT_OVER.fullmatch(path.name) or (is_unnamed and is_old):
            yield path


def _of_later_schemas(catalogue: Catalogue) -> Iterator[str]:
    """Yield the names of files that a newer onrecord built, of releases that were not withdrawn."""
    for event in catalogue.events:
        is_later = event.op in REQUIRED and event.members["schema_version"] > HEAD
        if is_later and catalogue.releases[event.release].withdrawn is None:
            yield event.members["file"]


def time_of(event: Event) -> datetime:
    """Return when an event happened."""
    return datetime.strptime(event.at, TIME).replace(tzinfo=UTC)
