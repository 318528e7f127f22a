"""The passages of a source: the text cut where what covers it changes, each stretch with the claims that cover it."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.derive.coverage import coverage
from app.derive.links import Links
from app.derive.passages import passages
from app.entries.claims import ClaimEntry
from app.entries.sources import SourceEntry
from app.resources.sources import Passages
from app.values.spans import Span
from derive.tiny import claim, entry, links

HASH = "0" * 64

Shown = tuple[int, int, int, str, str]  # start, end, paragraph, ids of claims or a dash, reason or a dash


def anchored(id: str, *spans: Span, source: str = "paper") -> ClaimEntry:
    match = {"length": 1, "sha256": HASH}
    pinned = [{"paragraph": 1, "start": start, "end": end, "sha256": HASH, "match": match} for start, end in spans]
    return claim(id, evidence=[{"source": source, **each} for each in pinned])


def paper(paragraphs: list[Span], furniture: list[Span]) -> SourceEntry:
    text: dict[str, Any] = {"sha256": HASH, "length": 1000} if paragraphs else {}
    text["paragraphs"] = [{"start": start, "end": end} for start, end in paragraphs]
    boxes = [{"start": start, "end": end, "reason": f"Box {n}."} for n, (start, end) in enumerate(furniture, 1)]
    return entry(SourceEntry, "paper", **text, furniture=boxes)


def made(paragraphs: list[Span], furniture: list[Span], *claims: ClaimEntry) -> tuple[Passages, Links, SourceEntry]:
    source = paper(paragraphs, furniture)
    known = links(source, entry(SourceEntry, "other"), *claims)
    return passages(source, known), known, source


def shown(paragraphs: list[Span], furniture: list[Span], *claims: ClaimEntry) -> list[Shown]:
    found, _, _ = made(paragraphs, furniture, *claims)
    for each in found.passages:
        assert each.status == ("claimed" if each.claims else "furniture" if each.reason else "unclaimed")
    return [
        (each.start, each.end, each.paragraph, " ".join(on.id for on in each.claims) or "-", each.reason or "-")
        for each in found.passages
    ]


def test_without_the_text_there_are_no_passages() -> None:
    found, _, _ = made([], [], claim("one", evidence=[{"source": "paper"}]))
    assert found.model_dump() == {
        "source": {"id": "paper", "label": "A source"},
        "length": None,
        "share": None,
        "passages": [],
    }


def test_a_passage_names_its_claims() -> None:
    found, _, _ = made([(0, 10), (12, 20)], [(12, 20)], anchored("one", (0, 10)))
    assert (found.length, found.share) == (18, 1.0)
    assert [each.model_dump() for each in found.passages] == [
        {
            "start": 0,
            "end": 10,
            "paragraph": 1,
            "status": "claimed",
            "claims": [{"id": "one", "label": "A source, in its own voice: Something is so."}],
            "reason": None,
        },
        {"start": 12, "end": 20, "paragraph": 2, "status": "furniture", "claims": [], "reason": "Box 1."},
    ]


def test_only_the_anchors_in_this_source_count() -> None:
    here, there = (anchored("one", span, source=source) for span, source in (((0, 5), "paper"), ((5, 9), "other")))
    both = claim("one", evidence=[each.model_dump() for each in (*here.evidence, *there.evidence)])
    assert shown([(0, 10)], [], both) == [(0, 5, 1, "one", "-"), (5, 10, 1, "-", "-")]


@pytest.mark.parametrize(
    ("furniture", "claims", "expected"),
    [
        ([], [], [(0, 20, 1, "-", "-"), (22, 30, 2, "-", "-")]),
        # Anchors that overlap are cut at every edge; those outside paragraphs count as far as they lie inside.
        (
            [],
            [anchored("b", (2, 8)), anchored("a", (5, 25))],
            [
                (0, 2, 1, "-", "-"),
                (2, 5, 1, "b", "-"),
                (5, 8, 1, "a b", "-"),
                (8, 20, 1, "a", "-"),
                (22, 25, 2, "a", "-"),
                (25, 30, 2, "-", "-"),
            ],
        ),
        # The same claims on both sides of an edge are one passage; the same claim anchored twice is named once.
        (
            [(3, 6)],
            [anchored("a", (0, 4), (2, 9), (9, 20))],
            [(0, 20, 1, "a", "-"), (22, 30, 2, "-", "-")],
        ),
        # One blank between two anchors goes to the first, two code points are a passage that nobody read.
        (
            [],
            [anchored("a", (0, 5), (12, 20)), anchored("b", (6, 10))],
            [
                (0, 6, 1, "a", "-"),
                (6, 10, 1, "b", "-"),
                (10, 12, 1, "-", "-"),
                (12, 20, 1, "a", "-"),
                (22, 30, 2, "-", "-"),
            ],
        ),
        ([], [anchored("a", (0, 9), (10, 20))], [(0, 20, 1, "a", "-"), (22, 30, 2, "-", "-")]),
        # What is anchored is no furniture; of two boxes the first one names the passage.
        (
            [(15, 26), (24, 28)],
            [anchored("a", (18, 20))],
            [
                (0, 15, 1, "-", "-"),
                (15, 18, 1, "-", "Box 1."),
                (18, 20, 1, "a", "-"),
                (22, 26, 2, "-", "Box 1."),
                (26, 28, 2, "-", "Box 2."),
                (28, 30, 2, "-", "-"),
            ],
        ),
        ([], [anchored("a", (0, 20), source="other")], [(0, 20, 1, "-", "-"), (22, 30, 2, "-", "-")]),
    ],
)
def test_the_text_is_cut_where_what_covers_it_changes(
    furniture: list[Span], claims: list[ClaimEntry], expected: list[Shown]
) -> None:
    assert shown([(0, 20), (22, 30)], furniture, *claims) == expected


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda at: (at[0], at[0] + at[1])), max_size=6)
CLAIMS = st.lists(SPANS, max_size=3)


@given(SPANS.filter(bool), SPANS, CLAIMS)
def test_passages_add_up_to_the_coverage(
    paragraphs: list[Span], furniture: list[Span], anchors: list[list[Span]]
) -> None:
    claims = [anchored(f"c{number}", *spans) for number, spans in enumerate(anchors)]
    found, known, source = made(paragraphs, furniture, *claims)
    measured = coverage(source, known)
    assert measured is not None
    sums = dict.fromkeys(("claimed", "furniture", "unclaimed"), 0)
    for each in found.passages:
        sums[each.status] += each.end - each.start
    assert sums == {name: getattr(measured, name) for name in sums}
    assert (found.length, found.share) == (measured.length, measured.share)


@given(SPANS.filter(bool), SPANS, CLAIMS)
def test_each_code_point_is_in_one_passage_with_the_claims_anchored_there(
    paragraphs: list[Span], furniture: list[Span], anchors: list[list[Span]]
) -> None:
    found, _, _ = made(paragraphs, furniture, *(anchored(f"c{number}", *spans) for number, spans in enumerate(anchors)))
    text = {point for start, end in paragraphs for point in range(start, end)}
    assert [point for each in found.passages for point in range(each.start, each.end)] == sorted(text)
    for each in found.passages:
        ids = [on.id for on in each.claims]
        for point in range(each.start, each.end):
            here, before, after = (covering(anchors, at) for at in (point, point - 1, point + 1))
            assert ids == (here or (before if after else []))
    for before_it, behind in pairwise(found.passages):
        alike = [(each.paragraph, each.status, each.claims, each.reason) for each in (before_it, behind)]
        assert before_it.end < behind.start or alike[0] != alike[1]


def covering(anchors: list[list[Span]], point: int) -> list[str]:
    return [f"c{n}" for n, spans in enumerate(anchors) if any(start <= point < end for start, end in spans)]
