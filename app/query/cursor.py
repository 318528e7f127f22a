"""Cursors: where a walk stands, in a form that clients hand back unread."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

MAX_CURSOR = 512  # characters
RELEASE_CHARACTERS = 16  # of the release's id; enough to name it


class BadCursor(ValueError):
    """A cursor that was altered, cut, or made for another question."""


@dataclass(frozen=True)
class Cursor:
    """The release a walk began on, its total, the digest of its question, and the id of the last record seen.

    A release never changes, so the id stands for all the sort values of its record.
    """

    release: str
    total: int
    digest: str
    after: str

    def encode(self) -> str:
        """As `cursor=` carries it: URL-safe, with a checksum so that an altered one is noticed."""
        payload = f"{self.release[:RELEASE_CHARACTERS]} {self.total} {self.digest} {self.after}"
        return base64.urlsafe_b64encode(f"{_checksum(payload)} {payload}".encode()).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """The cursor that `encode` wrote; raises BadCursor."""
    if len(text) > MAX_CURSOR:
        raise BadCursor(f"A cursor has at most {MAX_CURSOR} characters.")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
        checksum, payload = raw.split(" ", 1)
        release, total, digest, after = payload.split(" ")
        cursor = Cursor(release, int(total), digest, after)
    except (ValueError, binascii.Error) as error:
        raise BadCursor("The cursor is not one that this service gave.") from error
    if checksum != _checksum(payload) or cursor.encode() != text:
        raise BadCursor("The cursor was altered.")
    return cursor


def digest(text: str) -> str:
    """A short digest of a question's canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _checksum(payload: str) -> str:
    return digest(f"onrecord cursor 1 {payload}")[:8]
