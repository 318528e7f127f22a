"""How events stand to one another, read from both ends."""

from app.derive.links import Links
from app.entries.events import EventEntry
from app.resources.events.document import EventLink


def linked(event: EventEntry, links: Links) -> list[EventLink]:
    """Those that the event records, as curated, then those that other events record to it, in order of their ids."""
    recorded = dict.fromkeys((link.relation, link.event) for link in event.links)
    found = [(relation, id, False) for relation, id in recorded]
    found += [(relation, other.id, True) for relation, other in links.links_to_event[event.id]]
    return [
        EventLink(relation=relation, event=links.corpus.ref(id), inverse=inverse) for relation, id, inverse in found
    ]
