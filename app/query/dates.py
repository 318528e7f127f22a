"""Filters over uncertain dates: intervals that may or must overlap, and states that held on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Filter, Labels, Lookup, Refused, Schema, as_column
from app.query.index import Inverted, Ranged, Row, Rows, inverted
from app.query.phrases import PHRASES, WITHOUT
from app.values import dates_as_written
from app.values.bad_dates import OPEN, current_form
from app.values.days import MISSING_FIRST, MISSING_LAST, OPEN_END, OPEN_START, iso
from app.values.edtf import BadDate, Edtf, is_date

DATE_MATCHES = ("possible", "certain")
UNDATED = ("exclude", "include", "only")


@dataclass(frozen=True)
class DateReading:
    """An asked interval in whole days, and how it is to be met."""

    text: str
    earliest: int
    latest: int
    match: str = "possible"
    undated: str = "exclude"


ANY_DATE = DateReading("", OPEN_START, OPEN_END, undated="include")  # what no `date` at all means


@dataclass(frozen=True)
class _Span(Filter[DateReading]):
    """A filter over days from a first to a last one, the first two of `columns`."""

    multiple: ClassVar[bool] = False

    @property
    def group(self) -> str:
        return "when"

    @cached_property
    def ranged(self) -> tuple[Ranged, ...]:
        return (_days(self.columns[0]), _days(self.columns[1]))

    def known(self, rows: Rows) -> BitMap:
        return rows.present(self.ranged[0].name)

    def overlapping(self, reading: DateReading, rows: Rows) -> BitMap:
        """The records whose days may meet those of the reading."""
        first, last, *_ = self.ranged
        return rows.up_to(first.name, reading.latest) - rows.below(last.name, reading.earliest)


@dataclass(frozen=True)
class Dates(_Span):
    """A date or interval in EDTF level 1: `2019-05`, `2019-05-28/2019-05-31`, `../2019-05-28`.

    `column` is the earliest day; the columns beside it are found by its name: `date_earliest`, `date_latest`,
    `date_edtf`, `date_qualified`, and of dates with an unknown end `date_known_start` or `date_known_end`.
    """

    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>", "<", "<=", ">", ">=", "between", "isNull"})

    @property
    def prefix(self) -> str:
        """What the names of the date's columns begin with."""
        return as_column(self.column).name.removesuffix("_earliest")

    @cached_property
    def columns(self) -> tuple[Column[object], ...]:
        table = as_column(self.column).table
        return tuple(table.c[f"{self.prefix}_{part}"] for part in ("earliest", "latest", "edtf", "qualified"))

    @cached_property
    def known_ends(self) -> tuple[Column[object], ...]:
        """Of a date with an unknown end the days of the other one."""
        table = as_column(self.column).table
        return tuple(table.c[f"{self.prefix}_{part}"] for part in ("known_start", "known_end"))

    @cached_property
    def ranged(self) -> tuple[Ranged, ...]:
        return (*super().ranged, *map(_days, self.known_ends))

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        return (inverted(self.columns[3]),)

    def read(self, values: Sequence[str], lookup: Lookup) -> DateReading:
        asked = read_date(values[0])
        if asked.unknown_end:
            asked_open = "/".join(side or OPEN for side in values[0].split("/"))
            message = f"'{values[0]}' has an unknown end, which is data, not a question: use '..' for open."
            raise Refused(message, values[0], asked_open)
        return DateReading(asked.text, asked.earliest, asked.latest)

    def match(self, reading: DateReading, rows: Rows) -> BitMap:
        if reading.undated == "only":
            return rows.everything - self.known(rows)
        met = self._dated(reading, rows)
        return met | (rows.everything - self.known(rows)) if reading.undated == "include" else met

    def _dated(self, reading: DateReading, rows: Rows) -> BitMap:
        """The records with a date that meets the reading."""
        if reading.match == "certain":
            earliest, latest = (index.name for index in self.ranged[:2])
            inside = rows.at_least(earliest, reading.earliest) & rows.up_to(latest, reading.latest)
            return inside - rows.having(self.inverted[0].name, ("true",))
        met = self.overlapping(reading, rows)
        return met if reading.undated == "include" else met - self._only_by_unknown_end(reading, rows)

    def _only_by_unknown_end(self, reading: DateReading, rows: Rows) -> BitMap:
        """The records that may meet the reading by an end which nobody knows, and do not by the other one."""
        _, _, start, end = self.ranged
        ends = rows.present(end.name)
        ended_later = ends - rows.up_to(end.name, reading.latest) if ends else ends
        return ended_later | rows.below(start.name, reading.earliest) if rows.present(start.name) else ended_later

    def compared(self, operator: str, value: str, lookup: Lookup) -> DateReading:
        """`<` and the like speak of an interval that is open on one side."""
        asked = self.read((value,), lookup)
        bounds = {
            "<": (OPEN_START, asked.earliest - 1),
            "<=": (OPEN_START, asked.latest),
            ">": (asked.latest + 1, OPEN_END),
            ">=": (asked.earliest, OPEN_END),
        }
        earliest, latest = bounds.get(operator, (asked.earliest, asked.latest))
        if earliest > OPEN_END or latest < OPEN_START:
            raise Refused(f"nothing is {operator} '{value}', which is open there.", value)
        return replace(asked, text=f"{operator}{asked.text}".removeprefix("="), earliest=earliest, latest=latest)

    def explained(self, reading: DateReading) -> dict[str, str | None]:
        days = {"earliest": iso(reading.earliest), "latest": iso(reading.latest)}
        return {"edtf": reading.text or None, **days, "match": reading.match, "undated": reading.undated}

    def phrase(self, reading: DateReading, labels: Labels) -> str:
        word, undated = PHRASES.get(self.name, self.name), WITHOUT.get(self.name, "without a date")
        if reading.undated == "only":
            return undated
        if (reading.earliest, reading.latest) == (OPEN_START, OPEN_END):
            return f"{word} at some time"
        or_none = f", or {undated}" if reading.undated == "include" else ""
        surely = "possibly" if reading.match == "possible" else "certainly"
        return f"{word} {surely} {_between(reading)}{or_none}"

    def schema(self) -> Schema:
        return {"type": "string", "format": "edtf", "maxLength": 64}

    def canonical(self, reading: DateReading) -> str:
        return f"{reading.text}|{reading.match}|{reading.undated}"

    def example(self, row: Row) -> str | None:
        text: str | None = row[self.columns[2].name]
        return None if text is None or Edtf.parse(text).unknown_end else text


