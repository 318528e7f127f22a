"""Sources: the documents that carry claims, pinned by hash and length; their text stays out."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from pydantic import Field

from app.entries.base import Ref
from app.entries.corpus import Corpus
from app.entries.made import Made
from app.entries.sources import SourceEntry
from app.query.dates import Dates
from app.query.filters import Flags, Ids, Terms
from app.query.languages import Languages
from app.resources import columns
from app.resources.base import (
    Document,
    Inverse,
    Resource,
    Row,
    Subdocument,
    Typed,
    common_filters,
    common_members,
)
from app.resources.columns import Stored, TableRow, table_of
from app.resources.dates import DateValue, date_columns, date_value, known_columns
from app.resources.register import text_rows
from app.vocabularies import SourceType, TitleBasis


class PassageValue(Made):
    """A stretch of the text."""

    start: int = Field(description="Unicode code points of the text.")
    end: int = Field(description="One past the last code point.")


class Coverage(Made):
    """How much of the text some claim answers for, in code points inside paragraphs."""

    length: int = Field(description="Code points inside paragraphs.")
    claimed: int = Field(description="Inside the anchor of some claim.")
    furniture: int = Field(description="Declared as not the report's own.")
    unclaimed: int = Field(description="Neither.")
    share: float = Field(description="(claimed + furniture) / length.")


class CoveredPassage(PassageValue):
    """A stretch of one paragraph that the same claims, or the same furniture, or nothing answers for."""

    paragraph: int = Field(description="Counted from 1; runs between blank lines.")
    status: Literal["claimed", "furniture", "unclaimed"] = Field(
        description="Some claim is anchored in it; else it is declared as not the report's own; else unclaimed."
    )
    claims: list[Ref] = Field(description="The claims whose anchors cover it, in order of id.")
    reason: str | None = Field(description="What it is, if it is furniture.")


class Passages(Made):
    """Every passage of one source in order, and the claims that answer for it; white space between paragraphs is none.

    A single code point between two anchors is the blank between their words, and goes to the anchor before it.
    """

    source: Ref
    length: int | None = Field(
        description="Code points inside paragraphs; null where the curators did not hold the text."
    )
    share: float | None = Field(description="(claimed + furniture) / length; null where the curators did not hold it.")
    passages: list[CoveredPassage] = Field(description="They touch within a paragraph, and add up to its length.")


class SourceCounts(Made):
    """How much hangs on a source."""

    claims: int = Field(description="Claims written in it.")
    events: int = Field(description="Events that these claims are about.")


@dataclass(frozen=True)
class SourceFacts:
    """What is derived of a source from the other records."""

    coverage: Coverage | None
    counts: SourceCounts
    passages: Passages  # a document of its own below the source


class AddressValue(Made):
    """One more place where the document stands."""

    publisher: Ref | None = Field(description="Who carries it there.")
    url: str = Field(description="Where it stands.")


class ArchivedValue(Made):
    """A copy that an archive keeps."""

    url: str = Field(description="Where it is kept.")
    at: DateValue = Field(description="When it was made.")


class SourceDocument(Document, Typed):
    """A document that carries claims."""

    kind: Literal["source"] = Field(default="source", description="What kind of record it is.")
    type: SourceType
    title: str = Field(description="What it is called.")
    title_basis: TitleBasis = Field(description="Printed on it, or supplied by the curators.")
    publisher: Ref | None = Field(description="Who published it.")
    byline: str | None = Field(description="Who wrote it, as it is printed.")
    published: DateValue | None = Field(description="When it was published.")
    language: str = Field(description="BCP 47 language tag.")
    original_url: str | None = Field(description="Where its publisher has it.")
    addresses: list[AddressValue] = Field(description="Where else it stands, as a dispatch in several outlets.")
    archived: ArchivedValue | None = Field(description="A copy that an archive keeps.")
    reference: str | None = Field(description="How to find it where it has no stable address.")
    sha256: str | None = Field(description="Of the text's bytes; null where the curators did not hold the text.")
    length: int | None = Field(description="Of the text, in Unicode code points.")
    paragraphs: list[PassageValue] = Field(description="Where its paragraphs begin and end.")
    coverage: Coverage | None = Field(description="Null where the curators did not hold the text.")
    counts: SourceCounts


class SourceRow(Row, table=True):
    """The source as stored."""

    __tablename__ = "source"

    title: str = columns.text(folded=True)
    title_basis: str = columns.text()
    type: str = columns.text()
    publisher: int | None = columns.reference("actor.number", null=True)
    language: str = columns.text()
    date_edtf: str | None = columns.text(null=True)
    date_earliest: int = columns.day()
    date_latest: int = columns.day()
    date_qualified: bool = columns.flag()
    date_known_start: int | None = columns.number(null=True)
    date_known_end: int | None = columns.number(null=True)
    original_url: str | None = columns.text(null=True)
    sha256: str | None = columns.text(null=True)
    length: int | None = columns.number(null=True)
    pinned: bool = columns.flag()
    archived: bool = columns.flag()
    archived_url: str | None = columns.text(null=True)
    archived_at: str | None = columns.text(null=True)


class SourceAddressRow(TableRow, table=True):
    """One more place where a source stands."""

    __tablename__ = "source_address"
    __table_args__ = columns.KEYED

    source: int = columns.owner("source.number")
    number: int = columns.number(primary=True)
    publisher: int | None = columns.reference("actor.number", null=True)
    url: str = columns.text()


def describe(entry: SourceEntry, facts: SourceFacts, corpus: Corpus) -> SourceDocument:
    """The document of one source."""
    return SourceDocument(
        **common_members(entry, corpus),
        **entry.members("type", "title", "title_basis", "byline", "language", "reference", "sha256", "length"),
        original_url=entry.original_url,
        addresses=[
            AddressValue(publisher=corpus.maybe(address.publisher), url=address.url) for address in entry.addresses
        ],
        archived=_archived(entry),
        publisher=corpus.maybe(entry.publisher),
        published=date_value(entry.published),
        paragraphs=[PassageValue(start=paragraph.start, end=paragraph.end) for paragraph in entry.paragraphs],
        coverage=facts.coverage,
        counts=facts.counts,
    )


def _archived(entry: SourceEntry) -> ArchivedValue | None:
    kept, at = entry.archived, date_value(entry.archived.at if entry.archived else None)
    return ArchivedValue(url=kept.url, at=at) if kept and at else None


def store(entry: SourceEntry, document: SourceDocument, corpus: Corpus) -> Iterator[Stored]:
    """The rows of one source."""
    kept = entry.archived
    yield (
        SourceRow,
        {"number": entry.id}
        | date_columns("date", entry.published)
        | known_columns("date", entry.published)
        | {"pinned": entry.at_hand, "archived": kept is not None}
        | {"archived_url": kept.url if kept else None, "archived_at": kept.at.edtf if kept else None}
        | entry.members("title", "title_basis", "type", "publisher", "language", "original_url", "sha256", "length"),
    )
    for number, address in enumerate(entry.addresses, 1):
        yield SourceAddressRow, {"source": entry.id, "number": number, **address.members("publisher", "url")}
    publishers = corpus.names([entry.publisher, *(address.publisher for address in entry.addresses)])
    yield from text_rows(entry.id, [entry.title], [entry.byline, entry.reference, entry.note], publishers)


sources = Resource(
    entry=SourceEntry,
    about="The documents that carry claims, with the hash and length of their text to check anchors by.",
    document=SourceDocument,
    describe=describe,
    store=store,
    table=table_of(SourceRow),
    filters=(
        *common_filters("source", "titles, bylines, texts and the names of who publishes"),
        Terms("type", SourceRow.type, "What kind of document.", vocabulary="source-types"),
        Ids("publisher", SourceRow.publisher, "Who published it.", kinds=("actor",)),
        Languages("language", SourceRow.language, "BCP 47 language tag of the text."),
        Dates("date", SourceRow.date_earliest, "When it was published, in EDTF."),
        Flags("pinned", SourceRow.pinned, "Whether its text was at hand, so that claims are pinned in it."),
        Flags("archived", SourceRow.archived, "Whether an archive keeps a copy."),
    ),
    moment=attrgetter("published"),
    sorts=("date", "title", "type", "id"),
    columns=("published", "title", "type", "publisher", "counts.claims", "layer"),
    facets=("type", "publisher", "language", "pinned", "archived", "layer"),
    includes=("claims", "publisher"),
    inverses=(Inverse("claims", "claims", "source", "The claims written in this source."),),
    subdocuments=(
        Subdocument(
            "coverage", Passages, "Which passages some claim answers for, and which none.", attrgetter("passages")
        ),
    ),
)
