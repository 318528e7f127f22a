"""Names and words as keys free of script, accents and case: Vučić, Вучић and Vucic are one word."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product
from typing import Final

from anyascii import anyascii

from app.values.letters import APOSTROPHES, MAIN, SOUTH_SLAVIC, conventions, endings

FOLDING_VERSION: Final = "2"
"""Changes with the rules below: stored keys of another version do not match."""

MOST_KEYS = 32  # of one name
MOST_WORDS = 5  # of a name that is also found with other keys word by word, and written as one word

_NO_WORD = re.compile(r"[^a-z0-9]+")
_ASCII_LETTERS = "".join(char.lower() if char.isalnum() else " " for char in map(chr, range(128))).encode() + bytes(128)
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
# Parts joined by an apostrophe or a hyphen; the ends of "Serbia's" and of dates are no parts of a word.
_COMPOUND = re.compile(r"(?!\d+-\d)[^\W_]+(?:(?!'s\b)['\-‐‑][^\W_]+)+")
_JOINT = re.compile(r"['\-‐‑]")
_ASCII_JOINTS = ("-", *(sign for sign in APOSTROPHES if sign.isascii()))
_MAY_JOIN = re.compile(rf"[\-‐‑{''.join(APOSTROPHES)}]")


def fold(text: str) -> str:
    """The main key: lower-case ASCII letters and digits, words one blank apart; folding it again changes nothing."""
    if text.isascii():
        return b" ".join(text.encode().translate(_ASCII_LETTERS).split()).decode()
    return _main(_composed(text))


@lru_cache(maxsize=10_000)  # the names of actors and places come again with every record that they are part of
def keys(text: str) -> tuple[str, ...]:
    """The main key, then those of other ways to write the text (`Đinđić`: djindjic, dindic); any may match."""
    return text_keys(text)


def text_keys(text: str) -> tuple[str, ...]:
    """The same keys of a text that hardly comes again."""
    main = fold(text)
    if text.isascii() and endings(main) == main:  # as of most
        return (main,)
    return tuple(dict.fromkeys(key for key in (main, *_others(text), endings(main)) if key)) or ("",)


@lru_cache(maxsize=10_000)
def name_keys(text: str) -> tuple[str, ...]:
    """The keys of a name; in one of few words each word may be written in any of its own ways."""
    found = dict.fromkeys(keys(text))
    if len(found) > 1 and is_short(text):
        apart = product(*(keys(word) for word in text.split()))
        found |= dict.fromkeys(" ".join(key for key in row if key) for row in islice(apart, MOST_KEYS))
    return tuple(islice(found, MOST_KEYS))


def is_short(text: str) -> bool:
    """Whether it has as few words as a name."""
    return text.count(" ") < MOST_WORDS


def whole_names(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys of names of few words without their blanks: `van Kirk` and `Vankirk` are one."""
    return tuple(dict.fromkeys(key.replace(" ", "") for key in keys if is_short(key)))


def joined(text: str) -> str:
    """The text without the apostrophes and hyphens that cut its words: OBrannan, teargas."""
    if not _may_join(text):
        return text
    return _COMPOUND.sub(lambda found: _JOINT.sub("", found[0]), text.translate(_ONE_APOSTROPHE))


def joined_words(text: str) -> tuple[str, ...]:
    """The words that apostrophes and hyphens cut, each in one piece under each of its keys."""
    if not _may_join(text):
        return ()
    # Most words are not cut, and the search for a compound tries each of their letters.
    cut = " ".join(word for word in text.translate(_ONE_APOSTROPHE).split() if _JOINT.search(word))
    compounds = (_JOINT.sub("", found[0]) for found in _COMPOUND.finditer(cut))
    return tuple(dict.fromkeys(key for word in compounds for key in keys(word) if key))


def _may_join(text: str) -> bool:
    """Whether it has an apostrophe or a hyphen: a sign is found faster than a pattern."""
    if text.isascii():
        return any(sign in text for sign in _ASCII_JOINTS)
    return _MAY_JOIN.search(text) is not None


def words(text: str) -> tuple[str, ...]:
    """The words of the main key, in order, as often as they occur."""
    return tuple(fold(text).split())


def sort_key(text: str) -> str:
    """Compared bytewise."""
    return fold(text)


def _composed(text: str) -> str:
    """Lower case, every letter with its marks in one. Compatibility forms hide capitals: twice decomposed."""
    plain = unicodedata.normalize("NFKD", text.translate(_ONE_APOSTROPHE)).casefold()
    return unicodedata.normalize("NFKC", plain)


def _main(composed: str) -> str:
    decomposed = unicodedata.normalize("NFKD", composed.translate(MAIN))
    for mark in filter(unicodedata.combining, set(decomposed)):  # a text has few signs, however long it is
        decomposed = decomposed.replace(mark, "")
    return _ascii_words(decomposed.translate(SOUTH_SLAVIC))


def _others(text: str) -> Iterable[str]:
    """The keys of plain anyascii, and of each convention."""
    if text.isascii():
        return
    composed = _composed(text)
    yield _ascii_words(unicodedata.normalize("NFKC", text.translate(_ONE_APOSTROPHE)))
    for table in conventions(composed):
        key = _main(composed.translate(table))
        yield key
        yield endings(key)


def _ascii_words(text: str) -> str:
    plain = text.translate({ord(char): _ascii(char) for char in set(text)})
    return _NO_WORD.sub(" ", plain).strip()


@lru_cache(maxsize=4096)
def _ascii(char: str) -> str:
    plain = anyascii(char).lower()
    # anyascii writes some letters as signs (ь as an apostrophe), which would cut their word in two.
    return _NO_WORD.sub("", plain) if char.isalpha() else plain
