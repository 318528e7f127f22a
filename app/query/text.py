"""Search: what a user types, read as words, phrases, beginnings and exclusions; never an error.

Words are cut by our own folding, at build and here, so that both databases compare the same strings.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Filter, Labels, Lookup
from app.query.index import Inverted, Row, Rows, intersection, union
from app.values.folding import fold, keys
from app.values.searched import begins, first_words_of, names_of, piece, words_of

IN_TEXTS = " in names, titles, texts, figures, or the names of who speaks, takes part or publishes, or of the place"
NAME_KEYS = "name.key"  # the index of whole names

# A balanced quotation or a run without blanks, each with its operators. Any other sign is a blank.
TOKEN = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))(?P<star>(?<=")\*)?')


@dataclass(frozen=True)
class Sought:
    """One thing to find: a word or phrase under each of its keys; maybe only its beginning; maybe not to be there."""

    variants: tuple[tuple[str, ...], ...]
    prefix: bool = False
    excluded: bool = False

    @property
    def text(self) -> str:
        """In the language of `q` again, folded."""
        words = " ".join(self.variants[0])
        quoted = f'"{words}"' if len(self.variants[0]) > 1 else words
        return f"{'-' if self.excluded else ''}{quoted}{'*' if self.prefix else ''}"

    @property
    def canonical(self) -> str:
        """The same with every key: `Đinđić` finds more than `djindjic`, which it reads as."""
        return "|".join([self.text, *(" ".join(words) for words in self.variants[1:])])


Searched = tuple[Sought, ...]


def sought(text: str) -> Searched:
    """What a text asks for, in its order, since names may repeat a word; empty if it holds no word."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Sought]:
    for found in TOKEN.finditer(text):
        quoted, bare, excluded = found["quoted"], found["bare"] or "", found["minus"] is not None
        prefix = found["star"] is not None or bare.endswith("*")
        if quoted is not None or excluded:  # a minus takes all that it stands before
            pieces = [bare if quoted is None else quoted]
        else:
            pieces = "".join(" " if _is_sign(char) else char for char in bare).split()
        for i, part in enumerate(pieces):
            variants = tuple(tuple(key.split()) for key in keys(part) if key)
            if variants:
                yield Sought(variants, prefix and i == len(pieces) - 1, excluded)


def _is_sign(char: str) -> bool:
    """Whether folding leaves but a blank of it."""
    return fold(f"a{char}b") == "a b"


@dataclass(frozen=True)
class Text(Filter):
    """Words in names, titles and texts; all must match. `column` is the searched text of a record."""

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>"})

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        """The words of the whole text, those of names and titles, and the first words of these."""
        column = self.columns[0]
        return (
            _indexed(column, "word", words_of),
            _indexed(column, "name_word", lambda text: words_of(names_of(text))),
            _indexed(column, "first_word", first_words_of),
        )

    def read(self, values: Sequence[str], lookup: Lookup) -> Searched:
        return sought(values[0])

    def match(self, reading: Searched, rows: Rows) -> BitMap:
        if not reading:
            return BitMap()
        found = {term: self._has(term, rows) for term in reading}
        return intersection(rows.everything - having if term.excluded else having for term, having in found.items())

    def is_slow(self, reading: Searched) -> bool:
        return any(term.prefix or any(len(words) > 1 for words in term.variants) for term in reading)

    def _has(self, term: Sought, rows: Rows, names: bool = False) -> BitMap:
        """The records that have the words of any of the variants, one after the other; with `names` in one name."""
        return union(self._phrase(words, term.prefix, rows, names) for words in term.variants)

    def _phrase(self, words: tuple[str, ...], prefix: bool, rows: Rows, names: bool) -> BitMap:
        index = self.inverted[names].name
        *before, last = words
        ends = rows.index.beginning(index, last) if prefix else rows.having(index, (last,))
        if not before:
            return ends
        candidates = intersection([*(rows.having(index, (word,)) for word in dict.fromkeys(before)), ends])
        wanted = piece(words, prefix)
        texts = rows.index.texts(candidates)
        return BitMap(record for record, text in texts if wanted in (names_of(text) if names else text))

    def _starting(self, words: tuple[str, ...], prefix: bool, rows: Rows) -> BitMap:
        """The records of which a name begins with the words."""
        index, first = self.inverted[2].name, words[0]
        if len(words) == 1:
            return rows.index.beginning(index, first) if prefix else rows.having(index, (first,))
        candidates = rows.having(index, (first,)) & self._phrase(words, prefix, rows, names=True)
        wanted = piece(words, prefix)
        return BitMap(record for record, text in rows.index.texts(candidates) if begins(text, wanted))

    def relevance(self, reading: Searched, rows: Rows) -> tuple[BitMap, ...]:
        """The records by how well they match: 0 a whole name, 1 the start of a name, 2 all in names, 3 anywhere."""
        wanted = [term for term in reading if not term.excluded]
        if not wanted:
            return (BitMap(), BitMap(), BitMap(), rows.everything)
        whole = _combined(wanted)
        return (
            rows.having(NAME_KEYS, (" ".join(words) for words in whole)),
            union(self._starting(words, wanted[-1].prefix, rows) for words in whole),
            intersection(self._has(term, rows, names=True) for term in dict.fromkeys(wanted)),
            rows.everything,
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 200}

    def canonical(self, reading: Searched) -> str:
        return " ".join(each.canonical for each in reading)

    def explained(self, reading: Searched) -> dict[str, Any]:
        once = dict.fromkeys(reading)
        found = [each.text for each in once if not each.excluded]
        return {"all": found, "none": [each.text[1:] for each in once if each.excluded]}

    def phrase(self, reading: Searched, labels: Labels) -> str:
        if not reading:
            return "of which none is selected, for q holds no word"
        words = self.explained(reading)
        wanted, without = " and ".join(words["all"]), " or ".join(words["none"])
        exclusion = f"without {without}" if without else ""
        return " and ".join(part for part in (wanted and f"with {wanted}", exclusion) if part) + IN_TEXTS

    def example(self, row: Row) -> str | None:
        return next((word for word in row[self.columns[0].name].split() if len(word) > 3), None)


def _indexed(column: Column[Any], name: str, words: Callable[[str], set[str]]) -> Inverted:
    """The index of some words of a searched text."""
    return Inverted(f"{column.table.name}.{name}", column.table, lambda row: words(row[column.name]))


def name_rank(key: str, reading: Searched) -> int | None:
    """How well one folded name has what is sought: 0 whole, 1 at its start, 2 all of it, 3 some of it, else None."""
    wanted = [each for each in reading if not each.excluded]
    held = [_holds(key, each) for each in wanted]
    if not any(held):
        return None
    whole = [" ".join(words) for words in _combined(wanted)]
    if key in whole:
        return 0
    following = "" if wanted[-1].prefix else " "
    if any(key.startswith(text + following) for text in whole):
        return 1
    return 2 if all(held) else 3


def _holds(key: str, each: Sought) -> bool:
    """Whether the words stand in the key, one after the other; the last may go on if only its beginning is sought."""
    end = "" if each.prefix else " "
    return any(f" {' '.join(words)}{end}" in f" {key} " for words in each.variants)


def _combined(wanted: Sequence[Sought]) -> list[tuple[str, ...]]:
    """All wanted words in a row, by their main keys and by their other keys."""
    longest = max(len(each.variants) for each in wanted)
    chosen = ([each.variants[min(i, len(each.variants) - 1)] for each in wanted] for i in range(longest))
    return [tuple(word for words in row for word in words) for row in chosen]
