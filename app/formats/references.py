"""References of a document: wherever it names another record, as `{"id": ..., "label": ...}`."""

from collections.abc import Iterator
from functools import cache

from app.entries.base import Reference
from app.entries.visitor import marked
from app.formats.linked import REFERENCES
from app.resources import MAIN, by_kind


def references(value: object) -> Iterator[str]:
    """Yield the ids of all references in a parsed JSON value, in their order; one may come several times."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if {"id", "label"} <= value.keys():
            yield str(value["id"])
        for item in value.values():
            yield from references(item)


def referred(kind: str, member: str) -> str:
    """Return the kind of record that a member of a kind refers to; raise KeyError if it is not always the same."""
    kinds = {name: resource.kind for resource in MAIN for name in (resource.name, resource.kind)}
    kinds |= REFERENCES | _curated_references(kind)
    return kinds[member]


@cache
def _curated_references(kind: str) -> dict[str, str]:
    """Return the members of a kind of entry that refer to records of one kind, with this kind."""
    found = marked(by_kind(kind).entry, Reference)
    return {path[-1]: reference.kinds[0] for path, reference in found if len(reference.kinds) == 1}
