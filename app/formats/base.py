"""What a format is: documents to the bytes of one media type."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.query.base import Collection
from app.query.reader import FacetValue, Page, ReleaseInfo

Links = Mapping[str, str | None]


@dataclass(frozen=True)
class Below:
    """The beginning of a list below a record: its path, what it lists, how many there are, and the first documents."""

    path: str
    about: str
    collection: str
    total: int
    documents: Sequence[str]


@dataclass(frozen=True)
class Around:
    """What a page for people shows besides the answer itself; `homes` has the collection of every id that it names.

    `base` is what links within the service start with: a path, mostly empty.

    `given` are the parameters as they were sent, `formats` the other representations of the same answer, each with its
    URL; `parts` are derived documents and `lists` the lists below a record, `dossier` is the one that defines it.
    """

    collection: Collection
    base: str
    homes: Mapping[str, str]
    given: Mapping[str, Sequence[str]]
    formats: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)
    lists: Sequence[Below] = ()
    dossier: str | None = None
    title: str = ""  # of a derived document
    narrowed: Callable[[str, str], str] = lambda name, value: ""  # the URL of the list with a value of a filter


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
    around: Around | None = None  # only for a format for people


@dataclass(frozen=True)
class Record:
    """One record about to be written: its stored JSON text, and the URL it lives at."""

    text: str
    url: str
    links: Links
    info: ReleaseInfo
    document: Any = None  # the type of the document
    point: tuple[str, ...] | None = None  # where it keeps its point
    around: Around | None = None  # only for a format for people


@dataclass(frozen=True)
class Derived:
    """A derived document below a record about to be written, such as the matrix of an event: its stored JSON text."""

    text: str
    links: Links
    info: ReleaseInfo
    around: Around | None = None  # only for a format for people


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
    for_people: bool = False  # a page: it gets what stands around, and is renewed when its templates change
    version: str = ""  # of what it is made with; enters the ETag
