"""Names and words as keys free of script, accents and case: Vučić, Вучић and Vucic are one word."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

FOLDING_VERSION: Final = "1"
"""Changes with the rules below: stored keys of another version do not match."""

_NO_WORD = re.compile(r"[^a-z0-9]+")
# Both scripts of South Slavic languages to one key; marks are gone by then, so č and ć are c, š is s and dž is dz.
_SOUTH_SLAVIC = str.maketrans(
    {"ч": "c", "ћ": "c", "ц": "c", "ш": "s", "ж": "z", "х": "h"}
    | {"ђ": "dj", "đ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"}
)


def fold(text: str) -> str:
    """The main key: lower-case ASCII letters and digits, words one blank apart; folding it again changes nothing."""
    if text.isascii():
        return _NO_WORD.sub(" ", text.lower()).strip()
    # Twice decomposed: compatibility forms hide capitals, and folding case may compose.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    unmarked = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _ascii_words(unmarked.translate(_SOUTH_SLAVIC))


@lru_cache(maxsize=10_000)  # the names of actors and places come again with every record that they are part of
def keys(text: str) -> tuple[str, ...]:
    """The main key, then that of plain anyascii if it is another (`Đinđić`: djindjic, dindic); either may match."""
    main = fold(text)
    if text.isascii():
        return (main,)
    plain = _ascii_words(unicodedata.normalize("NFKC", text))
    return (main, plain) if plain and plain != main else (main,)


def words(text: str) -> tuple[str, ...]:
    """The words of the main key, in order, as often as they occur."""
    return tuple(fold(text).split())


def all_words(text: str) -> tuple[str, ...]:
    """The words of every key, each once, in order of first occurrence."""
    return tuple(dict.fromkeys(word for key in keys(text) for word in key.split()))


def sort_key(text: str) -> str:
    """Compared bytewise."""
    return fold(text)


def _ascii_words(text: str) -> str:
    return _NO_WORD.sub(" ", "".join(map(_ascii, text))).strip()


@lru_cache(maxsize=4096)
def _ascii(char: str) -> str:
    plain = anyascii(char).lower()
    # anyascii writes some letters as signs (ь as an apostrophe), which would cut their word in two.
    return _NO_WORD.sub("", plain) if char.isalpha() else plain
