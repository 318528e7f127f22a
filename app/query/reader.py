"""What a release can be asked: the protocol that stores implement and the web reads through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.query.base import Collection, Lookup
from app.query.question import Question


@dataclass(frozen=True)
class Stamp:
    """What every answer says of its release."""

    id: str
    label: str
    issued: str


@dataclass(frozen=True)
class Page:
    """One page of documents: JSON texts without `url`, their ids beside them; `total` counts every page together."""

    ids: tuple[str, ...]
    documents: tuple[str, ...]
    total: int
    next: str | None  # the cursor of the page after this one


class Reader(Lookup, Protocol):
    """One opened release."""

    @property
    def stamp(self) -> Stamp:
        """Which release this is."""

    def page(self, question: Question) -> Page:
        """The page that the question asks for, read in one transaction."""

    def document(self, collection: Collection, id: str) -> str | None:
        """The document of one live record of the collection, or None."""

    def examples(self, collection: Collection) -> Mapping[str, str]:
        """A value for each filter that selects something in this release."""

    def entries(self) -> Iterator[str]:
        """The curated input, one canonical JSON text a record, in order."""


@dataclass(frozen=True)
class Published:
    """What the catalogue says of one release."""

    stamp: Stamp
    number: int  # the position at which it was first published, from 1
    at: str  # when, UTC
    schema_version: str
    documents: str  # sha256 over all documents, in the order of kind and id
    file: str | None  # name of its database file beside the catalogue; None where the store keeps none
    sha256: str | None  # of that file
    about: Mapping[str, Any]  # counts by collection, dossiers
    predecessor: str | None
    withdrawn: str | None = None  # the reason, if it was


class Library(Protocol):
    """All releases of one store: what the web asks for a reader."""

    def position(self) -> int:
        """How many entries the catalogue has: grows with every publication, roll-back and withdrawal."""

    def current(self) -> Reader:
        """The current release; raises Unavailable when there is none."""

    def named(self, reference: str) -> Reader:
        """The release of that full id, unambiguous prefix or label; raises Refused or ReleaseGone."""

    def begun(self, prefix: str) -> Reader:
        """The release that a cursor began on; raises ReleaseNotHere or ReleaseGone."""

    def published(self) -> Sequence[Published]:
        """Every release ever published, latest first."""

    def database(self, release: str) -> Path | None:
        """The database file of a release, to download; None where the store keeps none."""
