"""Dates in documents and tables: what clients see, and the columns that filters and orders read."""

from functools import lru_cache

from pydantic import Field

from app.entries.base import Moment, When
from app.entries.made import Made
from app.values.days import MISSING_LAST, OPEN_START, Day, iso
from app.values.edtf import Edtf
from app.vocabularies import DateBasis, DatePrecision


class DateValue(Made):
    """An uncertain date."""

    edtf: str = Field(description="As curated, in EDTF level 1.")
    earliest: Day | None = Field(description="The first day it can mean; null if open.")
    latest: Day | None = Field(description="The last day it can mean; null if open.")
    precision: DatePrecision
    basis: DateBasis = Field(description="Stated by the source, or inferred by the curator.")


class MomentValue(DateValue):
    """An uncertain date, or a day with the time of day."""

    time: str | None = Field(description="Hours, minutes and the offset from UTC, where they are known: `17:09+02:00`.")


def moment_value(moment: Moment | None) -> MomentValue | None:
    """The date, with its time of day, as documents show it."""
    return None if moment is None else MomentValue(**dict(_date_value(moment.edtf, moment.basis)), time=moment.time)


def date_value(when: When | None) -> DateValue | None:
    """The date as documents show it."""
    return None if when is None else _date_value(when.edtf, when.basis)


@lru_cache(maxsize=10_000)  # the dates of a dossier are few
def _date_value(edtf: str, basis: str) -> DateValue:
    bounds = Edtf.parse(edtf)
    days = {"earliest": iso(bounds.earliest), "latest": iso(bounds.latest)}
    return DateValue(edtf=edtf, **days, precision=bounds.precision, basis=basis)


def date_columns(prefix: str, when: When | None) -> dict[str, object]:
    """The values of a date's four columns; those of no date are later than any day. Nobody may change them."""
    return _date_columns(prefix, when.edtf if when else None)


@lru_cache(maxsize=10_000)
def _date_columns(prefix: str, edtf: str | None) -> dict[str, object]:
    if edtf is None:
        values: tuple[object, ...] = (None, MISSING_LAST, MISSING_LAST, False)
    else:
        bounds = Edtf.parse(edtf)
        values = (edtf, bounds.earliest, bounds.latest, bounds.qualified)
    return dict(zip((f"{prefix}_{part}" for part in DATE_PARTS), values, strict=True))


def known_columns(prefix: str, when: When | None) -> dict[str, object]:
    """The values of two columns for a date with an unknown end: the last day of its start, or the first of its end.

    Nobody may change them.
    """
    return _known_columns(prefix, when.edtf if when else "")


@lru_cache(maxsize=10_000)
def _known_columns(prefix: str, edtf: str) -> dict[str, object]:
    start, slash, end = edtf.partition("/")
    return {
        f"{prefix}_known_start": Edtf.parse(start).latest if slash and not end else None,
        f"{prefix}_known_end": Edtf.parse(end).earliest if slash and not start else None,
    }


def order_of_days(earliest: int, latest: int) -> tuple[int, int] | None:
    """What dates are ordered by: the first day, or the last where the start is open or unknown; None for no date."""
    if earliest == MISSING_LAST:
        return None
    return (latest if earliest == OPEN_START else earliest, latest)


DATE_PARTS = ("edtf", "earliest", "latest", "qualified")
