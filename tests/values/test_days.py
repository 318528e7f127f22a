"""Day numbers against the standard library where it reaches, and against laws where it does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.days import (
    DAYS_IN_400_YEARS,
    MISSING_FIRST,
    MISSING_LAST,
    OPEN_END,
    OPEN_START,
    civil,
    day_number,
    iso,
    month_length,
)

EPOCH = date(1970, 1, 1)


@given(st.dates())
def test_agrees_with_the_standard_library(day: date) -> None:
    number = (day - EPOCH) // timedelta(days=1)
    assert day_number(day.year, day.month, day.day) == number
    assert civil(number) == (day.year, day.month, day.day)
    assert iso(number) == day.isoformat()


@given(st.integers(-(10**17), 10**17))
def test_civil_is_the_inverse_for_any_year(number: int) -> None:
    assert day_number(*civil(number)) == number


@given(st.integers(-(10**15), 10**15), st.integers(1, 12))
def test_the_calendar_repeats_every_400_years(year: int, month: int) -> None:
    assert day_number(year + 400, month, 1) - day_number(year, month, 1) == DAYS_IN_400_YEARS
    assert month_length(year, month) == month_length(year % 400 + 400, month)


def test_the_day_after_the_last_of_a_month_is_the_first_of_the_next() -> None:
    for year in (-401, -400, -4, -1, 0, 1, 1900, 2000, 2019, 12_000):
        for month in range(1, 12):
            assert civil(day_number(year, month, month_length(year, month)) + 1) == (year, month + 1, 1)
        assert civil(day_number(year, 12, 31) + 1) == (year + 1, 1, 1)


@pytest.mark.parametrize(("year", "month", "day"), [(2020, 2, 30), (2019, 2, 29), (1900, 2, 29), (2019, 13, 1)])
def test_a_day_that_does_not_exist_is_refused(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match="is not"):
        day_number(year, month, day)
    with pytest.raises(ValueError, match="is not"):
        day_number(2019, month, 0)
    with pytest.raises(ValueError, match="is not 1 to 12"):
        month_length(2019, 0)


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (0, "0000-03-15"),
        (44, "0044-03-15"),
        (-44, "-0044-03-15"),
        (-9999, "-9999-03-15"),
        (-10000, "Y-10000-03-15"),
        (10000, "Y10000-03-15"),
    ],
)
def test_years_outside_four_digits_are_written_as_edtf_does(year: int, text: str) -> None:
    assert iso(day_number(year, 3, 15)) == text


def test_open_ends_and_missing_values_have_no_date_and_sort_outside_all_days() -> None:
    assert MISSING_FIRST < OPEN_START < day_number(-(10**15) + 1, 1, 1)
    assert day_number(10**15 - 1, 12, 31) < OPEN_END < MISSING_LAST
    assert [iso(end) for end in (MISSING_FIRST, OPEN_START, OPEN_END, MISSING_LAST)] == [None] * 4
    assert (MISSING_FIRST, MISSING_LAST) == (-(2**63), 2**63 - 1)
