"""The claim as published."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from app.entries.base import Ref
from app.entries.claims import ClaimEntry, Evidence, Figure
from app.entries.corpus import Corpus
from app.entries.made import Made
from app.resources.base import Document, Typed, common_members
from app.resources.dates import DateValue, date_value, moment_value
from app.resources.figures import FigureClaimed
from app.resources.speaker import SpeakerValue
from app.vocabularies import ClaimRelation, ClaimType, EvidenceRole, Medium, Modality, Quote


class MatchValue(Made):
    """The passage normalised (NFKC, no format characters, quotes, dashes and blanks plain), to find it in any copy."""

    length: int = Field(description="Code points.")
    sha256: str = Field(description="Of its UTF-8.")


class EvidenceValue(Made):
    """Where it is written; the passage is null where the text of the source was not at hand."""

    source: Ref = Field(description="The document that it is written in.")
    role: EvidenceRole = Field(description="Whether it carries what is said, or who says it.")
    pinned: bool = Field(description="Whether a passage is given.")
    paragraph: int | None = Field(description="Counted from 1; runs between blank lines.")
    start: int | None = Field(description="Unicode code points of the source's text.")
    end: int | None = Field(description="One past the last code point.")
    sha256: str | None = Field(description="Of the passage's UTF-8.")
    match: MatchValue | None = Field(description="The passage as any copy of the text has it.")


class ClaimRelationValue(Made):
    """How this claim stands to another one."""

    relation: ClaimRelation
    claim: Ref = Field(description="The other claim.")
    inverse: bool = Field(description="True if the other claim stands in the relation to this one.")


@dataclass(frozen=True)
class ClaimFacts:
    """What is derived of a claim from the other records."""

    relations: list[ClaimRelationValue]
    contested: bool
    corroborated: bool
    differing: bool
    disputed: bool
    agreeing: bool


class ClaimDocument(Document, Typed):
    """One assertion of one speaker."""

    kind: Literal["claim"] = Field(default="claim", description="What kind of record it is.")
    type: ClaimType
    text: str = Field(description="In our own words.")
    narrated: bool = Field(description="Said by the source itself; then and only then `speaker` is null.")
    speaker: SpeakerValue | None = Field(description="Who says it; null where the source itself does.")
    voice: Ref | None = Field(description="Who says it: the speaker, or the source that says it in its own voice.")
    on_behalf_of: Ref | None = Field(description="For whom the speaker speaks.")
    reported_by: list[Ref] = Field(description="The chain from the source to the speaker, source first.")
    audience: list[Ref] = Field(description="Whom it is addressed to.")
    medium: Medium | None
    platform: str | None = Field(description="The outlet or network that the source names: Twitter, TV Prva.")
    said: DateValue | None = Field(description="When it was said.")
    events: list[Ref] = Field(description="The events that it is about.")
    actors: list[Ref] = Field(description="The actors that it is about.")
    aspect: str | None = Field(description="The aspect of one of its events that it answers.")
    quote: Quote = Field(description="How much of it the source quotes.")
    modality: Modality
    figures: list[FigureClaimed] = Field(description="The numbers that it gives.")
    origin: str = Field(description="The report that it repeats, else its own id; one origin is one voice.")
    relations: list[ClaimRelationValue] = Field(description="How it stands to other claims.")
    contested: bool = Field(description="Another speaker contradicts, disputes or denies it, either way.")
    corroborated: bool = Field(description="Another speaker, of another origin, confirms or supports it.")
    differing: bool = Field(description="A figure of it has no point in common with another one of the event.")
    disputed: bool = Field(description="A figure of it and another one of the event cannot both be so.")
    agreeing: bool = Field(description="An exact figure of it is also that of another voice, of another origin.")
    evidence: list[EvidenceValue] = Field(description="Where it is written.")
    sources: list[Ref] = Field(description="The documents that it is written in, one by one.")


def describe(entry: ClaimEntry, facts: ClaimFacts, corpus: Corpus) -> ClaimDocument:
    """The document of one claim."""
    sources = list(dict.fromkeys(evidence.source for evidence in entry.evidence))
    return ClaimDocument(
        **common_members(entry, corpus),
        **entry.members("type", "text", "narrated", "medium", "platform", "aspect", "quote", "modality"),
        speaker=_speaker(entry, corpus),
        voice=corpus.maybe(entry.speaker.actor if entry.speaker else next(iter(sources), None)),
        on_behalf_of=corpus.maybe(entry.on_behalf_of),
        reported_by=corpus.refs(entry.reported_by),
        audience=corpus.refs(entry.audience),
        said=date_value(entry.said),
        events=corpus.refs(entry.events),
        actors=corpus.refs(entry.actors),
        figures=[figure_claimed(figure) for figure in entry.figures],
        origin=entry.origin or entry.id,
        evidence=[_evidence(evidence, corpus) for evidence in entry.evidence],
        sources=corpus.refs(sources),
        **vars(facts),
    )


def figure_claimed(figure: Figure) -> FigureClaimed:
    """The figure with its bounds: an exact value is its own low and high, a vague count has none."""
    bounds = figure_bounds(figure)
    return FigureClaimed(
        measure=figure.measure,
        unit=figure.unit,
        low=bounds[0],
        value=figure.value,
        high=bounds[1],
        approximate=figure.approximate,
        as_of=moment_value(figure.as_of),
    )


def figure_bounds(figure: Figure) -> tuple[float | None, float | None]:
    """The least and the most that the figure allows; an exact value without bounds of its own is both."""
    if figure.value is None or figure.approximate:
        return figure.low, figure.high
    return (
        figure.value if figure.low is None else figure.low,
        figure.value if figure.high is None else figure.high,
    )


def _speaker(entry: ClaimEntry, corpus: Corpus) -> SpeakerValue | None:
    speaker = entry.speaker
    if speaker is None:
        return None
    return SpeakerValue(actor=corpus.ref(speaker.actor), role=speaker.role, attribution=speaker.attribution)


def _evidence(evidence: Evidence, corpus: Corpus) -> EvidenceValue:
    match = MatchValue(**evidence.match.members("length", "sha256")) if evidence.match else None
    passage = evidence.members("role", "paragraph", "start", "end", "sha256")
    return EvidenceValue(source=corpus.ref(evidence.source), pinned=evidence.anchored, match=match, **passage)
