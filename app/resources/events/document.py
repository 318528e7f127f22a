"""The event as published."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from app.entries.actors import ActorEntry
from app.entries.base import Number, Ref
from app.entries.corpus import Corpus
from app.entries.events import EventEntry
from app.entries.made import Made
from app.entries.places import PlaceEntry
from app.resources.base import Document, Typed, common_members
from app.resources.dates import DateValue, MomentValue, date_value
from app.resources.events.matrix import AspectValue, Matrix
from app.vocabularies import (
    ActorType,
    Country,
    DateBasis,
    EventContext,
    EventMode,
    EventRelation,
    EventType,
    Layer,
    Measure,
    ParticipationRole,
    ParticipationSide,
    PlacePrecision,
)


class EventPlace(Ref):
    """Where it happened, with the point if one is known."""

    country: Country | None
    lat: float | None = Field(description="Decimal degrees, WGS 84; null where only a region is known.")
    lon: float | None = Field(description="Decimal degrees, WGS 84; null where only a region is known.")
    uncertainty_km: float | None = Field(
        description="How far from the point it may be, in kilometres; null where the precision says enough."
    )
    precision: PlacePrecision
    basis: DateBasis = Field(description="Named by the source, or inferred by the curator.")


class Participation(Made):
    """One actor in one role."""

    actor: Ref = Field(description="Who takes part.")
    type: ActorType = Field(description="Person, organisation or group.")
    role: ParticipationRole
    side: ParticipationSide | None


class EventLink(Made):
    """How this event stands to another one."""

    relation: EventRelation
    event: Ref = Field(description="The other event.")
    inverse: bool = Field(description="True if the other event records it: read it from there to here.")


class GapValue(Made):
    """An aspect that stays open; not stated is not zero."""

    aspect: str = Field(description="The question that stays open.")
    reason: str = Field(description="Why it stays open.")


class FigureValue(Made):
    """What one claim says of one measure."""

    claim: Ref = Field(description="The claim that gives it.")
    voice: Ref | None = Field(description="Who says it: the speaker, or the source that says it in its own voice.")
    speaker: Ref | None = Field(description="Null where the source itself says it.")
    source: Ref | None = Field(description="Where it is written.")
    low: Number | None = Field(description="Null where the count is vague below.")
    value: Number | None = Field(description="The exact figure, where one is given.")
    high: Number | None = Field(description="Null where the count is vague above.")
    approximate: bool = Field(description="About, nearly, some.")
    said: DateValue | None = Field(description="When it was said; of a source's own voice when that was published.")
    as_of: MomentValue | None = Field(description="The day or hour that the figure holds for, where it is told.")
    layer: Layer = Field(description="From the main sources of the dossier, or known otherwise.")
    pinned: bool = Field(description="Whether a passage of a text at hand is given for it.")
    origin: str = Field(description="The report that it repeats, else the claim's own id.")
    superseded: bool = Field(description="Another claim updates, corrects or retracts this one.")


class Figures(Made):
    """Every figure that speakers give for one measure, side by side."""

    measure: Measure
    unit: str | None = Field(description="What it is measured in: a code of UCUM, or of ISO 4217 for money.")
    values: list[FigureValue] = Field(description="What each claim gives, in the order said.")
    low: Number | None = Field(description="The smallest bound that anybody gives.")
    high: Number | None = Field(description="The largest bound that anybody gives.")
    differing: bool = Field(description="The values that stand have no point in common.")
    disputed: bool = Field(description="Two of the values that stand cannot both be so.")


class ClaimSummary(Made):
    """The claims about the event, in short."""

    total: int = Field(description="How many there are.")
    contested: int = Field(description="How many another speaker contradicts, disputes or denies.")
    speakers: list[Ref] = Field(description="Everybody who says something about it, in order of id.")


class EventCounts(Made):
    """How much hangs on an event."""

    claims: int = Field(description="Claims about it.")
    participants: int = Field(description="Participations of actors.")
    parts: int = Field(description="Events that are directly part of it.")
    sources: int = Field(description="Documents that carry claims about it.")


@dataclass(frozen=True)
class EventFacts:
    """What is derived of an event from the other records."""

    links: list[EventLink]
    figures: list[Figures]
    claims: ClaimSummary
    sources: list[Ref]
    gaps: list[GapValue]
    counts: EventCounts
    matrix: Matrix  # a document of its own below the event


class EventDocument(Document, Typed):
    """Something that happened. It summarises what speakers say and never replaces it."""

    kind: Literal["event"] = Field(default="event", description="What kind of record it is.")
    type: EventType
    title: str = Field(description="What it is called.")
    summary: str | None = Field(description="In our own words.")
    modes: list[EventMode] = Field(description="How it was done.")
    contexts: list[EventContext] = Field(description="What it was about.")
    date: DateValue | None = Field(description="When it happened.")
    place: EventPlace | None = Field(description="Where it happened.")
    participants: list[Participation] = Field(description="Who took part, in which role.")
    part_of: Ref | None = Field(description="The event that it is directly part of.")
    links: list[EventLink] = Field(description="How it stands to other events.")
    aspects: list[AspectValue] = Field(description="The questions about it that claims answer.")
    figures: list[Figures] = Field(description="How many, by measure: what every speaker says, side by side.")
    claims: ClaimSummary
    sources: list[Ref] = Field(description="The documents that carry claims about it.")
    gaps: list[GapValue] = Field(description="What stays open.")
    counts: EventCounts


def describe(entry: EventEntry, facts: EventFacts, corpus: Corpus) -> EventDocument:
    """The document of one event."""
    return EventDocument(
        **common_members(entry, corpus),
        type=entry.type,
        title=entry.title,
        summary=entry.summary,
        modes=entry.modes,
        contexts=entry.contexts,
        date=date_value(entry.date),
        place=_place(entry, corpus),
        participants=[_participation(part.actor, part.role, part.side, corpus) for part in entry.participants],
        part_of=corpus.maybe(entry.part_of),
        aspects=[AspectValue(**aspect.members("id", "question", "measure")) for aspect in entry.aspects],
        links=facts.links,
        figures=facts.figures,
        claims=facts.claims,
        sources=facts.sources,
        gaps=facts.gaps,
        counts=facts.counts,
    )


def _place(event: EventEntry, corpus: Corpus) -> EventPlace | None:
    if event.place is None:
        return None
    place = corpus.entry(PlaceEntry, event.place)
    return EventPlace(
        id=place.id,
        label=corpus.ref(place.id).label,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        uncertainty_km=place.uncertainty_km,
        precision=place.precision,
        basis=event.place_basis,
    )


def _participation(actor: str, role: str, side: str | None, corpus: Corpus) -> Participation:
    return Participation(actor=corpus.ref(actor), type=corpus.entry(ActorEntry, actor).type, role=role, side=side)