@dataclass(frozen=True)
class HeldOn(_Span):
    """One day on which the state held: `on=2019-05-28`. `column` is its first possible day, `until` its last."""

    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>"})
    until: object = field(default=None, repr=False)

    @cached_property
    def columns(self) -> tuple[Column[object], ...]:
        return (as_column(self.column), as_column(self.until))

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        return ()

    def read(self, values: Sequence[str], lookup: Lookup) -> DateReading:
        asked = read_date(values[0])
        if asked.precision != "day" or asked.qualified:
            raise Refused(f"'{values[0]}' is not one day, such as 2019-05-28.", values[0])
        return DateReading(asked.text, asked.earliest, asked.latest)

    def match(self, reading: DateReading, rows: Rows) -> BitMap:
        return self.overlapping(reading, rows)

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}

    def explained(self, reading: DateReading) -> str:
        return reading.text

    def canonical(self, reading: DateReading) -> str:
        return reading.text

    def example(self, row: Row) -> str | None:
        since, until = self.columns
        return iso(row[since.name]) or iso(row[until.name])


def _days(column: Column[object]) -> Ranged:
    """The index of the day numbers of one column; a missing date has none."""
    name = column.name

    def day(row: Row) -> int | None:
        number: int | None = row[name]
        return number if number is not None and MISSING_FIRST < number < MISSING_LAST else None

    return Ranged(f"{column.table.name}.{name}", column.table, day)


def _between(reading: DateReading) -> str:
    since, until = iso(reading.earliest), iso(reading.latest)
    if since == until:
        return f"on {since}"
    if since and until:
        return f"between {since} and {until}"
    return f"on or after {since}" if since else f"on or before {until}"


def read_date(text: str) -> Edtf:
    """The text as a date, also as programs write a day; raises Refused with the accepted forms."""
    try:
        return Edtf.parse(text)
    except BadDate:
        return _as_written(text)


def _as_written(text: str) -> Edtf:
    """The text as a date, if what is surely a day there is put into the form of one; raises Refused."""
    try:
        return Edtf.parse(dates_as_written.plainly(text))
    except BadDate as error:
        raise _refused(text, error) from error


def _refused(text: str, error: BadDate) -> Refused:
    """In data an unknown end is left empty; in a question it is open, whatever the draft of 2012 called it."""
    if either := dates_as_written.ambiguous(text):
        return Refused(f"'{text}' may be {either[0]} or {either[1]}: write one of them.", text)
    if (near := dates_as_written.meant(text)) and is_date(near):
        return Refused(str(error), text, near)
    asked = current_form(text, unknown=OPEN)
    if asked == text:
        return Refused(str(error), text)
    if set(asked.split("/")) == {OPEN}:
        return Refused(f"'{text}' holds no date; an open end is written as in '1985-04-12/..'.", text)
    try:
        Edtf.parse(asked)
    except BadDate as further:
        return Refused(str(further), text)
    return Refused(f"'{text}' is a form of the EDTF draft of 2012; in a question write '{asked}'.", text, asked)
