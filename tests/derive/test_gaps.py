"""Gaps: what no claim answers, and what a curator says stays open."""

from app.derive.gaps import gaps
from app.entries.events import EventEntry
from derive.tiny import claim, entry, links

RAID = entry(
    EventEntry,
    "raid",
    aspects=[
        {"id": "killed", "question": "How many were killed?", "measure": "killed"},
        {"id": "purpose", "question": "What for?"},
        {"id": "arrested", "question": "How many were arrested?"},
    ],
    gaps=[{"aspect": "arrested", "reason": "The sources leave it open."}],
)


def test_every_aspect_is_open_without_claims_in_the_order_declared() -> None:
    assert [each.model_dump() for each in gaps(RAID, links(RAID))] == [
        {"aspect": "killed", "reason": "No claim answers it."},
        {"aspect": "purpose", "reason": "No claim answers it."},
        {"aspect": "arrested", "reason": "The sources leave it open."},
    ]


def test_an_answer_closes_a_gap_but_not_one_that_the_curator_lists() -> None:
    answers = [claim(f"on-{aspect}", events=["raid"], aspect=aspect) for aspect in ("killed", "purpose", "arrested")]
    assert [each.aspect for each in gaps(RAID, links(RAID, *answers))] == ["arrested"]


def test_an_answer_about_another_event_or_a_figure_alone_closes_nothing() -> None:
    elsewhere = claim("elsewhere", events=["other"], aspect="purpose")
    figure = claim("figure", events=["raid"], figures=[{"measure": "killed", "value": 0.0}])
    assert [each.aspect for each in gaps(RAID, links(RAID, elsewhere, figure))] == ["killed", "purpose", "arrested"]
