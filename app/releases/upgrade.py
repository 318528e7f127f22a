"""Upgrading: builds a kept release of another schema anew, from the input and the terms that its file carries."""

from itertools import zip_longest

from app.dossier.check import Report, check_kept
from app.dossier.kept import kept_vocabularies
from app.query.reader import Published
from app.releases.base import KeptRelease
from app.releases.build import Plan, Progress, plan
from app.releases.canonical import canonical
from app.releases.catalogue import StoreError
from app.releases.files import locked, now
from app.releases.library import Catalogued
from app.releases.line import add_line
from app.releases.publish import build_file
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore


class Unfit(StoreError):
    """A release whose input does not pass the checks of today; `report` has the findings."""

    def __init__(self, release: Published, report: Report) -> None:
        super().__init__(f"release {release.info.label} does not pass the checks of this onrecord: it stays as it was")
        self.report = report


def outdated(store: Catalogued) -> list[Published]:
    """Return the releases kept here that have another schema, the current one first; none that was withdrawn."""
    kept = (known for known in store.published() if known.withdrawn is None and store.keeps(known))
    return sorted((known for known in kept if known.schema_version != HEAD), key=lambda known: not known.current)


def upgrade(store: SqliteStore, release: Published, progress: Progress = lambda *_: None) -> Published:
    """Build a release anew into a file of its own, add that to the catalogue, and return the release as it is then.

    The file of the other schema stays until it is pruned. Raise Unfit if the input passes no more, and StoreError if it
    is damaged or makes another release now; nothing is changed then.
    """
    with locked(store.folder):
        catalogue = store.catalogue_file.whole()
        known = catalogue.releases[release.info.id]
        if known.withdrawn is not None or known.schema_version == HEAD:  # another process was here first
            return known
        planned = planned_again(known, store.kept(known), progress)
        built = build_file(store.folder, planned, progress)
        after = catalogue.then("upgrade", known.info.id, now(), {**built, "about": planned.about})
        add_line(store.folder, after)
    return after.releases[known.info.id]


def planned_again(release: Published, kept: KeptRelease, progress: Progress) -> Plan:
    """Return the same release as it would be built now; raise Unfit, or StoreError if it would be another one."""
    vocabularies = kept_vocabularies(kept.proved(release.info.id))
    report = check_kept(kept.lines(), f"{release.info.label}/entries.ndjson", vocabularies, progress)
    if report.corpus is None:
        raise Unfit(release, report)
    planned = plan(report.corpus)
    if planned.id != release.info.id:
        lines = enumerate(zip_longest(kept.lines(), (line.text for line in canonical(report.corpus))), 1)
        number = next(number for number, (before, after) in lines if before != after)
        reason = f"release {release.info.label} would be another one, from line {number} of its entries.ndjson on"
        raise StoreError(f"{reason}: it stays as it was; publish an edition of its dossiers")
    return planned
