"""Orders: sort words read, and records put in order; every order is total and the same in every store.

A release keeps an `Ordering` for each sort word: the records by the value, then by id. A page walks along it and takes
what matches, or, where little matches, sorts that.
"""

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple, Protocol

from pyroaring import BitMap

from app.query.base import Collection, Refused, read_each
from app.values.nearest import nearest

RELEVANCE = "relevance"
PAGE = 64  # records
PIECE = 512  # records that are taken from a bitmap at once


@dataclass(frozen=True)
class SortKey:
    """One word of `sort`, and its direction."""

    word: str
    descending: bool

    @property
    def text(self) -> str:
        """The word as a client writes it."""
        return f"-{self.word}" if self.descending else self.word


def read_sort(collection: Collection, words: Sequence[str], sought: bool = False) -> tuple[SortKey, ...]:
    """The order that these words ask for, made total by the id; raises Refused. `relevance` needs words `sought`."""
    return _read_sort(collection, tuple(words), sought)


@lru_cache(maxsize=1000)
def _read_sort(collection: Collection, words: tuple[str, ...], sought: bool) -> tuple[SortKey, ...]:
    asked = _asked(collection, words, sought)
    order: list[SortKey] = []
    named = Counter(text.removeprefix("-") for text in asked)
    if twice := next((word for word, often in named.items() if often > 1), None):
        raise Refused(f"'{twice}' is named twice.", twice)
    for key in read_each(asked, lambda text: _key(collection, text, sought)):
        order += _relevance(collection, key.descending) if key.word == RELEVANCE else [key]
    if order[-1].word != "id":
        order.append(SortKey("id", order[-1].descending))
    return tuple(order)


def _key(collection: Collection, text: str, sought: bool) -> SortKey:
    """One word, maybe with its minus; raises Refused."""
    word = text.removeprefix("-")
    if (word not in collection.sorts and not (word == RELEVANCE and sought)) or (word == RELEVANCE and not sought):
        raise _unsorted(collection, text)
    return SortKey(word, text.startswith("-"))


def default_order(collection: Collection, sought: bool) -> tuple[SortKey, ...]:
    """The order where `sort` is not given."""
    return read_sort(collection, (), sought)


def _unsorted(collection: Collection, text: str) -> Refused:
    word, known = text.removeprefix("-"), [sort for sort in collection.sorts if sort != RELEVANCE]
    if word == RELEVANCE:
        return Refused(f"sort=relevance needs q: give q too, or sort by {', '.join(known)}.", text)
    message = f"/{collection.name} sorts by {', '.join(known)}, with q by {RELEVANCE} too; not by '{word}'."
    return Refused(message, text, _in_our_way(text, known, collection.dated) or nearest(word, (*known, RELEVANCE)))


UP, DOWN = {"asc", "ascending"}, {"desc", "descending"}
OLDEST, NEWEST = {"oldest"}, {"newest", "latest", "recent"}


def _in_our_way(text: str, known: Sequence[str], dated: bool) -> str | None:
    """`date:desc`, `date desc`, `desc(date)`, `+date` and `desc` as we write them; `newest` where a date is first."""
    found = re.findall(r"[A-Za-z_]+", text)
    words = [part.lower() for part in found]
    word = next((part for part in words if part in known), known[0])
    beside = {part for part in words if part != word}
    if not words or not beside <= UP | DOWN | (OLDEST | NEWEST if dated else set()):
        return None
    return f"-{word}" if "-" in text or beside & (DOWN | NEWEST) else word


def _asked(collection: Collection, words: Sequence[str], sought: bool) -> Sequence[str]:
    """The words, else the default. Where relevance is one, a missing `q` is refused by itself, not here once more."""
    if not sought and RELEVANCE in collection.sorts:
        return [word for word in words if word.removeprefix("-") != RELEVANCE] or ("id",)
    return words or collection.sorts[:1]


def _relevance(collection: Collection, descending: bool) -> Iterator[SortKey]:
    """How well names match, then the date where the collection is ordered by one."""
    yield SortKey(RELEVANCE, descending)
    if collection.dated:
        yield SortKey(collection.sorts[0], descending)


@dataclass(frozen=True)
class Ordering:
    """The records of a collection by one sort word, then by id; those without a value come last.

    `numbers` is a range where the order is the one that records are numbered in. `valued` counts the records that have
    a value. `starts` are the positions at which another value begins.
    """

    numbers: Sequence[int]
    valued: int
    starts: BitMap

    @cached_property
    def _positions(self) -> Sequence[int]:
        """The position of each record, counted from the lowest number."""
        positions = array("I", bytes(4 * len(self.numbers)))
        for position, number in enumerate(self.numbers):
            positions[number - self._lowest] = position
        return positions

    @cached_property
    def _lowest(self) -> int:
        return min(self.numbers, default=0)

    def position(self, number: int) -> int:
        """Where a record stands."""
        if isinstance(self.numbers, range):
            return number - self.numbers.start
        return self._positions[number - self._lowest]

    def turned(self, position: int) -> int:
        """The same place seen from the other end; the records without a value stay behind the others."""
        if position < self.valued:
            return self.valued - 1 - position
        return len(self.numbers) - 1 - (position - self.valued)

    def group(self, position: int) -> range:
        """The positions of the records with the same value."""
        number = self.starts.rank(position)
        end = self.starts[number] if number < len(self.starts) else len(self.numbers)
        return range(self.starts[number - 1], end)


