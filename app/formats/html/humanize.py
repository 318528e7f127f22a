"""Dates and figures in words, for people: `2018-11~` is "about November 2018", `{"low": 10}` is "at least 10"."""

import re

from app.values.days import iso
from app.values.members import Members
from app.values.units import symbol

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
QUALIFIED = {"": "{}", "~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)"}
DATE = re.compile(r"(Y?-?[0-9X]+)(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?([?~%]?)", re.ASCII)


def date(edtf: str) -> str:
    """An EDTF text in words; as it stands where it is of no form that the house accepts."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf)
    if start in ("", ".."):
        return f"until {_one(end)}"
    if end in ("", ".."):
        return f"from {_one(start)} on"
    return _between(_one(start), _one(end))


def moment(value: Members) -> str:
    """A date with its time of day, if it has one: `28 May 2019, 17:09 (UTC+02:00)`."""
    time = value.get("time")
    return f"{date(value['edtf'])}, {time[:5]} (UTC{time[5:].removeprefix('Z')})" if time else date(value["edtf"])


def period(begin: Members | None, end: Members | None) -> str:
    """From one date to another: `31 May 2017 to June 2019`, `since 1999`, `until 2008`; empty if neither is known."""
    if begin and end:
        return _between(date(begin["edtf"]), date(end["edtf"]))
    return f"since {date(begin['edtf'])}" if begin else f"until {date(end['edtf'])}" if end else ""


def day(number: int) -> str:
    """A day number in words."""
    return date(iso(number) or "")


def _between(start: str, end: str) -> str:
    """`27 to 28 May 2019`: what both have in common is said once."""
    day, _, rest = start.partition(" ")
    return f"{day} to {end}" if rest and end.partition(" ")[2] == rest and day.isdigit() else f"{start} to {end}"


def _one(text: str) -> str:
    found = DATE.fullmatch(text)
    if found is None:
        return text
    year, month, day, qualifier = found.groups()
    return QUALIFIED[qualifier].format(_parts(_year(year), month, day))


def _parts(year: str, month: str | None, day: str | None) -> str:
    if month is None:
        return year
    if month == "XX":
        return f"some {'day' if day else 'month'} in {year}"
    number = int(month)
    within = f"{SEASONS.get(number) or MONTHS[number - 1]} {year}"
    if day is None:
        return within
    return f"some day in {within}" if day == "XX" else f"{int(day)} {within}"


def _year(text: str) -> str:
    if text.startswith("-") and text.endswith("X"):
        return text
    if text.endswith("XX"):
        return f"some year from {text[:-2]}00 to {text[:-2]}99"
    if text.endswith("X"):
        return f"the {text[:-1]}0s"
    year = int(text.removeprefix("Y"))
    return str(year) if year > 0 else f"{1 - year} BC"  # the year 0 is 1 BC (ISO 8601)


def figure(value: Members, unit: str | None) -> str:
    """A figure as a claim gives it, with its `low`, `value`, `high` and `approximate`."""
    low, exact, high = (_measured(value[name], unit) for name in ("low", "value", "high"))
    about = "about " if value["approximate"] else ""
    if exact is not None:
        return about + exact
    if low is not None and high is not None:
        return f"{about}{low} to {high}"
    if low is not None:
        return f"at least {low}"
    return "no number" if high is None else f"at most {high}"


def _measured(number: float | None, unit: str | None) -> str | None:
    """A number with what it is measured in: `2.6 t`, `1,000 EUR`, `40%`; a count stands alone."""
    if number is None:
        return None
    sign = symbol(unit)
    return f"{number:,}{'' if sign in ('', '%') else ' '}{sign}"


def words(name: str) -> str:
    """The name of a member or parameter as a heading: `place_precision` is "Place precision"."""
    text = name.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]
