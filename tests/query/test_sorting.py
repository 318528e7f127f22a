"""Orders are total, and walking along them from any record on gives exactly what comes after it, in any direction."""

from functools import cmp_to_key
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from app.query.base import Refused
from app.query.sorting import Ordering, Relevance, Walk, in_order, read_sort
from app.resources.events import events
from app.resources.search import search

NAMES = ("a", "b", "id")
FIRST = 7  # the number of the first record: other collections come before

Row = tuple[int | None, str | None, str]

rows = st.lists(
    st.tuples(
        st.none() | st.integers(0, 3), st.none() | st.sampled_from(["", "a", "b", "é"]), st.integers(0, 99).map(str)
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[2],
)
orders = st.lists(st.tuples(st.sampled_from(NAMES[:2]), st.booleans()), max_size=2, unique_by=lambda key: key[0])
few = st.sampled_from([0, 64])  # whether what matches is looked for along an ordering, or sorted


def before(one: Row, other: Row, keys: list[tuple[str, bool]]) -> int:
    """Which of two rows comes first: missing values last either way."""
    for name, descending in keys:
        mine, theirs = one[NAMES.index(name)], other[NAMES.index(name)]
        if mine != theirs:
            if mine is None or theirs is None:
                return 1 if mine is None else -1
            return -1 if (mine > theirs) == descending else 1  # type: ignore[operator]  # of one column
    return 0


def in_plain_order(rows: list[Row], keys: list[tuple[str, bool]]) -> list[Row]:
    """The rows sorted by comparing each two of them."""

    def compared(one: Row, other: Row) -> int:
        return before(one, other, keys)

    return sorted(rows, key=cmp_to_key(compared))


def ordering(numbered: list[Row], name: str) -> Ordering:
    """The rows, numbered in this order, by one column and then by id."""
    ranked = in_plain_order(numbered, [(name, False), ("id", False)])
    values = [row[NAMES.index(name)] for row in ranked]
    starts = BitMap(at for at in range(len(ranked)) if at == 0 or values[at] != values[at - 1])
    numbers: Any = [numbered.index(row) + FIRST for row in ranked]
    if numbers == sorted(numbers):
        numbers = range(FIRST, FIRST + len(numbers))
    return Ordering(numbers, sum(value is not None for value in values), starts)


@given(rows=rows, keys=orders, last=st.booleans(), page=few, data=st.data())
def test_a_walk_from_any_record_gives_what_comes_after_it(
    rows: list[Row], keys: list[tuple[str, bool]], last: bool, page: int, data: st.DataObject
) -> None:
    numbered = in_plain_order(rows, [("a", False), ("id", False)])
    chosen = data.draw(st.lists(st.sampled_from(numbered), unique=True))
    members = BitMap(numbered.index(row) + FIRST for row in chosen)
    wanted = [numbered.index(row) + FIRST for row in in_plain_order(chosen, [*keys, ("id", last)])]
    orderings = {name: ordering(numbered, name) for name in NAMES}
    walks = [Walk(orderings[name], descending, page) for name, descending in keys]
    end = Walk(orderings["id"], last, page)
    assert list(in_order(members, walks, end, None)) == wanted
    for at, number in enumerate(wanted):
        assert list(in_order(members, walks, end, number)) == wanted[at + 1 :]


@given(rows=rows, name=st.sampled_from(NAMES), descending=st.booleans(), page=few, data=st.data())
def test_equal_values_stand_by_id_in_the_direction_of_the_walk(
    rows: list[Row], name: str, descending: bool, page: int, data: st.DataObject
) -> None:
    numbered = in_plain_order(rows, [("a", False), ("id", False)])
    chosen = data.draw(st.lists(st.sampled_from(numbered), unique=True))
    keys = [(name, descending), ("id", descending)]
    wanted = [numbered.index(row) + FIRST for row in in_plain_order(chosen, keys)]
    walk = Walk(ordering(numbered, name), descending, page)
    members = BitMap(wanted)
    assert list(walk.numbers(members, None)) == wanted
    for at, number in enumerate(wanted):
        assert list(walk.numbers(members, number)) == wanted[at + 1 :]


@pytest.mark.parametrize("page", [0, 64])
@pytest.mark.parametrize(("descending", "wanted"), [(False, [9, 2, 4, 1, 3]), (True, [1, 3, 2, 4, 9])])
def test_relevance_goes_class_by_class(descending: bool, wanted: list[int], page: int) -> None:
    classes = (BitMap([9]), BitMap(), BitMap([2, 4, 9]), BitMap(range(10)))
    key, members = Relevance(classes, descending), BitMap([1, 2, 3, 4, 9])
    last = Walk(Ordering(range(10), 10, BitMap(range(10))), descending=False, page=page)
    assert list(in_order(members, [key], last, None)) == wanted
    for at, number in enumerate(wanted):
        assert list(in_order(members, [key], last, number)) == wanted[at + 1 :]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], ["date", "id"]),
        (["-date"], ["-date", "-id"]),
        (["title", "-date"], ["title", "-date", "-id"]),
        (["-title", "date"], ["-title", "date", "id"]),
        (["id"], ["id"]),
        (["-id"], ["-id"]),
        (["type", "-id"], ["type", "-id"]),
    ],
)
def test_every_order_ends_with_the_id_in_the_direction_of_the_last_key(words: list[str], wanted: list[str]) -> None:
    assert [key.text for key in read_sort(events, words)] == wanted


@pytest.mark.parametrize("words", [["robot"], ["date", "robot"], ["--date"], ["Date"], [""], ["-"], ["date desc"]])
def test_an_unknown_word_is_refused_with_those_there_are(words: list[str]) -> None:
    with pytest.raises(Refused, match="date, title, type, id"):
        read_sort(events, words)


@pytest.mark.parametrize("word", ["relevance", "-relevance"])
def test_relevance_without_q_says_what_is_missing(word: str) -> None:
    with pytest.raises(Refused, match="relevance needs q: give q too, or sort by date, title, type, id"):
        read_sort(events, [word])


@pytest.mark.parametrize("words", [["relevance"], ["-relevance"], ["relevance", "kind"]])
def test_relevance_is_not_refused_once_more_where_q_is_required(words: list[str]) -> None:
    assert read_sort(search, words)[-1].word == "id"
    assert "relevance" not in [key.word for key in read_sort(search, words)]


@pytest.mark.parametrize("words", [["date", "date"], ["date", "-date"], ["id", "date", "id"]])
def test_a_word_named_twice_is_refused(words: list[str]) -> None:
    with pytest.raises(Refused, match="twice"):
        read_sort(events, words)
