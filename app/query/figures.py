"""Filters over figures: one figure of one claim that reaches into an asked range."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import Column, ColumnElement, and_, or_

from app.query.base import Filter, Lookup, Refused, as_column
from app.values.integers import plain_number


@dataclass(frozen=True)
class Bound(Filter):
    """A number that the figure's interval must reach; `column` is one end of the interval, `other` the other end.

    An end that is open on one side reaches everything there; a vague count, open on both, reaches nothing.
    """

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"="})  # its complement would speak of other measures too

    needs: str = "measure"
    other: Any = field(default=None, repr=False)

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        return (as_column(self.column), as_column(self.other))

    def read(self, values: Sequence[str], lookup: Lookup) -> float:
        try:
            return plain_number(values[0])
        except ValueError as error:
            raise Refused(f"{self.name} is a number such as 20 or 2.5, in plain digits.", values[0]) from error

    def where(self, reading: float) -> ColumnElement[bool]:
        end, other = self.columns
        return or_(self.reaches(end, reading), and_(end.is_(None), other.is_not(None)))

    def reaches(self, end: Column[Any], reading: float) -> ColumnElement[bool]:
        """Whether the end, where it is known, lies far enough out."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}

    def values(self, reading: float) -> Sequence[str]:
        return (f"{reading:.15g}",)

    def canonical(self, reading: float) -> str:
        return repr(reading)


@dataclass(frozen=True)
class AtLeast(Bound):
    """`min`: the figure may be this much or more. `column` is its high end."""

    def reaches(self, end: Column[Any], reading: float) -> ColumnElement[bool]:
        return end >= reading


@dataclass(frozen=True)
class AtMost(Bound):
    """`max`: the figure may be this much or less. `column` is its low end."""

    def reaches(self, end: Column[Any], reading: float) -> ColumnElement[bool]:
        return end <= reading
