"""Search agrees with a plain reading of its rule, in what it finds and in how it orders it, for anything typed."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.asking import LAW, WORLDS, Asked
from laws.rules import PATHS, found, is_met, names, rank, texts, things
from laws.worlds import WORDS

NUMBERS = ("0", "5", "25", "2.5", '"2.5"', "-10", "3*")
# What people type: words of the world, their beginnings, phrases, numbers, signs, and anything at all.
PIECE = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: f"{word[:3]}*"),
    st.sampled_from(WORDS).map(lambda word: f"-{word}"),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map("/".join),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map("".join),
    st.sampled_from(NUMBERS),
    st.text('-"*/%_ aбć', min_size=1, max_size=4),
)
TYPED = st.lists(PIECE, min_size=1, max_size=3).map(" ".join).filter(str.strip)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)
NUMBER = st.integers(0, WORLDS - 1)


@LAW
@given(number=NUMBER, q=TYPED)
def test_q_finds_what_the_rule_finds(asked: list[Asked], number: int, q: str) -> None:
    corpus = asked[number].world.corpus
    for kind, path in PATHS.items():
        wanted = {each.id for each in corpus.kind(kind) if found(q, each, corpus)}
        assert asked[number].ids(path, q=q) == wanted, path


@LAW
@given(number=NUMBER, q=TYPED)
def test_search_finds_what_the_collections_find_together(asked: list[Asked], number: int, q: str) -> None:
    body = asked[number].answer("/search", q=q, facets="kind")
    totals = {kind: asked[number].total(path, q=q) for kind, path in PATHS.items()}
    assert body["page"]["total"] == sum(totals.values())
    assert {each["value"]: each["count"] for each in body["facets"]["kind"]} == {k: n for k, n in totals.items() if n}


@LAW
@given(number=NUMBER, q=TYPED)
def test_relevance_is_the_rule_then_the_id(asked: list[Asked], number: int, q: str) -> None:
    corpus = asked[number].world.corpus
    for path in ("/search", "/actors", "/places"):
        listed = [each["id"] for each in asked[number].answer(path, q=q, sort="relevance")["data"]]
        assert [(rank(q, corpus.by_id[id].entry, corpus), id) for id in listed] == sorted(
            (rank(q, corpus.by_id[id].entry, corpus), id) for id in listed
        )


@LAW
@given(number=NUMBER, q=TYPED)
def test_relevance_of_events_is_the_rule_then_the_date(asked: list[Asked], number: int, q: str) -> None:
    corpus = asked[number].world.corpus
    listed = [each["id"] for each in asked[number].answer("/events", q=q, sort="relevance")["data"]]
    by_date = [each["id"] for each in asked[number].answer("/events", sort="date")["data"]]
    order = [(rank(q, corpus.by_id[id].entry, corpus), by_date.index(id)) for id in listed]
    assert order == sorted(order)


@LAW
@given(number=NUMBER, q=TYPED)
def test_a_hit_bears_the_name_that_has_most_of_it(asked: list[Asked], number: int, q: str) -> None:
    corpus = asked[number].world.corpus
    wanted = [each for each in things(q) if not each.minus]
    for hit in asked[number].answer("/search", q=q)["data"]:
        named = names(corpus.by_id[hit["id"]].entry)
        best = max((sum(is_met(each, name) for each in wanted) for name in named), default=0)
        assert (hit["name"] is None) == (best == 0), hit
        assert hit["name"] is None or any(is_met(each, hit["name"]) for each in wanted)
        if wanted and best == len(wanted):
            assert all(is_met(each, hit["name"]) for each in wanted), hit


@LAW
@given(number=NUMBER, q=TYPED, size=st.integers(1, 5))
def test_pages_by_relevance_add_up_to_the_list(asked: list[Asked], number: int, q: str, size: int) -> None:
    whole = asked[number].answer("/search", q=q)["data"]
    page = asked[number].answer("/search", q=q, limit=size)
    walked: list[Any] = page["data"]
    while page["links"]["next"]:
        page = asked[number].visitor.data(page["links"]["next"])
        walked = walked + page["data"]
    assert walked == whole


@LAW
@given(number=NUMBER, q=ANYTHING.filter(str.strip))
def test_whatever_a_user_types_is_an_answer(asked: list[Asked], number: int, q: str) -> None:
    for path in ("/search", "/events", "/people"):
        answer = asked[number].visitor.get(path, q=q)
        assert answer.status_code == 200, (answer.text, q)


@LAW
@given(number=NUMBER, q=TYPED, more=st.sampled_from(WORDS))
def test_one_word_more_narrows(asked: list[Asked], number: int, q: str, more: str) -> None:
    if q.count('"') % 2 == 0 and things(more) and things(q):
        every, fewer = asked[number].ids("/search", q=q), asked[number].ids("/search", q=f"{q} {more}")
        without = asked[number].ids("/search", q=f'{q} -"{more}"')
        assert fewer <= every
        if len(things(more)) == 1:
            assert without | fewer == every
            assert not without & fewer


def test_the_worlds_make_these_laws_bite(asked: list[Asked]) -> None:
    """Every rank occurs, a phrase differs from its words, and a beginning from a word."""
    ranks = set()
    for each in asked:
        hits = each.answer("/search", q="police")["data"]
        ranks |= {rank("police", each.world.corpus.by_id[hit["id"]].entry, each.world.corpus) for hit in hits}
    assert ranks >= {0, 1, 3}
    assert any(each.ids("/search", q='"police police"') != each.ids("/search", q="police police") for each in asked)
    assert any(each.ids("/search", q="mitr*") > each.ids("/search", q="mitrovica") > set() for each in asked)
    ordered = [each.answer("/search", q="a*")["data"] for each in asked]
    assert any(one["kind"] != two["kind"] for hits in ordered for one, two in pairwise(hits))


@pytest.mark.parametrize(
    ("kind", "q"),
    [("claim", "mitrovica"), ("claim", "25"), ("event", "police"), ("source", "a"), ("relation", "a")],
)
def test_some_records_are_found_by_what_they_do_not_write(asked: list[Asked], kind: str, q: str) -> None:
    (thing,) = things(q)
    hits = [(each.world.corpus, id) for each in asked for id in each.ids(PATHS[kind], q=q)]
    own = [names(corpus.by_id[id].entry) + texts(corpus.by_id[id].entry, corpus) for corpus, id in hits]
    assert any(not any(is_met(thing, text) for text in written) for written in own)
