"""Dossiers as curated: `dossier.yaml`, which says who curated what from which material."""

from typing import Annotated

from pydantic import Field

from app.entries.base import Entry, Labels, Part
from app.values.links import Contact


class Edition(Part):
    """Which edition of the dossier this is."""

    label: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$", description="Such as `2019.1`; new with every change."
    )
    issued: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="The day it was issued, YYYY-MM-DD."
    )
    correction: str | None = Field(
        default=None,
        min_length=1,
        max_length=2000,
        description="What was wrong in the edition before, in words for people; /changes shows them.",
    )


class Curator(Part):
    """Somebody who answers for the dossier."""

    name: str = Field(min_length=1)
    contact: Contact | None = None


class DossierEntry(Entry):
    """The dossier itself: `dossier.yaml`."""

    kind = "dossier"
    collection = "dossiers"

    title: str = Field(min_length=1, max_length=200)
    edition: Edition
    licence: str = Field(description="SPDX licence identifier of the data.")
    citation: str = Field(min_length=1, description="How to cite it.")
    curators: list[Curator] = Field(min_length=1)
    corrections: Contact = Field(description="Where to report a correction: an address or a page.")
    scope: str = Field(min_length=1, description="What it covers and what not, in our own words.")
    read: list[str] = Field(min_length=1, description="What was read for it.")

    def label(self, labels: Labels) -> str:
        return self.title
