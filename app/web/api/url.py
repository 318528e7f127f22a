"""The query string, decoded without guessing: broken escapes, invalid UTF-8 and NUL are errors, never replaced."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

from app.errors import Fault, MalformedRequest, UrlTooLong
from app.query.parameters import Given

MAX_PARAMETERS = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
SAFE = ",:/*~"  # readable in a query, and never special there (RFC 3986 section 3.4)

Pairs = tuple[tuple[str, str], ...]


def decode(raw: bytes) -> Pairs:
    """Names and values in the order sent; raises MalformedRequest or UrlTooLong."""
    if not raw:
        return ()
    parts = [part for part in raw.split(b"&") if part]
    if len(parts) > MAX_PARAMETERS:
        raise UrlTooLong(f"The query has {len(parts)} parameters; at most {MAX_PARAMETERS} are read.")
    return tuple(_pair(name, value) for name, _, value in (part.partition(b"=") for part in parts))


def _pair(name: bytes, value: bytes) -> tuple[str, str]:
    read = text(name, "query")
    return read, text(value, read)


def text(raw: bytes, where: str = "path") -> str:
    """One percent-encoded piece as text; a plus is a blank, as in forms. `where` is what its faults name."""
    if BROKEN_ESCAPE.search(raw):
        raise _malformed(raw, where, "has a broken percent escape: a percent sign itself is %25")
    try:
        decoded = unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(raw, where, "is not UTF-8") from error
    if "\x00" in decoded or (where == "path" and CONTROL.search(decoded)):
        raise _malformed(raw, where, "holds a NUL character" if "\x00" in decoded else "holds a control character")
    return decoded


def grouped(pairs: Iterable[tuple[str, str]]) -> Given:
    """The values of each parameter, in the order sent."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return given


@lru_cache(maxsize=4096)  # the links of one answer repeat its parameters
def _quoted(text: str) -> str:
    return quote(text, safe=SAFE)


def encode(pairs: Iterable[tuple[str, str]]) -> str:
    """As a query string with its question mark; empty for no pairs."""
    joined = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
    return f"?{joined}" if joined else ""


def encode_path(path: str) -> str:
    """A decoded path as a URL has it: printable ASCII, also where the path is none of ours."""
    return quote(path, safe="/" + SAFE)


def with_value(pairs: Pairs, name: str, value: str | None) -> Pairs:
    """The pairs with `name` set to one value, or without it."""
    others = tuple(pair for pair in pairs if pair[0] != name)
    return others if value is None else (*others, (name, value))


def _malformed(raw: bytes, where: str, what: str) -> MalformedRequest:
    shown = raw[:60].decode("ascii", "backslashreplace")
    message = f"'{shown}' in the URL {what}."
    return MalformedRequest(message, [Fault(where, shown, message)])
