"""Counts by several speakers: when they agree, and how far they reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.figures import Interval, common_point, hull

VAGUE = Interval(None, None)
COUNTS = st.integers(0, 100)
INTERVALS = st.lists(st.tuples(COUNTS, COUNTS).map(lambda pair: Interval(min(pair), max(pair))), max_size=5)


@pytest.mark.parametrize(
    ("intervals", "agree", "reach"),
    [
        ([], True, (None, None)),
        ([VAGUE, VAGUE], True, (None, None)),
        ([Interval(23, 23)], True, (23, 23)),
        ([Interval(23, 23), Interval(28, 28)], False, (23, 28)),
        ([Interval(20, 25), Interval(25, 30)], True, (20, 30)),
        ([Interval(23, 23), VAGUE, Interval(23, 23)], True, (23, 23)),
        ([Interval(20, None), Interval(23, 23)], True, (20, None)),
        ([Interval(24, None), Interval(23, 23)], False, (23, None)),
        ([Interval(None, 22), Interval(23, 23)], False, (None, 23)),
        ([Interval(None, 5), Interval(5, None)], True, (None, None)),
        ([Interval(1, 3), Interval(2, 5), Interval(4, 6)], False, (1, 6)),
        ([Interval(0, 0), Interval(0, 1)], True, (0, 1)),
    ],
)
def test_agreement_and_reach(intervals: list[Interval], agree: bool, reach: tuple[float | None, float | None]) -> None:
    assert common_point(intervals) is agree
    assert hull(intervals) == reach


@given(INTERVALS)
def test_bounded_intervals_agree_if_some_number_is_in_all(intervals: list[Interval]) -> None:
    lows_and_highs = [(interval.low or 0, interval.high or 0) for interval in intervals]
    in_all = any(all(low <= number <= high for low, high in lows_and_highs) for number in range(101))
    assert common_point(iter(intervals)) is in_all
    assert common_point([*intervals, VAGUE]) is in_all


def test_a_reversed_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="low 5 is above high 3"):
        Interval(5, 3)
