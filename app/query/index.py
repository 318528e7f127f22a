"""The indexes that answer questions: for each value, the numbers of the records that have it, as Roaring bitmaps.

Records are numbered over the whole release, collection after collection, each in its default order. So the numbers of
a bitmap in rising order are a list in its default order, its size is a total, and conditions are set operations.
Filters declare which indexes they read, a build makes them, and the protocol `Index` is how a release gives them back.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from pyroaring import BitMap
from sqlalchemy import Column, Table

from app.values.members import Members

Row = Members  # one stored row, with ids where the database has numbers
Number = int | float

ANY = 0  # instead of the place of a row: any of the rows that a record has in a side table


@dataclass(frozen=True)
class Inverted:
    """An inverted index: the records that have each value. `values` gives those of one row of `table`.

    `column` is the name of the one column whose values they are; empty where they are made of it, or of several.
    """

    name: str
    table: Table = field(repr=False, compare=False)
    values: Callable[[Row], Iterable[str]] = field(repr=False, compare=False)
    column: str = field(default="", repr=False, compare=False)
    group: Callable[[str], str] | None = field(default=None, repr=False, compare=False)  # what forms of a value share


@dataclass(frozen=True)
class Ranged:
    """A range index: the records with a number up to any bound. `number` gives that of one row of `table`, or None."""

    name: str
    table: Table = field(repr=False, compare=False)
    number: Callable[[Row], Number | None] = field(repr=False, compare=False)


def inverted(column: Column[object]) -> Inverted:
    """The index of the values of one column."""
    name = column.name

    def values(row: Row) -> Iterable[str]:
        return () if row[name] is None else (as_text(row[name]),)

    return Inverted(f"{column.table.name}.{name}", column.table, values, name)


def as_text(value: object) -> str:
    """A value as an index has it: `true` for True."""
    if value is True:
        return "true"
    return "false" if value is False else str(value)


class Index(Protocol):
    """The indexes of one release. The bitmaps that it gives are shared: nobody may change them.

    `row` is the place of a row among those that a record has in a side table, counted from 1, or `ANY`.
    """

    def having(self, index: str, value: str, row: int = ANY) -> BitMap:
        """The records with this value."""

    def beginning(self, index: str, start: str) -> BitMap:
        """The records with a value that begins so."""

    def held(self, index: str, values: Iterable[str]) -> Set[str]:
        """Return those of the values that any record has."""

    def forms(self, group: str) -> Sequence[str]:
        """The words of a group: the forms of one stem."""

    def like(self, index: str, pattern: str) -> BitMap:
        """The records with a value that fits a pattern of SQL's LIKE; a backslash escapes its signs."""

    def present(self, index: str, row: int = ANY) -> BitMap:
        """The records with any value, or any number."""

    def up_to(self, index: str, bound: Number, row: int = ANY) -> BitMap:
        """The records whose number is at most the bound."""

    def below(self, index: str, bound: Number, row: int = ANY) -> BitMap:
        """The records whose number is less than the bound."""

    def values(self, index: str) -> Sequence[str]:
        """Every value, in bytewise order."""

    def rows(self, table: str) -> int:
        """The most rows of a side table that one record has."""

    def numbered(self, ids: Iterable[str]) -> BitMap:
        """The live records with these ids."""

    def texts(self, records: BitMap) -> Iterable[tuple[int, str]]:
        """Number and searched text of each of the records."""


@dataclass(frozen=True)
class Rows:
    """An index seen through one row of a side table that each record has, or through any of them.

    What matches need only be right `among` the records that the rest of a question leaves, where that is known: texts
    are read of no others. Unless it `reads` texts, a record matches that has the words that a text is read for.
    """

    index: Index
    row: int = ANY
    among: BitMap | None = field(default=None, compare=False)
    reads: bool = True

    @property
    def everything(self) -> BitMap:
        """All live records, of every kind."""
        return self.index.present(KINDS)

    @property
    def left(self) -> BitMap:
        """The records that matter: all, or those that the rest of the question leaves."""
        return self.everything if self.among is None else self.among

    def narrowed(self, records: BitMap) -> "Rows":
        """The same among these records only."""
        among = records if self.among is None else self.among & records
        return Rows(self.index, self.row, among, self.reads)

    def reading(self, records: BitMap, holds: Callable[[str], bool]) -> BitMap:
        """Those of the records whose searched text holds something; all of them unless texts are read."""
        if not self.reads:
            return records
        return BitMap(record for record, text in self.index.texts(self.left & records) if holds(text))

    def having(self, index: str, values: Iterable[str]) -> BitMap:
        """The records with any of these values."""
        return union([self.index.having(index, value, self.row) for value in values])

    def present(self, index: str) -> BitMap:
        """The records with any value, or any number."""
        return self.index.present(index, self.row)

    def up_to(self, index: str, bound: Number) -> BitMap:
        """The records whose number is at most the bound."""
        return self.index.up_to(index, bound, self.row)

    def below(self, index: str, bound: Number) -> BitMap:
        """The records whose number is less than the bound."""
        return self.index.below(index, bound, self.row)

    def at_least(self, index: str, bound: Number) -> BitMap:
        """The records whose number is the bound or more."""
        return self.present(index) - self.below(index, bound)

    def between(self, index: str, low: Number, high: Number) -> BitMap:
        """The records whose number is in the closed range."""
        return self.up_to(index, high) - self.below(index, low)


KINDS = "record.kind"  # the index that every live record is in


def union(bitmaps: Iterable[BitMap]) -> BitMap:
    """The records in any of the bitmaps."""
    found = bitmaps if isinstance(bitmaps, list) else list(bitmaps)
    if len(found) == 1:
        return found[0]
    return BitMap.union(*found) if found else BitMap()


def intersection(bitmaps: Iterable[BitMap]) -> BitMap:
    """The records in all of the bitmaps, of which there is at least one."""
    first, *more = bitmaps
    for bitmap in more:
        first = first & bitmap
    return first
