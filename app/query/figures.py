"""Filters over figures: one figure of one claim that reaches into an asked range, of money in one currency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Filter, Lookup, Refused, Schema, as_column, read_each
from app.query.condition import Meets
from app.query.filters import Flags
from app.query.index import Inverted, Ranged, Row, Rows, union
from app.values.integers import in_digits, number_meant, plain_number
from app.values.units import CURRENCIES
from app.vocabularies import load


@dataclass(frozen=True)
class Currencies(Filter[tuple[str, ...]]):
    """Currencies by their codes of ISO 4217, in whatever case: `currency=EUR,NOK`."""

    @property
    def group(self) -> str:
        return "figures"

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(sorted(set(read_each(values, lambda value: self._code(value, lookup)))))

    def _code(self, value: str, lookup: Lookup) -> str:
        """The code of a currency, which no record need have; raises Refused."""
        code, index = value.upper(), self.inverted[0].name
        if code not in CURRENCIES:
            message = f"'{value}' is no currency of ISO 4217, such as EUR."
            raise Refused(message, value, lambda: lookup.nearest_value(index, code))
        return code

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 100, "description": "A code of ISO 4217: `EUR`, `NOK`."}


@dataclass(frozen=True)
class Bound(Filter[float]):
    """A number that the figure's interval must reach; `column` is one end of the interval, `other` the other end.

    An end that is open on one side reaches everything there; a vague count, open on both, reaches nothing.
    """

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"="})  # its complement would speak of other measures too

    needs: str = "measure"
    of_money: str = "currency"  # what it needs too where the measure is money
    other: object = field(default=None, repr=False)

    @property
    def beside(self) -> tuple[str, ...]:
        return (self.needs, self.of_money)

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
        return (in_digits(reading),)

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


def turned_round(met: Sequence[Meets]) -> Iterator[tuple[Bound, str]]:
    """A `max` of a range that ends before it begins, and what to do."""
    least = [each.reading for each in met if isinstance(each.filter, AtLeast)]
    for most in met:
        if isinstance(most.filter, AtMost) and any(most.reading < reading for reading in least):
            yield most.filter, f"{most.filter.name} is less than min: swap the two."


def of_mixed_money(met: Sequence[Meets]) -> Iterator[tuple[Bound, str]]:
    """Each bound of a sum of money that does not stand beside one currency, and what to do: they are not compared."""
    for bound in (each.filter for each in met if isinstance(each.filter, Bound)):
        currencies = [each.reading for each in met if each.filter.name == bound.of_money]
        measures = [term for each in met if each.filter.name == bound.needs for term in each.reading]
        money = next((term for term in measures if load("measures").terms[term].money), None)
        if money and [len(codes) for codes in currencies] != [1]:
            yield bound, f"{money} is money: give one {bound.of_money} beside {bound.name}, such as EUR."


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
