"""Indexing: collects the values for the declared indexes and orders while the rows of a release are written."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Table

from app.query.base import Collection, is_side
from app.query.index import ANY, Inverted, Number, Ranged, Row, as_text
from app.query.sorting import RELEVANCE
from app.releases.bins import cut
from app.releases.packing import pack_bitmap, pack_records
from app.resources import MAIN
from app.resources.columns import Stored
from app.resources.dates import order_of_days
from app.resources.indexes import ANYTHING, BinRow, FormRow, OrderRow, PostingRow
from app.resources.search import search
from app.values.folding import sort_key

QUERIED: tuple[Collection, ...] = (*MAIN, search)  # the collections that can be queried

Key = tuple[str, int]  # the name of an index, and the place of a row
Postings = dict[str, "array[int]"]  # the numbers of the records by value


class Indexes:
    """The indexes and orders of a release while it is built. Rows are added in the order of the records' numbers."""

    def __init__(self) -> None:
        joint = {table for collection in QUERIED for table in _joint_tables(collection)}
        filters = [filter for collection in QUERIED for filter in collection.filters]
        self._tables: dict[Table, _TableIndexes] = {}
        for index in {index.name: index for filter in filters for index in filter.inverted}.values():
            self._of(index.table, joint).inverted.append(index)
        for scale in {scale.name: scale for filter in filters for scale in filter.ranged}.values():
            self._of(scale.table, joint).ranged.append(scale)
        self._orders = {collection.table: Orders(collection) for collection in QUERIED}
        self._of_kind = {collection.kind: self._orders[collection.table] for collection in MAIN}

    def _of(self, table: Table, joint: set[Table]) -> "_TableIndexes":
        return self._tables.setdefault(table, _TableIndexes(table.name, table in joint))

    def add(self, table: Table, rows: Sequence[Row], records: Sequence[int]) -> None:
        """Note the values of some rows of a table; `records` are the numbers of the records that they belong to."""
        if (indexes := self._tables.get(table)) is not None:
            indexes.add(rows, records)
        if (orders := self._orders.get(table)) is not None:
            orders.add(rows)
        if table is search.table:
            for row in rows:
                self._of_kind[row["kind"]].register(row)

    def rows(self) -> Iterator[Stored]:
        """Yield the rows of all indexes and orders."""
        for indexes in self._tables.values():
            yield from indexes.rows()
        first = 1
        for orders in self._of_kind.values():
            yield from orders.rows(orders.ids, first)
            first += len(orders.ids)
        everything = [id for orders in self._of_kind.values() for id in orders.ids]
        yield from self._orders[search.table].rows(everything, 1)


class _TableIndexes:
    """The indexes over one table; `joint` says whether several conditions may have to hold for the same row.

    A joint table is also indexed by the place of a row: the first row of every record, the second and so on. An
    index with the name of the table then has the records that have a row at each place.
    """

    def __init__(self, name: str, joint: bool) -> None:
        self.name, self.joint = name, joint
        self.inverted: list[Inverted] = []
        self.ranged: list[Ranged] = []
        self._postings: dict[Key, Postings] = defaultdict(lambda: defaultdict(lambda: array("I")))
        self._numbers: dict[Key, tuple[list[Number], array[int]]] = defaultdict(lambda: ([], array("I")))
        self._last, self._place = 0, 0  # the record of the row before, and the place of that row

    def add(self, rows: Sequence[Row], records: Sequence[int]) -> None:
        """Note the values of some rows."""
        for index in self.inverted:
            _invert(index, rows, records, self._postings[index.name, ANY])
        if self.joint:
            for place, (in_place, having) in self._by_place(rows, records).items():
                self._add_in_place(place, in_place, having)
        else:
            for scale in self.ranged:
                self._scale(scale, rows, records, ANY)

    def _by_place(self, rows: Sequence[Row], records: Sequence[int]) -> dict[int, tuple[list[Row], list[int]]]:
        """Return the rows by their place among the rows of their record, which counts from 1, with their records."""
        places: dict[int, tuple[list[Row], list[int]]] = defaultdict(lambda: ([], []))
        for row, record in zip(rows, records, strict=True):
            self._place = self._place + 1 if record == self._last else 1
            self._last = record
            in_place, having = places[self._place]
            in_place.append(row)
            having.append(record)
        return places

    def _add_in_place(self, place: int, rows: Sequence[Row], records: Sequence[int]) -> None:
        self._postings[self.name, ANY][str(place)].extend(records)
        for index in self.inverted:
            _invert(index, rows, records, self._postings[index.name, place])
        for scale in self.ranged:
            self._scale(scale, rows, records, place)

    def _scale(self, scale: Ranged, rows: Sequence[Row], records: Sequence[int], place: int) -> None:
        numbers, having = self._numbers[scale.name, place]
        for row, record in zip(rows, records, strict=True):
            if (number := scale.number(row)) is not None:
                numbers.append(number)
                having.append(record)

    def rows(self) -> Iterator[Stored]:
        """Yield the rows of the indexes, ordered by name."""
        for (name, place), values in sorted(self._postings.items()):
            yield from _postings(name, place, values)
        for index in self.inverted:
            if index.group is not None:
                yield from _forms(index.group, self._postings[index.name, ANY])
        for (name, place), (numbers, records) in sorted(self._numbers.items()):
            for bin, parts in enumerate(cut(numbers, records) if numbers else ()):
                members = dict(zip(("numbers", "records", "below"), parts, strict=True))
                yield BinRow, {"name": name, "place": place, "bin": bin, **members}


