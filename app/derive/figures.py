"""Every figure that speakers give for an event, side by side, and whether they can all be true.

A claim about several events gives its figures for each of them. Left out are claims that say nothing of what is or was
so (conditional, hypothetical, future), and denials: a denial names the figure that it says is wrong.
"""

from collections.abc import Iterable

from app.derive.contested import superseded
from app.derive.links import Links, sources_of
from app.entries.claims import ClaimEntry, Figure
from app.entries.events import EventEntry
from app.resources.claims.document import figure_bounds
from app.resources.dates import date_value
from app.resources.events.document import Figures, FigureValue
from app.values.days import MISSING_LAST
from app.values.figures import Interval, common_point, hull
from app.vocabularies.vocabulary import load


def figures(event: EventEntry, links: Links) -> list[Figures]:
    """One for each measure that some claim about the event gives."""
    return side_by_side(links.claims_of_event[event.id], links)


def side_by_side(claims: Iterable[ClaimEntry], links: Links) -> list[Figures]:
    """One for each measure that some claim gives, in the order of the vocabulary; values by when they were said."""
    giving = [claim for claim in claims if claim.figures and states(claim)]
    measures: dict[str, list[FigureValue]] = {}
    for claim in sorted(giving, key=when_said):
        stands = not superseded(claim, links)
        for figure in claim.figures:
            measures.setdefault(figure.measure, []).append(_value(figure, claim, stands, links))
    return [_of_measure(name, measures[name]) for name in load("measures").terms if name in measures]


def states(claim: ClaimEntry) -> bool:
    """Whether the speaker stands for the claim's figures."""
    return claim.modality == "asserted" and claim.type != "denial"


def when_said(claim: ClaimEntry) -> tuple[int, int, str]:
    """What claims are ordered by: earliest day, latest day, id; undated ones are last."""
    if claim.said is None:
        return MISSING_LAST, MISSING_LAST, claim.id
    bounds = claim.said.bounds
    return bounds.earliest, bounds.latest, claim.id


def _value(figure: Figure, claim: ClaimEntry, stands: bool, links: Links) -> FigureValue:
    low, high = figure_bounds(figure)
    return FigureValue(
        claim=links.corpus.ref(claim.id),
        speaker=links.corpus.maybe(claim.speaker.actor if claim.speaker else None),
        source=links.corpus.maybe(next(iter(sources_of(claim)), None)),
        low=low,
        value=figure.value,
        high=high,
        approximate=figure.approximate,
        as_of=date_value(figure.as_of),
        superseded=not stands,
    )


def _of_measure(measure: str, values: list[FigureValue]) -> Figures:
    standing = [Interval(each.low, each.high) for each in values if not each.superseded]
    low, high = hull(standing)
    return Figures(measure=measure, values=values, low=low, high=high, disputed=not common_point(standing))
