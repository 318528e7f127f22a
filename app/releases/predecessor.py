"""What the release before had: the ids that a new edition must keep, merge or remove."""

import json
from collections.abc import Iterable, Mapping


class NoEntries(ValueError):
    """A file that is not the entries.ndjson of a release."""


def live_ids(lines: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """By dossier, the kind of each id that it defined; raises NoEntries."""
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            kind, id = record["kind"], record["entry"]["id"]
            dossier = record.get("dossier", "")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoEntries(f"line {number} is no entry of a release") from error
        if kind not in ("vocabulary", "removed"):
            found.setdefault(dossier, {})[id] = kind
    return found
