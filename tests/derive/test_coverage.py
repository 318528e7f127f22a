"""Coverage: the code points inside paragraphs that some claim, or the furniture, answers for."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.derive.coverage import coverage
from app.entries.claims import ClaimEntry
from app.entries.sources import SourceEntry
from app.resources.sources import Coverage
from app.values.spans import Span, shared, size, union, without
from derive.tiny import claim, entry, links

HASH = "0" * 64


def anchored(id: str, *spans: Span, source: str = "paper") -> ClaimEntry:
    match = {"length": 1, "sha256": HASH}
    pinned = [{"paragraph": 1, "start": start, "end": end, "sha256": HASH, "match": match} for start, end in spans]
    return claim(id, evidence=[{"source": source, **each} for each in pinned])


def covered(paragraphs: list[Span], furniture: list[Span], *claims: ClaimEntry) -> Coverage | None:
    text: dict[str, Any] = {"sha256": HASH, "length": 1000} if paragraphs else {}
    text["paragraphs"] = [{"start": start, "end": end} for start, end in paragraphs]
    text["furniture"] = [{"start": start, "end": end, "reason": "A box."} for start, end in furniture]
    source = entry(SourceEntry, "paper", **text)
    return coverage(source, links(source, *claims))


def test_without_the_text_there_is_no_coverage() -> None:
    assert covered([], [], claim("one", evidence=[{"source": "paper"}])) is None


@pytest.mark.parametrize(
    ("furniture", "spans", "expected"),
    [
        ([], [], (30, 0, 0, 30, 0.0)),
        ([], [(0, 10), (12, 32)], (30, 30, 0, 0, 1.0)),
        ([], [(0, 6), (4, 9)], (30, 9, 0, 21, 0.3)),
        ([(12, 18)], [], (30, 0, 6, 24, 0.2)),
        ([(12, 18)], [(15, 21)], (30, 9 - 3, 3, 21, 0.3)),
        ([(5, 15)], [], (30, 0, 8, 22, 8 / 30)),
        ([], [(8, 14), (31, 500)], (30, 5, 0, 25, 5 / 30)),
    ],
)
def test_only_paragraphs_count_and_nothing_twice(
    furniture: list[Span], spans: list[Span], expected: tuple[int, int, int, int, float]
) -> None:
    found = covered([(0, 10), (12, 32)], furniture, anchored("one", *spans))
    assert found is not None
    assert tuple(found.model_dump().values()) == expected


def test_claims_add_up_and_other_sources_do_not_count() -> None:
    found = covered([(0, 10)], [], anchored("a", (0, 2)), anchored("b", (1, 4)), anchored("c", (5, 9), source="other"))
    assert found is not None
    assert found.claimed == 4


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda at: (at[0], at[0] + at[1])), max_size=6)


def points(spans: list[Span]) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}


@given(SPANS.filter(bool), SPANS, SPANS)
def test_coverage_is_what_counting_single_code_points_gives(
    paragraphs: list[Span], furniture: list[Span], anchors: list[Span]
) -> None:
    found = covered(paragraphs, furniture, anchored("one", *anchors))
    read = points(anchors)
    read |= {point for point in range(60) if {point - 1, point + 1} <= read}  # the blank between two anchors
    text, claimed = points(paragraphs), points(paragraphs) & read
    assert found is not None
    assert (found.length, found.claimed) == (len(text), len(claimed))
    assert found.furniture == len(text & points(furniture) - claimed)
    assert found.claimed + found.furniture + found.unclaimed == found.length
    assert found.share == (found.claimed + found.furniture) / found.length


@given(SPANS, SPANS)
def test_spans_keep_their_points_and_are_apart(one: list[Span], two: list[Span]) -> None:
    both = shared(union(one), union(two))
    assert points(union(one)) == points(one)
    assert all(before[1] < after[0] for before, after in pairwise(union(one)))
    assert points(both) == points(one) & points(two)
    assert points(without(union(one), union(two))) == points(one) - points(two)
    for spans in (union(one), both):
        assert spans == sorted(spans)
        assert size(spans) == len(points(spans))
