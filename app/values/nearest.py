"""The known word that a mistyped one was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 100
_CUTOFF = 0.6


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Case does not matter; None if no candidate is near, or the word has more than 100 characters."""
    if len(word) > _LONGEST:
        return None
    by_lower: dict[str, str] = {}
    for candidate in candidates:
        by_lower.setdefault(candidate.lower(), candidate)
    matches = get_close_matches(word.lower(), by_lower, n=1, cutoff=_CUTOFF)
    return by_lower[matches[0]] if matches else None
