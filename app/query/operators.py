"""Operators that users of other APIs write into names and values: `date[gte]=2019`, `type__in=fire`, `type=!fire`."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

_WORDS: Final = {  # what an operator asks for, and how it is written
    "since": "gte gt ge min from since after start starting begin > >=",
    "until": "lte lt le max to until till before end ending < <=",
    "not": "ne neq not nin notin isnot exclude excluding without ! <> !=",
    "words": "contains icontains like ilike startswith match",
    "same": "eq equals exact iexact in is any",
}
_ASKS: Final[Mapping[str, str]] = {word: asks for asks, words in _WORDS.items() for word in words.split()}
_PIECES = re.compile(r"[A-Z]?[a-z]+|[<>!]=?")
_FRAMES = ("filter", "filters", "where")  # `filter[type]` of JSON:API
_NEGATED = re.compile(r"(?:!|-|~|<>|!=|(?:not|ne|neq)[: ])\s*(.+)", re.IGNORECASE)


class Operator(NamedTuple):
    """A parameter of ours, and what the operator at its name asks for: since, until, not, words or same."""

    name: str
    asks: str


def read(name: str, ours: Mapping[str, str]) -> Operator | None:
    """The parameter and the operator in a name such as `date[gte]`, `min_date`, `filter[type]` or `type!`.

    `ours` are the parameters by the words for them, in small letters and without underscores.
    """
    pieces = [piece.lower() for piece in _PIECES.findall(name)]
    framed = len(pieces) > 1 and pieces[0] in _FRAMES
    bare = pieces[1:] if framed else pieces
    if framed and (found := ours.get("".join(bare))):
        return Operator(found, "same")
    for rest, word in ((bare[:-1], bare[-1:]), (bare[1:], bare[:1])):
        if (found := ours.get("".join(rest))) and (asks := _ASKS.get("".join(word))):
            return Operator(found, asks)
    return None


def unless(name: str, value: str) -> str:
    """The parameter that asks for all but a value: `filter=NOT type = 'fire'`."""
    quoted = value.replace("'", "''")
    return f"filter=NOT {name} = '{quoted}'"


def negated(value: str) -> str | None:
    """What a value negates, as `fire` in `!fire`, `-fire` and `not:fire`; None if it negates nothing."""
    found = _NEGATED.fullmatch(value.strip())
    return found[1] if found else None
