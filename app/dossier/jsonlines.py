"""One entry as one line of JSON, for dossiers of many thousands."""

import json
import re

import orjson

from app.dossier.nodes import Node, Tree
from app.dossier.parser import DEEPEST, HALF_A_CHARACTER, TOO_DEEP, Flaw
from app.dossier.scalars import LONGEST_NUMBER, encodable, number
from app.values.digits import as_zeros

_LONG_NUMBER = b"0" * LONGEST_NUMBER  # a sign more, and it has too many characters
# What would make it uncertain how many keys a text has: blanks behind a key, escapes of the quote and of the colon.
_BLANK_BEFORE_COLON = re.compile(r'"[ \t\r]+:')
_ESCAPED_QUOTE, _ESCAPED_COLON = r"\u0022", r"\u003"


def parse_line(text: str, line: int) -> Tree:
    """The value of one line; numbers are read as those of YAML are."""
    tree = _quickly(text, line) or _exactly(text, line)
    if tree.root and text.count("{") + text.count("[") > DEEPEST and _deeper(tree.root.value, DEEPEST):
        return Tree(None, [Flaw("json-syntax", line, TOO_DEEP)], broken=True)
    return tree


def _quickly(text: str, line: int) -> Tree | None:
    """The value, if it has no flaw that orjson passes over: a key given twice, a number that not every client holds."""
    if _LONG_NUMBER in as_zeros(text.encode("utf-8", "replace")):
        return None
    # Two signs are found faster than a pattern.
    if (" :" in text or "\t:" in text or "\r:" in text) and _BLANK_BEFORE_COLON.search(text):
        return None
    if "\\" in text and (_ESCAPED_QUOTE in text or _ESCAPED_COLON in text):
        return None
    try:
        value = orjson.loads(text)
        keys = orjson.dumps(value).count(b'":')
    except (ValueError, TypeError):  # no JSON, or too deep
        return None
    return Tree(Node(value, line, line), []) if keys == text.count('":') else None


def _exactly(text: str, line: int) -> Tree:
    flaws: list[Flaw] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        first: dict[str, object] = {}
        for key, value in pairs:
            if key in first:
                flaws.append(Flaw("duplicate-key", line, f"'{key}' is given twice"))
            first.setdefault(key, value)
        return first

    try:
        # NaN and Infinity are no JSON: they stay texts, so that what expects a number refuses them.
        value = json.loads(text, object_pairs_hook=members, parse_int=number, parse_float=number, parse_constant=str)
    except RecursionError:
        return Tree(None, [Flaw("json-syntax", line, TOO_DEEP)], broken=True)
    except ValueError as error:
        return Tree(None, [Flaw("json-syntax", line, f"the line is no JSON: {error}")], broken=True)
    whole = encodable(json.dumps(value, ensure_ascii=False)) if "\\u" in text else ""
    if "?" in whole and json.loads(whole) != value:
        flaws.append(Flaw("control-character", line, HALF_A_CHARACTER))
        value = json.loads(whole)
    return Tree(Node(value, line, line), flaws)


def _deeper(value: object, levels: int) -> bool:
    """Whether lists and mappings lie deeper in each other than that."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(inner, levels - 1) for inner in inside)
