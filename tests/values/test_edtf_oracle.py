"""Bounds against the `edtf` package, where it is right.

Left out, because there the package is not: it pads an unknown end by ten years (`1985/` ends in 1995), fails on open
ends (`1985/..` has infinities for bounds), accepts level 2 (`1XXX`), refuses a qualified season (`2001-21~`), and ends
winter in December, as the specification leaves open.
"""

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from app.values.days import day_number
from app.values.edtf import Edtf

YEARS = st.integers(1, 9999).map("{:04d}".format)
MONTHS = st.builds("{}-{:02d}".format, YEARS, st.integers(1, 12))
DAYS = st.dates().map(str)
MASKED = st.sampled_from(["201X", "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX", "-201X", "-20XX"])
SIDES = YEARS | MONTHS | DAYS


def bounds_of_the_oracle(text: str) -> tuple[int, int]:
    parsed = parse_edtf(text)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    return day_number(*first[:3]), day_number(*last[:3])


@settings(max_examples=60)
@given(SIDES | MASKED, st.sampled_from(["", "?", "~", "%"]))
def test_dates_have_the_bounds_of_the_oracle(text: str, qualifier: str) -> None:
    date = Edtf.parse(text + qualifier)
    assert (date.earliest, date.latest) == bounds_of_the_oracle(text + qualifier)


@settings(max_examples=40)
@given(st.tuples(YEARS | DAYS, YEARS | DAYS).map(sorted))
def test_intervals_have_the_bounds_of_the_oracle(sides: list[str]) -> None:
    text = "/".join(sides)
    date = Edtf.parse(text)
    assert (date.earliest, date.latest) == bounds_of_the_oracle(text)


@pytest.mark.parametrize(
    "text", ["-1985", "Y170000002", "Y-170000002", "-0044-03-15", "2001-21", "2001-22", "-2001-23"]
)
def test_far_years_and_seasons_have_the_bounds_of_the_oracle(text: str) -> None:
    date = Edtf.parse(text)
    assert (date.earliest, date.latest) == bounds_of_the_oracle(text)
