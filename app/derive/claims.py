"""The claims about an event in short: how many, how many contested, who speaks, and where it is written."""

from app.derive.contested import contested
from app.derive.links import Links, sources_of
from app.entries.base import Ref
from app.entries.events import EventEntry
from app.resources.events.document import ClaimSummary


def summary(event: EventEntry, links: Links) -> ClaimSummary:
    """What the sources themselves say counts in the totals and adds no speaker."""
    claims = links.claims_of_event[event.id]
    return ClaimSummary(
        total=len(claims),
        contested=sum(contested(claim, links) for claim in claims),
        speakers=links.corpus.refs(sorted({claim.speaker.actor for claim in claims if claim.speaker})),
    )


def sources(event: EventEntry, links: Links) -> list[Ref]:
    """The sources of the evidence of the claims about the event, in order of id."""
    claims = links.claims_of_event[event.id]
    return links.corpus.refs(sorted({source for claim in claims for source in sources_of(claim)}))
