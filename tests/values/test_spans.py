"""Spans are sets of code points: each operation is held against the same one on sets."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.values.spans import Span, bridged, shared, size, union, without

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)))  # also empty and reversed ones


def points(spans: list[Span]) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}


def is_disjoint_and_in_order(spans: list[Span]) -> bool:
    return all(start < end for start, end in spans) and all(one[1] < two[0] for one, two in pairwise(spans))


def test_spans_that_touch_or_overlap_become_one() -> None:
    assert union([(4, 6), (0, 2), (2, 3), (5, 9), (11, 11), (14, 12)]) == [(0, 3), (4, 9)]
    assert union([]) == []


@given(SPANS)
def test_a_union_has_the_same_points_as_disjoint_spans(spans: list[Span]) -> None:
    assert points(union(spans)) == points(spans)
    assert is_disjoint_and_in_order(union(spans))
    assert size(union(spans)) == len(points(spans))


def test_a_gap_as_wide_as_allowed_is_bridged() -> None:
    assert bridged([(0, 2), (3, 5), (7, 8)]) == [(0, 5), (7, 8)]
    assert bridged([(0, 2), (3, 5), (7, 8)], gap=2) == [(0, 8)]
    assert bridged([(3, 3), (5, 4)]) == []


@given(SPANS, st.integers(0, 5))
def test_bridging_adds_exactly_the_gaps_up_to_that_width(spans: list[Span], gap: int) -> None:
    joined = union(spans)
    narrow = [(one[1], two[0]) for one, two in pairwise(joined) if two[0] - one[1] <= gap]
    assert points(bridged(spans, gap)) == points(joined) | points(narrow)
    assert is_disjoint_and_in_order(bridged(spans, gap))


@given(SPANS, SPANS)
def test_what_is_shared_lies_in_both(first: list[Span], second: list[Span]) -> None:
    both = shared(union(first), union(second))
    assert points(both) == points(first) & points(second)
    assert is_disjoint_and_in_order(both)


@given(SPANS, SPANS)
def test_what_is_left_lies_in_the_first_alone(first: list[Span], second: list[Span]) -> None:
    left = without(union(first), union(second))
    assert points(left) == points(first) - points(second)
    assert is_disjoint_and_in_order(left)
