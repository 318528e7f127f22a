"""Search: what a user types, read as words, phrases, beginnings and exclusions; never an error.

Words are cut by our own folding, at build and here, so that both databases compare the same strings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import Column, ColumnElement, Table, and_, case, false, or_, select

from app.query.base import Filter, Labels, Lookup, as_column
from app.values.folding import fold, keys

IN_TEXTS = " in names, titles, texts, figures, or the names of who speaks, takes part or publishes, or of the place"
LONGEST_PHRASE = 16  # words; a longer one is matched in stretches that overlap by a word
AFTER_LETTERS = "{"  # the character behind "z": the end of everything that begins with the same letters

AFTER_BLANK = "!"  # the character behind the blank: the end of everything that goes on with another word

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
        for i, piece in enumerate(pieces):
            variants = tuple(tuple(key.split()) for key in keys(piece) if key)
            if variants:
                yield Sought(variants, prefix and i == len(pieces) - 1, excluded)


def _is_sign(char: str) -> bool:
    """Whether folding leaves but a blank of it."""
    return fold(f"a{char}b") == "a b"


@dataclass(frozen=True)
class Text(Filter):
    """Words in names, titles and texts; all must match. `column` is the record's id."""

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>"})

    word: Any = field(default=None, repr=False)
    name_key: Any = field(default=None, repr=False)

    @property
    def words(self) -> Table:
        """The table with a row for each word of each record."""
        return as_column(self.word).table

    @property
    def names(self) -> Table:
        """The table with a row for each key of each name."""
        return as_column(self.name_key).table

    def read(self, values: Sequence[str], lookup: Lookup) -> Searched:
        return sought(values[0])

    def where(self, reading: Searched) -> ColumnElement[bool]:
        if not reading:
            return false()
        return and_(*(self._has(each) for each in dict.fromkeys(reading)))

    def _has(self, each: Sought) -> ColumnElement[bool]:
        id = as_column(self.column)
        found = or_(*(id.in_(part) for words in each.variants for part in [self._records(words, each.prefix)]))
        return ~found if each.excluded else found

    def _records(self, words: tuple[str, ...], prefix: bool, field: str = "") -> Any:
        """The records that have these words one after the other."""
        pieces = stretches(words)
        # A stretch that comes again asks nothing new.
        once = dict.fromkeys((piece, prefix and i == len(pieces)) for i, piece in enumerate(pieces, 1))
        first, *more = (self._stretch(piece, begins, field) for piece, begins in once)
        record = first.selected_columns[0]
        return first.where(*(record.in_(statement) for statement in more))

    def _stretch(self, words: tuple[str, ...], prefix: bool, field: str) -> Any:
        tables = [self.words.alias() for _ in words]
        statement = select(tables[0].c.record)
        for i, (table, word) in enumerate(zip(tables, words, strict=True)):
            begins = and_(table.c.word >= word, table.c.word < word + AFTER_LETTERS)
            statement = statement.where(begins if prefix and i == len(words) - 1 else table.c.word == word)
            if i > 0:
                following = table.c.position == tables[0].c.position + i
                statement = statement.where(table.c.record == tables[0].c.record, following)
        return statement.where(tables[0].c.field == field) if field else statement

    def relevance(self, reading: Searched) -> ColumnElement[int]:
        """0 a whole name, 1 the start of a name, 2 all words in names or titles, 3 anywhere."""
        id, wanted = as_column(self.column), [each for each in reading if not each.excluded]
        if not wanted:
            return case((id.is_(None), 0), else_=3)
        key = self.names.c.key
        whole = [" ".join(words) for words in _combined(wanted)]
        following, end = ("", AFTER_LETTERS) if wanted[-1].prefix else (" ", AFTER_BLANK)
        starts = or_(*(and_(key >= text + following, key < text + end) for text in whole))
        in_names = (
            or_(*(id.in_(self._records(words, each.prefix, "name")) for words in each.variants))
            for each in dict.fromkeys(wanted)
        )
        return case(
            (id.in_(select(self.names.c.record).where(key.in_(whole))), 0),
            (id.in_(select(self.names.c.record).where(starts)), 1),
            (and_(*in_names), 2),
            else_=3,
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 200}

    def canonical(self, reading: Searched) -> str:
        return " ".join(each.canonical for each in reading)

    def told(self, reading: Searched) -> dict[str, Any]:
        once = dict.fromkeys(reading)
        found = [each.text for each in once if not each.excluded]
        return {"all": found, "none": [each.text[1:] for each in once if each.excluded]}

    def phrase(self, reading: Searched, labels: Labels) -> str:
        if not reading:
            return "of which none is selected, for q holds no word"
        told = self.told(reading)
        wanted, without = " and ".join(told["all"]), " or ".join(told["none"])
        exclusion = f"without {without}" if without else ""
        return " and ".join(part for part in (wanted and f"with {wanted}", exclusion) if part) + IN_TEXTS

    def example(self, row: Any) -> str | None:
        return next((str(word) for word in str(row.get("label_key", "")).split() if len(word) > 3), None)

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        table = as_column(self.column).table
        return (as_column(self.column), *(table.c[name] for name in ("label_key",) if name in table.c))


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


def stretches(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words in pieces of bounded length, each beginning with the last word of the one before."""
    step = LONGEST_PHRASE - 1
    return [words[i : i + LONGEST_PHRASE] for i in range(0, max(len(words) - 1, 1), step)]


def _combined(wanted: Sequence[Sought]) -> list[tuple[str, ...]]:
    """All wanted words in a row, by their main keys and by their other keys."""
    longest = max(len(each.variants) for each in wanted)
    chosen = ([each.variants[min(i, len(each.variants) - 1)] for each in wanted] for i in range(longest))
    return [tuple(word for words in row for word in words) for row in chosen]
