"""Claims: each has evidence, and answers a question that one of its events asks."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.entries.events import Aspect
from app.vocabularies import load


def evidence(draft: Draft) -> Iterator[Finding]:
    """Nothing is claimed that is written nowhere."""
    for written in draft.of("claim"):
        if not written.entry.evidence:
            yield written.finding("no-evidence", (), "it names no evidence")


def aspects(draft: Draft) -> Iterator[Finding]:
    """The aspect of a claim is one of its events'; faulty events count, and unknown ones leave it open."""
    for written in draft.of("claim"):
        claim = written.entry
        if claim.aspect is None or not all(id in draft.by_id for id in claim.events):
            continue
        declared = sorted({id for id, _ in _aspects(draft, claim.events)})
        if claim.aspect not in declared:
            asked = f"they have {', '.join(declared)}" if declared else "they have none"
            message = f"none of its events has the aspect '{claim.aspect}'; {asked}"
            yield written.finding("unknown-aspect", ("aspect",), message)


def measures(draft: Draft) -> Iterator[Finding]:
    """A claim with figures that answers a question about a number gives that number, and not only others.

    A figure in another unit is no answer at all.
    """
    for written in draft.of("claim"):
        claim = written.entry
        if claim.aspect is None or not claim.figures:
            continue
        counted = {figure.measure for figure in claim.figures}
        asked = {measure for id, measure in _aspects(draft, claim.events) if id == claim.aspect and measure}
        if asked and not counted & asked:
            message = f"aspect '{claim.aspect}' asks for {_listed(asked)}, the figures give {_listed(counted)}"
            kind = "unit-mismatch" if _units(asked).isdisjoint(_units(counted)) else "measure-mismatch"
            yield written.finding(kind, ("figures",), message)


def _aspects(draft: Draft, events: list[str]) -> Iterator[tuple[str, str]]:
    """Id and measure, if any, of each aspect of those events, even of faulty ones."""
    for event in (draft.by_id[id] for id in events if id in draft.by_id):
        given = event.given("aspects")
        for aspect in given if isinstance(given, list) else ():
            if isinstance(aspect, Aspect):
                yield aspect.id, aspect.measure or ""
            elif isinstance(aspect, dict):
                yield str(aspect.get("id", "")), str(aspect.get("measure") or "")


def _units(measures: set[str]) -> set[str | None]:
    terms = load("measures").terms
    return {terms[measure].unit for measure in measures if measure in terms}


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(words))
