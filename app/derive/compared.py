"""How the figures of claims stand to those of others about the same event, over the whole corpus."""

from dataclasses import dataclass, field

from app.derive.agreeing import agreeing
from app.derive.differing import differing
from app.derive.disputed import disputed
from app.derive.links import Links
from app.derive.stated import stated


@dataclass(frozen=True)
class Compared:
    """The ids of the claims with a figure that differs from another one, is disputed with one, or agrees with one."""

    differing: set[str] = field(default_factory=set)
    disputed: set[str] = field(default_factory=set)
    agreeing: set[str] = field(default_factory=set)


def compared(links: Links) -> Compared:
    """Return what is compared of every claim about an event; made once for a corpus (`links.once`)."""
    found = Compared()
    for claims in links.claims_of_event.values():
        if sum(len(claim.figures) for claim in claims) < 2:  # as of most events
            continue
        for values in stated(claims, links).values():
            found.differing.update(value.claim.id for value in differing(values))
            found.disputed.update(value.claim.id for value in disputed(values, links))
            found.agreeing.update(value.claim.id for value in agreeing(values))
    return found
