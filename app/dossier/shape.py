"""The shape of an entry, read from its model: which fields it has where, and which of them refer to a record."""

from collections.abc import Iterator, Mapping
from functools import cache

from app.dossier.nodes import Location
from app.entries.base import Part, Reference
from app.entries.visitor import Path, fields_of, marked, parts

Reached = tuple[Location, str, tuple[str, ...]]  # the place of an id, the id, and the kinds it may be of


@cache
def fields(model: type[Part]) -> Mapping[Path, tuple[str, ...]]:
    """The names of the fields that curators may write, by the place of the mapping they belong to."""
    return {path: tuple(name for name, _ in fields_of(part)) for path, part in parts(model)}


def references(model: type[Part], value: Mapping[str, object] | Part) -> Iterator[Reached]:
    """Each text that stands where an id of another record belongs, and the kinds that this record may be of.

    `value` is an entry, or what somebody wrote, which may have faults of any sort; a text in place of a mapping is its
    reference.
    """
    for path, kinds in referring(model):
        yield from ((location, id, kinds) for location, id in _texts(value, path, ()))


def referring(model: type[Part]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The places where ids of other records belong, and the kinds that these may be of."""
    return ((path, mark.kinds) for path, mark in marked(model, Reference))


def _texts(value: object, path: Path, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _texts(item, path, (*location, i))
    elif isinstance(value, str) and location:
        yield location, value
    elif path and isinstance(value, dict | Part):
        inner = value.get(path[0]) if isinstance(value, dict) else getattr(value, path[0])
        yield from _texts(inner, path[1:], (*location, path[0]))
