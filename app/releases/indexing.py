"""Indexing: the indexes and orders that the collections declare, gathered while the rows of a release are made."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Table

from app.query.base import Collection, is_side
from app.query.index import ANY, Inverted, Number, Ranged, Row
from app.query.sorting import RELEVANCE
from app.releases.bins import cut
from app.releases.packing import pack_bitmap, pack_records
from app.resources import MAIN
from app.resources.columns import Stored, table_of
from app.resources.dates import order_of_days
from app.resources.indexes import ANYTHING, BinRow, OrderRow, PostingRow
from app.resources.register import RecordRow
from app.resources.search import search
from app.values.folding import sort_key

ASKED: tuple[Collection, ...] = (*MAIN, search)  # the collections that can be asked

Values = tuple[str, int]  # an index, and the place of a row
Postings = dict[str, "array[int]"]  # records by value


class Indexes:
    """The indexes of a release in the making."""

    def __init__(self) -> None:
        joint = {table for collection in ASKED for table in _joint_tables(collection)}
        filters = [asked for collection in ASKED for asked in collection.filters]
        self._tables: dict[Table, _TableIndexes] = {}
        for index in {index.name: index for asked in filters for index in asked.inverted}.values():
            self._made(index.table, joint).inverted.append(index)
        for scale in {scale.name: scale for asked in filters for scale in asked.ranged}.values():
            self._made(scale.table, joint).ranged.append(scale)

    def _made(self, table: Table, joint: set[Table]) -> "_TableIndexes":
        return self._tables.setdefault(table, _TableIndexes(table.name, table in joint))

    def of(self, table: Table) -> "_TableIndexes | None":
        """The indexes over one table, to which its rows are added; None if there are none."""
        return self._tables.get(table)

    def rows(self) -> Iterator[Stored]:
        """The rows of every index."""
        for indexes in self._tables.values():
            yield from indexes.rows()


class _TableIndexes:
    """The indexes over one table; `joint` if one and the same row may have to meet several conditions.

    Then they are kept for every place of a row too, and an index named as the table has the records with at least so
    many rows.
    """

    def __init__(self, name: str, joint: bool) -> None:
        self.name, self.joint = name, joint
        self.inverted: list[Inverted] = []
        self.ranged: list[Ranged] = []
        self._postings: dict[Values, Postings] = defaultdict(lambda: defaultdict(lambda: array("I")))
        self._numbers: dict[Values, tuple[list[Number], array[int]]] = defaultdict(lambda: ([], array("I")))

    def add(self, record: int, row: Row, place: int) -> None:
        """Note the values of one row; `place` counts the rows of one record from 1."""
        for values, postings in self._of_any_row:
            for value in values(row):
                postings[value].append(record)
        if self.joint:
            self._add_in_place(record, row, place)
        for scale in self.ranged:
            if (number := scale.number(row)) is not None:
                numbers, records = self._numbers[scale.name, place if self.joint else ANY]
                numbers.append(number)
                records.append(record)

    @cached_property
    def _of_any_row(self) -> list[tuple[Callable[[Row], Iterable[str]], Postings]]:
        return [(index.values, self._postings[index.name, ANY]) for index in self.inverted]

    def _add_in_place(self, record: int, row: Row, place: int) -> None:
        self._postings[self.name, ANY][str(place)].append(record)
        for index in self.inverted:
            postings = self._postings[index.name, place]
            for value in index.values(row):
                postings[value].append(record)

    def rows(self) -> Iterator[Stored]:
        """The rows of the indexes, by name."""
        for (name, place), values in sorted(self._postings.items()):
            yield from _postings(name, place, values)
        for (name, place), (numbers, records) in sorted(self._numbers.items()):
            for bin, parts in enumerate(cut(numbers, records)):
                members = dict(zip(("numbers", "records", "below"), parts, strict=True))
                yield BinRow, {"name": name, "place": place, "bin": bin, **members}


def _joint_tables(collection: Collection) -> Iterator[Table]:
    """The side tables of which one and the same row may have to meet several conditions."""
    sides = [asked for asked in collection.filters if is_side(asked.table)]
    tables = [asked.table for asked in sides]
    yield from (asked.table for asked in sides if asked.ranged or tables.count(asked.table) > 1)


def _postings(name: str, place: int, values: Mapping[str, "array[int]"]) -> Iterator[Stored]:
    anything = BitMap()
    for value in sorted(values):
        records = BitMap(values[value])
        anything |= records
        yield PostingRow, _posting(name, value, place, records)
    yield PostingRow, _posting(name + ANYTHING, "", place, anything)


def _posting(name: str, value: str, place: int, records: BitMap) -> dict[str, Any]:
    return {"name": name, "value": value, "place": place, "size": len(records), "records": pack_bitmap(records)}


class Orders:
    """The orders of one collection in the making: the values of its sort words, record by record."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._first: int | None = None
        self._ids: list[str] = []
        words = [word for word in collection.sorts if word != RELEVANCE]
        self._values: dict[str, list[Any]] = {word: [] for word in words}
        self._of: dict[str, Callable[[Row], Any]] = {word: sort_value(collection.table, word) for word in words}

    def add(self, number: int, id: str, row: Row) -> None:
        """Note the values of one record: the numbers follow each other. `row` has those of its own and the register."""
        self._first = number if self._first is None else self._first
        self._ids.append(id)
        for word, value in self._of.items():
            self._values[word].append(value(row))

    def rows(self) -> Iterator[Stored]:
        """A row for each sort word."""
        for word, values in self._values.items():
            ranked = sorted(range(len(values)), key=lambda i: _last_if_none(values[i], self._ids[i]))
            valued = sum(value is not None for value in values)
            starts = BitMap(at for at, i in enumerate(ranked) if at == 0 or values[i] != values[ranked[at - 1]])
            rising = all(at == i for at, i in enumerate(ranked))
            records = None if rising else pack_records([i + (self._first or 0) for i in ranked])
            names = {"collection": self._collection.name, "word": word, "valued": valued}
            yield OrderRow, {**names, "records": records, "starts": pack_bitmap(starts)}


def _last_if_none(value: Any, id: str) -> tuple[Any, ...]:
    return (True, id) if value is None else (False, value, id)


def sort_value(table: Table, word: str) -> Callable[[Row], Any]:
    """What a row is ordered by: a date by its days, a text by its folded key or as it stands; None for no value."""
    if f"{word}_earliest" in table.c:
        return lambda row: order_of_days(row[f"{word}_earliest"], row[f"{word}_latest"])
    column = table.c[word] if word in table.c else table_of(RecordRow).c[word]
    if column.info.get("folded"):
        return lambda row: None if row[word] is None else sort_key(row[word])
    return lambda row: row[word]
