"""Questions that mean the same read the same, and every fault of one is told at once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import BadQuery, InvalidCursor, UnknownParameter
from app.query.base import Collection
from app.query.question import Place, Question, ask, grammar
from app.releases.sqlite import SqliteStore
from app.resources import RESOURCES, by_name
from app.resources.search import search
from contract.orders import Documents, ordered


def question(store: SqliteStore, collection: str, query: str) -> Question:
    """The question of a query string."""
    return ask(by_name(collection), parse_qs(query, keep_blank_values=True), store.current())


SAME = [
    ("events", "type=protest&country=NO", "country=NO&type=protest"),
    ("events", "type=protest,consult", "type=consult&type=protest&type=consult"),
    ("events", "", "sort=date"),
    ("events", "sort=-date", "sort=-date,-id"),
    ("events", "undated=include", ""),
    ("events", "date=2019", "date=2019&date_match=possible&undated=exclude"),
    ("events", "place=hallvik", "place=hallvik,hallvik"),
    ("events", "part_of=hallvik-ferry-walkout", "part_of=hallvik-ferry-strike"),
    ("events", "participant=odd-league:target,odd-crowd", "participant=odd-crowd&participant=odd-league:target"),
    ("people", "name=Djindjic", "name=DJINDJIC"),
    ("people", "office=Mayor+of+Hallvik", "office=mayor-of-hallvik"),
    ("events", "limit=1", "limit=2"),
]
OTHER = [
    ("events", "type=protest", "type=consult"),
    ("events", "type=protest", "type=protest&country=NO"),
    ("events", "sort=date", "sort=-date"),
    ("events", "sort=type,title", "sort=title,type"),
    ("events", "sort=type", "sort=type,-id"),
    ("events", "date=2019", "date=2019-05"),
    ("events", "date=2019", "date=2019&date_match=certain"),
    ("events", "date=2019", "date=2019&undated=include"),
    ("events", "undated=only", "undated=exclude"),
    ("events", "participant=odd-league:target", "participant=odd-league"),
    ("events", "role=target", "side=side-a"),
    ("claims", "event=odd-a-day", "about=odd-a-day"),
]


@pytest.mark.parametrize(("collection", "one", "other"), SAME)
def test_equal_for_questions_that_mean_the_same(store: SqliteStore, collection: str, one: str, other: str) -> None:
    assert question(store, collection, one).text == question(store, collection, other).text
    assert question(store, collection, one).digest == question(store, collection, other).digest


@pytest.mark.parametrize(("collection", "one", "other"), OTHER)
def test_different_for_questions_that_do_not(store: SqliteStore, collection: str, one: str, other: str) -> None:
    assert question(store, collection, one).text != question(store, collection, other).text
    assert question(store, collection, one).digest != question(store, collection, other).digest


def test_no_two_collections_share_a_question(store: SqliteStore) -> None:
    assert len({question(store, each.name, "sort=id").text for each in RESOURCES}) == len(RESOURCES)


def test_the_page_counts_in_the_text_of_the_page_only(store: SqliteStore) -> None:
    assert question(store, "events", "limit=1").page_text != question(store, "events", "limit=2").page_text


def test_every_fault_is_told_at_once(store: SqliteStore) -> None:
    with pytest.raises(BadQuery) as raised:
        question(store, "events", "typ=x&type=robot&limit=x&sort=no&date=0&role=boss&participant=nobody&undated=&id=a!")
    assert sorted({each.parameter for each in raised.value.errors}) == sorted(
        ["typ", "type", "limit", "sort", "date", "role", "participant", "undated", "id"]
    )
    with pytest.raises(UnknownParameter):
        question(store, "events", "a=1&b=2")


def test_a_path_sets_a_filter_that_is_unknown_there(store: SqliteStore) -> None:
    fixed = (("event", "hallvik-ferry-strike"),)
    below = ask(by_name("claims"), {}, store.current(), Place("/claims", fixed))
    assert below.text == question(store, "claims", "event=hallvik-ferry-strike").text
    with pytest.raises(UnknownParameter):
        ask(by_name("claims"), {"event": ["odd-a-day"]}, store.current(), Place("/claims", fixed))


def test_a_cursor_of_another_question_is_refused(store: SqliteStore) -> None:
    cursor = store.current().page(question(store, "events", "limit=1")).next
    assert question(store, "events", f"limit=3&cursor={cursor}").cursor is not None
    with pytest.raises(InvalidCursor):
        question(store, "events", f"limit=1&sort=-date&cursor={cursor}")


@st.composite
def walks(draw: st.DrawFn) -> tuple[str, list[str], list[int]]:
    """A collection, an order, and page sizes to take in turn."""
    resource = draw(st.sampled_from(RESOURCES))
    words = draw(st.lists(st.sampled_from(resource.sorts), min_size=1, max_size=4, unique=True))
    signs = draw(st.lists(st.sampled_from(["", "-"]), min_size=len(words), max_size=len(words)))
    sizes = draw(st.lists(st.integers(1, 40), min_size=1, max_size=4))
    return resource.name, [sign + word for sign, word in zip(signs, words, strict=True)], sizes


@given(walk=walks())
@settings(max_examples=60)
def test_pages_of_any_order_and_any_sizes_add_up(
    store: SqliteStore, documents: Documents, walk: tuple[str, list[str], list[int]]
) -> None:
    name, words, sizes = walk
    resource, reader = by_name(name), store.current()
    listed: list[str] = []
    given: Mapping[str, Any] = {"sort": [",".join(words)]}
    for turn in range(1000):
        page = reader.page(ask(resource, {**given, "limit": [str(sizes[turn % len(sizes)])]}, reader))
        listed += page.ids
        if page.next is None:
            break
        given = {**given, "cursor": [page.next]}
    assert listed == ordered(resource, documents[name], words)
    assert page.total == len(listed)


CONTROLS = ("facets", "include", "fields", "date_match", "undated")


@pytest.mark.parametrize("name", CONTROLS)
@pytest.mark.parametrize("collection", [*RESOURCES, search], ids=lambda collection: collection.name)
def test_a_control_that_a_list_does_not_have_is_unknown_there(
    store: SqliteStore, collection: Collection, name: str
) -> None:
    if name in grammar(collection).multiple:
        return
    given = {name: ["type"], **({collection.requires: ["word"]} if collection.requires else {})}
    with pytest.raises(BadQuery) as refused:
        ask(collection, given, store.current())
    assert [(fault.parameter, fault.about) for fault in refused.value.errors] == [(name, "parameter")]
