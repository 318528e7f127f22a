"""The matrix of an event: who says what to which question, in which row they disagree, and what stays open."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.derive.contested import voice
from app.derive.gaps import UNANSWERED
from app.derive.matrix import matrix
from app.entries.claims import ClaimEntry
from app.entries.events import EventEntry
from app.entries.sources import SourceEntry
from app.resources.events.matrix import Matrix, MatrixRow
from derive.tiny import actors, claim, entry, links, to

ASPECTS = [
    {"id": "held", "question": "How many were held?", "measure": "arrested"},
    {"id": "purpose", "question": "What for?"},
    {"id": "dead", "question": "How many died?", "measure": "killed"},
]
RAID = entry(EventEntry, "raid", aspects=ASPECTS, gaps=[{"aspect": "purpose", "reason": "They say it in part."}])
OTHER = entry(EventEntry, "other", aspects=[{"id": "weather", "question": "Did it rain?"}])
SOURCES = [entry(SourceEntry, id, title=id.title()) for id in ("paper", "ana-paper")]


def made(*claims: ClaimEntry) -> Matrix:
    return matrix(RAID, links(RAID, OTHER, *SOURCES, *actors("ana", "bob", "zoe"), *claims))


def says(id: str, speaker: str | None = None, aspect: str | None = "held", **members: Any) -> ClaimEntry:
    where = {"evidence": [{"source": "paper"}], "events": ["raid"]}
    return claim(id, speaker, aspect=aspect, **where | members)


def held(value: float) -> list[dict[str, Any]]:
    return [{"measure": "arrested", "value": value}]


def row(found: Matrix, aspect: str | None) -> MatrixRow:
    [one] = [each for each in found.rows if (each.aspect.id if each.aspect else None) == aspect]
    return one


def cells(one: MatrixRow) -> list[tuple[str, list[str]]]:
    return [(each.voice, [said.claim.id for said in each.claims]) for each in one.cells]


def test_without_claims_every_question_is_a_gap() -> None:
    found = made()
    assert (found.event.id, found.speakers) == ("raid", [])
    assert [(each.aspect and each.aspect.model_dump(), each.cells, each.disagreement) for each in found.rows] == [
        ({"measure": None} | each, [], False) for each in ASPECTS
    ]
    assert [each.gap for each in found.rows] == [UNANSWERED, "They say it in part.", UNANSWERED]


def test_columns_are_actors_then_sources() -> None:
    told = says("told", evidence=[{"source": "ana-paper"}, {"source": "paper"}])
    found = made(says("c", "zoe"), says("b", "ana", None), told, says("a", None, "dead"), says("d", "ana"))
    assert [each.model_dump() for each in found.speakers] == [
        {"id": "ana", "label": "ana", "voice": "ana", "narrated": False},
        {"id": "zoe", "label": "zoe", "voice": "zoe", "narrated": False},
        {"id": "ana-paper", "label": "Ana-Paper", "voice": "source:ana-paper", "narrated": True},
        {"id": "paper", "label": "Paper", "voice": "source:paper", "narrated": True},
    ]
    assert cells(row(found, "held")) == [("ana", ["d"]), ("zoe", ["c"]), ("source:ana-paper", ["told"])]
    assert cells(row(found, "dead")) == [("source:paper", ["a"])]
    assert cells(row(found, None)) == [("ana", ["b"])]


def test_what_a_source_tells_without_evidence_is_a_column_of_its_own() -> None:
    [speaker] = made(says("told", evidence=[])).speakers
    assert speaker.model_dump() == {
        "id": "told",
        "label": "Something is so.",
        "voice": "claim:told",
        "narrated": True,
    }


def test_rows_are_the_aspects_and_a_last_one_only_if_needed() -> None:
    assert [each.aspect and each.aspect.id for each in made(says("a", "ana")).rows] == ["held", "purpose", "dead"]
    last = made(says("a", "ana", None)).rows[-1]
    assert (last.aspect, last.gap, cells(last)) == (None, None, [("ana", ["a"])])


def test_a_question_of_another_event_is_none_of_this_one() -> None:
    both = says("both", "ana", "weather", events=["raid", "other"])
    elsewhere = says("elsewhere", "bob", "weather", events=["other"])
    assert cells(made(both, elsewhere).rows[-1]) == [("ana", ["both"])]


def test_a_cell_is_in_the_order_said() -> None:
    days = {"d": None, "c": "2019-05-29", "b": "2019-05-28/2019-05-30", "e": "2019-05-28", "a": None}
    found = made(*(says(id, "ana", **({"said": day} if day else {})) for id, day in days.items()))
    assert cells(row(found, "held")) == [("ana", ["e", "b", "c", "a", "d"])]


def test_a_claim_shows_how_it_is_meant() -> None:
    members: dict[str, Any] = {"type": "denial", "modality": "conditional", "quote": "partial", "said": "2019-05"}
    old = says("old", "ana", figures=[{"measure": "arrested", "low": 5.0, "approximate": True}], **members)
    found = made(old, says("new", "bob", None, relations=[*to("updates", "old"), *to("disputes", "old")]))
    [shown] = row(found, "held").cells[0].claims
    assert shown.model_dump() == {
        "claim": {"id": "old", "label": "ana: Something is so."},
        "text": "Something is so.",
        "layer": "text",
        "pinned": False,
        "type": "denial",
        "modality": "conditional",
        "quote": "partial",
        "said": {
            "edtf": "2019-05",
            "earliest": "2019-05-01",
            "latest": "2019-05-31",
            "precision": "month",
            "basis": "stated",
        },
        "figures": [
            {
                "measure": "arrested",
                "unit": "{person}",
                "low": 5,
                "value": None,
                "high": None,
                "approximate": True,
                "as_of": None,
            }
        ],
        "contested": True,
        "superseded": True,
    }


@pytest.mark.parametrize("relation", ["contradicts", "disputes", "denies"])
@pytest.mark.parametrize("aspect", ["held", "purpose", None])
def test_voices_that_contest_each_other_disagree(relation: str, aspect: str | None) -> None:
    found = made(
        says("a", "ana", aspect), says("b", "bob", aspect, relations=to(relation, "a")), says("c", "zoe", "dead")
    )
    assert [each.aspect and each.aspect.id for each in found.rows if each.disagreement] == [aspect]


def test_only_another_voice_in_the_same_row_disagrees() -> None:
    elsewhere = made(says("a", "ana", "held"), says("b", "bob", "purpose", relations=to("denies", "a")))
    myself = made(says("a", "ana"), says("b", "ana", relations=to("contradicts", "a")))
    agreeing = made(says("a", "ana"), says("b", "bob", relations=to("updates", "a")))
    assert not any(each.disagreement for found in (elsewhere, myself, agreeing) for each in found.rows)
    assert row(elsewhere, "held").cells[0].claims[0].contested


def test_counts_that_cannot_all_be_true_disagree() -> None:
    at_nine = {"as_of": "2020-01-01T09:00Z"}
    figures = [[each | at_nine for each in held(number)] for number in (19.0, 23.0)]
    assert row(made(says("a", "ana", figures=figures[0]), says("b", "bob", figures=figures[1])), "held").disagreement


def test_counts_that_differ_do_not_disagree_for_that() -> None:
    found = row(made(says("a", "ana", figures=held(19.0)), says("b", "bob", figures=held(23.0))), "held")
    assert not found.disagreement


@pytest.mark.parametrize(
    ("aspect", "members"),
    [
        ("purpose", {}),  # another row
        ("dead", {}),  # as above, which counts something else
        ("held", {"relations": to("corrects", "a")}),
        ("held", {"type": "denial"}),
        ("held", {"modality": "hypothetical"}),
        ("held", {"figures": held(19.0)}),
        ("held", {"figures": [{"measure": "killed", "value": 1.0}]}),
    ],
)
def test_counts_of_something_else_or_withdrawn_do_not_disagree(aspect: str, members: dict[str, Any]) -> None:
    other = says("b", "bob", aspect, **{"figures": held(23.0)} | members)
    assert not any(each.disagreement for each in made(says("a", "ana", figures=held(19.0)), other).rows)


def test_counts_of_what_the_aspect_does_not_count_do_not_disagree() -> None:
    assert not row(
        made(says("a", "ana", "dead", figures=held(1.0)), says("b", "bob", "dead", figures=held(2.0))), "dead"
    ).disagreement


def test_counts_that_no_aspect_asks_for_are_only_listed() -> None:
    found = made(says("a", "ana", "purpose", figures=held(1.0)), says("b", "bob", "purpose", figures=held(2.0)))
    assert not row(found, "purpose").disagreement


DRAWN = st.lists(
    st.tuples(
        st.sampled_from(["ana", "bob", "zoe", None]),
        st.sampled_from(["held", "purpose", "dead", "weather", None]),
        st.sampled_from([["raid"], ["raid", "other"], ["other"], ["raid", "raid"]]),
        st.sampled_from([[], ["paper"], ["ana-paper"], ["paper", "ana-paper"]]),
    ),
    max_size=8,
)


@given(DRAWN)
def test_every_claim_about_the_event_is_in_exactly_one_cell(
    drawn: list[tuple[str | None, str | None, list[str], list[str]]],
) -> None:
    claims = [
        says(f"c{number}", speaker, aspect, events=events, evidence=[{"source": each} for each in sources])
        for number, (speaker, aspect, events, sources) in enumerate(drawn)
    ]
    found = made(*claims)
    placed = [
        (said.claim.id, each.aspect.id if each.aspect else None, cell.voice)
        for each in found.rows
        for cell in each.cells
        for said in cell.claims
    ]
    asked = {"held", "purpose", "dead"}
    about = [each for each in claims if "raid" in each.events]
    assert sorted(placed, key=lambda each: each[0]) == [
        (each.id, each.aspect if each.aspect in asked else None, voice(each)) for each in about
    ]
    columns = [each.voice for each in found.speakers]
    assert sorted(set(columns)) == sorted(columns) == sorted({voice(each) for each in about})
    for each in found.rows:
        voices = [cell.voice for cell in each.cells]
        assert voices == [column for column in columns if column in voices]
        assert all(cell.claims for cell in each.cells)
