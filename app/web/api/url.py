"""URLs: read without guessing (broken escapes, invalid UTF-8 and NUL are errors, never replaced), and made again."""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote_to_bytes

from starlette.types import Scope

from app.errors import Fault, MalformedRequest, UrlTooLong
from app.query.parameters import Given

MAX_PARAMETERS = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
SAFE = ",:/*~"  # readable in a query, and never special there (RFC 3986 section 3.4)
# What reads and writes as it stands: most paths, names and values.
PLAIN_PATH = re.compile(rb"(?:/[A-Za-z0-9_~-]+)+")
PLAIN_QUERY = re.compile(rb"[A-Za-z0-9._~,:/*=&-]*")
PLAIN = re.compile(r"[A-Za-z0-9._~,:/*-]*")
PLAIN_PAIR = re.compile(rf"{PLAIN.pattern}={PLAIN.pattern}")

Pairs = tuple[tuple[str, str], ...]


def base_of(scope: Scope) -> str:
    """What the URLs of an answer start with, for a request that the guard let through."""
    base: str = scope["state"]["base"]
    return base


class Address:
    """Where a request was sent: base, path, and parameters in the order sent; `given` has the values of each."""

    def __init__(self, base: str, path: str, pairs: Pairs) -> None:
        self.base, self.path, self.pairs = base, path, pairs
        self._start = base + encode_path(path)
        self._encoded = [(name, _pair(name, value)) for name, value in pairs]
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            given.setdefault(name, []).append(value)
        self.given: Given = given

    @classmethod
    def of(cls, scope: Scope) -> "Address":
        """The address of a request that the guard let through."""
        return cls(base_of(scope), scope["path"], scope["state"]["pairs"])

    @property
    def url(self) -> str:
        """As it was asked."""
        return _joined(self._start, [pair for _, pair in self._encoded])

    def having(self, name: str, value: str | None) -> str:
        """The same URL with a parameter set to one value, or left out for None."""
        others = [pair for known, pair in self._encoded if known != name]
        return _joined(self._start, others if value is None else [*others, _pair(name, value)])

    def without(self, *names: str) -> "Address":
        """The same address without these parameters."""
        return Address(self.base, self.path, tuple([pair for pair in self.pairs if pair[0] not in names]))

    def at(self, path: str) -> "Address":
        """The same parameters at another path."""
        return Address(self.base, path, self.pairs)


def decode(raw: bytes) -> Pairs:
    """Names and values in the order sent; raises MalformedRequest or UrlTooLong."""
    if not raw:
        return ()
    parts = [part for part in raw.split(b"&") if part]
    if len(parts) > MAX_PARAMETERS:
        raise UrlTooLong(f"The query has {len(parts)} parameters; at most {MAX_PARAMETERS} are read.")
    found = [part.partition(b"=") for part in parts]
    if PLAIN_QUERY.fullmatch(raw):
        return tuple([(name.decode(), value.decode()) for name, _, value in found])
    return tuple([(read := text(name, "query"), text(value, read)) for name, _, value in found])


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


def encode(pairs: Iterable[tuple[str, str]]) -> str:
    """As a query string with its question mark; empty for no pairs."""
    return _joined("", [_pair(name, value) for name, value in pairs])


def encode_path(path: str) -> str:
    """A decoded path as a URL has it: printable ASCII, also where the path is none of ours."""
    return path if PLAIN.fullmatch(path) else quote(path, safe="/" + SAFE)


def _pair(name: str, value: str) -> str:
    pair = f"{name}={value}"
    return pair if PLAIN_PAIR.fullmatch(pair) else f"{quote(name, safe=SAFE)}={quote(value, safe=SAFE)}"


def _joined(start: str, pairs: list[str]) -> str:
    return f"{start}?{'&'.join(pairs)}" if pairs else start


def _malformed(raw: bytes, where: str, what: str) -> MalformedRequest:
    shown = raw[:60].decode("ascii", "backslashreplace")
    message = f"'{shown}' in the URL {what}."
    return MalformedRequest(message, [Fault(where, shown, message)])
