"""Conditions: what a record must meet, as a tree of readings; the parameters make a flat one, `filter` any other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

from pyroaring import BitMap
from sqlalchemy import Table

from app.query.base import Collection, Filter, Labels, Lookup, R
from app.query.index import Rows, intersection, union


@dataclass(frozen=True)
class Meets(Generic[R]):
    """One filter as it was read. A release remembers these, so what follows from the reading is worked out once."""

    filter: Filter[R]
    reading: R
    labels: Labels = field(default_factory=dict, compare=False)  # what people call the values

    @classmethod
    def of(cls, filter: Filter[R], reading: R, lookup: Lookup) -> "Meets[R]":
        """The filter as it was read for a release."""
        return cls(filter, reading, filter.labels(filter.values(reading), lookup))

    @cached_property
    def text(self) -> str:
        """The parameter in its canonical form: equal for values that mean the same."""
        return f"{self.filter.name}={self.filter.canonical(self.reading)}"

    @cached_property
    def explained(self) -> object:
        """How the parameter was read, as JSON."""
        return self.filter.explained(self.reading)

    @cached_property
    def phrase(self) -> str:
        """How a sentence about the question puts it."""
        return self.filter.phrase(self.reading, self.labels)

    @property
    def further(self) -> str:
        """How the sentence goes on where another filter about the same row comes before."""
        return self.filter.further(self.reading, self.labels)

    @cached_property
    def is_slow(self) -> bool:
        """Whether finding the records takes more than a few look-ups of whole keys."""
        return self.filter.is_slow(self.reading)


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


def together(groups: Sequence[Sequence[Condition]], collection: Collection, rows: Rows) -> BitMap:
    """The records that meet all of the groups, as `joined` makes them; texts are read of those that meet the others."""
    for group in sorted(groups, key=_reads):
        rows = rows.narrowed(_group(group, collection, rows))
    return rows.left


def _reads(group: Sequence[Condition]) -> bool:
    """Whether it may take the texts of records to tell which meet all parts."""
    return any(_has_words(part) for part in group)


def _has_words(condition: Condition) -> bool:
    match condition:
        case All(parts) | Either(parts):
            return _reads(parts)
        case Not(part):
            return _has_words(part)
        case Absent():
            return False
        case Meets():
            return condition.filter.reads


def _select(condition: Condition, collection: Collection, rows: Rows) -> BitMap:
    """The records that meet the condition, of whatever kind."""
    match condition:
        case All(parts):
            return together(joined(parts, collection), collection, rows)
        case Either(parts):
            return union([_select(part, collection, rows) for part in parts])
        case Not(part):
            return rows.everything - _select(part, collection, rows)
        case Absent(absent):
            return rows.everything - _by_rows(absent.known, (absent,), rows)
        case Meets():
            return _group([condition], collection, rows)


C = TypeVar("C", bound=Condition)


def joined(parts: Sequence[C], collection: Collection) -> list[list[C]]:
    """The parts; in one list those that one and the same row has to meet, as the collection declares their filters."""
    groups: list[list[C]] = []
    sides: dict[Table, list[C]] = {}
    for part in parts:
        if isinstance(part, Meets) and part.filter.is_side:
            sides.setdefault(part.filter.table, []).append(part)
        else:
            groups.append([part])
    for found in sides.values():
        groups += _of_one_row(found, collection) if len(found) > 1 else [found]
    return groups


def _of_one_row(parts: Sequence[C], collection: Collection) -> list[list[C]]:
    """Parts about one side table, each by itself if two have the same name."""
    names = {part.filter.name: part for part in parts if isinstance(part, Meets)}
    if len(names) < len(parts):
        return [[part] for part in parts]
    return [[names[declared.name] for declared in collection.filters if declared.name in names]]


def _group(group: Sequence[Condition], collection: Collection, rows: Rows) -> BitMap:
    """The records of which one and the same row meets every part."""
    first = group[0]
    if not isinstance(first, Meets):
        return _select(first, collection, rows)
    if not first.filter.is_side:
        return first.filter.match(first.reading, rows)
    met = [part for part in group if isinstance(part, Meets)]

    def matched(row: Rows) -> BitMap:
        return intersection([part.filter.match(part.reading, row) for part in met])

    return _by_rows(matched, [part.filter for part in met], rows)


def _by_rows(found: Callable[[Rows], BitMap], filters: Sequence[Filter], rows: Rows) -> BitMap:
    """What is found among the records; row by row of a side table where the two ends of a range have to be of one."""
    first = filters[0]
    if not first.is_side or (len(filters) == 1 and not first.ranged):
        return found(rows)
    places = range(1, rows.index.rows(first.table.name) + 1)
    return union([found(replace(rows, row=place)) for place in places])