def _invert(index: Inverted, rows: Sequence[Row], records: Sequence[int], postings: Postings) -> None:
    if index.column:
        for row, record in zip(rows, records, strict=True):
            value = row[index.column]
            if value.__class__ is str:
                postings[value].append(record)
            elif value is not None:
                postings[as_text(value)].append(record)
        return
    for row, record in zip(rows, records, strict=True):
        for value in index.values(row):
            postings[value].append(record)


def _joint_tables(collection: Collection) -> Iterator[Table]:
    """Yield the side tables where several conditions may have to hold for the same row."""
    filters = [filter for filter in collection.filters if is_side(filter.table)]
    tables = [filter.table for filter in filters]
    yield from (filter.table for filter in filters if filter.ranged or tables.count(filter.table) > 1)


def _postings(name: str, place: int, values: Mapping[str, "array[int]"]) -> Iterator[Stored]:
    anything = BitMap()
    for value in sorted(values):
        records = BitMap(values[value])
        anything |= records
        yield PostingRow, _posting(name, value, place, records)
    yield PostingRow, _posting(name + ANYTHING, "", place, anything)


def _forms(group: Callable[[str], str], values: Iterable[str]) -> Iterator[Stored]:
    """The values of an index by what they share."""
    forms: dict[str, list[str]] = defaultdict(list)
    for value in sorted(values):
        forms[group(value)].append(value)
    for shared, words in forms.items():
        if words != [shared]:
            yield FormRow, {"stem": shared, "words": " ".join(words)}


def _posting(name: str, value: str, place: int, records: BitMap) -> dict[str, object]:
    return {"name": name, "value": value, "place": place, "size": len(records), "records": pack_bitmap(records)}


class Orders:
    """The orders of one collection while a release is built: the values of its sort words, record by record."""

    def __init__(self, collection: Collection) -> None:
        self._collection, table = collection, collection.table
        words = [word for word in collection.sorts if word != RELEVANCE]
        own = [word for word in words if word in table.c or f"{word}_earliest" in table.c]
        self._own = {word: sort_value(table, word) for word in own}
        self._registered = {word: sort_value(search.table, word) for word in words if word not in own}
        self._values: dict[str, list[Any]] = {word: [] for word in words}
        self.ids: list[str] = []

    def add(self, rows: Sequence[Row]) -> None:
        """Note the values of some rows of the collection's own table."""
        for word, value in self._own.items():
            self._values[word] += map(value, rows)

    def register(self, row: Row) -> None:
        """Note the id of one record, and the values that only the table of the search has."""
        self.ids.append(row["id"])
        for word, value in self._registered.items():
            self._values[word].append(value(row))

    def rows(self, ids: Sequence[str], first: int) -> Iterator[Stored]:
        """Yield a row for each sort word; `ids` are the ids of the records, whose numbers count from `first`."""
        by_id = sorted(range(len(ids)), key=ids.__getitem__)
        for word, values in self._values.items():
            ranked = sorted((i for i in by_id if values[i] is not None), key=values.__getitem__)
            valued = len(ranked)
            ranked += [i for i in by_id if values[i] is None]  # they come last, by id
            others = pairwise([object(), *(values[i] for i in ranked)])
            starts = BitMap([at for at, (before, value) in enumerate(others) if value != before])
            records = None if ranked == [*range(len(ids))] else pack_records([i + first for i in ranked])
            names = {"collection": self._collection.name, "word": word, "valued": valued}
            yield OrderRow, {**names, "records": records, "starts": pack_bitmap(starts)}


def sort_value(table: Table, word: str) -> Callable[[Row], object]:
    """Return a function that gives the value by which a row is ordered, or None if it has none.

    That is the days of a date, the folded key of a folded column, and else the value itself.
    """
    if f"{word}_earliest" in table.c:
        return lambda row: order_of_days(row[f"{word}_earliest"], row[f"{word}_latest"])
    if table.c[word].info.get("folded"):
        return lambda row: None if row[word] is None else sort_key(row[word])
    return lambda row: row[word]
