"""The curated input that a release carries, read back as the entries that it was made of."""

import json
from collections.abc import Iterable, Iterator
from functools import cache

from app.dossier.findings import Finding, found
from app.dossier.written import MODELS, Origin, Written
from app.values.members import JsonObject

VOCABULARY = "vocabulary"  # the kind of a line that holds terms, and no entry


def kept_entries(lines: Iterable[str], name: str) -> Iterator[Written | Finding]:
    """Yield an entry, or a tombstone, for each canonical line; `name` stands for the file in findings."""
    origin = cache(lambda kind, dossier: Origin(kind, f"{name}/{dossier}", name))
    for number, line in enumerate(lines, 1):
        record = json.loads(line)
        kind = record["kind"]
        if kind in MODELS:
            yield Written(origin(kind, record["dossier"]), number, record["entry"])
        elif kind != VOCABULARY:
            cure = "keep the release with the onrecord that built it"
            yield found("unexpected-file", name, number, f"nobody reads an entry of the kind '{kind}'", cure)


def kept_terms(lines: Iterable[str]) -> dict[str, list[JsonObject]]:
    """Return the terms in canonical lines, by the name of their vocabulary."""
    records = (json.loads(line) for line in lines if f'"kind":"{VOCABULARY}"' in line)
    return {record["entry"]["id"]: record["entry"]["terms"] for record in records if record["kind"] == VOCABULARY}
