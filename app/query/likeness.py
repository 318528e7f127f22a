"""Which record was meant by a text that is no id: a name of it, a part of a name or id, or an id mistyped.

One statement fetches the candidates, at most so many of each likeness, by index: words cost what a search for them
would. Which of the candidates is best is decided here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, literal, select, union_all

from app.values.folding import keys
from app.values.nearest import nearest
from app.values.slugs import slugify

MOST = 200  # candidates of one likeness
MOST_WORDS = 8  # words of the text that are looked for
LONGEST_TEXT = 200  # characters


class Like(IntEnum):
    """How a candidate is like the text, the best first."""

    ID = 0  # the text, folded, is its id or was
    NAME = 1  # it is a whole name
    WORDS = 2  # all its words stand in a name, or its id begins with them
    LETTERS = 3  # its id begins with the same letters


@dataclass(frozen=True)
class Register:
    """The tables that all kinds share: every id, every name, every word of names and texts."""

    records: Table
    names: Table
    words: Table


def candidates(register: Register, kinds: Sequence[str], text: str) -> Select[Any]:
    """Rows of `likeness` and `id`: the live records of these kinds that the text may mean."""
    text = text[:LONGEST_TEXT]
    slug, records = slugify(text), register.records
    found = [
        _id(records, kinds, slug),
        _named(register.names, kinds, [key for key in keys(text) if key]),
        _worded(register.words, kinds, slug.split("-")[:MOST_WORDS]),
    ]
    for kind in kinds:  # each by itself: of several the index on kinds and ids could not be used
        found.append(_between(records, kind, Like.WORDS, f"{slug}-", f"{slug}."))  # "." follows "-"
        found += [_between(records, kind, Like.LETTERS, slug[:n], slug[:n] + "{") for n in (3, 1)]  # "{" follows "z"
    return select(union_all(*(select(each.limit(MOST).subquery()) for each in found)).subquery())


def best(text: str, rows: Iterable[Any]) -> str | None:
    """The id of the candidate that was probably meant; None if none is like enough."""
    slug = slugify(text[:LONGEST_TEXT])
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.likeness, []).append(row.id)
    for likeness in (Like.ID, Like.NAME, Like.WORDS):
        if likeness in found:
            return min(found[likeness], key=lambda id: (-SequenceMatcher(None, slug, id).ratio(), id))
    return nearest(slug, sorted(found.get(Like.LETTERS, ()))) if slug else None


def _id(records: Table, kinds: Sequence[str], id: str) -> Select[Any]:
    known = (records.c.id == id, records.c.kind.in_(kinds), records.c.state.in_(("live", "merged")))
    return _rows(Like.ID, func.coalesce(records.c.target, records.c.id)).where(*known)


def _named(names: Table, kinds: Sequence[str], wanted: Sequence[str]) -> Select[Any]:
    found = _rows(Like.NAME, names.c.record).where(names.c.key.in_(wanted), names.c.kind.in_(kinds))
    return found.order_by(names.c.record)


def _worded(words: Table, kinds: Sequence[str], wanted: Sequence[str]) -> Select[Any]:
    """Of records that have every one of the words in their names."""
    first, *more = ((words.c.word == word, words.c.field == "name") for word in wanted)
    others = (words.c.record.in_(select(words.c.record).where(*each)) for each in more)
    return _rows(Like.WORDS, words.c.record).where(*first, words.c.kind.in_(kinds), *others).order_by(words.c.record)


def _between(records: Table, kind: str, likeness: Like, start: str, end: str) -> Select[Any]:
    within = (records.c.kind == kind, records.c.id >= start, records.c.id < end, records.c.state == "live")
    return _rows(likeness, records.c.id).where(*within).order_by(records.c.id)


def _rows(likeness: Like, id: ColumnElement[Any]) -> Select[Any]:
    columns: tuple[ColumnElement[Any], ...] = (literal(int(likeness)).label("likeness"), id.label("id"))
    return select(*columns)
