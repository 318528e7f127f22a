"""Dates as people and programs write them, read as EDTF: `2019-5-28` and `20190528` surely, `28 May 2019` probably."""

import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_TIMED = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?", re.I | re.A
)
_BASIC = re.compile(r"(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.A)
_UNPADDED = re.compile(r"(\d{4})-(\d\d?)(?:-(\d\d?))?", re.A)

_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_IN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}", rf"{_MONTH} {_DAY},? {_YEAR}", rf"{_MONTH},? {_YEAR}")
)
_IN_DIGITS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.A)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.A)
_MONTH_FIRST = re.compile(r"(\d{1,2})[./](\d{4})", re.A)
_DECADE = re.compile(r"(\d{3})0(?:'?s)", re.A)
_SEASON = re.compile(rf"({'|'.join(_SEASONS)}),? (?:of )?(\d{{4}})", re.IGNORECASE | re.ASCII)
_ABOUT = re.compile(r"(?:c|ca|circa|about|around|approx)\.? ?(.+)", re.IGNORECASE)
_SINCE = re.compile(r"(?:(?:since|from)[ :]|(?:>=|gte?:|ge:?) ?)(.+)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:(?:until|till|to)[ :]|(?:<=|lte?:|le:?) ?)(.+)", re.IGNORECASE)
_RANGE = re.compile(r"(.+?)(?:\.\.\.?|[,:;|] ?| (?:to|until|till|and) | ?[–—] ?| - )(.+)", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.A)


def plainly(text: str) -> str:
    """The text with what is surely a day in the form of one: a time of day cut, zeros and hyphens put in."""
    return "/".join(_side(side) for side in text.split("/"))


def meant(text: str) -> str | None:
    """The date that the text probably means, in EDTF; it need not exist."""
    text = " ".join(text.split()).strip()
    return _one(text) or _interval(text)


def ambiguous(text: str) -> tuple[str, str] | None:
    """Both days that two numbers and a year may mean: day first, and month first."""
    found = _IN_DIGITS.fullmatch(text.strip())
    if found is None or not (1 <= int(found[1]) <= 12 and 1 <= int(found[3]) <= 12) or int(found[1]) == int(found[3]):
        return None
    return _iso(found[4], found[3], found[1]), _iso(found[4], found[1], found[3])


def _side(side: str) -> str:
    if found := _TIMED.fullmatch(side):
        return found[1]
    if found := _BASIC.fullmatch(side):
        return "-".join(found.groups())
    if found := _UNPADDED.fullmatch(side):
        return "-".join(part.zfill(2) for part in found.groups() if part)
    return side


def _one(text: str) -> str | None:
    """One day, month, season, decade, or something about it."""
    if (found := next(filter(None, (form.fullmatch(text) for form in _IN_WORDS)), None)) is not None:
        parts = found.groupdict()
        return _iso(parts["year"], str(_MONTHS.index(parts["month"][:3].lower()) + 1), parts.get("day"))
    return _numbers(text) or _loose(text)


def _numbers(text: str) -> str | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _iso(*found.groups())
    if found := _MONTH_FIRST.fullmatch(text):
        return _iso(found[2], found[1])
    if (found := _IN_DIGITS.fullmatch(text)) and not ambiguous(text):
        day, month = (found[1], found[3]) if int(found[3]) <= 12 else (found[3], found[1])
        return _iso(found[4], month, day)
    return None


def _loose(text: str) -> str | None:
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}X"
    if found := _SEASON.fullmatch(text):
        return f"{found[2]}-{_SEASONS[found[1].lower()]}"
    found = _ABOUT.fullmatch(text)
    return f"{_known(found[1])}~" if found and _known(found[1]) else None


def _interval(text: str) -> str | None:
    for form, shape in ((_SINCE, "{}/.."), (_UNTIL, "../{}")):
        if (found := form.fullmatch(text)) and (side := _known(found[1])):
            return shape.format(side)
    for form in (_YEARS, _RANGE):
        if (found := form.fullmatch(text)) and all(sides := [_known(side) for side in found.groups()]):
            return "/".join(side for side in sides if side)
    return None


def _known(text: str) -> str | None:
    """One side of an interval: in EDTF already, or in words."""
    text = _side(text.strip())
    return text if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text, re.ASCII) else _one(text)


def _iso(year: str, month: str, day: str | None = None) -> str:
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])
