"""Events: somebody says something about each, and none is part of itself."""

from collections.abc import Iterator

from app.dossier.checks.circles import circles
from app.dossier.draft import Draft
from app.dossier.findings import Finding


def claimed(draft: Draft) -> Iterator[Finding]:
    """A claim about a part of an event, at any depth, is about the event; what cannot be read counts as a claim."""
    spoken_of = {word for lost in draft.lost for word in lost.words}
    spoken_of.update(id for written in draft.written if written.kind == "claim" for id in written.texts("events"))
    parents = _parents(draft)
    for event in tuple(spoken_of):
        while (event := parents.get(event, "")) and event not in spoken_of:
            spoken_of.add(event)
    for written in draft.of("event"):
        if written.id not in spoken_of:
            yield written.finding("event-without-claim", ("id",), "no claim is about it, or about a part of it")


def parts(draft: Draft) -> Iterator[Finding]:
    """No event is part of itself, directly or by way of others."""
    for circle in circles(_parents(draft)):
        way = " is part of ".join(f"'{id}'" for id in (*circle, circle[0]))
        yield draft.by_id[circle[0]].finding("part-of-cycle", ("part_of",), way)


def _parents(draft: Draft) -> dict[str, str]:
    events = ((id, written) for id, written in draft.by_id.items() if written.kind == "event")
    return {id: whole for id, event in events if (whole := event.text("part_of"))}
