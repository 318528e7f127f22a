"""The text that a record is searched by: the folded keys of its names, then of everything else, one line a piece.

Every piece stands between blanks, so that whole words and phrases are found as they are: ` tear gas ` in the text. A
phrase does not run from one piece into the next.
"""

from collections.abc import Iterable
from typing import Final

from app.values.folding import keys

NAMES_END: Final = "\t"
"""Stands behind the last name."""


def searched_text(names: Iterable[str], others: Iterable[str]) -> str:
    """The pieces under each of their keys; two spellings of one key are one piece."""
    return f"{_pieces(names)}{NAMES_END}{_pieces(others)}"


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


def _pieces(texts: Iterable[str]) -> str:
    return "\n".join(piece((key,)) for key in dict.fromkeys(key for text in texts for key in keys(text)) if key)
