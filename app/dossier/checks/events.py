"""Events: somebody says something about each, none is part of itself, and no part is of another time than its whole."""

from collections.abc import Iterator
from typing import TypeGuard

from app.dossier.checks.circles import circles
from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.entries.base import Date
from app.entries.events import EventEntry


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


def parted(draft: Draft) -> Iterator[Finding]:
    """No event is wholly before or after the one that it is part of, as far as both dates are sure."""
    for written in draft.of("event"):
        part, whole = written.entry, draft.entry(written.entry.part_of or "")
        if not isinstance(whole, EventEntry) or not _sure(part.date) or not _sure(whole.date):
            continue
        this, other = part.date.bounds, whole.date.bounds
        if this.latest < other.earliest or other.latest < this.earliest:
            message = f"it is part of '{whole.id}', of {whole.date.edtf}, and dated {part.date.edtf}"
            yield written.finding("part-at-other-time", ("date",), message)


def _sure(date: Date | None) -> TypeGuard[Date]:
    """Whether the days that it may lie on are told: what is uncertain or approximate may lie on others."""
    return date is not None and not date.bounds.qualified


def _parents(draft: Draft) -> dict[str, str]:
    events = ((id, written) for id, written in draft.by_id.items() if written.kind == "event")
    return {id: whole for id, event in events if (whole := event.text("part_of"))}
