"""Steps: what a line of the catalogue changed for those who ask the current release, as rows of the log of changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import orjson

from app.query.reader import Published
from app.releases.base import KeptRelease, Row
from app.releases.catalogue import Catalogue, Event
from app.releases.comparison import Difference, differences
from app.values.batches import batched

STEP = ("number", "op", "at", "before", "after")
CHANGE = ("step", "op", "kind", "id", "label", "target", "reason", "correction", "before", "after")
"""The columns of the two tables of a log; that of changes begins with their number."""

# What a withdrawn release said is kept nowhere.
FORGET_VALUES = """
UPDATE change SET before = NULL, after = NULL, correction = NULL
WHERE step IN (SELECT number FROM step WHERE before = ? OR after = ?)
"""
FORGET_NEW_LABELS = """
UPDATE change SET label = NULL WHERE op IN ('created', 'updated')
AND step IN (SELECT number FROM step WHERE after = ?)
"""
FORGET_OLD_LABELS = """
UPDATE change SET label = NULL WHERE op IN ('removed', 'merged')
AND step IN (SELECT number FROM step WHERE before = ?)
"""
SOME = 2000  # differences whose labels are looked up at once


@dataclass(frozen=True)
class Step:
    """A line of the catalogue after which another release is current, or none."""

    event: Event
    before: Published | None
    after: Published | None

    @property
    def row(self) -> Row:
        """The values of `STEP`."""
        ids = (side.info.id if side else None for side in (self.before, self.after))
        return (self.event.number, self.event.op, self.event.at, *ids)


def steps(catalogue: Catalogue) -> Iterator[Step]:
    """Yield the steps of a catalogue, in order."""
    releases: Mapping[str, Published] = catalogue.releases
    before: str | None = None
    for event, after in zip(catalogue.events, catalogue.currents, strict=True):
        if after != before:
            yield Step(event, *(None if id is None else releases[id] for id in (before, after)))
        before = after


def change_rows(step: Step, before: KeptRelease | None, after: KeptRelease | None) -> Iterator[Row]:
    """Yield the values of `CHANGE` for each difference that a step made."""
    found = differences(before.lines() if before else (), after.lines() if after else ())
    corrections = _corrections(step) if step.event.op == "publish" else {}
    why = step.event.members.get("reason") if step.event.op == "withdraw" else None
    for some in batched(found, SOME):
        labels = _labels(some, before, after)
        for one in some:
            label = one.label or labels.get(one.id)
            made = (step.event.number, one.op, one.kind, one.id, label, one.target, one.reason or why)
            yield (*made, corrections.get(one.dossier), _json(one.before), _json(one.after))


def forgetting(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the statements, with their values, that take the words of withdrawn releases out of a log."""
    for release, known in catalogue.releases.items():
        if known.withdrawn is not None:
            yield FORGET_VALUES, (release, release)
            yield FORGET_NEW_LABELS, (release,)
            yield FORGET_OLD_LABELS, (release,)


def _labels(some: Iterable[Difference], before: KeptRelease | None, after: KeptRelease | None) -> dict[str, str]:
    """Return what people call the records: now, or if they are gone what they called them before."""
    gone = [one.id for one in some if one.op in ("removed", "merged")]
    there = [one.id for one in some if one.op not in ("removed", "merged")]
    was = before.labels(gone) if before and gone else {}
    return was | (after.labels(there) if after and there else {})


def _corrections(step: Step) -> dict[str, str]:
    """Return by dossier what its edition corrects, where it is another edition than before."""
    was = _editions(step.before)
    return {
        dossier: edition["correction"]
        for dossier, edition in _editions(step.after).items()
        if edition.get("correction") and edition["label"] != was.get(dossier, {}).get("label")
    }


def _editions(release: Published | None) -> dict[str, dict[str, str]]:
    return {} if release is None else {known["id"]: known["edition"] for known in release.about["dossiers"]}


def _json(members: Mapping[str, object]) -> str | None:
    return orjson.dumps(members).decode() if members else None
