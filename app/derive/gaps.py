"""What stays open about an event: not stated is not zero."""

from app.derive.links import Links
from app.entries.events import EventEntry
from app.resources.events.document import GapValue

UNANSWERED = "No claim answers it."


def gaps(event: EventEntry, links: Links) -> list[GapValue]:
    """The aspects that no claim about the event answers, and those that the curator lists, in the order of the aspects.

    The curator's reason goes first, also where a claim answers in part. A claim answers an aspect by naming it.
    """
    if not event.aspects:  # as of most events
        return []
    answered = {claim.aspect for claim in links.claims_of_event[event.id]}
    reasons = {gap.aspect: gap.reason for gap in event.gaps}
    asked = dict.fromkeys(aspect.id for aspect in event.aspects)
    return [
        GapValue(aspect=aspect, reason=reasons.get(aspect, UNANSWERED))
        for aspect in asked
        if aspect in reasons or aspect not in answered
    ]
