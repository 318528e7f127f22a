"""The text that a record is searched by: the folded keys of its names, then of everything else, one line a piece.

Every piece stands between blanks, so that whole words and phrases are found as they are: ` tear gas ` in the text. A
phrase does not run from one piece into the next. Of a long text only the main key stands there whole; its words under
other keys, and those that hyphens cut, are pieces of their own.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Final

from app.values.folding import is_short, joined, joined_words, name_keys, text_keys

NAMES_END: Final = "\t"
"""Stands behind the last name."""


def searched_text(names: Iterable[str], others: Iterable[str]) -> str:
    """The pieces under each of their keys; two spellings of one key are one piece."""
    named = list(names)
    keys_of_names = chain.from_iterable(map(_of_name, named))
    keys_of_others = chain.from_iterable(map(_of_text, others))
    apart = (key for name in named if not is_short(name) for key in joined_words(name))
    return f"{_pieces(keys_of_names)}{NAMES_END}{_pieces(chain(keys_of_others, apart))}"


def words_of(text: str) -> set[str]:
    """The words of a searched text, each once."""
    return set(text.split())


def names_of(text: str) -> str:
    """The pieces of a searched text that are names."""
    return text.partition(NAMES_END)[0]


def first_words_of(text: str) -> set[str]:
    """The first words of the names of a searched text."""
    return {name.split(" ", 2)[1] for name in names_of(text).split("\n") if name}


def piece(words: Iterable[str], prefix: bool = False) -> str:
    """What stands in a text that has the words one after the other; with `prefix` the last may go on."""
    return f" {' '.join(words)}{'' if prefix else ' '}"


def begins(text: str, wanted: str) -> bool:
    """Whether a name of a searched text begins so."""
    return any(name.startswith(wanted) for name in names_of(text).split("\n"))


@lru_cache(maxsize=10_000)  # as the keys themselves: names come again with every record that they are part of
def _of_name(name: str) -> tuple[str, ...]:
    found = name_keys(name)
    return (*found, *name_keys(joined(name))) if is_short(name) else found


def _of_text(text: str) -> tuple[str, ...]:
    return _of_short_text(text) if is_short(text) else _of_long_text(text)


@lru_cache(maxsize=10_000)
def _of_short_text(text: str) -> tuple[str, ...]:
    return (*name_keys(text), *joined_words(text))


def _of_long_text(text: str) -> tuple[str, ...]:
    main, *others = text_keys(text)
    known = set(main.split()) if others else set[str]()
    return (main, *(word for key in others for word in key.split() if word not in known), *joined_words(text))


def _pieces(keys: Iterable[str]) -> str:
    return "\n".join([piece((key,)) for key in dict.fromkeys(keys) if key])
