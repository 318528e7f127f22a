"""Everything that is derived of each record, put together for its document."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.derive import claims, contested
from app.derive.compared import compared
from app.derive.counts import actor_counts, dossier_counts, event_counts, place_counts, source_counts
from app.derive.coverage import coverage
from app.derive.figures import figures
from app.derive.gaps import gaps
from app.derive.linked import linked
from app.derive.links import Links
from app.derive.matrix import matrix
from app.derive.offices import offices, part_of
from app.derive.passages import passages
from app.entries.actors import ActorEntry
from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.sources import SourceEntry
from app.resources.actors import ActorFacts
from app.resources.claims.document import ClaimFacts
from app.resources.dossiers import DossierFacts
from app.resources.events.document import EventFacts
from app.resources.places import PlaceFacts
from app.resources.sources import SourceFacts


def derive(corpus: Corpus) -> Mapping[str, object]:
    """The facts of every record by its id, such as EventFacts for an event; KeyError for an id that is not live.

    Facts are worked out anew each time they are looked up, so that a million records need not be held at once.
    References of the corpus must have been checked: none dangles, and no place lies inside itself.
    """
    return _Facts(Links(corpus))


@dataclass(frozen=True, eq=False)  # equal as mappings are
class _Facts(Mapping[str, object]):
    links: Links

    def __getitem__(self, id: str) -> object:
        curated = self.links.corpus.by_id[id]
        return FACTS.get(curated.kind, no_facts)(curated.entry, self.links)

    def __iter__(self) -> Iterator[str]:
        return iter(self.links.corpus.by_id)

    def __len__(self) -> int:
        return len(self.links.corpus.by_id)


def event_facts(event: EventEntry, links: Links) -> EventFacts:
    """What is derived of an event."""
    sources = claims.sources(event, links)
    return EventFacts(
        links=linked(event, links),
        figures=figures(event, links),
        claims=claims.summary(event, links),
        sources=sources,
        gaps=gaps(event, links),
        counts=event_counts(event, sources, links),
        matrix=matrix(event, links),
    )


def claim_facts(claim: ClaimEntry, links: Links) -> ClaimFacts:
    """What is derived of a claim."""
    figures_compared = links.once(compared)
    return ClaimFacts(
        relations=contested.relations(claim, links),
        contested=contested.contested(claim, links),
        corroborated=contested.corroborated(claim, links),
        differing=claim.id in figures_compared.differing,
        disputed=claim.id in figures_compared.disputed,
        agreeing=claim.id in figures_compared.agreeing,
    )


def actor_facts(actor: ActorEntry, links: Links) -> ActorFacts:
    """What is derived of an actor."""
    return ActorFacts(offices=offices(actor, links), part_of=part_of(actor, links), counts=actor_counts(actor, links))


def source_facts(source: SourceEntry, links: Links) -> SourceFacts:
    """What is derived of a source."""
    return SourceFacts(
        coverage=coverage(source, links),
        counts=source_counts(source, links),
        passages=passages(source, links),
    )


def place_facts(place: PlaceEntry, links: Links) -> PlaceFacts:
    """What is derived of a place."""
    return PlaceFacts(counts=place_counts(place, links))


def dossier_facts(dossier: DossierEntry, links: Links) -> DossierFacts:
    """What is derived of a dossier."""
    return DossierFacts(counts=dossier_counts(dossier, links))


@dataclass(frozen=True)
class NoFacts:
    """The facts of a kind of which nothing is derived."""


def no_facts(entry: object, links: Links) -> NoFacts:
    """Nothing is derived."""
    return NoFacts()


FACTS: Mapping[str, Callable[[Any, Links], object]] = {
    "actor": actor_facts,
    "claim": claim_facts,
    "dossier": dossier_facts,
    "event": event_facts,
    "place": place_facts,
    "source": source_facts,
}
