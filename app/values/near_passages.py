"""The passages of a text that are nearest to one that is not in it."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from heapq import nlargest

from app.values.anchors import normalised
from app.values.spans import Span

LEAST_LIKE = 0.6
LOOKED_AT = 50  # windows that have most words in common with the passage

_WORD = re.compile(r"\S+")


def nearest_passage(text: str, passage: str) -> str | None:
    """The words of the text that are most like the passage, as many as it has; None if nothing is like it."""
    spans = nearest_passages(text, passage, 1)
    return " ".join(text[slice(*spans[0])].split()) if spans else None


def nearest_passages(text: str, passage: str, most: int, least: float = LEAST_LIKE) -> list[Span]:
    """Up to that many stretches that are like the passage, each of as many words, best first; none overlap."""
    wanted = normalised(passage).casefold()
    liked = ((_likeness(text[slice(*span)], wanted), span) for span in _windows(text, wanted.split()))
    found: list[Span] = []
    for likeness, (start, end) in sorted(liked, key=lambda like: -like[0]):
        if likeness >= least and len(found) < most and all(end <= a or b <= start for a, b in found):
            found.append((start, end))
    return found


def _windows(text: str, wanted: list[str]) -> Iterator[Span]:
    """The stretches of that many words that have most of them in common, those first that have more."""
    spans = [found.span() for found in _WORD.finditer(text)]
    often, size = Counter(wanted), len(wanted)
    words = [normalised(text[slice(*span)]).casefold() for span in spans]
    shared = ((sum((Counter(words[i : i + size]) & often).values()), -i) for i in range(max(1, len(words) - size + 1)))
    for _, i in nlargest(LOOKED_AT, shared) if words else ():
        yield spans[-i][0], spans[min(len(spans), size - i) - 1][1]


def _likeness(window: str, wanted: str) -> float:
    return SequenceMatcher(None, normalised(window).casefold(), wanted, autojunk=False).ratio()
