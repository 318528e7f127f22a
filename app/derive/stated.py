"""The figures that claims state for an event, each with what decides how it stands to the others of its measure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.derive.contested import origin, superseded, voice
from app.derive.links import Links, sources_of
from app.entries.base import Moment, When
from app.entries.claims import ClaimEntry, Figure
from app.entries.sources import SourceEntry
from app.resources.claims.document import figure_bounds
from app.values.days import MISSING_LAST
from app.values.figures import Interval


@dataclass(frozen=True, eq=False)
class Stated:
    """One figure of one claim. It stands unless another claim updates, corrects or retracts its own."""

    claim: ClaimEntry
    figure: Figure
    said: When | None
    stands: bool

    @cached_property
    def interval(self) -> Interval:
        """What the figure allows."""
        return Interval(*figure_bounds(self.figure))

    @property
    def as_of(self) -> Moment | None:
        """What the figure holds for, where that is told."""
        return self.figure.as_of

    @property
    def counts(self) -> bool:
        """Whether it can differ from another one: it stands, and is no vague count."""
        return self.stands and not self.interval.vague

    @property
    def voice(self) -> str:
        """Whoever says it."""
        return voice(self.claim)

    @property
    def origin(self) -> str:
        """The report that it repeats, else its own claim."""
        return origin(self.claim)


Measured = tuple[str, str | None]  # a measure, and its unit; only that of money is not always the same


def stated(claims: Iterable[ClaimEntry], links: Links) -> dict[Measured, list[Stated]]:
    """The figures by measure and unit, in the order said. A denial or a mere possibility states no figure."""
    giving = [claim for claim in claims if claim.figures and claim.states]
    measures: dict[Measured, list[Stated]] = {}
    for claim in sorted(giving, key=when_said):
        said, stands = said_of(claim, links), not superseded(claim, links)
        for figure in claim.figures:
            measures.setdefault((figure.measure, figure.unit), []).append(Stated(claim, figure, said, stands))
    return measures


def said_of(claim: ClaimEntry, links: Links) -> When | None:
    """When it was said; what a source says in its own voice, when that was published."""
    if claim.said or not claim.narrated:
        return claim.said
    sources = sources_of(claim)
    return links.corpus.entry(SourceEntry, sources[0]).published if sources else None


def when_said(claim: ClaimEntry) -> tuple[int, int, str]:
    """What claims are ordered by: earliest day, latest day, id; undated ones are last."""
    if claim.said is None:
        return MISSING_LAST, MISSING_LAST, claim.id
    bounds = claim.said.bounds
    return bounds.earliest, bounds.latest, claim.id
