"""How figures stand to each other: differing, disputed, agreeing, each by its definition in docs/api.md."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.derive.compared import Compared, compared
from app.derive.contested import origin, voice
from app.derive.differing import differ
from app.derive.stated import Stated, stated
from app.entries.claims import ClaimEntry
from app.entries.events import EventEntry
from app.entries.sources import SourceEntry
from derive.tiny import actors, claim, entry, links, to

RAID = entry(EventEntry, "raid")
PAPER = entry(SourceEntry, "paper", published="2020-01-03")
DAY, BEFORE = "2020-01-02", "2020-01-01"
NINE = "2020-01-01T09:00+01:00"


def says(id: str, value: float, speaker: str | None = None, as_of: str | None = None, **members: Any) -> ClaimEntry:
    figure = {"measure": "arrested", "value": value} | ({"as_of": as_of} if as_of else {})
    where = {"events": ["raid"], "figures": [figure], "said": DAY, "evidence": [{"source": "paper"}]}
    return claim(id, speaker, **where | members)


def made(*claims: ClaimEntry) -> Compared:
    return links(RAID, PAPER, *actors("ana", "bob"), *claims).once(compared)


def test_what_differs_need_not_be_disputed() -> None:
    found = made(says("one", 4.0, "ana"), says("two", 7.0, "bob"), says("three", 7.0, "ana", events=[]))
    assert found == Compared(differing={"one", "two"})


def test_claims_that_contest_each_other_dispute_a_number_that_differs() -> None:
    relations = to("contradicts", "one")
    found = made(says("one", 4.0, "ana"), says("two", 7.0, "bob", relations=relations))
    assert found.disputed == {"one", "two"}


def test_they_do_not_dispute_a_number_that_is_the_same() -> None:
    found = made(says("one", 4.0, "ana"), says("two", 4.0, "bob", relations=to("contradicts", "one")))
    assert (found.disputed, found.agreeing) == (set(), {"one", "two"})


@pytest.mark.parametrize(
    ("as_of", "members", "disputed"),
    [
        ((NINE, NINE), {}, True),
        ((NINE, NINE), {"origin": "desk"}, False),
        ((NINE, "2020-01-01T09:01+01:00"), {}, False),
        ((BEFORE, BEFORE), {}, True),  # the day was over when both spoke
        ((DAY, DAY), {}, False),  # the day was not over yet
        ((BEFORE, BEFORE), {"said": None}, False),
        ((BEFORE, None), {}, False),
        ((None, None), {}, False),
    ],
)
def test_one_time_settles_what_is_counted(
    as_of: tuple[str | None, str | None], members: dict[str, Any], disputed: bool
) -> None:
    found = made(says("one", 4.0, "ana", as_of[0], **members), says("two", 7.0, "bob", as_of[1], **members))
    assert found.disputed == ({"one", "two"} if disputed else set())
    assert found.differing == {"one", "two"}


def test_what_is_superseded_neither_differs_nor_agrees() -> None:
    found = made(
        says("old", 4.0, "ana", NINE), says("new", 7.0, "ana", relations=to("updates", "old")), says("too", 4.0, "bob")
    )
    assert found == Compared(differing={"new", "too"})


@pytest.mark.parametrize(
    ("speaker", "as_of", "members", "agrees"),
    [
        ("bob", None, {}, True),
        ("ana", None, {}, False),  # one voice twice
        ("bob", None, {"origin": "one"}, False),  # one report twice
        ("bob", None, {"said": "2020-01-05"}, False),
        ("bob", DAY, {"said": "2020-01-05"}, True),
        (None, None, {"said": None}, False),  # the paper's own voice, published on the third
        (None, None, {"said": None, "evidence": []}, False),
        ("bob", None, {"figures": [{"measure": "arrested", "value": 4.0, "approximate": True}]}, False),
        ("bob", None, {"figures": [{"measure": "arrested", "low": 4.0, "high": 4.0}]}, False),
        ("bob", None, {"figures": [{"measure": "killed", "value": 4.0}]}, False),
    ],
)
def test_who_agrees(speaker: str | None, as_of: str | None, members: dict[str, Any], agrees: bool) -> None:
    found = made(says("one", 4.0, "ana"), says("two", 4.0, speaker, as_of, **members))
    assert found.agreeing == ({"one", "two"} if agrees else set())


def test_times_of_day_agree_to_the_minute_wherever_they_are_told() -> None:
    assert made(says("one", 4.0, "ana", NINE), says("two", 4.0, "bob", "2020-01-01T08:00Z")).agreeing
    assert not made(says("one", 4.0, "ana", NINE), says("two", 4.0, "bob", "2020-01-01T09:00Z")).agreeing
    assert made(says("one", 4.0, "ana", NINE), says("two", 4.0, "bob", BEFORE)).agreeing


FIGURES = st.fixed_dictionaries(
    {}, optional={"low": st.integers(0, 3).map(float), "value": st.just(4.0), "high": st.integers(5, 8).map(float)}
)
SAID = st.lists(
    st.tuples(
        st.sampled_from(["ana", "bob", None]), FIGURES, st.sampled_from([None, BEFORE, DAY, NINE]), st.booleans()
    ),
    max_size=6,
)


@given(SAID)
def test_each_is_what_a_search_through_all_pairs_finds(drawn: list[tuple[Any, Any, Any, bool]]) -> None:
    claims = [
        says(
            f"c{i}",
            0.0,
            speaker,
            figures=[{"measure": "arrested", **figure, "approximate": vague} | ({"as_of": as_of} if as_of else {})],
            relations=to("contradicts", f"c{i - 1}") if vague and i else [],
        )
        for i, (speaker, figure, as_of, vague) in enumerate(drawn)
    ]
    whole = links(RAID, PAPER, *actors("ana", "bob"), *claims)
    values = stated(claims, whole).get(("arrested", "{person}"), [])
    found = whole.once(compared)
    pairs = [(one, other) for one in values for other in values if one is not other]
    assert found.differing == {one.claim.id for one, other in pairs if differ(one, other)}
    assert found.disputed == {one.claim.id for one, other in pairs if differ(one, other) and _settled(one, other)}
    assert found.disputed <= found.differing


def _settled(one: Stated, other: Stated) -> bool:
    related = {each.claim for each in one.claim.relations} | {one.claim.id}
    other_related = {each.claim for each in other.claim.relations} | {other.claim.id}
    contest = voice(one.claim) != voice(other.claim) and (other.claim.id in related or one.claim.id in other_related)
    same = one.as_of is not None and one.as_of == other.as_of and (one.as_of.time or one.as_of.edtf == BEFORE)
    return contest or bool(same and origin(one.claim) != origin(other.claim))
