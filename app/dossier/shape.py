"""The shape of an entry, read from its model: which fields it has where, and which of them refer to a record."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from typing_extensions import TypeAliasType

from app.dossier.nodes import Location
from app.entries.base import Part, Reference

Path = tuple[str, ...]  # names of fields; the numbers of list items are left out


@cache
def fields(model: type[Part]) -> Mapping[Path, tuple[str, ...]]:
    """The names of the fields that curators may write, by the place of the mapping they belong to."""
    return {path: tuple(name for name, _ in _fields(part)) for path, part in parts(model)}


def references(model: type[Part], value: Mapping[str, Any] | Part) -> Iterator[tuple[Location, str, tuple[str, ...]]]:
    """Each text that stands where an id of another record belongs, and the kinds that this record may be of.

    `value` is an entry, or what somebody wrote, which may have faults of any sort; a text in place of a mapping is its
    reference.
    """
    for path, kinds in referring(model):
        yield from ((location, id, kinds) for location, id in _texts(value, path, ()))


def texts_at(values: Iterable[Any], path: Path) -> set[str]:
    """The texts that stand at one place of many entries: a place at a time is quick where an entry at a time is not."""
    found = list(values)
    for name in path:
        inner = [getattr(value, name) for value in found]
        found = [item for value in inner if value for item in (value if isinstance(value, list) else (value,))]
    return set(found)


@cache
def referring(model: type[Part]) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    """The places where ids of other records belong, and the kinds that these may be of."""
    return tuple(
        ((*path, name), mark.kinds)
        for path, part in parts(model)
        for name, pieces in _fields(part)
        for mark in pieces
        if isinstance(mark, Reference)
    )


def _texts(value: Any, path: Path, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _texts(item, path, (*location, i))
    elif isinstance(value, str) and location:
        yield location, value
    elif path and isinstance(value, dict | Part):
        inner = value.get(path[0]) if isinstance(value, dict) else getattr(value, path[0])
        yield from _texts(inner, path[1:], (*location, path[0]))


def parts(model: type[Part], path: Path = ()) -> Iterator[tuple[Path, type[Part]]]:
    """The model itself and every one inside it, with its place."""
    yield path, model
    for name, pieces in _fields(model):
        for piece in pieces:
            if isinstance(piece, type) and issubclass(piece, Part):
                yield from parts(piece, (*path, name))


def _fields(model: type[Part]) -> Iterator[tuple[str, list[Any]]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, [*_pieces(field.annotation), *field.metadata]


def _pieces(annotation: Any) -> Iterator[Any]:
    """The classes and marks that a type is made of, through aliases, unions, lists and `Annotated`."""
    inner = annotation.__value__ if isinstance(annotation, TypeAliasType) else None
    parts = [inner] if inner is not None else get_args(annotation)
    if not parts:
        yield annotation
    for part in parts:
        yield from _pieces(part)
