"""Every figure that speakers give for an event, side by side, and whether they can all be true.

A claim about several events gives its figures for each of them. Left out are claims that say nothing of what is or was
so (conditional, hypothetical, future), and denials: a denial names the figure that it says is wrong.
"""

from collections.abc import Iterable, Sequence

from app.derive.differing import differing
from app.derive.disputed import disputed
from app.derive.links import Links, sources_of
from app.derive.stated import Measured, Stated, stated
from app.entries.claims import ClaimEntry
from app.entries.events import EventEntry
from app.resources.dates import date_value, moment_value
from app.resources.events.document import Figures, FigureValue
from app.values.figures import hull
from app.vocabularies import load


def figures(event: EventEntry, links: Links) -> list[Figures]:
    """One for each measure that some claim about the event gives."""
    return side_by_side(links.claims_of_event[event.id], links)


def side_by_side(claims: Iterable[ClaimEntry], links: Links) -> list[Figures]:
    """One for each measure that some claim gives, in the order of the vocabulary; of money one for each currency.

    Values are ordered by when they were said.
    """
    found = stated(claims, links)
    places = load("measures").places
    measured = sorted(found, key=lambda measured: (places[measured[0]], measured[1] or ""))
    return [_of_measure(key, found[key], links) for key in measured]


def _of_measure(measured: Measured, values: Sequence[Stated], links: Links) -> Figures:
    low, high = hull(value.interval for value in values if value.stands)
    return Figures(
        measure=measured[0],
        unit=measured[1],
        values=[_value(value, links) for value in values],
        low=low,
        high=high,
        differing=bool(differing(values)),
        disputed=bool(disputed(values, links)),
    )


def _value(stated: Stated, links: Links) -> FigureValue:
    claim, figure, interval = stated.claim, stated.figure, stated.interval
    source = links.corpus.maybe(next(iter(sources_of(claim)), None))
    speaker = links.corpus.maybe(claim.speaker.actor if claim.speaker else None)
    return FigureValue(
        claim=links.corpus.ref(claim.id),
        voice=speaker or source,
        speaker=speaker,
        source=source,
        low=interval.low,
        value=figure.value,
        high=interval.high,
        approximate=figure.approximate,
        said=date_value(stated.said),
        as_of=moment_value(figure.as_of),
        layer=claim.layer,
        pinned=claim.pinned,
        origin=stated.origin,
        superseded=not stated.stands,
    )
