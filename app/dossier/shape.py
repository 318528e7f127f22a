"""The shape of an entry, read from its model: which fields it has where, and which of them refer to a record."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.dossier.nodes import Location
from app.resources.entry import Reference

Path = tuple[str, ...]  # names of fields; the numbers of list items are left out


@cache
def fields(model: type[BaseModel]) -> Mapping[Path, tuple[str, ...]]:
    """The names of the fields that curators may write, by the place of the mapping they belong to."""
    return {path: tuple(name for name, _ in _fields(part)) for path, part in _parts(model, ())}


def references(model: type[BaseModel], value: Mapping[str, Any]) -> Iterator[tuple[Location, str, tuple[str, ...]]]:
    """Each text that stands where an id of another record belongs, and the kinds that this record may be of.

    `value` is what somebody wrote and may have faults of any sort; a text in place of a mapping is its reference.
    """
    for path, kinds in _referring(model):
        yield from ((location, id, kinds) for location, id in _texts(value, path, ()))


@cache
def _referring(model: type[BaseModel]) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    return tuple(
        ((*path, name), mark.kinds)
        for path, part in _parts(model, ())
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
    elif isinstance(value, dict) and path and path[0] in value:
        yield from _texts(value[path[0]], path[1:], (*location, path[0]))


def _parts(model: type[BaseModel], path: Path) -> Iterator[tuple[Path, type[BaseModel]]]:
    yield path, model
    for name, pieces in _fields(model):
        for piece in pieces:
            if isinstance(piece, type) and issubclass(piece, BaseModel):
                yield from _parts(piece, (*path, name))


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, list[Any]]]:
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
