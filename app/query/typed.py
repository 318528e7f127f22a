"""What a user types, read as words, phrases, beginnings, exclusions and alternatives; never an error.

Words are cut by our own folding, at build and here, so that both databases compare the same strings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from app.values.folding import fold, joined, joined_words, keys

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞〟＂", '"'))
ALTERNATIVES = re.compile(r'("[^"]*")|(?<=\S)\s*\|+\s*(?=\S)')  # outside of quotations
# A balanced quotation or a run without blanks, each with its operators; a dash or `!` is a minus. Any other sign is a
# blank.
TOKEN = re.compile(r'(?P<minus>(?<!\S)[-!‐‑‒–—―−﹘﹣－])?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))(?P<star>(?<=")\*)?')
SHORTEST_HALF = 3  # letters of a part of a compound


@dataclass(frozen=True)
class Sought:
    """One thing to find: a word or phrase under each of its keys; maybe only its beginning; maybe not to be there.

    A `loose` word counts in its other forms too, and written in one with the word beside it, as in `joined`. `either`
    is what may be there instead.
    """

    variants: tuple[tuple[str, ...], ...]
    prefix: bool = False
    excluded: bool = False
    loose: bool = False
    joined: tuple[str, ...] = ()
    either: tuple["Sought", ...] = ()

    @property
    def text(self) -> str:
        """In the language of `q` again, folded."""
        words = " ".join(self.variants[0])
        quoted = f'"{words}"' if len(self.variants[0]) > 1 else words
        own = f"{'-' if self.excluded else ''}{quoted}{'*' if self.prefix else ''}"
        return " OR ".join([own, *(choice.text for choice in self.either)])

    @property
    def canonical(self) -> str:
        """The same with every key: `Đinđić` finds more than `djindjic`, which it reads as."""
        words = [" ".join(words) for words in self.variants]
        marks = f"{'-' * self.excluded}{'*' * self.prefix}{'~' * self.loose}"
        return "|".join([*words, *self.joined, marks, *(choice.canonical for choice in self.either)])

    @property
    def words(self) -> tuple[str, ...]:
        """The single words that it is, if it is loose."""
        return tuple(words[0] for words in self.variants if len(words) == 1) if self.loose else ()

    @property
    def choices(self) -> tuple["Sought", ...]:
        """Itself, and what may be there instead."""
        return (self, *self.either)


Searched = tuple[Sought, ...]


@dataclass(frozen=True)
class _Token:
    """A quotation or a run without blanks, as typed."""

    text: str
    quoted: bool
    excluded: bool
    star: bool

    def says(self, operator: str) -> bool:
        """Whether it is this operator: in capitals, and bare."""
        return self.text == operator and not (self.quoted or self.excluded)

    def pieces(self) -> list[Sought]:
        """What it asks for: a minus takes all that it stands before, other runs are words of their own."""
        if self.quoted or self.excluded:
            return self.whole()
        parts = "".join(" " if _is_sign(char) else char for char in self.text).split()
        compound = joined_words(self.text) if len(parts) > 1 else ()
        found = [_word(part, self.star and part is parts[-1], compound) for part in parts]
        return [term for term in found if term.variants]

    def whole(self) -> list[Sought]:
        """All of it as one thing."""
        variants = _variants(self.text)
        if not variants:
            return []
        loose = not (self.quoted or self.excluded or self.star) and len(variants[0]) == 1
        return [Sought(variants, self.star, self.excluded, loose)]


def sought(text: str) -> Searched:
    """What a text asks for, in its order, since names may repeat a word; empty if it holds no word."""
    found: list[Sought] = []
    typed = ALTERNATIVES.sub(lambda found: found[1] or " OR ", text.translate(QUOTES))
    for choices in _clauses(list(_tokens(typed))):
        if len(choices) == 1:
            found += choices[0].pieces()
        elif whole := [term for choice in choices for term in choice.whole()]:
            found.append(replace(whole[0], either=tuple(whole[1:])))
    return tuple(_beside_each_other(found))


def halves(word: str) -> Iterator[tuple[str, str]]:
    """The word cut in two, at every place where both parts are long enough to be words."""
    return ((word[:at], word[at:]) for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1))


def _tokens(text: str) -> Iterator[_Token]:
    for found in TOKEN.finditer(text):
        quoted, bare = found["quoted"], found["bare"] or ""
        star = found["star"] is not None or bare.endswith("*")
        yield _Token(bare if quoted is None else quoted, quoted is not None, found["minus"] is not None, star)


def _clauses(tokens: Sequence[_Token]) -> Iterable[list[_Token]]:
    """The tokens that must be met, each with the others that OR puts in its place; at either end a word is a word."""
    found: list[list[_Token]] = []
    operators: set[str] = set()
    for token in tokens:
        last = token is tokens[-1]
        operator = next((operator for operator in ("OR", "AND", "NOT") if token.says(operator)), "")
        if operator and not last and (found or operator == "NOT"):
            operators.add(operator)
            continue
        meant = replace(token, excluded=token.excluded or "NOT" in operators)
        if "OR" in operators:
            found[-1].append(meant)
        else:
            found.append([meant])
        operators.clear()
    return found


def _word(part: str, star: bool, compound: tuple[str, ...]) -> Sought:
    variants = tuple(tuple(key.split()) for key in keys(part) if key)
    return Sought(variants, star, loose=not star, joined=() if star else compound)


def _variants(text: str) -> tuple[tuple[str, ...], ...]:
    """The words under each key, cut at apostrophes and hyphens, and not."""
    found = dict.fromkeys((*keys(text), *keys(joined(text))))
    return tuple(tuple(key.split()) for key in found if key)


def _beside_each_other(found: Sequence[Sought]) -> Iterator[Sought]:
    """Each with itself and the word before it, and the word behind it, written in one."""
    pairs = [_in_one(one, other) for one, other in pairwise(found)]
    for before, term, after in zip([(), *pairs], found, [*pairs, ()], strict=True) if found else ():
        yield replace(term, joined=tuple(dict.fromkeys((*term.joined, *before, *after))))


def _in_one(one: Sought, other: Sought) -> tuple[str, ...]:
    return tuple(f"{first}{second}" for first, second in product(one.words, other.words))


def _is_sign(char: str) -> bool:
    """Whether folding leaves but a blank of it."""
    return fold(f"a{char}b") == "a b"
