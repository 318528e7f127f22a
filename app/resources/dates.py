"""Dates in documents and tables: what clients see, and the columns that filters and orders read."""

from typing import Any

from pydantic import BaseModel, Field

from app.resources.entry import When
from app.values.days import MISSING_FIRST, MISSING_LAST, iso
from app.vocabularies import DateBasis, DatePrecision


class DateValue(BaseModel):
    """An uncertain date."""

    edtf: str = Field(description="As curated, in EDTF level 1.")
    earliest: str | None = Field(description="The first day it can mean; null if open.")
    latest: str | None = Field(description="The last day it can mean; null if open.")
    precision: DatePrecision
    basis: DateBasis = Field(description="Stated by the source, or inferred by the curator.")


def date_value(when: When | None) -> DateValue | None:
    """The date as documents show it."""
    if when is None:
        return None
    bounds = when.bounds
    return DateValue(
        edtf=when.edtf,
        earliest=iso(bounds.earliest),
        latest=iso(bounds.latest),
        precision=bounds.precision,
        basis=when.basis,
    )


def date_columns(prefix: str, when: When | None) -> dict[str, Any]:
    """The values of a date's five columns. No date sorts after all others both ways and overlaps nothing."""
    if when is None:
        values: tuple[Any, ...] = (None, MISSING_LAST, MISSING_LAST, MISSING_FIRST, False)
    else:
        bounds = when.bounds
        values = (when.edtf, bounds.earliest, bounds.latest, bounds.earliest, bounds.qualified)
    return dict(zip((f"{prefix}_{part}" for part in DATE_PARTS), values, strict=True))


DATE_PARTS = ("edtf", "earliest", "latest", "earliest_down", "qualified")
