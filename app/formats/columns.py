"""Flat columns: a document as one row of cells. The columns follow from the document's type, so all rows have the same.

A member that is an object becomes one column for each of its own members (`date_edtf`, `place_id`). A list of
references becomes their ids and a list of words the words, joined by `|`. A list of objects becomes one column for each
of their members, each with as many values joined by `|`: `figures_measure` and `figures_value`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args, get_origin

from app.entries.base import Ref
from app.formats.document_types import Member, members, models, value_at
from app.values.members import Members

SEPARATOR = "|"


@dataclass(frozen=True)
class Items:
    """What a list in a document has: its items, or in place of each the items of a list inside it, along with it."""

    path: tuple[str, ...]
    inner: str = ""

    def of(self, document: Members) -> Sequence[object]:
        """Return the items in one document. Those of a mapping are `{scheme, value, pair}`."""
        found = value_at(document, self.path)
        if isinstance(found, Mapping):
            return [{"scheme": key, "value": value, "pair": f"{key}:{value}"} for key, value in found.items()]
        items = found if isinstance(found, list) else []
        if not self.inner:
            return items
        return [{**item, self.inner: inner} for item in items for inner in item[self.inner]]


@dataclass(frozen=True)
class Column:
    """One column: its name, and the members that lead to its value, from the document or from the items of a list."""

    name: str
    member: Member
    items: Items | None = None


class Row:
    """The cells of one document. A list in it is taken apart once for all columns."""

    def __init__(self, document: Members) -> None:
        self._document = document
        self._lists: dict[tuple[str, ...], Sequence[object]] = {}

    def values(self, column: Column) -> Sequence[object]:
        """Return the values of a column, one for each item: texts, numbers, booleans or None."""
        if column.items is None:
            return (value_at(self._document, column.member.path),)
        found = self._lists.get(column.items.path)
        if found is None:
            found = self._lists[column.items.path] = column.items.of(self._document)
        path = column.member.path
        return [value_at(item, path) for item in found]

    def cell(self, column: Column) -> object:
        """Return the value of a column; those of a list as one text, or None where it is empty."""
        if column.items is None:
            return value_at(self._document, column.member.path)
        return SEPARATOR.join(map(_written, self.values(column))) or None


@cache
def columns(document: object) -> tuple[Column, ...]:
    """Return the columns of a type of document, without repetition; those of a union are those of all its members."""
    found = (column for model in models(document) for member in members(model) for column in _of_member(member))
    return tuple({column.name: column for column in found}.values())


def chosen_columns(document: object, fields: Sequence[str]) -> Sequence[Column]:
    """Return the columns of these names in this order, or all."""
    named = {column.name: column for column in columns(document)}
    return [named[name] for name in fields] if fields else list(named.values())


def _of_member(member: Member) -> Iterator[Column]:
    if not member.is_list:
        yield Column(member.name, member)
        return
    items = items_of(member)
    for inner in item_members(member, refs=False):
        path = (*inner.path, "id") if Ref in models(inner.annotation) else inner.path
        name = member.name if inner.path in ((), ("pair",)) else f"{member.name}_{inner.name}"
        yield Column(name, replace(inner, path=path), items)


def items_of(member: Member) -> Items:
    """Return the items of a list; where each of these has a list of objects, they are the objects in it."""
    inner = [inside.name for model in _item_models(member) for inside in members(model) if inside.is_list]
    return Items(member.path, *inner)


def item_members(member: Member, refs: bool = True) -> Iterator[Member]:
    """Yield the members of the items of a list, of words the word itself, at no path; without `refs` a reference too.

    Those of a mapping are `pair`, and with `refs` `scheme` and `value`.
    """
    if get_origin(member.annotation) is dict:
        for name in ("scheme", "value") if refs else ("pair",):
            yield Member((name,), str, member.about)
        return
    found = next(_item_models(member), None)
    if found is None or (found is Ref and not refs):
        yield Member((), get_args(member.annotation)[0], member.about)
        return
    for inside in members(found, refs=refs):
        if inside.is_list:
            above = Member(inside.path, None, inside.about)
            yield from (deeper for model in _item_models(inside) for deeper in members(model, above, refs))
        else:
            yield inside


def _item_models(member: Member) -> Iterator[type]:
    return (model for item in get_args(member.annotation)[:1] for model in models(item))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
