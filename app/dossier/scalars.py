"""Plain scalars: texts, numbers, true, false and null, as the core schema of YAML 1.2 has them; nothing is guessed."""

import re
from math import isfinite

LONGEST_NUMBER = 15  # digits that a whole number and a float hold alike

# YAML 1.2, section 10.3.2 (core schema); of booleans and null only the spellings in lower case.
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_FIRST = frozenset("+-.0123456789")  # what numbers begin with
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_HALF = re.compile("[\ud800-\udfff]")

Scalar = str | int | float | bool | None


def scalar(text: str) -> Scalar:
    """Return what a text without quotes stands for."""
    if text in _WORDS:
        return _WORDS[text]
    return number(text) if text[0] in _FIRST else text


def number(text: str) -> int | float | str:
    """A number that every store and client holds exactly; other texts, and numbers beyond that, stay texts."""
    if _INTEGER.fullmatch(text):
        return text if len(text) > LONGEST_NUMBER else int(text, 0 if text[1:2] in ("o", "x") else 10)
    if _FLOAT.fullmatch(text) and isfinite(float(text)):
        return float(text)
    return text


def encodable(text: str) -> str:
    """The text with a question mark for each lone surrogate, which escapes can spell and UTF-8 cannot."""
    return text if text.isascii() else _HALF.sub("?", text)
