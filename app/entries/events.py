"""Events as curated: what happened, who took part, and the questions that claims answer."""

from collections.abc import Iterator

from pydantic import Field

from app.entries.base import ActorId, Date, Entry, EventId, Labels, Part, PlaceId, Violation, unexplained
from app.values.slugs import Slug
from app.vocabularies import (
    DateBasis,
    EventContext,
    EventMode,
    EventRelation,
    EventType,
    Measure,
    ParticipationRole,
    ParticipationSide,
    load,
)


class Participant(Part):
    """One actor in one role."""

    actor: ActorId
    role: ParticipationRole
    side: ParticipationSide | None = None


class Link(Part):
    """How this event stands to another one."""

    relation: EventRelation
    event: EventId


class Aspect(Part):
    """A question about the event that claims answer."""

    id: Slug = Field(
        description="Named by the claims that answer it; the same word for the same question at every event."
    )
    question: str = Field(min_length=1, max_length=200)
    measure: Measure | None = Field(default=None, description="What is counted, if the answer is a figure.")


class Gap(Part):
    """An aspect that stays open although a reader would ask for it."""

    aspect: Slug
    reason: str = Field(min_length=1, description="Why it stays open, in our own words.")


class EventEntry(Entry):
    """Something that happened. What is only feared or threatened is the modality of a claim, not an event."""

    kind = "event"
    collection = "events"

    title: str = Field(min_length=1, max_length=200)
    summary: str | None = Field(default=None, description="Two sentences at most, in our own words, without figures.")
    type: EventType
    modes: list[EventMode] = []
    contexts: list[EventContext] = []
    date: Date | None = None
    place: PlaceId | None = None
    place_basis: DateBasis = Field(
        default="stated", description="Whether the source names the place, or the curator inferred it."
    )
    participants: list[Participant] = []
    part_of: EventId | None = None
    links: list[Link] = []
    aspects: list[Aspect] = []
    gaps: list[Gap] = []

    def label(self, labels: Labels) -> str:
        return self.title

    def violations(self) -> Iterator[Violation]:
        for i, mode in enumerate(self.modes):
            types = load("event-modes").terms[mode].applies_to
            if types and not any(type in types for type in load("event-types").broadened(self.type)):
                message = f"mode '{mode}' belongs to {', '.join(types)}, and the type is {self.type}"
                yield Violation("mode_of_other_type", message, ("modes", i))
        yield from unexplained(self.type, self.note)
        for i, part in enumerate(self.participants):
            yield from unexplained(part.role, self.note, ("participants", i, "role"))
        declared = {aspect.id for aspect in self.aspects}
        for i, gap in enumerate(self.gaps):
            if gap.aspect not in declared:
                message = f"gap '{gap.aspect}' is no aspect of this event"
                yield Violation("gap_without_aspect", message, ("gaps", i, "aspect"))
