"""Passages of a text pinned by offsets and hashes, so that anybody with a copy of the text can find them again.

Offsets are Unicode code points, the end is exclusive (W3C Web Annotation, TextPositionSelector).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.values.invisible import FORMAT

MATCH_VERSION: Final = "2"
"""Changes with the rules of `normalised`: hashes of another version do not match."""

# A line ends with a line feed; what else white space it holds does not matter.
_BLANK_LINES = re.compile(r"\n\s*\n")
_QUOTES_AND_DASHES = str.maketrans(
    dict.fromkeys("‘’‚‛′‵‹›´", "'") | dict.fromkeys("“”„‟″‶«»〝〞〟", '"') | dict.fromkeys("‐‑‒–—―⁃−﹘﹣－", "-")
)
# Scripts that put no blanks between words: Thai to Khmer, and those of China and Japan.
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


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
    """NFKC, format characters out, quotes and dashes to ASCII, runs of white space to one blank, none at the ends."""
    return " ".join(_plain(text).split())


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each run between blank lines, without the white space around it."""
    return list(_paragraphs(text))


@lru_cache(2)
def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    edges = [0, *(edge for blank in _BLANK_LINES.finditer(text) for edge in blank.span()), len(text)]
    trimmed = (_trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return tuple((start, end) for start, end in trimmed if start < end)


def pin(text: str, start: int, end: int) -> Passage:
    """Raises ValueError outside the text, across paragraphs, for blanks only, or for a letter cut from its mark."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"passage {start} to {end} is not inside the text of {len(text)} characters")
    number = paragraph_at(text, start, end)
    if number is None:
        raise ValueError(f"passage {start} to {end} is not inside one paragraph")
    first, last = paragraphs(text)[number - 1]
    if inside_word(text, start) or inside_word(text, end):
        raise ValueError(f"passage {start} to {end} begins or ends inside a word: take the whole word")
    match = normalised(text[start:end])
    if not match or match not in normalised(text[first:last]):
        raise ValueError(f"passage {start} to {end} is blank, or begins or ends between a letter and its mark")
    return Passage(start, end, number, digest(text[start:end]), len(match), digest(match))


def find(text: str, length: int, sha256: str) -> list[tuple[int, int]]:
    """Start and end, in the normalised text, of every window of `length` code points that has this hash.

    A passage begins and ends at the edges of words, so that the window slides from word to word.
    """
    return [(start, start + length) for start in _windows(_copy(text), length).get(sha256, ())]


def find_in_text(text: str, length: int, sha256: str) -> list[tuple[int, int]]:
    """Start and end, in the text itself, of every passage that normalises to `length` code points of this hash."""
    letters = _letters(text)
    starts = _windows(_read(text), length).get(sha256, ())
    spans = ((letters[at][1], letters[at + length - 1][2]) for at in starts)
    return [(start, end) for start, end in spans if digest(normalised(text[start:end])) == sha256]


@lru_cache(1)
def _copy(text: str) -> str:
    return normalised(text)


@lru_cache(1)
def _windows(copy: str, length: int) -> Mapping[str, Sequence[int]]:
    """Where the windows of that length begin that begin and end at the edges of words, by hash.

    Whoever looks for many passages in a text asks for one length after another: the windows of one are kept.
    """
    found: dict[str, list[int]] = {}
    edges = _edges(copy) if length > 0 else ()
    ends = frozenset(edges)
    for start in edges:
        if start + length in ends:
            found.setdefault(digest(copy[start : start + length]), []).append(start)
    return found


@lru_cache(1)
def _edges(copy: str) -> Sequence[int]:
    return [at for at in range(len(copy) + 1) if not inside_word(copy, at)]


def inside_word(text: str, at: int) -> bool:
    """Whether the letters on both sides belong to one word; where no blanks part words, none do."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and not _UNPARTED.match(before) and not _UNPARTED.match(after)


def occurrences(text: str, passage: str) -> list[tuple[int, int]]:
    """Start and end, in the text, of all that reads as the passage: literally, or else by what both normalise to."""
    literal = [(start, start + len(passage)) for start in _starts(text, passage)]
    if literal or not (wanted := normalised(passage)):
        return literal
    letters = _letters(text)
    spans = ((letters[i][1], letters[i + len(wanted) - 1][2]) for i in _starts(_read(text), wanted))
    return [(start, end) for start, end in spans if normalised(text[start:end]) == wanted]


def whole_occurrences(text: str, passage: str) -> list[tuple[int, int]]:
    """Those of the occurrences that begin and end at the edges of words; if there is none, all of them."""
    anywhere = occurrences(text, passage)
    return [span for span in anywhere if not any(inside_word(text, edge) for edge in span)] or anywhere


def paragraph_at(text: str, start: int, end: int) -> int | None:
    """The number of the paragraph that the stretch lies in; None if it lies in no single one."""
    within = (number for number, (a, b) in enumerate(paragraphs(text), start=1) if a <= start and end <= b)
    return next(within, None)


def _plain(text: str) -> str:
    """Normalised but for the white space."""
    # Before NFKC too: it would cut a double prime into two single ones.
    composed = unicodedata.normalize("NFKC", FORMAT.sub("", text).translate(_QUOTES_AND_DASHES))
    return composed.translate(_QUOTES_AND_DASHES)


def _starts(text: str, part: str) -> Iterator[int]:
    start = text.find(part) if part else -1
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


@lru_cache(2)
def _read(text: str) -> str:
    """The normalised text, which may begin and end with a blank."""
    return "".join(letter for letter, _, _ in _letters(text))


@lru_cache(2)
def _letters(text: str) -> list[tuple[str, int, int]]:
    """The normalised text letter by letter, each with the stretch of the text that it was made from."""
    found: list[tuple[str, int, int]] = []
    for start, end in _clusters(text):
        for letter in _plain(text[start:end]):
            if not letter.isspace():
                found.append((letter, start, end))
            elif found and found[-1][0] == " ":
                found[-1] = (" ", found[-1][1], end)
            else:
                found.append((" ", start, end))
    return found


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that normalise by themselves: a letter with its marks."""
    start = 0
    for i in range(1, len(text)):
        so_far, letter = text[start:i], text[i]
        if letter.isascii() or _plain(so_far + letter) == _plain(so_far) + _plain(letter):
            yield start, i
            start = i
    if text:
        yield start, len(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
