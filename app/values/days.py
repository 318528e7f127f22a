"""Day numbers: days since 1970-01-01 in the proleptic Gregorian calendar, for any year before or after."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

# The ends of a 64-bit integer sort missing values before or after everything, the open ends lie one inside them.
MISSING_FIRST = -(2**63)
OPEN_START = -(2**63) + 1
OPEN_END = 2**63 - 2
MISSING_LAST = 2**63 - 1

DAYS_IN_400_YEARS = 146_097
_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Raises ValueError unless the month is 1 to 12."""
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} is not 1 to 12")
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """Year 0 is 1 BC (ISO 8601). Raises ValueError for a day that the month does not have."""
    if not 1 <= day <= month_length(year, month):
        raise ValueError(f"day {day} is not in month {month} of the year {year}")
    # Years are counted from March, so that the leap day is the last day of its year.
    year -= month < 3
    since_march = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return 365 * year + year // 4 - year // 100 + year // 400 + since_march - _EPOCH


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of a day number: the inverse of `day_number`."""
    cycle, rest = divmod(day + _EPOCH, DAYS_IN_400_YEARS)
    year = (rest - rest // 1460 + rest // 36_524 - rest // 146_096) // 365
    since_march = rest - (365 * year + year // 4 - year // 100)
    month = (5 * since_march + 2) // 153
    day_of_month = since_march - (153 * month + 2) // 5 + 1
    return 400 * cycle + year + (month > 9), (month + 2) % 12 + 1, day_of_month


@dataclass(frozen=True)
class Iso:
    """Marks a text as a day, as `iso` writes it."""


Day = Annotated[str, Iso()]


@lru_cache(maxsize=2**14)  # the days of 45 years: those asked for come again and again
def iso(day: int) -> str | None:
    """`2019-05-28`, `-0044-03-15`, `Y12019-01-01` (the letter EDTF puts before a longer year); None for an open end."""
    if not OPEN_START < day < OPEN_END:
        return None
    year, month, day_of_month = civil(day)
    return f"{_written(year)}-{month:02d}-{day_of_month:02d}"


def _written(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"
