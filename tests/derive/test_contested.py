"""Who contests whom and who corroborates whom: only between two voices, and repeats of one report are one."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.derive.contested import contested, corroborated, relations, superseded, voice
from app.entries.claims import ClaimEntry
from app.vocabularies import load
from derive.tiny import actors, claim, links, to

ALL = sorted(load("claim-relations").terms)
CONTESTING = {"contradicts", "disputes", "denies"}


@pytest.mark.parametrize("relation", ALL)
def test_only_three_relations_contest_and_they_do_at_both_ends(relation: str) -> None:
    first, second = claim("first", "ana"), claim("second", "bob", relations=to(relation, "first"))
    found = links(first, second)
    assert [contested(each, found) for each in (first, second)] == [relation in CONTESTING] * 2


@pytest.mark.parametrize("relation", ALL)
def test_only_two_relations_corroborate_and_only_the_claim_they_lead_to(relation: str) -> None:
    first, second = claim("first", "ana"), claim("second", "bob", relations=to(relation, "first"))
    found = links(first, second)
    assert corroborated(first, found) is (relation in {"confirms", "supports"})
    assert corroborated(second, found) is False


@pytest.mark.parametrize("relation", ALL)
def test_three_relations_supersede_whoever_records_them(relation: str) -> None:
    first, second = claim("first", "ana"), claim("second", "ana", relations=to(relation, "first"))
    found = links(first, second)
    assert superseded(first, found) is (relation in {"updates", "corrects", "retracts"})
    assert superseded(second, found) is False


def test_nobody_contests_or_corroborates_themselves() -> None:
    first = claim("first", "ana")
    second = claim("second", "ana", relations=[*to("denies", "first"), *to("confirms", "first")])
    found = links(first, second)
    assert not contested(first, found)
    assert not contested(second, found)
    assert not corroborated(first, found)


def test_a_claim_does_not_replace_itself() -> None:
    alone = claim("alone", "ana", relations=to("updates", "alone"))
    assert not superseded(alone, links(alone))


def test_repeats_of_one_report_do_not_corroborate_each_other() -> None:
    first = claim("first", "ana", origin="wire-report")
    repeat = claim("repeat", "bob", origin="wire-report", relations=to("confirms", "first"))
    other = claim("other", "cem", relations=to("confirms", "first"))
    assert not corroborated(first, links(first, repeat))
    assert corroborated(first, links(first, repeat, other))


def test_an_origin_may_be_the_claim_that_is_repeated() -> None:
    first = claim("first", "ana")
    repeat = claim("repeat", "bob", origin="first", relations=to("confirms", "first"))
    assert not corroborated(first, links(first, repeat))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (claim("one", "ana"), "ana"),
        (claim("one", "ana", on_behalf_of="bob", evidence=[{"source": "paper"}]), "ana"),
        (claim("one", evidence=[{"source": "paper"}, {"source": "other"}]), "source:paper"),
        (claim("one"), "claim:one"),
    ],
)
def test_the_voice_is_the_speaker_or_the_source(one: ClaimEntry, expected: str) -> None:
    assert voice(one) == expected


def test_a_source_contests_a_speaker_of_the_same_id_but_not_itself() -> None:
    spoken = claim("spoken", "paper")
    narrated = claim("narrated", evidence=[{"source": "paper"}], relations=to("disputes", "spoken"))
    again = claim("again", evidence=[{"source": "paper"}], relations=to("disputes", "narrated"))
    assert contested(spoken, links(spoken, narrated))
    assert not contested(again, links(claim("narrated", evidence=[{"source": "paper"}]), again))


def test_relations_are_read_from_both_ends_the_own_ones_first() -> None:
    middle = claim(
        "middle", "ana", relations=[*to("denies", "z-last"), *to("extends", "a-first"), *to("denies", "z-last")]
    )
    found = links(
        claim("z-last", "bob", relations=to("denies", "middle")),
        claim("a-first", "bob", text="Nothing is so.", relations=to("replies-to", "middle")),
        middle,
        *actors("ana", "bob"),
    )
    read = relations(middle, found)
    assert [(each.relation, each.claim.id, each.inverse) for each in read] == [
        ("denies", "z-last", False),
        ("extends", "a-first", False),
        ("replies-to", "a-first", True),
        ("denies", "z-last", True),
    ]
    assert read[1].claim.label == "bob: Nothing is so."


IDS = [f"claim-{number}" for number in range(5)]
RELATIONS = st.lists(st.tuples(st.sampled_from(ALL), st.sampled_from(IDS)), max_size=4)
CLAIMS = st.tuples(*(st.tuples(st.sampled_from(["ana", "bob", "cem"]), RELATIONS) for _ in IDS)).map(
    lambda drawn: [
        claim(id, speaker, relations=[{"relation": relation, "claim": other} for relation, other in related])
        for id, (speaker, related) in zip(IDS, drawn, strict=True)
    ]
)


@given(CLAIMS)
def test_every_relation_appears_once_at_both_ends(claims: list[ClaimEntry]) -> None:
    found = links(*claims, *actors("ana", "bob", "cem"))
    read = Counter(
        (each.id, value.relation, value.claim.id, value.inverse) for each in claims for value in relations(each, found)
    )
    recorded = {(each.id, related.relation, related.claim) for each in claims for related in each.relations}
    own = {(one, relation, other, False) for one, relation, other in recorded}
    assert read == Counter(own | {(other, relation, one, True) for one, relation, other in recorded})


@given(CLAIMS)
def test_contested_is_what_a_search_through_all_pairs_finds(claims: list[ClaimEntry]) -> None:
    found = links(*claims)
    pairs = {
        frozenset((one.id, related.claim))
        for one in claims
        for related in one.relations
        if related.relation in CONTESTING
    }
    for one in claims:
        others = [other for other in claims if voice(other) != voice(one)]
        assert contested(one, found) is any(frozenset((one.id, other.id)) in pairs for other in others)
