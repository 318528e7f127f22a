"""The passage of a text that is nearest to one that is not in it."""

import re
from collections import Counter
from difflib import SequenceMatcher
from heapq import nlargest

from app.values.anchors import normalised

LEAST_LIKE = 0.6
LOOKED_AT = 50  # windows that have most words in common with the passage

_WORD = re.compile(r"\S+")


def nearest_passage(text: str, passage: str) -> str | None:
    """The words of the text that are most like the passage, as many as it has; None if nothing is like it."""
    wanted = normalised(passage).casefold()
    spans = [found.span() for found in _WORD.finditer(text)]
    often, size = Counter(wanted.split()), len(wanted.split())
    words = [normalised(text[slice(*span)]).casefold() for span in spans]
    shared = ((sum((Counter(words[i : i + size]) & often).values()), -i) for i in range(max(1, len(words) - size + 1)))
    windows = (
        words and text[spans[-i][0] : spans[min(len(spans), size - i) - 1][1]] for _, i in nlargest(LOOKED_AT, shared)
    )
    best = max(((_likeness(window, wanted), window) for window in windows if window), default=(0.0, ""))
    return " ".join(best[1].split()) if best[0] >= LEAST_LIKE else None


def _likeness(window: str, wanted: str) -> float:
    return SequenceMatcher(None, normalised(window).casefold(), wanted, autojunk=False).ratio()
