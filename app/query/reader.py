"""What a release can be asked: the protocol that stores implement and the web reads through."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from app.query.base import Collection, Lookup
from app.query.changes import ChangePage, ChangeQuestion
from app.query.question import Question
from app.query.typed import Searched
from app.values.members import Members
from app.vocabularies import Vocabularies

BEFORE_ID: Final = len(b'{"id":"')  # bytes of a document


@dataclass(frozen=True)
class ReleaseInfo:
    """What every answer says of its release."""

    id: str
    label: str
    issued: str


class Located(NamedTuple):
    """A document, a JSON text without `url`, with what its URL is made of: the collection it lives in, and its id."""

    home: str
    id: str
    text: bytes


def located(home: str, text: bytes) -> Located:
    """A document that lives in a collection; its text begins with its id."""
    return Located(home, text[BEFORE_ID : text.index(b'"', BEFORE_ID)].decode(), text)


@dataclass(frozen=True)
class Page:
    """One page of documents, JSON texts without `url`, each with the collection that it lives in.

    `total` counts every page together.
    """

    documents: Sequence[bytes]
    homes: Sequence[str]
    total: int
    next: str | None = None  # the cursor of the page after this one

    @cached_property
    def records(self) -> tuple[Located, ...]:
        """The documents with what their URLs are made of."""
        return tuple(map(located, self.homes, self.documents))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its records."""
        return tuple(record.id for record in self.records)


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, what people call it, and how many records have it."""

    value: str
    label: str
    count: int


class Reader(Lookup, Protocol):
    """One opened release."""

    @property
    def info(self) -> ReleaseInfo:
        """Which release this is."""

    @property
    def schema_version(self) -> str:
        """Of the tables of its file; an upgrade of the release gives it another one."""

    @property
    def licences(self) -> Sequence[str]:
        """The SPDX identifiers of its dossiers' licences, each once."""

    @property
    def vocabularies(self) -> Vocabularies:
        """The vocabularies as this release has them, with the terms of its dossiers."""

    def is_slow(self, question: Question) -> bool:
        """Whether its page may take longer than the way to another thread does."""

    def page(self, question: Question) -> Page:
        """The page that the question asks for, read in one transaction."""

    def export(self, question: Question) -> Iterator[Located]:
        """Everything that matches, in order, up to the limit; read piece by piece."""

    def documents(self, ids: Iterable[str], most: int) -> Sequence[Located]:
        """The documents of live records, ordered by kind and id, and one more than `most` if there are so many."""

    def addresses(self, after: int, most: int) -> Sequence[tuple[str, str]]:
        """The main collection and the id of live records in order: at most `most`, behind as many as `after`."""

    def below(self, collection: Collection, filter: str, ids: Sequence[str], most: int) -> Sequence[str]:
        """The ids of the records of a collection for which one filter has any of these ids; at most one over `most`."""

    def facets(self, question: Question) -> Mapping[str, Sequence[FacetValue]]:
        """For each facet asked, how many of all matching records have each value."""

    def matched_names(self, ids: Sequence[str], sought: Searched) -> Mapping[str, str]:
        """For those of the records whose names have what is sought, the name that has it best."""

    def document(self, collection: Collection, id: str) -> bytes | None:
        """The document of one live record of the collection, or None."""

    def part(self, id: str, name: str) -> str | None:
        """The derived document of that name below a live record, or None."""

    def examples(self, collection: Collection) -> Mapping[str, str]:
        """A value for each filter that selects something in this release."""

    def entries(self) -> Iterator[str]:
        """The curated input in order, one canonical JSON text a line, some hundred lines at once."""


@dataclass(frozen=True)
class Published:
    """What the catalogue says of one release."""

    info: ReleaseInfo
    number: int  # the position at which it was first published, from 1
    at: str  # when, UTC
    schema_version: str
    documents: str  # sha256 over all documents, in the order of their numbers
    file: str | None  # name of its database file beside the catalogue; None where the store keeps none
    sha256: str | None  # of that file
    about: Members  # counts by collection, dossiers
    predecessor: str | None
    current: bool = False
    withdrawn: str | None = None  # the reason, if it was


class Library(Protocol):
    """All releases of one store: what the web asks for a reader."""

    @property
    def is_remote(self) -> bool:
        """Whether it is asked through another process: then nothing of it may be waited for on the event loop."""

    def version(self) -> str:
        """What is another after every publication, roll-back and withdrawal; raises Unavailable."""

    def current(self) -> Reader:
        """The current release; raises Unavailable when there is none."""

    def named(self, reference: str) -> Reader:
        """The release of that full id, unambiguous prefix or label; raises Refused or ReleaseGone."""

    def begun(self, prefix: str) -> Reader:
        """The release that a cursor began on; raises ReleaseNotHere or ReleaseGone."""

    def known(self, reference: str) -> Published:
        """What is known of the release so called, also of one that is served no more; raises Refused."""

    def published(self) -> Sequence[Published]:
        """Every release ever published, latest first."""

    def serves(self, release: Published) -> bool:
        """Whether a release can be asked here."""

    def is_served(self, id: str) -> bool:
        """Whether the release of that full id can be asked here."""

    def prove(self) -> bool:
        """Whether every open release still is what was published; one that is not is Unavailable from then on."""

    def changes(self, question: ChangeQuestion) -> ChangePage:
        """The changes that are asked for; raises Unavailable, or ReleaseNotHere for a cursor of later ones."""

    def changed(self, ids: Iterable[str]) -> Sequence[str]:
        """Those of the ids that some change is of, or was merged into."""

    def changes_version(self) -> str:
        """What another list of changes has another of."""

    def database(self, release: str) -> Path | None:
        """The database file of a release, to download; None where the store keeps none."""
