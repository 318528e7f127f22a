"""Figures of an event side by side: whose count, in which order, how far apart, and whether all can be true."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.derive.figures import figures
from app.entries.claims import ClaimEntry
from app.entries.events import EventEntry
from app.entries.sources import SourceEntry
from app.resources.events.document import Figures
from derive.tiny import actors, claim, entry, links, to

RAID = entry(EventEntry, "raid", title="A raid")


def counted(*claims: ClaimEntry) -> list[Figures]:
    return figures(RAID, links(RAID, *actors("ana", "bob"), entry(SourceEntry, "paper", title="The Paper"), *claims))


def count(id: str, value: float | None, /, measure: str = "arrested", **members: Any) -> ClaimEntry:
    figure = {"measure": measure} | ({} if value is None else {"value": value})
    return claim(id, "ana", **{"events": ["raid"], "figures": [figure]} | members)


def ids(found: Figures) -> list[str]:
    return [each.claim.id for each in found.values]


def test_without_figures_there_is_nothing() -> None:
    assert counted(claim("words", "ana", events=["raid"])) == []


def test_a_figure_says_who_and_where_and_when() -> None:
    figure = {"measure": "arrested", "low": 20.0, "value": 23.0, "high": 25.0, "as_of": "2019-05-28"}
    spoken = claim(
        "spoken", "ana", text="Many were held.", events=["raid"], figures=[figure], evidence=[{"source": "paper"}]
    )
    [found] = counted(spoken)
    assert found.model_dump() == {
        "measure": "arrested",
        "unit": "{person}",
        "low": 20,
        "high": 25,
        "differing": False,
        "disputed": False,
        "values": [
            {
                "claim": {"id": "spoken", "label": "ana: Many were held."},
                "voice": {"id": "ana", "label": "ana"},
                "speaker": {"id": "ana", "label": "ana"},
                "source": {"id": "paper", "label": "The Paper"},
                "low": 20,
                "value": 23,
                "high": 25,
                "approximate": False,
                "said": None,
                "layer": "text",
                "pinned": False,
                "origin": "spoken",
                "as_of": {
                    "edtf": "2019-05-28",
                    "earliest": "2019-05-28",
                    "latest": "2019-05-28",
                    "precision": "day",
                    "basis": "stated",
                    "time": None,
                },
                "superseded": False,
            }
        ],
    }


def test_a_narrated_figure_without_evidence_has_neither_speaker_nor_source() -> None:
    [found] = counted(claim("told", events=["raid"], figures=[{"measure": "killed", "value": 1.0}]))
    assert (found.values[0].speaker, found.values[0].source, found.values[0].voice) == (None, None, None)


def test_what_a_source_says_itself_was_said_when_it_was_published() -> None:
    paper = entry(SourceEntry, "paper", title="The Paper", published="2020-01-02")
    told = claim("told", events=["raid"], figures=[{"measure": "killed", "value": 1.0}], evidence=[{"source": "paper"}])
    [found] = figures(RAID, links(RAID, paper, told))
    [value] = found.values
    assert value.said is not None
    assert (value.said.edtf, value.voice and value.voice.id) == ("2020-01-02", "paper")
    assert value.claim.label == "The Paper, in its own voice: Something is so."


def test_values_come_as_they_were_said_and_undated_last() -> None:
    said = {"d": None, "c": "2019-05-29", "b": "2019-05-28/2019-05-30", "e": "2019-05-28", "a": None, "f": "../2019"}
    [found] = counted(*(count(id, 23.0, **({"said": day} if day else {})) for id, day in said.items()))
    assert ids(found) == ["f", "e", "b", "c", "a", "d"]


def test_measures_come_in_the_order_of_the_vocabulary() -> None:
    found = counted(count("a", 1.0, measure="injured"), count("b", 2.0, measure="killed"), count("c", 3.0))
    assert [each.measure for each in found] == ["arrested", "killed", "injured"]


def test_a_claim_may_give_several_figures_and_for_several_events() -> None:
    both = [{"measure": "arrested", "value": 23.0}, {"measure": "arrested", "low": 20.0}]
    other = claim("two", "ana", events=["other", "raid", "raid"], figures=both)
    [found] = counted(other, count("elsewhere", 99.0, events=["other"]))
    assert [(each.low, each.high) for each in found.values] == [(23, 23), (20, None)]
    assert (found.low, found.high, found.disputed) == (20, None, False)


@pytest.mark.parametrize("relation", ["updates", "corrects", "retracts"])
def test_a_superseded_figure_is_shown_and_does_not_count(relation: str) -> None:
    [found] = counted(count("old", 19.0), count("new", 23.0, relations=to(relation, "old")))
    assert [(each.claim.id, each.superseded) for each in found.values] == [("new", False), ("old", True)]
    assert (found.low, found.high, found.disputed) == (23, 23, False)


def test_two_counts_of_the_same_differ_and_are_not_disputed_for_that() -> None:
    [found] = counted(count("one", 19.0), count("two", 23.0, relations=to("extends", "one")))
    assert (found.low, found.high, found.differing, found.disputed) == (19, 23, True, False)


def test_a_vague_count_never_differs() -> None:
    about = {"measure": "arrested", "value": 50.0, "approximate": True}
    [found] = counted(count("exact", 19.0), count("vague", None), count("about", 1.0, figures=[about]))
    assert (found.low, found.high, found.differing) == (19, 19, False)


def test_where_all_are_superseded_nothing_is_left_to_differ() -> None:
    first, second = count("a", 1.0, relations=to("updates", "b")), count("b", 2.0, relations=to("updates", "a"))
    [found] = counted(first, second)
    assert (found.low, found.high, found.differing) == (None, None, False)
    assert [each.superseded for each in found.values] == [True, True]


@pytest.mark.parametrize(
    "members", [{"modality": "conditional"}, {"modality": "hypothetical"}, {"modality": "future"}, {"type": "denial"}]
)
def test_what_nobody_says_is_so_is_no_figure(members: dict[str, str]) -> None:
    assert counted(count("unreal", 23.0, **members)) == []


COUNTS = st.integers(0, 12)
DRAWN = st.lists(st.tuples(COUNTS, COUNTS, st.sampled_from(["exact", "range", "least", "most", "vague"])), max_size=5)


def drawn_figure(one: int, two: int, kind: str) -> dict[str, float]:
    low, high = float(min(one, two)), float(max(one, two))
    shapes = {
        "exact": {"value": low},
        "range": {"low": low, "high": high},
        "least": {"low": low},
        "most": {"high": high},
    }
    return shapes.get(kind, {})


@given(DRAWN, st.sets(st.integers(0, 4)))
def test_differing_if_no_number_fits_every_claim_that_stands(drawn: list[tuple[int, int, str]], old: set[int]) -> None:
    shapes = [drawn_figure(*each) for each in drawn]
    claims = [count(f"c{number}", 0.0, figures=[{"measure": "arrested"} | each]) for number, each in enumerate(shapes)]
    later = claim("later", "bob", relations=to("updates", *(f"c{number}" for number in old)))
    standing = [each for number, each in enumerate(shapes) if number not in old]
    fits = any(
        all(
            each.get("low", each.get("value", 0)) <= number <= each.get("high", each.get("value", 12))
            for each in standing
        )
        for number in range(13)
    )
    assert [each.differing for each in counted(later, *claims)] == ([not fits] if claims else [])
