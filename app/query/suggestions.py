"""What was probably meant: by a parameter that a path does not have, by a value that a filter refuses."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from app.query.aliases import ALIASES
from app.values.folding import fold, words
from app.values.nearest import nearest
from app.vocabularies.vocabulary import load

SAID = {"true": "true yes y on 1 t", "false": "false no n off 0 f"}
LONGEST_LOOK_UP = 100  # characters


def parameter(name: str, names: Sequence[str]) -> str | None:
    """The one of the names: what users of other APIs write for it, or the nearest."""
    plain = re.sub(r"[^a-z]", "", name.lower())  # pageSize, page-size and page_size are one word
    written = next((each for each in ALIASES.get(plain, ()) if each in names), None)
    return written or nearest(name, names)


def term(vocabulary: str, value: str) -> str | None:
    """The term of this very label, or code (ISO 3166-1 alpha-3), or the nearest one."""
    return _called(vocabulary).get(fold(value)) or nearest(value, load(vocabulary).terms)


@cache
def _called(vocabulary: str) -> Mapping[str, str]:
    """The terms by their folded labels and codes; of two that share one, the first."""
    found: dict[str, str] = {}
    for id, each in load(vocabulary).terms.items():
        for text in (each.label, each.code or each.label):
            found.setdefault(fold(text), id)
    return found


def flag(value: str) -> str | None:
    """`true` or `false`."""
    said = value.strip().lower()
    return next((flag for flag, words in SAID.items() if said in words.split()), nearest(value, SAID))


def look_up(path: str, text: str) -> str:
    """Where to look for a record by the words of a text: `Look it up: /actors?q=vucic`."""
    found = words(text)
    sought = "+".join([word for word in found if not word.isdigit()] or found)[:LONGEST_LOOK_UP].rstrip("+")
    return f"Look it up: {path}{'?q=' if sought else ''}{sought}"
