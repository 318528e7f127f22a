"""Flat columns: a document as the cells of one row, read from its declared type so that every row has the same ones.

A member that is an object gives a column for each of its own (`date_edtf`, `place_id`); a list of references is their
ids, a list of words the words, joined by `|`; any other list or mapping is its JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import orjson
from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.entries.base import Ref

SEPARATOR = "|"


@dataclass(frozen=True)
class Column:
    """One column: its name, and the members that lead to its value."""

    name: str
    path: tuple[str, ...]

    def cell(self, document: Mapping[str, Any]) -> Any:
        """The value in one document: a text, a number, a boolean, or None."""
        value: Any = document
        for member in self.path:
            value = value.get(member) if isinstance(value, Mapping) else None
        return _flat(value)


@cache
def columns(document: Any) -> tuple[Column, ...]:
    """The columns of a type of document, each once; of a union, those of all its members."""
    found = (column for model in models(document) for column in _of(model, ()))
    return tuple(dict.fromkeys(found))


def _of(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        here = (*path, field.serialization_alias or field.alias or name)
        inner = None if _is_list(field.annotation) else next(models(field.annotation), None)
        if inner is None:
            yield Column("_".join(here), here)
        else:
            yield from _of(inner, here)


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type names, through aliases, `Annotated` and unions."""
    if isinstance(annotation, TypeAliasType):
        yield from models(annotation.__value__)
    elif get_origin(annotation) in (Annotated, Union, UnionType):
        for part in get_args(annotation):
            yield from models(part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) in (list, dict)


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return SEPARATOR.join(value)
        if all(isinstance(item, Mapping) and item.keys() == Ref.model_fields.keys() for item in value):
            return SEPARATOR.join(item["id"] for item in value)
    if isinstance(value, list | Mapping):
        return orjson.dumps(value).decode() if value else None
    return value
