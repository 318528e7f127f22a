"""How many records hang on a record: what the lists at its inverse paths count."""

from collections.abc import Sized

from app.derive.links import Links, participants_of
from app.entries import ENTRIES
from app.entries.actors import ActorEntry
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.sources import SourceEntry
from app.resources.actors import ActorCounts
from app.resources.events.document import EventCounts
from app.resources.places import PlaceCounts
from app.resources.sources import SourceCounts


def event_counts(event: EventEntry, sources: Sized, links: Links) -> EventCounts:
    """An actor in two roles is one participant."""
    return EventCounts(
        claims=len(links.claims_of_event[event.id]),
        participants=len(participants_of(event)),
        parts=len(links.parts_of_event[event.id]),
        sources=len(sources),
    )


def actor_counts(actor: ActorEntry, links: Links) -> ActorCounts:
    """`claims` are those it makes itself, not those made on its behalf."""
    return ActorCounts(
        events=len(links.events_of_actor[actor.id]),
        claims=len(links.claims_of_speaker[actor.id]),
        about=len(links.claims_about_actor[actor.id]),
        relations=len(links.relations_of_actor[actor.id]),
    )


def source_counts(source: SourceEntry, links: Links) -> SourceCounts:
    """`events` are those that the claims written in it are about."""
    claims = links.claims_of_source[source.id]
    return SourceCounts(claims=len(claims), events=len({event for claim in claims for event in claim.events}))


def place_counts(place: PlaceEntry, links: Links) -> PlaceCounts:
    """Both with what is inside it at any depth."""
    return PlaceCounts(events=len(links.events_of_place[place.id]), places=len(links.places_inside[place.id]))


def dossier_counts(dossier: DossierEntry, links: Links) -> dict[str, int]:
    """The records that it defines, not those that it refers to."""
    records = links.records_of_dossier
    return {
        entry.collection: records[dossier.id, entry.kind] for entry in ENTRIES.values() if entry is not DossierEntry
    }
