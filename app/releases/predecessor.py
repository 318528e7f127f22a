"""What the releases before knew: the ids that a new edition must keep, merge or remove."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from app.dossier.draft import Before
from app.errors import Problem
from app.query.base import Identity
from app.releases.catalogue import StoreError
from app.releases.sqlite import SqliteStore


class NoEntries(ValueError):
    """A file that is not the entries.ndjson of a release."""


def known_ids(lines: Iterable[str]) -> Before:
    """By dossier, each id that the entries of a release define, had before, or list as removed; raises NoEntries."""
    found: dict[str, dict[str, Identity]] = {}
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            of_dossier = found.setdefault(record.get("dossier", ""), {})
            of_dossier |= {each.id: each for each in _identities(record["kind"], record["entry"])}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoEntries(f"line {number} is no entry of a release") from error
    return found


def ids_before(store: SqliteStore, tell: Callable[[str], None]) -> Before:
    """By dossier, what the latest release that holds it knew, the current one first.

    A release that is kept no more is passed over; of the current one that cannot be read, `tell` gets the reason.
    """
    found: dict[str, Mapping[str, Identity]] = {}
    for release in sorted(store.published(), key=lambda each: not each.current):
        missing = {each["id"] for each in release.about["dossiers"]} - found.keys()
        if missing and release.withdrawn is None:
            try:
                known = known_ids(store.curated(release))
            except (StoreError, Problem) as error:
                if release.current:
                    tell(str(error))
                continue
            found |= {dossier: ids for dossier, ids in known.items() if dossier in missing}
    return found


def _identities(kind: str, entry: Mapping[str, Any]) -> Iterator[Identity]:
    id = entry["id"]
    if kind == "removed":
        yield Identity(id, entry["kind"], "removed", reason=entry.get("reason"))
    elif kind != "vocabulary":
        yield Identity(id, kind, "live")
        for old in entry.get("formerly", ()):
            yield Identity(old, kind, "merged", target=id)
