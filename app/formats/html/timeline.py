"""A timeline: what is known of when, each date as exact as it is, on a scale that shortens long gaps."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

from app.formats.html import humanize
from app.values.days import MISSING_LAST, OPEN_END, OPEN_START
from app.values.edtf import Edtf
from app.values.members import Members

WIDTH = 1000  # of the scale, in units
MARGIN = 50  # at both ends, for what is open there
THINNEST = 12  # of what is drawn of one day
MOST = 18  # rows

Days = tuple[int, int]  # the first day and the day after the last one
Style = Literal["sure", "unsure", "before", "after"]  # the last two run to the end of the scale
Stretch = tuple[Style, tuple[int | None, int | None]]


@dataclass(frozen=True)
class Period:
    """A period from some day in `begin` to some day in `end`; both are equal for what happened once."""

    begin: Days | None
    end: Days | None
    about: bool  # a qualifier says that it is approximate or uncertain

    @property
    def order(self) -> Days:
        """What it is sorted by: what has no date comes last."""
        return (self.begin or self.end or (MISSING_LAST, 0))[0], (self.end or self.begin or (0, MISSING_LAST))[1]


UNDATED = Period(None, None, about=False)


@dataclass(frozen=True)
class Item:
    """Something at a time: what it is called, where it leads, what is said of it, and whether the page is about it."""

    period: Period
    when: str
    label: str
    url: str
    about: str = ""
    here: bool = False


@dataclass(frozen=True)
class Bar:
    """A stretch of the scale, in thousandths of it."""

    style: Style
    start: int
    width: int


@dataclass(frozen=True)
class Timeline:
    """Items in order, each with what is drawn of it, and the first and last day of the scale in words."""

    rows: Sequence[tuple[Item, Sequence[Bar]]]
    first: str
    last: str
    left_out: int


def timeline(items: Iterable[Item]) -> Timeline | None:
    """The items by date on one scale; None unless two of them have a date and they are not all of one day."""
    found = sorted(items, key=lambda item: (item.period.order, not item.here, item.label))
    kept = _kept(found)
    marks = sorted({day for item in kept for _, days in _stretches(item.period) for day in days if day is not None})
    if len(marks) < 3:
        return None
    place = _scale(marks)
    rows = [(item, tuple(_bar(style, days, place) for style, days in _stretches(item.period))) for item in kept]
    return Timeline(rows, humanize.day(marks[0]), humanize.day(marks[-1] - 1), len(found) - len(kept))


def _kept(items: Sequence[Item]) -> Sequence[Item]:
    """The items that are shown, around the one that the page is about."""
    here = next((place for place, item in enumerate(items) if item.here), 0)
    start = max(0, min(here - MOST // 2, len(items) - MOST))
    return items[start : start + MOST]


def once(value: Members) -> Period:
    """The period of a date of a document; of an interval it is both ends."""
    start, slash, end = value["edtf"].partition("/")
    if not slash:
        return Period(_bounds(start), _bounds(start), _qualified(start))
    return Period(_bounds(start), _bounds(end), _qualified(value["edtf"]))


def lasting(begin: Members | None, end: Members | None) -> Period:
    """The period from one date of a document to another one."""
    about = any(value and _qualified(value["edtf"]) for value in (begin, end))
    return Period(_bounds(begin["edtf"] if begin else ""), _bounds(end["edtf"] if end else ""), about)


def _bounds(edtf: str) -> Days | None:
    if edtf in ("", ".."):
        return None
    date = Edtf.parse(edtf)
    return date.earliest, date.latest + (date.latest < OPEN_END)


def _qualified(edtf: str) -> bool:
    return any(sign in edtf for sign in "?~%")


def _stretches(period: Period) -> Iterator[Stretch]:
    """What is drawn of a period, from left to right: where it may begin, where it surely is, where it may end."""
    begin, end = period.begin, period.end
    if begin == end:
        yield from _once(begin) if begin else ()
        return
    begin, end = begin or (OPEN_START, end[0] if end else 0), end or (begin[1] - 1 if begin else 0, OPEN_END)
    first, last = begin[1] - (begin[0] > OPEN_START), end[0] + 1
    exact = 1 in (begin[1] - begin[0], end[1] - end[0])
    yield from _edge(begin)
    if last - first > (0 if exact else 1):
        yield "sure", (first, last)
    yield from _edge(end)


def _once(days: Days) -> Iterator[Stretch]:
    yield "sure" if days[1] - days[0] == 1 else "unsure", days


def _edge(days: Days) -> Iterator[Stretch]:
    """What is drawn of a beginning or an end: nothing if it is one day, which the sure part has."""
    if days[0] <= OPEN_START:
        yield "before", (None, days[1])
    elif days[1] >= OPEN_END:
        yield "after", (days[0], None)
    elif days[1] - days[0] > 1:
        yield "unsure", days


def _scale(marks: Sequence[int]) -> Mapping[int, int]:
    """Where each day lies: the longer nothing begins or ends, the more the gap is shortened."""
    steps = [log2(1 + after - before) for before, after in itertools.pairwise(marks)]
    unit = (WIDTH - 2 * MARGIN) / sum(steps)
    return {day: round(MARGIN + unit * sum(steps[:place])) for place, day in enumerate(marks)}


def _bar(style: Style, days: tuple[int | None, int | None], place: Mapping[int, int]) -> Bar:
    start = 0 if days[0] is None else place[days[0]]
    end = WIDTH if days[1] is None else place[days[1]]
    return Bar(style, start, max(end - start, THINNEST))


def said(claims: Iterable[tuple[str, Members | None]], url: str) -> Iterator[Item]:
    """What was said on each date, and what bears none: claims are pairs of a voice and when it spoke."""
    dates: dict[str, Period] = {}
    days: dict[str, Counter[str]] = {}
    for voice, value in claims:
        edtf = value["edtf"] if value else ""
        dates[edtf] = once(value) if value else UNDATED
        days.setdefault(edtf, Counter())[voice] += 1
    for edtf, voices in days.items():
        total = voices.total()
        label = f"{total} {'claim' if total == 1 else 'claims'}"
        when = humanize.date(edtf) if edtf else "not dated"
        yield Item(dates[edtf], when, label, f"{url}?said={edtf}" if edtf else url, _voices(voices))


def _voices(voices: Counter[str]) -> str:
    named = [f"{voice} ({number})" if number > 1 else voice for voice, number in voices.most_common(3) if voice]
    return ", ".join(named) + (f" and {len(voices) - 3} more" if len(voices) > 3 else "")
