"""The predecessor: the ids that the release before knew, which a new edition must keep, merge or remove."""

import json
from collections.abc import Iterable, Iterator, Mapping

from app.values.identity import Identity
from app.values.members import Members

Before = Mapping[str, Mapping[str, Identity]]
"""By dossier, every id that the release before knew of it: live, former (`merged`) or removed."""


class NoEntries(ValueError):
    """A file that is not the entries.ndjson of a release."""


def known_ids(lines: Iterable[str]) -> Before:
    """Each id that the entries of a release define, had before, or list as removed, by dossier; raises NoEntries."""
    found: dict[str, dict[str, Identity]] = {}
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            of_dossier = found.setdefault(record.get("dossier", ""), {})
            of_dossier |= {identity.id: identity for identity in _identities(record["kind"], record["entry"])}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoEntries(f"line {number} is no entry of a release") from error
    return found


def _identities(kind: str, entry: Members) -> Iterator[Identity]:
    id = entry["id"]
    if kind == "removed":
        yield Identity(id, entry["kind"], "removed", reason=entry.get("reason"))
    elif kind not in ("term", "vocabulary"):
        yield Identity(id, kind, "live")
        for old in entry.get("formerly", ()):
            yield Identity(old, kind, "merged", target=id)
