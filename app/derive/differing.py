"""Figures that differ: standing values of one measure without a common point, whatever explains it."""

from collections.abc import Sequence

from app.derive.stated import Stated
from app.values.figures import common_point


def differ(one: Stated, other: Stated) -> bool:
    """Whether no number fits both of two values of one measure."""
    return one.counts and other.counts and not common_point((one.interval, other.interval))


def differing(values: Sequence[Stated]) -> list[Stated]:
    """The values of one measure that have no common point with another one: none, if one number fits them all.

    Intervals that meet two by two have a point in common all together, so the outermost bounds tell.
    """
    if len(values) < 2:
        return []
    counting = [value.interval for value in values if value.counts]
    highest_low = max((interval.low for interval in counting if interval.low is not None), default=None)
    lowest_high = min((interval.high for interval in counting if interval.high is not None), default=None)
    if highest_low is None or lowest_high is None or highest_low <= lowest_high:
        return []
    return [value for value in values if value.counts and _outside(value, highest_low, lowest_high)]


def _outside(value: Stated, highest_low: float, lowest_high: float) -> bool:
    low, high = value.interval.low, value.interval.high
    return (high is not None and high < highest_low) or (low is not None and low > lowest_high)
