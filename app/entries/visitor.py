"""A visitor of entries: which parts an entry is made of, where a mark such as a term stands, and the texts there."""

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar, cast, get_args

from typing_extensions import TypeAliasType

from app.entries.base import Part

Path = tuple[str, ...]  # names of fields; the numbers of list items are left out
Mark = TypeVar("Mark")
AT_HAND = 500  # entries that the cache of a processor holds: to visit all places of so many is quicker than one of all


def parts(model: type[Part], path: Path = ()) -> Iterator[tuple[Path, type[Part]]]:
    """The model itself and every one inside it, with its place."""
    yield path, model
    for name, pieces in fields_of(model):
        for piece in pieces:
            if isinstance(piece, type) and issubclass(piece, Part):
                yield from parts(piece, (*path, name))


def fields_of(model: type[Part]) -> Iterator[tuple[str, list[object]]]:
    """Each field as curators write it, with the classes and marks that its type is made of."""
    for name, field in model.model_fields.items():
        yield field.alias or name, [*_pieces(field.annotation), *field.metadata]


def marked(model: type[Part], mark: type[Mark]) -> tuple[tuple[Path, Mark], ...]:
    """The places whose type bears a mark of that class, such as a term of a vocabulary, and the mark."""
    return cast(tuple[tuple[Path, Mark], ...], _marked(model, cast(Hashable, mark)))


def texts_at(values: Iterable[Any], path: Path) -> set[str]:
    """The texts that stand at one place of many entries of one kind; of a mapping, its keys.

    To visit a place at a time is quick where an entry at a time is not.
    """
    found = list(values)
    for name in path:
        attribute = _attribute(cast(Hashable, type(found[0])), name) if found else name
        found = [*filter(None, map(attrgetter(attribute), found))]
        if found and isinstance(found[0], list | dict):
            found = [*chain.from_iterable(found)]
    return set(found)


@cache
def _attribute(model: type[Part], name: str) -> str:
    """The attribute of a field, whose name as written may be a word of Python's."""
    return next(attribute for attribute, field in model.model_fields.items() if (field.alias or attribute) == name)


@cache
def _marked(model: type[Part], mark: type[object]) -> tuple[tuple[Path, object], ...]:
    return tuple(
        ((*path, name), piece)
        for path, part in parts(model)
        for name, pieces in fields_of(part)
        for piece in pieces
        if isinstance(piece, mark)
    )


def _pieces(annotation: object) -> Iterator[object]:
    """The classes and marks that a type is made of, through aliases, unions, lists and `Annotated`."""
    inner = annotation.__value__ if isinstance(annotation, TypeAliasType) else None
    parts = [inner] if inner is not None else get_args(annotation)
    if not parts:
        yield annotation
    for part in parts:
        yield from _pieces(part)
