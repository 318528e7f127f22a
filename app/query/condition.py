"""Conditions: what a record must meet, as a tree of readings; the parameters make a flat one, `filter` any other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from pyroaring import BitMap
from sqlalchemy import Table

from app.query.base import Collection, Filter, R
from app.query.index import Index, Rows, intersection, union


@dataclass(frozen=True)
class Meets(Generic[R]):
    """One filter as it was read."""

    filter: Filter[R]
    reading: R


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


def select(condition: Condition, collection: Collection, index: Index) -> BitMap:
    """The records that meet the condition, of whatever kind."""
    match condition:
        case All(parts) if parts:
            return intersection([_group(group, collection, index) for group in joined(parts, collection)])
        case All():
            return Rows(index).everything
        case Either(parts):
            return union([select(part, collection, index) for part in parts])
        case Not(part):
            return Rows(index).everything - select(part, collection, index)
        case Absent(absent):
            return Rows(index).everything - _by_rows(absent.known, (absent,), index)
        case Meets():
            return _group([condition], collection, index)


def joined(parts: Sequence[Condition], collection: Collection) -> list[list[Condition]]:
    """The parts; in one list those that one and the same row has to meet, as the collection declares their filters."""
    groups: list[list[Condition]] = []
    sides: dict[Table, list[Meets]] = {}
    for part in parts:
        if isinstance(part, Meets) and part.filter.is_side:
            sides.setdefault(part.filter.table, []).append(part)
        else:
            groups.append([part])
    for found in sides.values():
        apart = len({part.filter.name for part in found}) < len(found)
        ordered = sorted(found, key=lambda part: collection.filters.index(part.filter)) if len(found) > 1 else found
        groups += [[part] for part in found] if apart else [list(ordered)]
    return groups


def _group(group: list[Condition], collection: Collection, index: Index) -> BitMap:
    """The records of which one and the same row meets every part."""
    met = [part for part in group if isinstance(part, Meets)]
    if not met:
        return select(group[0], collection, index)
    if len(met) == 1 and not met[0].filter.is_side:
        return met[0].filter.match(met[0].reading, Rows(index))

    def matched(rows: Rows) -> BitMap:
        return intersection([part.filter.match(part.reading, rows) for part in met])

    return _by_rows(matched, [part.filter for part in met], index)


def _by_rows(found: Callable[[Rows], BitMap], filters: Sequence[Filter], index: Index) -> BitMap:
    """What is found among the records; row by row of a side table where the two ends of a range have to be of one."""
    first = filters[0]
    if not first.is_side or (len(filters) == 1 and not first.ranged):
        return found(Rows(index))
    return union([found(Rows(index, row)) for row in range(1, index.rows(first.table.name) + 1)])
