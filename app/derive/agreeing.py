"""Figures that agree: the same exact number of different voices of different origin, for times that overlap."""

from collections.abc import Sequence
from itertools import combinations

from app.derive.stated import Stated
from app.entries.base import Moment, When
from app.values.times import minute


def agreeing(values: Sequence[Stated]) -> list[Stated]:
    """The standing values of one measure that another voice of another origin gives too, for an overlapping time."""
    if len(values) < 2:
        return []
    pairs = (pair for group in _exact(values).values() for pair in combinations(group, 2) if _agree(*pair))
    found = {id(value) for pair in pairs for value in pair}
    return [value for value in values if id(value) in found]


def _exact(values: Sequence[Stated]) -> dict[float, list[Stated]]:
    """The exact values by their number."""
    groups: dict[float, list[Stated]] = {}
    for value in values:
        number = value.figure.value
        if value.stands and number is not None and value.interval.low == number == value.interval.high:
            groups.setdefault(number, []).append(value)
    return groups


def _agree(one: Stated, other: Stated) -> bool:
    return one.voice != other.voice and one.origin != other.origin and _overlap(_time(one), _time(other))


def _time(value: Stated) -> When | None:
    return value.as_of or value.said


def _overlap(one: When | None, other: When | None) -> bool:
    """Whether the days meet; of two times of day, whether they are the same minute."""
    if one is None or other is None:
        return False
    if isinstance(one, Moment) and isinstance(other, Moment) and one.time and other.time:
        return minute(one.bounds.earliest, one.time) == minute(other.bounds.earliest, other.time)
    return one.bounds.earliest <= other.bounds.latest and other.bounds.earliest <= one.bounds.latest
