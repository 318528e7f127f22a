"""Comparing two releases: which records and terms curators created, changed, removed and merged, by what they wrote."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import orjson

from app.dossier.layout import TERM
from app.values.members import Members


@dataclass(frozen=True)
class Difference:
    """What happened to one record; `before` and `after` have the members of its entry that differ, by their paths.

    A member that is left out has its default, and is None here. The id of a term is `vocabulary/id`.
    """

    op: str
    kind: str
    id: str
    dossier: str
    before: Members = field(default_factory=dict)
    after: Members = field(default_factory=dict)
    target: str | None = None  # what a merged record was merged into
    reason: str | None = None  # why a removed one was removed, if curators said it
    label: str | None = None  # of a term; records have theirs in the release


def differences(before: Iterable[str], after: Iterable[str]) -> Iterator[Difference]:
    """Compare the curated input of two releases, a line a record, each in the order of kind and id.

    Created and changed records come first, in that order; then those that are gone.
    """
    gone, fate = list[Members](), _Fate()
    for old, new in _side_by_side(iter(before), iter(after)):
        if new is not None:
            fate.note(new)
        if old == new:
            continue
        was, now = _record(old), _record(new)
        if was is None and now is not None:
            yield _difference("created", now)
        elif was is not None and now is None:
            gone.append(was)
        elif was is not None and now is not None:
            yield _updated(was, now)
    yield from map(fate.of, gone)


class _Fate:
    """What became of the records that are gone: the later release says so."""

    def __init__(self) -> None:
        self._successors: dict[str, str] = {}
        self._reasons: dict[str, str] = {}

    def note(self, line: str) -> None:
        """Note the former ids of a record, or the reason of a removal."""
        if '"formerly":[' in line or '"kind":"removed"' in line:
            entry = orjson.loads(line)["entry"]
            self._successors |= dict.fromkeys(entry.get("formerly", ()), entry["id"])
            if "reason" in entry:
                self._reasons[entry["id"]] = entry["reason"]

    def of(self, was: Members) -> Difference:
        """The difference of a record that is gone."""
        gone = _difference("removed", was)
        if gone.id in self._successors:
            return replace(gone, op="merged", target=self._successors[gone.id])
        return replace(gone, reason=self._reasons.get(gone.id))


def _side_by_side(before: Iterator[str], after: Iterator[str]) -> Iterator[tuple[str | None, str | None]]:
    """Pair the lines of one record; None where a release has none. Equal lines are not read."""
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if old == new:
            yield old, new
            old, new = next(before, None), next(after, None)
            continue
        if old is None:  # as throughout a first release
            yield old, new
            new = next(after, None)
            continue
        first, second = _key(old), _key(new)
        yield (old if first <= second else None, new if second <= first else None)
        if first <= second:
            old = next(before, None)
        if second <= first:
            new = next(after, None)


def _key(line: str | None) -> tuple[int, str, str, str]:
    """The place of a line in the order; behind every other where there is none. Terms of one id go by vocabulary."""
    if line is None:
        return 1, "", "", ""
    members = orjson.loads(line)
    return 0, members["kind"], members["entry"]["id"], members["entry"].get("vocabulary", "")


def _record(line: str | None) -> Members | None:
    """A line as a record or a term of a dossier; None for a removal or a vocabulary."""
    if line is None:
        return None
    members: Members = orjson.loads(line)
    return None if members["kind"] in ("removed", "vocabulary") else members


def _difference(op: str, record: Members) -> Difference:
    """A difference of a record, or of a term: several vocabularies may have a term of one id."""
    kind, entry, dossier = record["kind"], record["entry"], record["dossier"]
    if kind == TERM:
        return Difference(op, kind, f"{entry['vocabulary']}/{entry['id']}", dossier, label=entry["label"])
    return Difference(op, kind, entry["id"], dossier)


def _updated(was: Members, now: Members) -> Difference:
    old, new = ({"dossier": side["dossier"], **side["entry"]} for side in (was, now))
    changed = dict(_changed(old, new, ""))
    before, after = ({path: pair[side] for path, pair in changed.items()} for side in (0, 1))
    return replace(_difference("updated", now), before=before, after=after)


def _changed(old: Members, new: Members, start: str) -> Iterator[tuple[str, tuple[object, object]]]:
    """Yield each member that differs, with both values; a member of a member by its path, `edition.label`."""
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from _changed(was, now, f"{start}{name}.")
        elif was != now:
            yield f"{start}{name}", (was, now)
