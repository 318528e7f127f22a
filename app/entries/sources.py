"""Sources as curated: the documents that carry claims, pinned by hash and length; their text stays out."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from app.entries.base import ActorId, Date, Entry, Labels, Part, Violation, unexplained
from app.values.languages import LANGUAGE
from app.values.links import WebLink
from app.vocabularies import SourceType, TitleBasis


class Paragraph(Part):
    """One paragraph of the text: a run between blank lines, without the white space around it."""

    start: int = Field(ge=0, description="Unicode code points of the text.")
    end: int = Field(ge=1, description="One past the last code point.")


class Furniture(Part):
    """A passage that is not the report's own: a newsletter box, a contact line."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    reason: str = Field(min_length=1, description="What it is.")


class Address(Part):
    """One more place where the document stands: who carries it, and where."""

    publisher: ActorId | None = None
    url: WebLink


class Archived(Part):
    """A copy that an archive keeps, and when it was made."""

    url: WebLink
    at: Date


class SourceEntry(Entry):
    """A document that carries claims, as curated. With its text at hand: sha256, length and paragraphs."""

    kind = "source"
    collection = "sources"

    type: SourceType
    title: str = Field(min_length=1, max_length=300, description="As printed; else in our own words.")
    title_basis: TitleBasis = Field(default="printed", description="Printed on it, or supplied by the curators.")
    publisher: ActorId | None = None
    byline: str | None = None
    published: Date | None = None
    language: Annotated[str, Field(pattern=f"^{LANGUAGE.pattern}$")] = Field(description="BCP 47 language tag.")
    original_url: WebLink | None = Field(default=None, description="Where its publisher has it.")
    addresses: list[Address] = Field(default=[], description="Where else it stands, as a dispatch in several outlets.")
    archived: Archived | None = None
    reference: str | None = Field(default=None, description="How to find it where it has no stable address.")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="Of the text's bytes."
    )
    length: int | None = Field(default=None, ge=1, description="Of the text, in Unicode code points.")
    paragraphs: list[Paragraph] = Field(default=[], description="Where its paragraphs begin and end.")
    furniture: list[Furniture] = []

    def label(self, labels: Labels) -> str:
        return self.title

    @property
    def at_hand(self) -> bool:
        """Whether the curators held the text, so that claims can be anchored in it."""
        return self.sha256 is not None

    def violations(self) -> Iterator[Violation]:
        yield from unexplained(self.type, self.note)
        if len({self.sha256 is None, self.length is None, not self.paragraphs}) > 1:
            yield Violation("incomplete_text", "a text at hand has sha256, length and paragraphs, all three")
