"""A row as records: the one that it is about, and those that it describes on the way, such as its speaker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.dossier.findings import Finding
from app.dossier.nodes import Location
from app.imports.cells import cell_name
from app.imports.record import Record, finding
from app.imports.table.columns import Column, Path, label
from app.imports.table.values import NotAValue, meant, pieces
from app.values.members import JsonObject


@dataclass(frozen=True)
class Given:
    """A cell of a row: `steps` is its column, or the column of a reference and then those of what is described."""

    steps: tuple[Column, ...]
    value: object
    place: int

    @property
    def column(self) -> Column:
        return self.steps[0]

    @property
    def own(self) -> bool:
        """Whether it is about the row's own record, and not about one that this refers to."""
        return len(self.steps) == 1


@dataclass
class Row:
    """One record in the making, with the findings about its cells and what it describes on the way."""

    kind: str
    file: str
    place: int
    flat: dict[Location, object] = field(default_factory=dict)
    spots: dict[Location, int] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    described: list["Row"] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """The record that its cells make."""
        return Record(self.kind, nested(self.flat), self.file, self.place, self.spots)

    def fill(self, given: Sequence[Given]) -> "Row":
        """Take the cells of a row, or those of a description."""
        own = [each for each in given if each.own]
        for each in own:
            if not each.column.listed:
                self._take(each.column, each.column.path, each.value, each.place)
        for root in dict.fromkeys(each.column.root for each in own if each.column.listed):
            self._list(root, [each for each in own if each.column.root == root])
        for column in dict.fromkeys(each.column for each in given if not each.own):
            self._describe(column, own, [each for each in given if each.column == column and not each.own])
        return self

    def _take(self, column: Column, location: Location, value: object, place: int) -> None:
        for end in range(len(location), 0, -1):
            self.spots.setdefault(location[:end], place)
        if value is None:
            return
        try:
            self.flat[location] = meant(column, value)
        except NotAValue as error:
            self._fault(error.slug, place, str(error))

    def _list(self, root: Path, cells: Sequence[Given]) -> None:
        """The items of a list, each of one value from every column of it."""
        lists = [(each, pieces(each.value)) for each in cells]
        fullest, items = max(lists, key=lambda pair: len(pair[1]))
        for each, values in lists:
            if values and len(values) != len(items):
                self._fault("uneven-lists", each.place, _uneven(values, items, fullest))
            for i, value in enumerate(values):
                self._take(each.column, (*root, i, *each.column.path[len(root) :]), value, each.place)
        for i in range(len(items)):
            if not any(location[: len(root) + 1] == (*root, i) for location in self.flat):
                self._fault("empty-value", fullest.place, f"value {i + 1} of {len(items)} is empty")

    def _describe(self, column: Column, own: Sequence[Given], cells: Sequence[Given]) -> None:
        """A record for each reference in the column that the cells say something of."""
        named = next((each for each in own if each.column == column), cells[0])
        called = _values(column, named.value) if named.own else []
        told = [(each, _values(column, each.value)) for each in cells if each.value is not None]
        for each, values in told:
            if len(values) != len(called):
                slug = "uneven-lists" if called else "describes-nothing"
                self._fault(slug, each.place, _uneven(values, called, named) if called else f"{column.name} is empty")
                return
        for i, name in enumerate(called):
            parts = [Given(each.steps[1:], values[i], each.place) for each, values in told if values[i] is not None]
            if name is not None and parts:
                self.described.append(
                    _description(column.kinds[0], Row(column.kinds[0], self.file, named.place), name, parts)
                )

    def _fault(self, slug: str, place: int, message: str) -> None:
        self.faults.append(finding(slug, self.file, place, message))


def every(row: Row) -> Iterator[Row]:
    """The row's descriptions at any depth, innermost first."""
    for each in row.described:
        yield from every(each)
        yield each


def nested(flat: dict[Location, object]) -> JsonObject:
    """The mapping that holds each value at its place."""
    root: dict[str | int, Any] = {}
    for location, value in flat.items():
        inner = root
        for step in location[:-1]:
            inner = inner.setdefault(step, {})
        inner[location[-1]] = value
    return {str(name): _plain(value) for name, value in root.items()}


def _plain(value: object) -> object:
    """Lists for what is numbered; a date alone is its text."""
    if not isinstance(value, dict):
        return value
    if all(isinstance(step, int) for step in value):
        return [_plain(value[step]) for step in sorted(value)]
    return value["edtf"] if value.keys() == {"edtf"} else {name: _plain(inner) for name, inner in value.items()}


def _description(kind: str, row: Row, name: object, parts: list[Given]) -> Row:
    """What is told of a record: what the row calls it is its name, or its id where a name is told."""
    called = label(kind)
    if any(each.steps == (called,) for each in parts):
        row.flat["id",] = name
        row.spots["id",] = row.place
        return row.fill(parts)
    return row.fill([*parts, Given((called,), name, row.place)])


def _values(column: Column, value: object) -> list[object]:
    return pieces(value) if column.listed else [value] if value is not None else []


def _uneven(values: list[object], items: list[object], other: Given) -> str:
    here = "1 value stands" if len(values) == 1 else f"{len(values)} values stand"
    return f"{here} here, and {len(items)} in {cell_name(other.place)}"
