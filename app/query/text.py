"""Search: the filter `q` over the words that a record is found by, and how well a record matches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import ClassVar

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Filter, Labels, Lookup, Schema
from app.query.index import Inverted, Row, Rows, intersection, union
from app.query.typed import Searched, Sought, halves, sought
from app.values.folding import whole_names
from app.values.searched import begins, first_words_of, names_of, piece, words_of
from app.values.stems import stem

IN_TEXTS = " in names, titles, texts, figures, or the names of who speaks, takes part or publishes, or of the place"
WORDS = "text.word"  # the index of all words
NAME_KEYS = "name.key"  # the index of whole names
WHOLE_NAMES = "name.whole"  # the same without blanks, of names of few words

MOST_OF_BOTH = 5000  # records with both parts of a compound; where there are more, they are words of their own


@dataclass(frozen=True)
class Text(Filter[Searched]):
    """Words in names, titles and texts; all must match. `column` is the searched text of a record."""

    multiple: ClassVar[bool] = False
    ranks: ClassVar[bool] = True
    reads: ClassVar[bool] = True
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>"})

    @property
    def group(self) -> str:
        return "words"

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        """The words of the whole text, those of names and titles, and the first words of these."""
        column = self.columns[0]
        return (
            _indexed(column, "word", words_of, stem),
            _indexed(column, "name_word", lambda text: words_of(names_of(text))),
            _indexed(column, "first_word", first_words_of),
        )

    def read(self, values: Sequence[str], lookup: Lookup) -> Searched:
        return sought(values[0])

    def match(self, reading: Searched, rows: Rows) -> BitMap:
        if not reading:
            return BitMap()
        terms = dict.fromkeys(reading)
        if len(terms) > 1:  # the texts of records that have the words of all of them are enough
            maybe = replace(rows, reads=False)
            rows = rows.narrowed(intersection(self._meeting(term, maybe) for term in terms))
        for term in terms:
            rows = rows.narrowed(self._meeting(term, rows))
        return rows.left

    def _meeting(self, term: Sought, rows: Rows, names: bool = False, loosely: bool = True) -> BitMap:
        """The records that meet one thing sought, or any of those that may be there instead."""
        return union([self._having(choice, rows, names, loosely) for choice in term.choices])

    def _having(self, term: Sought, rows: Rows, names: bool, loosely: bool) -> BitMap:
        if term.excluded and not rows.reads:
            return rows.everything
        found = self._has(term, rows, names)
        if term.loose and loosely:
            found = union([found, self._otherwise(term, rows, names)])
        return rows.everything - found if term.excluded else found

    def _otherwise(self, term: Sought, rows: Rows, names: bool) -> BitMap:
        """The records with another form of the word, or with it in one with its neighbour, or in two words."""
        forms = {form for word in (*term.words, *term.joined) for form in rows.index.forms(stem(word))}
        apart = [self._in_two(word, rows, names) for word in term.words]
        return union([rows.having(self.inverted[names].name, sorted(forms)), *apart])

    def _in_two(self, word: str, rows: Rows, names: bool) -> BitMap:
        index, pairs, found = self.inverted[names].name, list(halves(word)), BitMap()
        known = rows.index.held(index, {part for pair in pairs for part in pair}) if pairs else set[str]()
        for first, second in (pair for pair in pairs if known >= set(pair)):
            both = rows.having(index, (first,)) & rows.having(index, (second,))
            if 0 < len(both) <= MOST_OF_BOTH:
                found |= self._phrase((first, second), False, rows, names)
        return found

    def is_slow(self, reading: Searched) -> bool:
        return any(term.prefix or any(len(words) > 1 for words in term.variants) for term in reading)

    def _has(self, term: Sought, rows: Rows, names: bool = False) -> BitMap:
        """The records that have the words of any of the variants, one after the other; with `names` in one name."""
        return union(self._phrase(words, term.prefix, rows, names) for words in term.variants)

    def _phrase(self, words: tuple[str, ...], prefix: bool, rows: Rows, names: bool) -> BitMap:
        apart = self._apart(words, prefix, rows, names)
        if len(words) == 1:
            return apart
        wanted = piece(words, prefix)
        return rows.reading(apart, lambda text: wanted in (names_of(text) if names else text))

    def _apart(self, words: tuple[str, ...], prefix: bool, rows: Rows, names: bool) -> BitMap:
        """The records that have each of the words, wherever it stands."""
        index = self.inverted[names].name
        *before, last = words
        ends = rows.index.beginning(index, last) if prefix else rows.having(index, (last,))
        return intersection([*(rows.having(index, (word,)) for word in dict.fromkeys(before)), ends])

    def _starting(self, words: tuple[str, ...], prefix: bool, rows: Rows) -> BitMap:
        """The records of which a name begins with the words."""
        index, first = self.inverted[2].name, words[0]
        if len(words) == 1:
            return rows.index.beginning(index, first) if prefix else rows.having(index, (first,))
        wanted = piece(words, prefix)
        apart = rows.having(index, (first,)) & self._apart(words, prefix, rows, names=True)
        return rows.reading(apart, lambda text: begins(text, wanted))

    def relevance(self, reading: Searched, rows: Rows) -> tuple[BitMap, ...]:
        """The records by how well they match.

        0 a whole name, 1 the start of a name, 2 all words in names, 3 all words, 4 in other forms in names, 5 anyhow.
        """
        wanted = [term for term in dict.fromkeys(reading) if not term.excluded]
        if not wanted:
            return (*(BitMap() for _ in range(5)), rows.everything)
        whole = _combined([term for term in reading if not term.excluded])
        keys, star = [" ".join(words) for words in whole], wanted[-1].prefix
        return (
            rows.having(NAME_KEYS, keys) | rows.having(WHOLE_NAMES, whole_names(keys)),
            union([self._starting(words, star, rows) for words in whole]),
            intersection(self._meeting(term, rows, names=True, loosely=False) for term in wanted),
            intersection(self._meeting(term, rows, loosely=False) for term in wanted),
            intersection(self._meeting(term, rows, names=True) for term in wanted),
            rows.everything,
        )

    def otherwise(self, reading: Searched, values: Sequence[str], lookup: Lookup) -> Iterator[Mapping[str, str]]:
        yield from ({self.name: text} for text in corrected(reading, lookup))

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 200}

    def canonical(self, reading: Searched) -> str:
        return " ".join(term.canonical for term in reading)

    def explained(self, reading: Searched) -> dict[str, list[str]]:
        once = dict.fromkeys(reading)
        found = [term.text for term in once if not term.excluded]
        return {"all": found, "none": [term.text[1:] for term in once if term.excluded]}

    def phrase(self, reading: Searched, labels: Labels) -> str:
        if not reading:
            return "of which none is selected, for q holds no word"
        words = self.explained(reading)
        wanted, without = " and ".join(words["all"]), " or ".join(words["none"])
        exclusion = f"without {without}" if without else ""
        return " and ".join(part for part in (wanted and f"with {wanted}", exclusion) if part) + IN_TEXTS

    def example(self, row: Row) -> str | None:
        return next((word for word in row[self.columns[0].name].split() if len(word) > 3), None)


def _indexed(
    column: Column[object], name: str, words: Callable[[str], set[str]], group: Callable[[str], str] | None = None
) -> Inverted:
    """The index of some words of a searched text."""
    return Inverted(f"{column.table.name}.{name}", column.table, lambda row: words(row[column.name]), group=group)


def corrected(reading: Searched, lookup: Lookup) -> Iterator[str]:
    """The text of what is sought with the nearest known word in place of each that no record has, if all have one."""
    texts = [term.text if term.either else _corrected(term, lookup) for term in reading]
    if None not in texts:
        yield " ".join(filter(None, texts))


def _corrected(term: Sought, lookup: Lookup) -> str | None:
    known = any(all(lookup.holds(WORDS, word) for word in words) for words in term.variants)
    if known or term.prefix or term.excluded:
        return term.text
    near = [word if lookup.holds(WORDS, word) else lookup.nearest_value(WORDS, word) for word in term.variants[0]]
    return None if None in near else replace(term, variants=(tuple(filter(None, near)),)).text


def name_rank(key: str, reading: Searched) -> int | None:
    """How well one folded name has what is sought, best 0, as in `relevance`; 4 some of it; None for none of it."""
    wanted = [term for term in reading if not term.excluded]
    exactly = [any(_holds(key, choice) for choice in term.choices) for term in wanted]
    anyhow = [
        held or any(_holds_anyhow(key, choice) for choice in term.choices)
        for held, term in zip(exactly, wanted, strict=True)
    ]
    if not any(anyhow):
        return None
    whole = [" ".join(words) for words in _combined(wanted)]
    if key in whole or set(whole_names([key])) & set(whole_names(whole)):
        return 0
    following = "" if wanted[-1].prefix else " "
    if any(key.startswith(text + following) for text in whole):
        return 1
    return 2 if all(exactly) else 3 if all(anyhow) else 4


def _holds(key: str, term: Sought) -> bool:
    """Whether the words stand in the key, one after the other; the last may go on if only its beginning is sought."""
    end = "" if term.prefix else " "
    return any(f" {' '.join(words)}{end}" in f" {key} " for words in term.variants)


def _holds_anyhow(key: str, term: Sought) -> bool:
    """Whether another form of a loose word stands in the key, or the word in one with another, or in two."""
    if not term.loose:
        return False
    there = key.split()
    wanted = {stem(word) for word in (*term.words, *term.joined)}
    return any(stem(word) in wanted for word in there) or any(
        pair in halves(word) for pair in pairwise(there) for word in term.words
    )


def _combined(wanted: Sequence[Sought]) -> list[tuple[str, ...]]:
    """All wanted words in a row, by their main keys and by their other keys."""
    choices = [[words for choice in term.choices for words in choice.variants] for term in wanted]
    longest = max(len(ways) for ways in choices)
    chosen = ([ways[min(i, len(ways) - 1)] for ways in choices] for i in range(longest))
    return [tuple(word for words in row for word in words) for row in chosen]
