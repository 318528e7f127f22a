"""What several speakers' counts have in common, and how far apart they lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Interval:
    """A count from low to high, both included; None is unbounded at that side, twice None a vague count ("several")."""

    low: float | None
    high: float | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")

    @property
    def vague(self) -> bool:
        return self.low is None and self.high is None


def common_point(intervals: Iterable[Interval]) -> bool:
    """Whether one number could satisfy all of them; a vague count never stands against any."""
    bounded = [interval for interval in intervals if not interval.vague]
    low = max((-inf if interval.low is None else interval.low for interval in bounded), default=-inf)
    return low <= min((inf if interval.high is None else interval.high for interval in bounded), default=inf)


def hull(intervals: Iterable[Interval]) -> tuple[float | None, float | None]:
    """Smallest low and largest high, leaving out vague counts; None where one of them is unbounded, or none is left."""
    bounded = [interval for interval in intervals if not interval.vague]
    lows = [interval.low for interval in bounded if interval.low is not None]
    highs = [interval.high for interval in bounded if interval.high is not None]
    low = min(lows) if lows and len(lows) == len(bounded) else None
    high = max(highs) if highs and len(highs) == len(bounded) else None
    return low, high
