"""Dossiers: who curated what from which material, under which licence, and how to cite and correct it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, create_model

from app.entries import ENTRIES
from app.entries.corpus import Corpus
from app.entries.dossiers import DossierEntry
from app.entries.made import Made
from app.query.filters import Words
from app.resources import columns
from app.resources.base import Document, Resource, Row, common_filters, common_members
from app.resources.columns import Stored, table_of
from app.resources.register import text_rows
from app.values.days import Day
from app.values.members import JsonObject


class EditionValue(Made):
    """Which edition of the dossier this is."""

    label: str = Field(description="What the edition is called.")
    issued: Day = Field(description="The day it was issued, YYYY-MM-DD.")
    correction: str | None = Field(description="What was wrong in the edition before, in words for people.")


class CuratorValue(Made):
    """Somebody who answers for the dossier."""

    name: str = Field(description="A person or a body.")
    contact: str | None = Field(description="Where to reach them.")


_NUMBERS: JsonObject = {
    entry.collection: (int, Field(description=f"How many {entry.collection} it defines."))
    for entry in ENTRIES.values()
    if entry is not DossierEntry
}
DossierCounts = create_model(
    "DossierCounts", __base__=Made, __doc__="How many records of each kind the dossier defines.", **_NUMBERS
)


@dataclass(frozen=True)
class DossierFacts:
    """What is derived of a dossier from its records."""

    counts: DossierCounts  # type: ignore[valid-type]  # a type known at run time


class DossierDocument(Document):
    """A dossier: who curated what from which material."""

    kind: Literal["dossier"] = Field(default="dossier", description="What kind of record it is.")
    title: str = Field(description="What it is called.")
    edition: EditionValue
    licence: str = Field(description="SPDX licence identifier of the data.")
    citation: str = Field(description="How to cite it.")
    curators: list[CuratorValue] = Field(description="Who answers for it.")
    corrections: str = Field(description="Where to report a correction.")
    scope: str = Field(description="What it covers and what not.")
    read: list[str] = Field(description="What was read for it.")
    counts: DossierCounts  # type: ignore[valid-type]  # a type known at run time


class DossierRow(Row, table=True):
    """The dossier as stored."""

    __tablename__ = "dossier"

    title: str = columns.text(folded=True)
    edition: str = columns.text()
    issued: str = columns.text()
    licence: str = columns.text()


def describe(entry: DossierEntry, facts: DossierFacts, corpus: Corpus) -> DossierDocument:
    """The document of one dossier."""
    members = entry.model_dump(
        include={"title", "edition", "licence", "citation", "curators", "corrections", "scope", "read"}
    )
    return DossierDocument.model_validate({**common_members(entry, corpus), **members, "counts": facts.counts})


def store(entry: DossierEntry, document: DossierDocument, corpus: Corpus) -> Iterator[Stored]:
    """The row of one dossier."""
    edition = {"edition": entry.edition.label, "issued": entry.edition.issued, "licence": entry.licence}
    yield DossierRow, {"number": entry.id, "title": entry.title, **edition}
    yield from text_rows(entry.id, [entry.title], [entry.scope, entry.note])


dossiers = Resource(
    entry=DossierEntry,
    about="Who curated what from which material, under which licence, how to cite it and where to correct it.",
    document=DossierDocument,
    describe=describe,
    store=store,
    table=table_of(DossierRow),
    filters=(
        *(common for common in common_filters("dossier") if common.name != "dossier"),
        Words("licence", DossierRow.licence, "SPDX licence identifier of the data."),
    ),
    sorts=("title", "issued", "id"),
    columns=("title", "edition.label", "edition.issued", "licence"),
)
