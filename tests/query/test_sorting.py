"""Orders are total, and `beyond` is exactly the rows that come after a position, in any mix of directions."""

from functools import cmp_to_key
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, select

from app.query.base import Refused
from app.query.sorting import SortKey, beyond, order_by, read_sort
from app.resources import RESOURCES
from app.resources.base import Resource
from app.resources.events import events
from app.resources.search import search

ROWS = Table("t", MetaData(), Column("a", Integer), Column("b", Text), Column("id", Text))
NAMES = ("a", "b", "id")
ENGINE = create_engine("sqlite+pysqlite://")

rows = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["", "a", "b", "é"]), st.integers(0, 99).map(str)),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[2],
)
orders = st.lists(st.tuples(st.sampled_from(NAMES[:2]), st.booleans()), max_size=2, unique_by=lambda key: key[0])


def before(one: tuple[Any, ...], other: tuple[Any, ...], directions: tuple[bool, ...]) -> int:
    """Which of two positions comes first, column by column."""
    for mine, theirs, descending in zip(one, other, directions, strict=True):
        if mine != theirs:
            return -1 if (mine > theirs) == descending else 1
    return 0


@given(rows=rows, keys=orders, last=st.booleans())
def test_beyond_is_what_comes_after(rows: list[tuple[int, str, str]], keys: list[tuple[str, bool]], last: bool) -> None:
    chosen = [*keys, ("id", last)]
    order = tuple(SortKey(name, descending, (ROWS.c[name],)) for name, descending in chosen)
    directions = tuple(descending for _, descending in chosen)

    def position(row: tuple[int, str, str]) -> tuple[Any, ...]:
        return tuple(row[NAMES.index(name)] for name, _ in chosen)

    def compare(one: tuple[int, str, str], other: tuple[int, str, str]) -> int:
        return before(position(one), position(other), directions)

    wanted = sorted(rows, key=cmp_to_key(compare))
    with ENGINE.connect() as connection:
        ROWS.drop(connection, checkfirst=True)
        ROWS.create(connection)
        connection.execute(ROWS.insert(), [dict(zip(NAMES, row, strict=True)) for row in rows])
        listed = connection.execute(select(*(ROWS.c[name] for name in NAMES)).order_by(*order_by(order))).all()
        assert [tuple(row) for row in listed] == wanted
        for i, row in enumerate(wanted):
            statement = select(ROWS.c.id).where(beyond(order, position(row))).order_by(*order_by(order))
            assert connection.execute(statement).scalars().all() == [each[2] for each in wanted[i + 1 :]]


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


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_no_column_that_is_sorted_by_can_be_null(resource: Resource) -> None:
    for word in resource.sorts:
        for sort in (word, f"-{word}"):
            assert not [column for key in read_sort(resource, [sort]) for column in key.columns if column.nullable]
