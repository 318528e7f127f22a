"""Which record was meant by a text that is no id: a name of it, a part of a name or id, or an id mistyped.

At most so many candidates of one likeness are looked at; which of them is best is decided here.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from itertools import islice
from typing import Protocol

from pyroaring import BitMap

from app.query.index import KINDS, Index, Rows, intersection
from app.query.text import NAME_KEYS, WHOLE_NAMES
from app.values.folding import name_keys, whole_names
from app.values.identity import Identity
from app.values.nearest import nearest
from app.values.slugs import slugify

MOST = 200  # candidates of one likeness
MOST_WORDS = 8  # words of the text that are looked for
LONGEST_TEXT = 200  # characters
NAME_WORDS = "text.name_word"  # the index of the words of names and titles


class Like(IntEnum):
    """How a candidate is like the text, the best first."""

    ID = 0  # the text, folded, is its id or was
    NAME = 1  # it is a whole name
    WORDS = 2  # all its words stand in a name, or its id begins with them
    LETTERS = 3  # its id begins with the same letters


class Known(Protocol):
    """What a release knows of ids."""

    def identity(self, id: str) -> Identity | None:
        """What it knows of one id."""

    def ids(self, numbers: Sequence[int]) -> Sequence[str]:
        """The ids of live records."""

    def beginning(self, kind: str, start: str, most: int) -> Sequence[str]:
        """The live ids of a kind that begin so, in order."""


def best(text: str, kinds: Sequence[str], known: Known, index: Index) -> str | None:
    """The live id of these kinds that was probably meant; None if none is like enough."""
    text = text[:LONGEST_TEXT]
    slug = slugify(text)
    found: dict[Like, list[str]] = {}
    for likeness, ids in _candidates(text, slug, kinds, known, index):
        found.setdefault(likeness, []).extend(ids)
    for likeness in (Like.ID, Like.NAME, Like.WORDS):
        if found.get(likeness):
            return min(found[likeness], key=lambda id: (-SequenceMatcher(None, slug, id).ratio(), id))
    return nearest(slug, sorted(found.get(Like.LETTERS, ()))) if slug else None


def _candidates(
    text: str, slug: str, kinds: Sequence[str], known: Known, index: Index
) -> Iterator[tuple[Like, Iterable[str]]]:
    rows = Rows(index)
    of_kinds = rows.having(KINDS, kinds)
    yield Like.ID, _former_or_own(known.identity(slug), kinds)
    names = [key for key in name_keys(text) if key]
    named = rows.having(NAME_KEYS, names) | rows.having(WHOLE_NAMES, whole_names(names))
    yield Like.NAME, _ids(named & of_kinds, known)
    words = slug.split("-")[:MOST_WORDS]
    yield Like.WORDS, _ids(intersection([*(rows.having(NAME_WORDS, (word,)) for word in words), of_kinds]), known)
    for kind in kinds:
        yield Like.WORDS, known.beginning(kind, f"{slug}-", MOST)
        for letters in (3, 1):
            yield Like.LETTERS, known.beginning(kind, slug[:letters], MOST)


def _former_or_own(identity: Identity | None, kinds: Sequence[str]) -> Iterator[str]:
    if identity is not None and identity.kind in kinds and identity.state in ("live", "merged"):
        yield identity.target or identity.id


def _ids(records: BitMap, known: Known) -> Sequence[str]:
    return known.ids(list(islice(records, MOST)))
