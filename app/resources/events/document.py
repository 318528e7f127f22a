"""The event as published."""

from typing import Literal

from pydantic import BaseModel, Field

from app.entries.base import Number, Ref
from app.entries.corpus import Corpus
from app.entries.events import EventEntry
from app.resources.base import Document, common_members
from app.resources.dates import DateValue, date_value
from app.resources.events.matrix import AspectValue, Matrix
from app.vocabularies import (
    ActorType,
    Country,
    EventContext,
    EventMode,
    EventRelation,
    EventType,
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
    precision: PlacePrecision


class Participation(BaseModel):
    """One actor in one role."""

    actor: Ref
    type: ActorType = Field(description="Person, organisation or group.")
    role: ParticipationRole
    side: ParticipationSide | None


class EventLink(BaseModel):
    """How this event stands to another one."""

    relation: EventRelation
    event: Ref
    inverse: bool = Field(description="True if the other event records it: read it from there to here.")


class GapValue(BaseModel):
    """An aspect that stays open; not stated is not zero."""

    aspect: str
    reason: str = Field(description="Why it stays open.")


class FigureValue(BaseModel):
    """What one claim says of one measure."""

    claim: Ref
    speaker: Ref | None = Field(description="Null where the source itself says it.")
    source: Ref | None = Field(description="Where it is written.")
    low: Number | None = Field(description="Null where the count is vague below.")
    value: Number | None = Field(description="The exact figure, where one is given.")
    high: Number | None = Field(description="Null where the count is vague above.")
    approximate: bool
    as_of: DateValue | None = Field(description="The time that the figure holds for, if the claim says so.")
    superseded: bool = Field(description="Another claim updates, corrects or retracts this one.")


class Figures(BaseModel):
    """Every figure that speakers give for one measure, side by side."""

    measure: Measure
    values: list[FigureValue]
    low: Number | None = Field(description="The smallest bound that anybody gives.")
    high: Number | None = Field(description="The largest bound that anybody gives.")
    disputed: bool = Field(description="The claims that nobody updated or corrected have no common point.")


class ClaimSummary(BaseModel):
    """The claims about the event, in short."""

    total: int
    contested: int = Field(description="How many another speaker contradicts, disputes or denies.")
    speakers: list[Ref] = Field(description="Everybody who says something about it, in order of id.")


class EventCounts(BaseModel):
    """How much hangs on an event."""

    claims: int
    participants: int
    parts: int = Field(description="Events that are directly part of it.")
    sources: int


class EventFacts(BaseModel):
    """What is derived of an event from the other records."""

    links: list[EventLink]
    figures: list[Figures]
    claims: ClaimSummary
    sources: list[Ref]
    gaps: list[GapValue]
    counts: EventCounts
    matrix: Matrix  # a document of its own below the event


class EventDocument(Document):
    """Something that happened. It summarises what speakers say and never replaces it."""

    kind: Literal["event"] = "event"
    type: EventType
    title: str
    summary: str | None = Field(description="In our own words.")
    modes: list[EventMode]
    contexts: list[EventContext]
    date: DateValue | None
    place: EventPlace | None
    participants: list[Participation]
    part_of: Ref | None
    links: list[EventLink]
    aspects: list[AspectValue]
    figures: list[Figures]
    claims: ClaimSummary
    sources: list[Ref] = Field(description="The documents that carry claims about it.")
    gaps: list[GapValue]
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
        place=_place(entry.place, corpus),
        participants=[_participation(each.actor, each.role, each.side, corpus) for each in entry.participants],
        part_of=corpus.maybe(entry.part_of),
        aspects=[AspectValue(**each.members("id", "question", "measure")) for each in entry.aspects],
        **{name: value for name, value in facts if name != "matrix"},
    )


def _place(id: str | None, corpus: Corpus) -> EventPlace | None:
    if id is None:
        return None
    place = corpus.entry(id)
    point = {"lat": place.lat, "lon": place.lon, "precision": place.precision, "country": place.country}
    return EventPlace(id=id, label=corpus.label(id), **point)


def _participation(actor: str, role: str, side: str | None, corpus: Corpus) -> Participation:
    return Participation(actor=corpus.ref(actor), type=corpus.entry(actor).type, role=role, side=side)