class Key(Protocol):
    """One key of an order: puts records into groups that it does not tell apart."""

    def rank(self, number: int) -> int:
        """What records are compared by: equal within a group."""

    def groups(self, members: BitMap, after: int | None) -> Iterator[BitMap]:
        """The members by groups, in order; from the group of the record `after` on, if one is given."""


class Walk(NamedTuple):
    """An ordering walked in one direction."""

    ordering: Ordering
    descending: bool
    page: int = PAGE  # records that somebody probably wants; none: never sort what matches

    def place(self, number: int) -> int:
        """How far along the walk a record stands."""
        position = self.ordering.position(number)
        return self.ordering.turned(position) if self.descending else position

    def rank(self, number: int) -> int:
        """The place of the first record of its group."""
        return self._places(self.place(number))[0]

    def groups(self, members: BitMap, after: int | None) -> Iterator[BitMap]:
        numbers, place = self.ordering.numbers, 0 if after is None else self.rank(after)
        while place < len(numbers):
            group = self.ordering.group(self._position(place))
            yield members & BitMap(numbers[group.start : group.stop])
            place += len(group)

    def numbers(self, members: BitMap, after: int | None) -> Iterator[int]:
        """The members in the order of the walk, those with equal values by id; behind the record `after`."""
        if isinstance(self.ordering.numbers, range):
            return chain.from_iterable(self._numbered(members, after))
        first = 0 if after is None else self.place(after) + 1
        if self.is_few(members):
            return iter(sorted((number for number in members if self.place(number) >= first), key=self.place))
        return self._along(members, first)

    def _along(self, members: BitMap, first: int) -> Iterator[int]:
        for some in self._pieces(first):
            if found := members & BitMap(some):
                yield from (number for number in some if number in found)

    def _pieces(self, first: int) -> Iterator[Sequence[int]]:
        """The records along the walk from a place on, some at once: few at first, for most pages end there."""
        place, size, numbers = first, PAGE, self.ordering.numbers
        while place < len(numbers):
            # Seen from the other end, records with a value and those without are two stretches.
            stop = min(place + size, self.ordering.valued if place < self.ordering.valued else len(numbers))
            if self.descending:
                yield numbers[self._position(stop - 1) : self._position(place) + 1][::-1]
            else:
                yield numbers[place:stop]
            place, size = stop, min(2 * size, 16 * PIECE)

    def is_few(self, members: BitMap) -> bool:
        """Whether sorting the members costs less than looking for a page of them along the ordering."""
        return len(members) ** 2 <= self.page * len(self.ordering.numbers)

    def _numbered(self, members: BitMap, after: int | None) -> Iterator[Sequence[int]]:
        """The same where numbers themselves are the order: a small piece at first, for most pages end there."""
        size = PAGE
        while piece := self._piece(members, after, size):
            yield piece
            after, size = piece[-1], PIECE

    def _piece(self, members: BitMap, after: int | None, size: int) -> Sequence[int]:
        """At most so many members behind the record `after`; falling, those without a value come behind the others."""
        if not self.descending:
            first = 0 if after is None else members.rank(after)
            return members[first : first + size].to_array()
        valued = self.ordering.numbers[0] + self.ordering.valued if self.ordering.numbers else 0
        cut = members.rank(valued - 1) if valued else 0  # members with a value
        if after is None or after < valued:
            end, start = cut if after is None else members.rank(after) - 1, 0
            if end == 0:
                end, start = len(members), cut
        else:
            end, start = members.rank(after) - 1, cut
        return members[max(start, end - size) : end].to_array()[::-1]

    def _position(self, place: int) -> int:
        return self.ordering.turned(place) if self.descending else place

    def _places(self, place: int) -> range:
        """The places of the records with the same value as the one at this place."""
        group = self.ordering.group(self._position(place))
        if not self.descending:
            return group
        return range(self.ordering.turned(group[-1]), self.ordering.turned(group[0]) + 1)


@dataclass(frozen=True)
class Relevance:
    """How well records match what is sought: `classes` of them, the best first, each with what stands before it."""

    classes: tuple[BitMap, ...]
    descending: bool

    def rank(self, number: int) -> int:
        """The first class that has the record."""
        found = next(rank for rank, members in enumerate(self.classes) if number in members)
        return -found if self.descending else found

    def groups(self, members: BitMap, after: int | None) -> Iterator[BitMap]:
        apart: list[BitMap] = []
        for having in self.classes:
            apart.append(members & having)
            members = members - having
        ranks = sorted(range(len(apart)), reverse=self.descending)
        first = 0 if after is None else ranks.index(abs(self.rank(after)))
        yield from (apart[rank] for rank in ranks[first:])


def in_order(members: BitMap, keys: Sequence[Key], last: Walk, after: int | None) -> Iterator[int]:
    """The members by the keys, then along the last walk; behind the record `after`, if one is given."""
    if not keys:
        return last.numbers(members, after)
    if last.is_few(members):
        return _sorted(members, keys, last, after)
    head, *more = keys
    return chain.from_iterable(
        in_order(group, more, last, after if after is not None and after in group else None)
        for group in head.groups(members, after)
    )


def _sorted(members: BitMap, keys: Sequence[Key], last: Walk, after: int | None) -> Iterator[int]:
    def compared(number: int) -> tuple[int, ...]:
        return (*(key.rank(number) for key in keys), last.place(number))

    ranked = sorted(members, key=compared)
    first = 0 if after is None else bisect_right(ranked, compared(after), key=compared)
    yield from ranked[first:]
