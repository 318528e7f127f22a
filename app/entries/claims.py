"""Claims as curated: what somebody says, and the evidence for it."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from app.entries.base import (
    ActorId,
    ClaimId,
    Date,
    Entry,
    EventId,
    Joint,
    Labels,
    Number,
    Part,
    SourceId,
    Time,
    Violation,
)
from app.entries.sources import SourceEntry
from app.values.anchors import Passage
from app.values.slugs import Slug
from app.values.units import CURRENCIES
from app.vocabularies import ClaimRelation, ClaimType, EvidenceRole, Measure, Medium, Modality, Quote, load

SUPERSEDING = frozenset({"updates", "corrects", "retracts"})  # relations to a claim that no longer stands
ANCHOR = ("paragraph", "start", "end", "sha256", "match")  # the members that name a passage, all or none
MAX_ANCHOR = 240  # characters of a passage, unless `whole` gives a reason

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Speaker(Part):
    """Who says it, and as what."""

    actor: ActorId
    role: str | None = Field(default=None, description="The role at that time, as the source gives it.")
    attribution: str | None = Field(default=None, description="How the source attributes it: a word or two, as `said`.")


def _speaker(value: object) -> object:
    return {"actor": value} if isinstance(value, str) else value


class Match(Part):
    """The passage normalised (NFKC, no format characters, quotes, dashes and blanks plain), to find it in any copy."""

    length: int = Field(ge=1, description="Code points of the normalised passage.")
    sha256: Sha256


class Evidence(Joint):
    """Where it is written: a source, and the passage of its text if the text is at hand (W3C Web Annotation)."""

    source: SourceId
    role: EvidenceRole = Field(default="content", description="Whether it carries what is said, or who says it.")
    paragraph: int | None = Field(default=None, ge=1, description="Counted from 1; runs between blank lines.")
    start: int | None = Field(default=None, ge=0, description="Unicode code points of the source's text.")
    end: int | None = Field(default=None, ge=1, description="One past the last code point.")
    sha256: Sha256 | None = Field(default=None, description="Of the passage's UTF-8.")
    match: Match | None = None
    words: str | None = Field(
        default=None, min_length=1, description="Words of the text, until `onrecord anchor --write` anchors them."
    )
    whole: str | None = Field(default=None, description="Why the passage is longer than an anchor should be.")

    @property
    def anchored(self) -> bool:
        """Whether it names a passage."""
        return self.passage is not None

    @property
    def passage(self) -> Passage | None:
        """The passage that it names; None where the text of the source is not at hand."""
        if (
            self.start is None
            or self.end is None
            or self.paragraph is None
            or self.sha256 is None
            or self.match is None
        ):
            return None
        return Passage(self.start, self.end, self.paragraph, self.sha256, self.match.length, self.match.sha256)

    def violations(self) -> Iterator[Violation]:
        absent = [name for name in ANCHOR if getattr(self, name) is None]
        if self.words is None and 0 < len(absent) < len(ANCHOR):
            yield Violation("incomplete_anchor", f"the anchor has no {' and no '.join(absent)}")
        if self.start is not None and self.end is not None and self.end <= self.start:
            message = f"the anchor ends at {self.end}, and starts at {self.start}"
            yield Violation("anchor_reversed", message, ("end",))


class Figure(Joint):
    """A number that the claim gives: an exact value, a range, or a vague count without bounds."""

    measure: Measure
    value: Number | None = None
    low: Number | None = Field(default=None, description="The least that the words allow.")
    high: Number | None = Field(default=None, description="The most that the words allow.")
    currency: str | None = Field(default=None, description="Of money: a code of ISO 4217, as EUR.")
    approximate: bool = Field(default=False, description="About, nearly, some.")
    as_of: Time | None = Field(default=None, description="The day or hour that the figure holds for, where it is told.")

    def violations(self) -> Iterator[Violation]:
        given = [number for number in (self.low, self.value, self.high) if number is not None]
        if given != sorted(given):
            yield Violation("figure_reversed", f"{' <= '.join(map('{:g}'.format, given))} does not hold")
        yield from self._paid(load("measures").terms[self.measure].money)

    def _paid(self, money: bool) -> Iterator[Violation]:
        """Money has a currency, and nothing else has one."""
        if self.currency is None:
            if money:
                message = f"{self.measure} is money: name its currency"
                yield Violation("bad_currency", message, ("currency",), "add currency, a code of ISO 4217 such as EUR")
        elif not money:
            message = f"{self.measure} is no money: it has no currency"
            yield Violation("bad_currency", message, ("currency",), "take currency out")
        elif self.currency not in CURRENCIES:
            code = self.currency.strip().upper()
            told = f"write {code}" if code in CURRENCIES else "write a code of ISO 4217, such as EUR"
            yield Violation("bad_currency", f"currency: '{self.currency}' is no code of ISO 4217", ("currency",), told)

    @property
    def unit(self) -> str | None:
        """What it is measured in: that of its measure, or its currency."""
        return self.currency or load("measures").terms[self.measure].unit


class RelationTo(Part):
    """How this claim stands to another one."""

    relation: ClaimRelation
    claim: ClaimId


class ClaimEntry(Entry):
    """One assertion of one speaker, in our own words."""

    kind = "claim"
    collection = "claims"
    named_by = ("speaker.actor", "text")

    text: str = Field(min_length=1, max_length=400, description="What is said, in our own words: one sentence.")
    type: ClaimType
    narrated: bool = Field(default=False, description="The source says it in its own voice; then there is no speaker.")
    speaker: Annotated[Speaker, BeforeValidator(_speaker, json_schema_input_type=str | Speaker)] | None = None
    on_behalf_of: ActorId | None = None
    reported_by: list[ActorId] = Field(
        default=[], description="The chain from the source to the speaker, source first."
    )
    audience: list[ActorId] = []
    medium: Medium | None = None
    platform: str | None = Field(
        default=None, min_length=1, max_length=100, description="The outlet or network that the source names: Twitter."
    )
    said: Date | None = None
    events: list[EventId] = []
    actors: list[ActorId] = []
    aspect: Slug | None = Field(default=None, description="The aspect of one of its events that it answers.")
    quote: Quote = "none"
    modality: Modality = "asserted"
    figures: list[Figure] = []
    origin: Slug | None = Field(
        default=None, description="The report that it repeats; claims that share it are one voice."
    )
    relations: list[RelationTo] = []
    evidence: list[Evidence] = []

    @property
    def states(self) -> bool:
        """Whether the speaker stands for the claim's figures: a denial or a mere possibility states none."""
        return self.modality == "asserted" and self.type != "denial"

    @property
    def pinned(self) -> bool:
        """Whether a passage of a text at hand is given for it."""
        return any(evidence.anchored for evidence in self.evidence)

    def label(self, labels: Labels) -> str:
        """The text after its voice, so that nobody reads as a fact what somebody says."""
        voice = self.voice(labels)
        return f"{voice}: {self.text}" if voice else self.text

    def voice(self, labels: Labels) -> str:
        """Who says it; nobody where a narrated claim, against the rules, has no evidence."""
        if self.speaker:
            return labels.label(self.speaker.actor)
        if not self.evidence:
            return ""
        source = self.evidence[0].source
        return f"{labels.label(labels.entry(SourceEntry, source).publisher or source)}, in its own voice"

    def violations(self) -> Iterator[Violation]:
        if self.narrated and self.speaker is not None:
            yield Violation("narrated_with_speaker", "a narrated claim has no speaker", ("speaker",))
        if not self.narrated and self.speaker is None:
            yield Violation("nobody_speaks", "a claim has a speaker or is narrated")
