"""When things were said: never after the report of them, and known where figures are set side by side."""

from collections import Counter
from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written
from app.entries.claims import ClaimEntry
from app.entries.sources import SourceEntry


def after_published(draft: Draft) -> Iterator[Finding]:
    """What a source tells was said by the day on which it was published."""
    for written in draft.of("claim"):
        said = written.entry.said
        for source in _sources(written.entry, draft) if said else ():
            published = source.published
            if published and said.bounds.earliest > published.bounds.latest:
                message = f"it was said {said.edtf}, and '{source.id}' published {published.edtf}"
                yield written.finding("said-after-published", ("said",), message)
                break


def undated_figures(draft: Draft) -> Iterator[Finding]:
    """Each of several figures of one measure about one event says when: as of when, or when it was said."""
    stating = [written for written in draft.of("claim") if written.entry.states]
    given = Counter(key for written in stating for key in _measures(written))
    for written in stating:
        if _dated(written.entry, draft):
            continue
        several = {measure for event, measure in _measures(written) if given[event, measure] > 1}
        for i, figure in enumerate(written.entry.figures):
            if figure.as_of is None and figure.measure in several:
                message = f"others give a figure for '{figure.measure}' too, and nothing tells the time of this one"
                yield written.finding("figure-undated", ("figures", i), message)


def _measures(written: Written) -> set[tuple[str, str]]:
    """Each event that the claim is about with each measure of its figures."""
    claim = written.entry
    return {(event, figure.measure) for event in claim.events for figure in claim.figures}


def _dated(claim: ClaimEntry, draft: Draft) -> bool:
    """Whether it is known when it was said: of the source's own voice, when that was published."""
    published = claim.narrated and any(source.published for source in _sources(claim, draft))
    return claim.said is not None or published


def _sources(claim: ClaimEntry, draft: Draft) -> list[SourceEntry]:
    found = (draft.entry(evidence.source) for evidence in claim.evidence)
    return [source for source in found if isinstance(source, SourceEntry)]
