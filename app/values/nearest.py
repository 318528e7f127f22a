"""The known word that a mistyped one was probably meant to be."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

_LONGEST = 100
_CUTOFF, _CUTOFF_OTHER_START = 0.7, 0.75  # few mistype the first letter: `negotiate` is not meant to be `investigate`
_TRIED = 3
# In few letters chance makes words alike (`year`, `near`): nearly all must agree, or many and the first.
_SHORT = 5
_CUTOFF_SHORT, _CUTOFF_SHORT_SAME_START = 0.85, 0.75


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Case does not matter; None if no candidate is near, or the word has more than 100 characters."""
    if len(word) > _LONGEST:
        return None
    by_lower: dict[str, str] = {}
    for candidate in candidates:
        by_lower.setdefault(candidate.lower(), candidate)
    found = next(_close(word.lower(), by_lower), None)
    return by_lower[found] if found is not None else None


def _close(word: str, candidates: Iterable[str]) -> Iterator[str]:
    """The candidate that is most like the word, if it is enough so."""
    if len(word) > _SHORT:
        for found in get_close_matches(word, candidates, n=_TRIED, cutoff=_CUTOFF):
            if found[:1] == word[:1] or get_close_matches(word, [found], cutoff=_CUTOFF_OTHER_START):
                yield found
        return
    yield from get_close_matches(word, candidates, n=1, cutoff=_CUTOFF_SHORT)
    same_start = [candidate for candidate in candidates if candidate[:1] == word[:1]]
    yield from get_close_matches(word, same_start, n=1, cutoff=_CUTOFF_SHORT_SAME_START)
