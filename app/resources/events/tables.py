"""The event as stored: its own row, and a row for each thing that it has several of."""

from collections.abc import Iterator

from app.entries.corpus import Corpus
from app.entries.events import EventEntry
from app.resources import columns
from app.resources.base import Row
from app.resources.columns import Stored, TableRow
from app.resources.dates import date_columns, known_columns
from app.resources.events.document import EventDocument
from app.resources.points import own_point
from app.resources.register import text_rows
from app.values.units import currency


class EventRow(Row, table=True):
    """The event."""

    __tablename__ = "event"

    title: str = columns.text(folded=True)
    type: str = columns.text()
    date_edtf: str | None = columns.text(null=True)
    date_earliest: int = columns.day()
    date_latest: int = columns.day()
    date_qualified: bool = columns.flag()
    date_known_start: int | None = columns.number(null=True)
    date_known_end: int | None = columns.number(null=True)
    place: int | None = columns.reference("place.number", null=True)
    place_basis: str | None = columns.text(null=True)
    country: str | None = columns.text(null=True)
    lat: float | None = columns.real()
    lon: float | None = columns.real()
    uncertainty_km: float | None = columns.real()
    own_point: bool = columns.flag()
    place_precision: str | None = columns.text(null=True)
    part_of: int | None = columns.reference("event.number", null=True)
    differing: bool = columns.flag()
    disputed: bool = columns.flag()


class EventModeRow(TableRow, table=True):
    """One mode of an event."""

    __tablename__ = "event_mode"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    mode: str = columns.text(primary=True)


class EventContextRow(TableRow, table=True):
    """One context of an event."""

    __tablename__ = "event_context"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    context: str = columns.text(primary=True)


class ParticipationRow(TableRow, table=True):
    """One actor in one event in one role."""

    __tablename__ = "participation"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    number: int = columns.number(primary=True)
    actor: int = columns.reference("actor.number")
    role: str = columns.text()
    side: str | None = columns.text(null=True)


class EventPlaceRow(TableRow, table=True):
    """A place that an event is in: its own, and every place around it."""

    __tablename__ = "event_place"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    place: int = columns.reference("place.number", primary=True)


class EventLinkRow(TableRow, table=True):
    """How an event stands to another one, as curated."""

    __tablename__ = "event_link"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    relation: str = columns.text(primary=True)
    target: int = columns.reference("event.number", primary=True)


class EventAspectRow(TableRow, table=True):
    """A question about an event that claims answer."""

    __tablename__ = "event_aspect"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    aspect: str = columns.text(primary=True)
    question: str = columns.text()
    measure: str | None = columns.text(null=True)


class EventGapRow(TableRow, table=True):
    """An aspect of an event that stays open."""

    __tablename__ = "event_gap"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    aspect: str = columns.text(primary=True)
    reason: str = columns.text()


class EventFigureRow(TableRow, table=True):
    """One figure that one claim gives for an event."""

    __tablename__ = "event_figure"
    __table_args__ = columns.KEYED

    event: int = columns.owner("event.number")
    claim: int = columns.reference("claim.number", primary=True)
    number: int = columns.number(primary=True)
    measure: str = columns.text()
    currency: str | None = columns.text(null=True)
    low: float | None = columns.real()
    high: float | None = columns.real()


def store(entry: EventEntry, document: EventDocument, corpus: Corpus) -> Iterator[Stored]:
    """The rows of one event."""
    yield EventRow, _values(entry, document)
    for mode in dict.fromkeys(entry.modes):
        yield EventModeRow, {"event": entry.id, "mode": mode}
    for context in dict.fromkeys(entry.contexts):
        yield EventContextRow, {"event": entry.id, "context": context}
    for number, part in enumerate(entry.participants, 1):
        yield ParticipationRow, {"event": entry.id, "number": number, **part.members("actor", "role", "side")}
    for place in corpus.ancestors(entry.place):
        yield EventPlaceRow, {"event": entry.id, "place": place}
    yield from _questions(entry, document)
    named = corpus.names([*(part.actor for part in entry.participants), entry.place])
    yield from text_rows(entry.id, [entry.title], [entry.summary, entry.note], named)


def _values(entry: EventEntry, document: EventDocument) -> dict[str, object]:
    place = document.place
    return {
        "number": entry.id,
        **date_columns("date", entry.date),
        **known_columns("date", entry.date),
        "title": entry.title,
        "type": entry.type,
        "place": entry.place,
        "place_basis": place.basis if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "uncertainty_km": place.uncertainty_km if place else None,
        "place_precision": place.precision if place else None,
        "own_point": place is not None and own_point(place),
        "part_of": entry.part_of,
        "differing": any(figures.differing for figures in document.figures),
        "disputed": any(figures.disputed for figures in document.figures),
    }


def _questions(entry: EventEntry, document: EventDocument) -> Iterator[Stored]:
    for link in entry.links:
        yield EventLinkRow, {"event": entry.id, "relation": link.relation, "target": link.event}
    for aspect in entry.aspects:
        named = {"aspect": aspect.id, "question": aspect.question, "measure": aspect.measure}
        yield EventAspectRow, {"event": entry.id, **named}
    for gap in document.gaps:
        yield EventGapRow, {"event": entry.id, "aspect": gap.aspect, "reason": gap.reason}
    stated = [(figures, value) for figures in document.figures for value in figures.values]
    for number, (figures, value) in enumerate(stated, 1):
        whose = {"event": entry.id, "claim": value.claim.id, "number": number}
        what = {"measure": figures.measure, "currency": currency(figures.unit)}
        yield EventFigureRow, {**whose, **what, "low": value.low, "high": value.high}
