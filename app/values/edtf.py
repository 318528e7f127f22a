"""Dates as exact as they are known (EDTF level 1, Library of Congress 2019, ISO 8601-2), with whole-day bounds."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final, NamedTuple

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.values.bad_dates import BadDate, current_form, obsolete, refusal
from app.values.days import OPEN_END, OPEN_START, day_number, month_length

__all__ = ["MAX_LENGTH", "BadDate", "Edtf", "EdtfText"]

MAX_LENGTH: Final = 64

# Fifteen digits of a year keep its day numbers inside 64 bits.
_DATE = re.compile(
    r"""(?: Y(?P<long>-?[1-9][0-9]{4,14})
          | (?P<year>-?[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))
            (?: -(?P<month>[0-9]{2}|XX) (?: -(?P<day>[0-9]{2}|XX) )? )?
        ) [?~%]?""",
    re.VERBOSE | re.ASCII,
)
# The specification names the seasons and gives them no months: these are the meteorological ones of the north. The
# codes run from spring to winter of a year, so winter is the one that begins in December and ends in the next year.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


class _Span(NamedTuple):
    earliest: int
    latest: int
    precision: str


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or interval with its whole-day bounds (see `days`); qualifiers never move them.

    `precision` is day, month, season, year, decade, century or interval. An unknown side (`1985/`) is bounded as open.
    """

    text: str
    earliest: int
    latest: int
    precision: str
    qualified: bool
    unknown_end: bool

    @classmethod
    def parse(cls, text: str) -> "Edtf":
        """Raises BadDate."""
        if len(text) > MAX_LENGTH:
            raise BadDate(f"a date has at most {MAX_LENGTH} characters, this text has {len(text)}")
        try:
            return _parsed(text)
        except BadDate:
            current = current_form(text)
            if current != text and _is_accepted(current):
                raise obsolete(text, current) from None
            raise


def _is_accepted(text: str) -> bool:
    try:
        _parsed(text)
    except BadDate:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether the text is a date as it may be written in a dossier."""
    try:
        Edtf.parse(text)
    except BadDate:
        return False
    return True


@lru_cache(maxsize=2**14)  # the days of 45 years: in a dossier of thousands they come again and again
def _parsed(text: str) -> Edtf:
    start, slash, end = text.partition("/")
    span = _interval(text, start, end) if slash else _date(text)
    unknown_end = bool(slash) and not (start and end)
    return Edtf(text, *span, qualified=any(sign in text for sign in "?~%"), unknown_end=unknown_end)


def _interval(text: str, start: str, end: str) -> _Span:
    if "/" in end:
        raise refusal(text)
    if start in ("", "..") and end in ("", ".."):
        raise BadDate(f"{text!r} has no date; an interval needs one at least at one side")
    if "X" in text:
        raise BadDate(f"{text!r} has an X inside an interval, which is level 2; leave it out, as in 2019-05/2020")
    earliest = OPEN_START if start in ("", "..") else _date(start).earliest
    latest = OPEN_END if end in ("", "..") else _date(end).latest
    if earliest > latest:
        raise BadDate(f"{text!r}: from is after to")
    return _Span(earliest, latest, "interval")


def _date(text: str) -> _Span:
    found = _DATE.fullmatch(text)
    if found is None:
        raise refusal(text)
    long, year, month, day = found.group("long", "year", "month", "day")
    if long is not None:
        return _years(int(long), int(long), "year")
    if year.startswith("-0000"):
        raise BadDate(f"{text!r}: the year 0 bears no sign")
    if month is None:
        return _masked_years(year)
    if "X" in year or (month == "XX" and day not in (None, "XX")):
        raise refusal(text)
    return _years(int(year), int(year), "year") if month == "XX" else _within_year(text, int(year), int(month), day)


def _within_year(text: str, year: int, month: int, day: str | None) -> _Span:
    if day is None and month in _SEASONS:
        return _season(year, _SEASONS[month])
    if not 1 <= month <= 12:
        raise _no_month(text, month)
    if day in (None, "XX"):
        return _Span(day_number(year, month, 1), day_number(year, month, month_length(year, month)), "month")
    try:
        number = day_number(year, month, int(day or ""))
    except ValueError as error:
        raise BadDate(f"{text!r}: {error}") from None
    return _Span(number, number, "day")


def _no_month(text: str, month: int) -> BadDate:
    if 25 <= month <= 41:
        return BadDate(f"{text!r}: {month} is a level 2 grouping; the seasons of level 1 are 21 to 24")
    return BadDate(f"{text!r}: month {month} is not 1 to 12, nor a season, 21 to 24 (of a year, without a day)")


def _season(year: int, first: int) -> _Span:
    last_year, last = (year, first + 2) if first < 12 else (year + 1, 2)
    return _Span(day_number(year, first, 1), day_number(last_year, last, month_length(last_year, last)), "season")


def _masked_years(year: str) -> _Span:
    precision = ("year", "decade", "century")[year.count("X")]
    bounds = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not year.startswith("-"):
        return _years(*bounds, precision)
    # The digits count away from zero, and -0000 is no year.
    return _years(bounds[1], min(bounds[0], -1), precision)


def _years(first: int, last: int, precision: str) -> _Span:
    return _Span(day_number(first, 1, 1), day_number(last, 12, 31), precision)


def _checked(text: str) -> str:
    try:
        return Edtf.parse(text).text
    except BadDate as error:
        # A message is a template to pydantic: braces of the text must not be read as fields.
        raise PydanticCustomError("bad_date", "{reason}", {"reason": str(error)}) from None


EdtfText = Annotated[
    str,
    AfterValidator(_checked),
    WithJsonSchema(
        {
            "type": "string",
            "format": "edtf",
            "maxLength": MAX_LENGTH,
            "description": "A date or interval in EDTF level 1 without time of day.",
            "examples": ["2019-05-28", "2019-05", "2019-05-28/2019-05-31", "../2019-05-28", "2008~"],
        }
    ),
]
"""A text that was checked with `Edtf.parse`; its error's type is bad_date."""
