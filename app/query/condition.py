"""Conditions: what a record must meet, as a tree of readings; the parameters make a flat one, `filter` any other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Table, and_, func, not_, or_, select, true

from app.query.base import Collection, Filter, owner


@dataclass(frozen=True)
class Meets:
    """One filter as it was read."""

    filter: Filter
    reading: Any


@dataclass(frozen=True)
class Absent:
    """No value at all for one filter."""

    filter: Filter


@dataclass(frozen=True)
class All:
    """Every part is met. Parts about one side table are met by one and the same row of it, if they differ in name."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Either:
    """At least one part is met."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """The part is not met: the plain complement, records without a value included."""

    part: "Condition"


Condition: TypeAlias = Meets | Absent | All | Either | Not


def where(condition: Condition, collection: Collection) -> ColumnElement[bool]:
    """The condition on one row of the collection's own table."""
    match condition:
        case All(parts):
            return and_(true(), *(_joined(group, collection) for group in joined(parts, collection)))
        case Either(parts):
            return or_(*(where(part, collection) for part in parts))
        case Not(part):
            # A comparison with NULL is neither true nor false; its complement has to be true.
            return not_(func.coalesce(where(part, collection), False))
        case Absent(each):
            return each.absent(collection)
        case Meets():
            return _met([condition], collection)


def joined(parts: Sequence[Condition], collection: Collection) -> list[list[Condition]]:
    """The parts; in one list those that one and the same row has to meet, as the collection declares their filters."""
    groups: list[list[Condition]] = []
    sides: dict[Table, list[Meets]] = {}
    for part in parts:
        if isinstance(part, Meets) and part.filter.table is not collection.table:
            sides.setdefault(part.filter.table, []).append(part)
        else:
            groups.append([part])
    for found in sides.values():
        apart = len({part.filter.name for part in found}) < len(found)
        ordered = sorted(found, key=lambda part: collection.filters.index(part.filter))
        groups += [[part] for part in found] if apart else [list(ordered)]
    return groups


def _joined(group: list[Condition], collection: Collection) -> ColumnElement[bool]:
    met = [part for part in group if isinstance(part, Meets)]
    return _met(met, collection) if met else where(group[0], collection)


def _met(parts: list[Meets], collection: Collection) -> ColumnElement[bool]:
    table = parts[0].filter.table
    met = and_(*(part.filter.where(part.reading) for part in parts))
    if table is collection.table:
        return met
    return collection.table.c.id.in_(select(owner(table)).where(met))
