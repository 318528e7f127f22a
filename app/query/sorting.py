"""Orders: sort words resolved to stored columns, so that every order is total, walkable, and the same everywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, or_, tuple_

from app.query.base import Collection, Refused
from app.query.text import Searched, Text
from app.values.nearest import nearest

RELEVANCE = "relevance"


@dataclass(frozen=True)
class SortKey:
    """One word of `sort`, its direction, and the columns it walks."""

    word: str
    descending: bool
    columns: tuple[ColumnElement[Any], ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The word as a client writes it."""
        return f"-{self.word}" if self.descending else self.word


def sort_columns(table: Table, word: str, descending: bool) -> tuple[Column[Any], ...]:
    """The columns of a sort word. A date is its earliest, then its latest day; a text its folded key.

    None of them is ever null: a missing date is stored as later than all in `…_earliest` and as earlier than all in
    `…_earliest_down`, so that missing values come last both ways by a plain walk of an index.
    """
    if f"{word}_earliest" in table.c:
        first = f"{word}_earliest_down" if descending else f"{word}_earliest"
        return (table.c[first], table.c[f"{word}_latest"])
    return (table.c[f"{word}_key"] if f"{word}_key" in table.c else table.c[word],)


def read_sort(
    collection: Collection, words: Sequence[str], sought: tuple[Text, Searched] | None = None
) -> tuple[SortKey, ...]:
    """The order that these words ask for, made total by the id; raises Refused. `relevance` needs the `q` sought."""
    order: list[SortKey] = []
    for text in _asked(collection, words, sought):
        word, descending = text.removeprefix("-"), text.startswith("-")
        if word == RELEVANCE and sought is not None:
            order += _relevance(collection, descending, sought)
            continue
        if word not in collection.sorts:
            raise _unsorted(collection, text)
        if word in (key.word for key in order):
            raise Refused(f"'{word}' is named twice.", text)
        order.append(SortKey(word, descending, sort_columns(collection.table, word, descending)))
    if order[-1].word != "id":
        order.append(SortKey("id", order[-1].descending, (collection.table.c.id,)))
    return tuple(order)


def _unsorted(collection: Collection, text: str) -> Refused:
    word, known = text.removeprefix("-"), [each for each in collection.sorts if each != RELEVANCE]
    if word == RELEVANCE:
        return Refused(f"sort=relevance needs q: give q too, or sort by {', '.join(known)}.", text)
    message = f"/{collection.name} sorts by {', '.join(known)}, with q by {RELEVANCE} too; not by '{word}'."
    return Refused(message, text, nearest(word, (*known, RELEVANCE)))


def _asked(collection: Collection, words: Sequence[str], sought: object) -> Sequence[str]:
    """The words, else the default. Where relevance is one, a missing `q` is refused by itself, not here once more."""
    if sought is None and RELEVANCE in collection.sorts:
        return [word for word in words if word.removeprefix("-") != RELEVANCE] or ("id",)
    return words or collection.sorts[:1]


def _relevance(collection: Collection, descending: bool, sought: tuple[Text, Searched]) -> Iterator[SortKey]:
    """How well names match, then the date where the collection has one."""
    searching, reading = sought
    yield SortKey(RELEVANCE, descending, (searching.relevance(reading),))
    for word in collection.sorts[:1]:
        if f"{word}_earliest" in collection.table.c:
            yield SortKey(word, descending, sort_columns(collection.table, word, descending))


def order_by(order: tuple[SortKey, ...]) -> list[ColumnElement[Any]]:
    """ORDER BY terms."""
    return [column.desc() if key.descending else column.asc() for key in order for column in key.columns]


def beyond(order: tuple[SortKey, ...], position: Sequence[Any]) -> ColumnElement[bool]:
    """The rows after `position`, which holds one value a column of the order.

    One direction throughout compares row values, which walks the index; mixed directions need the long form.
    """
    columns = [(column, key.descending) for key in order for column in key.columns]
    if len({descending for _, descending in columns}) == 1:
        mine, theirs = tuple_(*(column for column, _ in columns)), tuple_(*position)
        return mine < theirs if columns[0][1] else mine > theirs
    cases = []
    for i, (column, descending) in enumerate(columns):
        equal = [before == value for (before, _), value in zip(columns[:i], position, strict=False)]
        cases.append(and_(*equal, column < position[i] if descending else column > position[i]))
    return or_(*cases)
