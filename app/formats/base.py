"""What a format is: documents to the bytes of one media type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.query.reader import Page, Stamp

Links = Mapping[str, str | None]


@dataclass(frozen=True)
class Listing:
    """One page about to be written: `home` is the URL of the collection its records live in."""

    page: Page
    limit: int
    home: str
    links: Links
    stamp: Stamp


@dataclass(frozen=True)
class Record:
    """One record about to be written: its stored JSON text, and the URL it lives at."""

    text: str
    url: str
    links: Links
    stamp: Stamp


@dataclass(frozen=True)
class Format:
    """One representation: the word that `format` takes, the media type, and how pages and records are written."""

    name: str
    media_type: str
    listing: Callable[[Listing], bytes]
    record: Callable[[Record], bytes]
