"""Links read backwards: which records refer to a record."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry

T = TypeVar("T")


class Index(dict[str, list[T]]):
    """What refers to each id, in the order of the ids of the referring records; an empty list for any other id."""

    def __missing__(self, id: str) -> list[T]:
        return []


def index(pairs: Iterable[tuple[str, T]]) -> Index[T]:
    """The second of each pair under the first, in the order given."""
    found: Index[T] = Index()
    for id, value in pairs:
        found.setdefault(id, []).append(value)
    return found


@dataclass(frozen=True)
class Links:
    """The inverse links of a corpus; each index is built when it is first asked for, in one pass.

    A record that refers twice to another one is listed once.
    """

    corpus: Corpus
    _made: dict[object, object] = field(default_factory=dict, repr=False)

    def once(self, of: "Callable[[Links], T]") -> T:
        """What `of` makes of the whole corpus, made when it is first asked for and then kept."""
        if of not in self._made:
            self._made[of] = of(self)
        return cast(T, self._made[of])

    @property
    def claims(self) -> tuple[ClaimEntry, ...]:
        """Every claim, ordered by id."""
        return self.corpus.of(ClaimEntry)

    @property
    def events(self) -> tuple[EventEntry, ...]:
        """Every event, ordered by id."""
        return self.corpus.of(EventEntry)

    @cached_property
    def claims_of_event(self) -> Index[ClaimEntry]:
        """The claims about each event."""
        return index((event, claim) for claim in self.claims for event in dict.fromkeys(claim.events))

    @cached_property
    def claims_of_speaker(self) -> Index[ClaimEntry]:
        """The claims that each actor makes."""
        return index((claim.speaker.actor, claim) for claim in self.claims if claim.speaker)

    @cached_property
    def claims_of_source(self) -> Index[ClaimEntry]:
        """The claims written in each source."""
        return index((source, claim) for claim in self.claims for source in sources_of(claim))

    @cached_property
    def claims_about_actor(self) -> Index[ClaimEntry]:
        """The claims about each actor."""
        return index((actor, claim) for claim in self.claims for actor in dict.fromkeys(claim.actors))

    @cached_property
    def anchors_of_source(self) -> Index[tuple[int, int]]:
        """Start and end of every passage of each source that a claim is anchored in."""
        return index(
            (evidence.source, (evidence.start, evidence.end))
            for claim in self.claims
            for evidence in claim.evidence
            if evidence.start is not None and evidence.end is not None
        )

    @cached_property
    def relations_to_claim(self) -> Index[tuple[str, ClaimEntry]]:
        """How other claims stand to each claim: the relation, and the claim that records it."""
        return index(
            (claim_id, (relation, claim))
            for claim in self.claims
            for relation, claim_id in dict.fromkeys((stated.relation, stated.claim) for stated in claim.relations)
        )

    @cached_property
    def links_to_event(self) -> Index[tuple[str, EventEntry]]:
        """How other events stand to each event: the relation, and the event that records it."""
        return index(
            (event_id, (relation, event))
            for event in self.events
            for relation, event_id in dict.fromkeys((link.relation, link.event) for link in event.links)
        )

    @cached_property
    def parts_of_event(self) -> Index[EventEntry]:
        """The events that are directly part of each event."""
        return index((event.part_of, event) for event in self.events if event.part_of)

    @cached_property
    def events_of_actor(self) -> Index[EventEntry]:
        """The events that each actor takes part in, in whatever role."""
        return index((actor, event) for event in self.events for actor in participants_of(event))

    @cached_property
    def events_of_place(self) -> Index[EventEntry]:
        """The events in each place or in any place inside it."""
        return index((place, event) for event in self.events for place in self.corpus.ancestors(event.place))

    @cached_property
    def places_inside(self) -> Index[PlaceEntry]:
        """The places inside each place, at any depth, without itself."""
        places = self.corpus.of(PlaceEntry)
        return index((around, place) for place in places for around in self.corpus.ancestors(place.within))

    @cached_property
    def relations_of_actor(self) -> Index[RelationEntry]:
        """The relations that each actor is subject or object of."""
        relations = self.corpus.of(RelationEntry)
        return index(
            (actor, relation) for relation in relations for actor in dict.fromkeys((relation.subject, relation.object))
        )

    @cached_property
    def records_of_dossier(self) -> Counter[tuple[str, str]]:
        """How many records each dossier defines of each kind, by dossier and kind."""
        return Counter((curated.dossier, curated.kind) for curated in self.corpus.curated)


def sources_of(claim: ClaimEntry) -> list[str]:
    """The ids of the sources that a claim is written in, in the order of its evidence."""
    return list(dict.fromkeys(evidence.source for evidence in claim.evidence))


def participants_of(event: EventEntry) -> list[str]:
    """The ids of the actors that take part in an event, in the order given; each once, however many its roles."""
    return list(dict.fromkeys(part.actor for part in event.participants))
