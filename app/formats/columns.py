"""Flat columns: a document as one row of cells. The columns follow from the document's type, so all rows have the same.

A member that is an object becomes one column for each of its own members (`date_edtf`, `place_id`). A list of
references becomes their ids and a list of words the words, joined by `|`. Any other list or mapping becomes its JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

import orjson
from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.entries.base import Ref
from app.values.members import Members

SEPARATOR = "|"


@dataclass(frozen=True)
class Column:
    """One column: its name, and the members that lead to its value."""

    name: str
    path: tuple[str, ...]

    def cell(self, document: Members) -> object:
        """Return the value in one document: a text, a number, a boolean, or None."""
        value: object = document
        for member in self.path:
            value = value.get(member) if isinstance(value, Mapping) else None
        return _flat(value)


@cache
def columns(document: object) -> tuple[Column, ...]:
    """Return the columns of a type of document, without repetition; those of a union are those of all its members."""
    all_columns = (column for model in models(document) for column in _of(model, ()))
    return tuple(dict.fromkeys(all_columns))


def _of(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        here = (*path, field.serialization_alias or field.alias or name)
        is_list = get_origin(field.annotation) in (list, dict)
        inner = None if is_list else next(models(field.annotation), None)
        if inner is None:
            yield Column("_".join(here), here)
        else:
            yield from _of(inner, here)


def models(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a type names, looking through aliases, `Annotated` and unions."""
    if isinstance(annotation, TypeAliasType):
        yield from models(annotation.__value__)
    elif get_origin(annotation) in (Annotated, Union, UnionType):
        for part in get_args(annotation):
            yield from models(part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def _flat(value: object) -> object:
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return SEPARATOR.join(value)
        if all(isinstance(item, Mapping) and item.keys() == Ref.model_fields.keys() for item in value):
            return SEPARATOR.join(item["id"] for item in value)
    if isinstance(value, list | Mapping):
        return orjson.dumps(value).decode() if value else None
    return value
