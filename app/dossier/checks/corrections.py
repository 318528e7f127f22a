"""Corrections: what replaces a claim was said after it, and no claim replaces itself by way of others."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written
from app.entries.claims import SUPERSEDING


def backward(draft: Draft) -> Iterator[Finding]:
    """A claim replaces none that was said later."""
    for written in draft.of("claim"):
        for i, target in _replaced(written):
            other = draft.entry(target)
            said, then = written.entry.said, getattr(other, "said", None)
            if said and then and said.bounds.latest < then.bounds.earliest:
                message = f"it was said {said.edtf}, and replaces '{target}', said {then.edtf}"
                yield written.finding("correction-backward", ("relations", i), message)


def circular(draft: Draft) -> Iterator[Finding]:
    """No claim replaces itself, directly or by way of others; each circle once."""
    replaced = {written.id: {target for _, target in _replaced(written)} for written in draft.of("claim")}
    graph = {id: targets for id, targets in replaced.items() if targets}
    while circle := _circle(graph):
        way = " replaces ".join(f"'{id}'" for id in circle)
        yield draft.by_id[circle[0]].finding("correction-circle", ("relations",), way)
        graph[circle[0]].discard(circle[1])


def _replaced(written: Written) -> Iterator[tuple[int, str]]:
    """The claims that it updates, corrects or retracts, with the number of the relation."""
    for i, relation in enumerate(written.entry.relations):
        if relation.relation in SUPERSEDING:
            yield i, relation.claim


def _circle(graph: dict[str, set[str]]) -> list[str]:
    """One circle, from a claim to itself; empty if there is none."""
    try:
        TopologicalSorter({id: sorted(targets) for id, targets in sorted(graph.items())}).prepare()
    except CycleError as error:
        around: list[str] = list(reversed(error.args[1]))[:-1]
        first = around.index(min(around))
        return [*around[first:], *around[: first + 1]]
    return []
