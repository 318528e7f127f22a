"""Filters over figures: one figure of one claim that reaches into an asked range."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Filter, Lookup, Refused, Schema, as_column
from app.query.filters import Flags
from app.query.index import Inverted, Ranged, Row, Rows, union
from app.values.integers import number_meant, plain_number


@dataclass(frozen=True)
class Bound(Filter[float]):
    """A number that the figure's interval must reach; `column` is one end of the interval, `other` the other end.

    An end that is open on one side reaches everything there; a vague count, open on both, reaches nothing.
    """

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"="})  # its complement would speak of other measures too

    needs: str = "measure"
    other: object = field(default=None, repr=False)

    @property
    def group(self) -> str:
        return "figures"

    @cached_property
    def columns(self) -> tuple[Column[object], ...]:
        return (as_column(self.column), as_column(self.other))

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        return ()

    @cached_property
    def ranged(self) -> tuple[Ranged, ...]:
        return (_numbers(self.columns[0]), _numbers(self.columns[1]))

    def read(self, values: Sequence[str], lookup: Lookup) -> float:
        try:
            return plain_number(values[0])
        except ValueError as error:
            raise Refused(
                f"{self.name} is a number such as 20 or 2.5, in plain digits.", values[0], number_meant(values[0])
            ) from error

    def match(self, reading: float, rows: Rows) -> BitMap:
        end, other = (index.name for index in self.ranged)
        return self.reaching(end, reading, rows) | (rows.present(other) - rows.present(end))

    def known(self, rows: Rows) -> BitMap:
        return union(rows.present(index.name) for index in self.ranged)

    def reaching(self, end: str, reading: float, rows: Rows) -> BitMap:
        """The records whose end, where it is known, lies far enough out."""
        raise NotImplementedError

    def schema(self) -> Schema:
        return {"type": "number"}

    def values(self, reading: float) -> Sequence[str]:
        return (f"{reading:.15g}",)

    def canonical(self, reading: float) -> str:
        return repr(reading)


@dataclass(frozen=True)
class AtLeast(Bound):
    """`min`: the figure may be this much or more. `column` is its high end."""

    def reaching(self, end: str, reading: float, rows: Rows) -> BitMap:
        return rows.at_least(end, reading)


@dataclass(frozen=True)
class AtMost(Bound):
    """`max`: the figure may be this much or less. `column` is its low end."""

    def reaching(self, end: str, reading: float, rows: Rows) -> BitMap:
        return rows.up_to(end, reading)


def _numbers(column: Column[object]) -> Ranged:
    """The index of the numbers of one column."""
    name = column.name

    def number(row: Row) -> float | None:
        value: float | None = row[name]
        return value

    return Ranged(f"{column.table.name}.{name}", column.table, number)


@dataclass(frozen=True)
class Compared(Flags):
    """A yes or no about how figures stand to each other."""

    @property
    def group(self) -> str:
        return "figures"
