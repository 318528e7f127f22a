"""Passages of a text pinned by offsets and hashes, so that anybody with a copy of the text can find them again.

Offsets are Unicode code points, the end is exclusive (W3C Web Annotation, TextPositionSelector).
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

# A line ends with a line feed; what else white space it holds does not matter.
_BLANK_LINES = re.compile(r"\n\s*\n")
_QUOTES_AND_DASHES = str.maketrans(
    dict.fromkeys("‘’‚‛′‵‹›´", "'") | dict.fromkeys("“”„‟″‶«»〝〞〟", '"') | dict.fromkeys("‐‑‒–—―⁃−﹘﹣－", "-")
)


@dataclass(frozen=True, slots=True)
class Passage:
    """`sha256` is of the passage as written, the two of `match` are of it normalised; paragraphs count from 1."""

    start: int
    end: int
    paragraph: int
    sha256: str
    match_length: int
    match_sha256: str


def normalised(text: str) -> str:
    """NFKC, typographic quotes and dashes to ASCII, every run of white space to one blank, none at the ends."""
    # Before NFKC too: it would cut a double prime into two single ones.
    composed = unicodedata.normalize("NFKC", text.translate(_QUOTES_AND_DASHES))
    return " ".join(composed.translate(_QUOTES_AND_DASHES).split())


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each run between blank lines, without the white space around it."""
    edges = [0, *(edge for blank in _BLANK_LINES.finditer(text) for edge in blank.span()), len(text)]
    trimmed = (_trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return [(start, end) for start, end in trimmed if start < end]


def pin(text: str, start: int, end: int) -> Passage:
    """Raises ValueError outside the text, across paragraphs, for blanks only, or for a letter cut from its mark."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"passage {start} to {end} is not inside the text of {len(text)} characters")
    number, (first, last) = _paragraph(text, start, end)
    match = normalised(text[start:end])
    if not match or match not in normalised(text[first:last]):
        raise ValueError(f"passage {start} to {end} is blank, or begins or ends between a letter and its mark")
    return Passage(start, end, number, digest(text[start:end]), len(match), digest(match))


def find(text: str, length: int, sha256: str) -> list[tuple[int, int]]:
    """Start and end, in the normalised text, of every window of `length` code points that has this hash."""
    copy = normalised(text)
    if length < 1:
        return []
    windows = ((start, copy[start : start + length]) for start in range(len(copy) - length + 1))
    return [(start, start + length) for start, window in windows if digest(window) == sha256]


def _paragraph(text: str, start: int, end: int) -> tuple[int, tuple[int, int]]:
    for number, (first, last) in enumerate(paragraphs(text), start=1):
        if first <= start and end <= last:
            return number, (first, last)
    raise ValueError(f"passage {start} to {end} is not inside one paragraph")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
