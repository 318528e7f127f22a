"""Which passages of a source some claim answers for, and which none does."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeVar

from app.derive.coverage import coverage
from app.derive.links import Links
from app.entries.sources import SourceEntry
from app.resources.sources import CoveredPassage, Passages
from app.values.spans import Span, bridged, union, without

T = TypeVar("T")

Labelled = tuple[int, int, T]  # start and end of a span, and what it is
Reading = tuple[int, str, tuple[str, ...], str | None]  # paragraph, status, ids of claims, reason


def passages(source: SourceEntry, links: Links) -> Passages:
    """The text inside paragraphs, cut wherever what covers it changes; nothing where the text is not at hand.

    What is anchored and declared furniture is claimed, as in the coverage: both add up to the same numbers.
    """
    measured = coverage(source, links)
    return Passages(
        source=links.corpus.ref(source.id),
        length=measured.length if measured else None,
        share=measured.share if measured else None,
        passages=list(_joined(source, links)) if measured else [],
    )


def _joined(source: SourceEntry, links: Links) -> Iterator[CoveredPassage]:
    """Neighbours that read the same are one."""
    for (paragraph, status, claims, reason), stretches in groupby(_cut(source, links), key=itemgetter(1)):
        spans = [span for span, _ in stretches]
        yield CoveredPassage(
            start=spans[0][0],
            end=spans[-1][1],
            paragraph=paragraph,
            status=status,
            claims=links.corpus.refs(claims),
            reason=reason,
        )


def _cut(source: SourceEntry, links: Links) -> Iterator[tuple[Span, Reading]]:
    """Each stretch of a paragraph between two neighbouring edges of whatever lies on the text."""
    paragraphs = [(paragraph.start, paragraph.end, number) for number, paragraph in enumerate(source.paragraphs, 1)]
    furniture = [(stretch.start, stretch.end, number) for number, stretch in enumerate(source.furniture)]
    anchors = _anchors(source, links)
    edges = sorted({edge for start, end, _ in [*paragraphs, *furniture, *anchors] for edge in (start, end)})
    covering = (_covering(paragraphs, edges), _covering(furniture, edges), _covering(anchors, edges))
    for span, inside, boxes, claims in zip(pairwise(edges), *covering, strict=True):
        if inside:
            status = "claimed" if claims else "furniture" if boxes else "unclaimed"
            reason = source.furniture[min(boxes)].reason if status == "furniture" else None
            yield span, (min(inside), status, tuple(sorted(claims)), reason)


def _anchors(source: SourceEntry, links: Links) -> list[Labelled[str]]:
    """The passages of the text that claims are anchored in; the blank between two of them goes to the first."""
    spans = [
        (evidence.start, evidence.end, claim.id)
        for claim in links.claims_of_source[source.id]
        for evidence in claim.evidence
        if evidence.source == source.id and evidence.start is not None and evidence.end is not None
    ]
    text = [(start, end) for start, end, _ in spans]
    blanks = {start for start, _ in without(bridged(text), union(text))}
    return [(start, end + (end in blanks), claim) for start, end, claim in spans]


def _covering(spans: Iterable[Labelled[T]], edges: Sequence[int]) -> Iterator[set[T]]:
    """What covers each stretch between neighbouring edges, among which are the edges of the spans."""
    beginning: dict[int, list[tuple[int, T]]] = {}
    for start, end, label in spans:
        beginning.setdefault(start, []).append((end, label))
    lying: list[tuple[int, T]] = []
    for edge in edges[:-1]:
        lying = [span for span in [*lying, *beginning.get(edge, ())] if span[0] > edge]
        yield {label for _, label in lying}
