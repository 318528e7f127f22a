"""References of a document: wherever it names another record, as `{"id": ..., "label": ...}`."""

from collections.abc import Iterator


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
