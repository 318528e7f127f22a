"""What a format is: functions that write an answer as the bytes of one media type, and what they are given."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

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
    documents: Sequence[bytes]


@dataclass(frozen=True)
class Around:
    """What a page for people shows besides the answer itself; `homes` has the collection of every id that it names.

    `base` is what links within the service start with: a path, mostly empty.

    `given` are the parameters as they were sent, `formats` the other representations of the same answer, each with its
    URL; `parts` are derived documents and `lists` the lists below a record, and `related` are documents of its own
    collection that it names or that are part of it.
    """

    collection: Collection
    base: str
    homes: Mapping[str, str]
    given: Mapping[str, Sequence[str]]
    formats: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)
    lists: Sequence[Below] = ()
    related: Sequence[bytes] = ()
    title: str = ""  # of a derived document
    narrowed: Callable[[str, str], str] = lambda name, value: ""  # the query of the list with a value of a filter


class Listing(NamedTuple):
    """One page of a list. The URL of a record is `base`, its collection and its id, joined by slashes."""

    page: Page
    limit: int
    base: str
    links: Links
    info: ReleaseInfo
    query: Mapping[str, object]
    facets: Mapping[str, Sequence[FacetValue]] | None = None  # None unless the request asks for them
    included: Sequence[tuple[bytes, str]] | None = None  # pairs of JSON text and URL; None unless the request asks
    point: tuple[str, ...] | None = None  # the members that lead to the point in a document of this collection
    around: Around | None = None  # only for a format for people


@dataclass(frozen=True)
class Record:
    """One record: its stored JSON text, and its URL."""

    text: bytes
    url: str
    links: Links
    info: ReleaseInfo
    document: object = None  # the type of the document: a model, or a union of models
    point: tuple[str, ...] | None = None  # the members that lead to its point
    around: Around | None = None  # only for a format for people
    cited: str = ""  # the URL that leads to the record in this release for ever, only for a format that cites
    dossier: bytes | None = None  # the document of the dossier that defines it, only for a format that cites


@dataclass(frozen=True)
class Derived:
    """A derived document below a record, such as the matrix of an event: its stored JSON text."""

    text: str
    links: Links
    info: ReleaseInfo
    around: Around | None = None  # only for a format for people


@dataclass(frozen=True)
class Export:
    """All records that match a question. A row of `rows` has the path of the collection, the id and the JSON text.

    `document` is the type of the documents; `fields` are the names of the columns asked for, in order, or empty for
    all columns.
    """

    rows: Iterable[tuple[str, str, bytes]]
    base: str
    document: object
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # compared, and kept in caches, by identity
class Format:
    """One format: its name as the parameter `format` takes it, its media type, and a function for each kind of answer.

    A kind of answer without a function is refused, and so are the parameters named in `refuses`. A format that has
    `export` answers a list with all records that match, in pieces, and has no pages.
    """

    name: str
    media_type: str
    listing: Callable[[Listing], bytes] | None = None
    record: Callable[[Record], bytes] | None = None
    derived: Callable[[Derived], bytes] | None = None
    export: Callable[[Export], Generator[bytes]] | None = None
    refuses: tuple[str, ...] = ("fields",)
    aliases: tuple[str, ...] = ()  # what else its media type is called
    words: tuple[str, ...] = ()  # what else people call it
    pointed: bool = False  # whether it is only for collections whose records can have a point
    for_people: bool = False  # a page: it gets what stands around, and is renewed when its templates change
    longest: int | None = None  # records of one page of a list, whatever `limit` says
    version: str = ""  # of what it is made with; enters the ETag
    cites: bool = False  # it says how to cite a record, so it gets the dossier
    schema: Mapping[str, object] | None = None  # of its body, where the media type does not tell
