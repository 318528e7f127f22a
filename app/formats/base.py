"""What a format is: documents to the bytes of one media type."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.query.reader import FacetValue, Page, ReleaseInfo

Links = Mapping[str, str | None]


@dataclass(frozen=True)
class Listing:
    """One page about to be written: `base` is what the URLs of its records begin with."""

    page: Page
    limit: int
    base: str
    links: Links
    info: ReleaseInfo
    query: Mapping[str, Any]
    facets: Mapping[str, Sequence[FacetValue]] | None = None  # only if asked for
    included: Sequence[tuple[str, str]] | None = None  # JSON text and URL of each; only if asked for
    point: tuple[str, ...] | None = None  # where a document of this collection keeps its point


@dataclass(frozen=True)
class Record:
    """One record about to be written: its stored JSON text, and the URL it lives at."""

    text: str
    url: str
    links: Links
    info: ReleaseInfo
    document: Any = None  # the type of the document
    point: tuple[str, ...] | None = None  # where it keeps its point


@dataclass(frozen=True)
class Derived:
    """A derived document below a record about to be written, such as the matrix of an event: its stored JSON text."""

    text: str
    links: Links
    info: ReleaseInfo


@dataclass(frozen=True)
class Export:
    """Everything that matches, about to be written in pieces: where each record lives, its id, and its JSON text.

    `document` is the type of the documents, `fields` the columns that were asked for; none means all.
    """

    rows: Iterable[tuple[str, str, str]]
    base: str
    document: Any
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """One representation: the word that `format` takes, the media type, and how each kind of answer is written.

    A format with `export` answers lists with everything that matches, in pieces, and knows no pages. What a format
    does not write is refused, and so are the parameters in `refuses`.
    """

    name: str
    media_type: str
    listing: Callable[[Listing], bytes] | None = None
    record: Callable[[Record], bytes] | None = None
    derived: Callable[[Derived], bytes] | None = None
    export: Callable[[Export], Generator[bytes]] | None = None
    refuses: tuple[str, ...] = ("fields",)
    pointed: bool = False  # only for collections whose records can have a point
