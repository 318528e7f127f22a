"""Characters that are not seen, and blanks at the ends: no text needs them, and names with them look like others."""

import re
from collections.abc import Iterator

import orjson

from app.dossier.findings import Finding
from app.dossier.nodes import Location
from app.dossier.written import Written
from app.values.invisible import BIDI, UNSEEN

# In JSON: blanks beside quotes, escapes, and the first bytes of blanks and format characters outside ASCII.
_SUSPECT = re.compile(
    rb'"\s|\s"|\\[^"\\]|\xc2[\x85\xa0\xad]|\xd8\x9c|\xe1\x9a\x80|\xe1\xa0\x8e|\xe2[\x80\x81]|\xe3\x80\x80|\xef\xbb\xbf|\xef\xbf'
)


def characters(written: Written) -> Iterator[Finding]:
    """Controls of direction, other invisible characters, and padding, in every text of an entry."""
    if not _is_suspect(written.value):
        return
    for location, value in texts(written.value, ()):
        if value.isascii() and value[:1] > " " and value[-1:] > " ":
            continue
        if (found := BIDI.search(value)) and found[0] not in written.origin.text:  # else the file itself is told
            yield written.finding("bidi-control", location, f"{_what(location)} turns its direction: {_code(found[0])}")
        if found := UNSEEN.search(value):
            yield written.finding(
                "invisible-character", location, f"{_what(location)} holds {_code(found[0])}, which nobody sees"
            )
        bare = value.rstrip("\n")  # which a block of lines ends with
        if bare != bare.strip():
            yield written.finding("padded-text", location, f"{_what(location)} begins or ends with a blank")


def _is_suspect(value: object) -> bool:
    """Whether a value may hold any of them: of nearly all it is soon said that it holds none."""
    try:
        text = orjson.dumps(value)
    except orjson.JSONEncodeError:
        return True
    # Most have nothing outside ASCII, no escape and no blank beside a quote: bytes are found faster than a pattern.
    plain = text.isascii() and not (b"\\" in text or b'" ' in text or b' "' in text)
    return not plain and _SUSPECT.search(text) is not None


def texts(value: object, location: Location) -> Iterator[tuple[Location, str]]:
    """Every text inside a value, names of fields too, with its place."""
    if isinstance(value, str) and value:
        yield location, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(key, location)
            yield from texts(inner, (*location, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from texts(inner, (*location, i))


def _what(location: Location) -> str:
    return next((step for step in reversed(location) if isinstance(step, str)), "the text")


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"
