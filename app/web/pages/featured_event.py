"""The event that a release tells most about, made ready to be drawn: figures, who says what, what came when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from app.query.reader import Reader
from app.resources import by_name
from app.values.days import MISSING_LAST
from app.values.edtf import Edtf
from app.vocabularies import load
from app.web.pages.sample_queries import commonest, question

MOMENTS = 24  # events on the timeline

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Moment:
    """An event on the timeline; `relation` says how it stands to the one that is told, if it does."""

    event: Document
    relation: str
    told: bool


@dataclass(frozen=True)
class Day:
    """What was said on one date, by whom, and how much, as a share of the fullest date in percent."""

    edtf: str | None
    voices: Sequence[tuple[str, int]]
    total: int
    share: float


@dataclass(frozen=True)
class Said:
    """One value of a measure, and where it lies on a scale from 0 to 100; no place for a vague count."""

    value: Document
    start: float | None
    width: float
    open: bool


@dataclass(frozen=True)
class ToldEvent:
    """Everything that is drawn of the event."""

    event: Document
    matrix: Document
    rows: Sequence[tuple[Document, Sequence[Document | None]]]  # of the matrix, each with what it has in every column
    disputed: Sequence[tuple[Document, Sequence[Said]]]  # measures whose figures cannot both be so
    differing: Sequence[tuple[Document, Sequence[Said]]]  # the others whose figures differ
    layers: Mapping[str, int]  # how many claims are of each
    days: Sequence[Day]
    timeline: Sequence[Moment]


def told_event(reader: Reader) -> ToldEvent | None:
    """The event that most claims are about; None if no claim is about any."""
    told = [each.value for each in commonest(reader, "claims", "event")[:MOMENTS]]
    text = reader.document(by_name("events"), told[0]) if told else None
    matrix = reader.part(told[0], "matrix") if told else None
    if text is None or matrix is None:
        return None
    event, said = orjson.loads(text), orjson.loads(matrix)
    return ToldEvent(
        event,
        said,
        list(rows(said)),
        disputed=[_measure(each) for each in event["figures"] if each["disputed"]],
        differing=[_measure(each) for each in event["figures"] if each["differing"] and not each["disputed"]],
        layers=Counter(claim["layer"] for _, claim in _claims(said)),
        days=list(days(said)),
        timeline=timeline(reader, event, told),
    )


def _measure(figures: Document) -> tuple[Document, list[Said]]:
    return figures, scale(figures["values"])


def rows(matrix: Document) -> Iterator[tuple[Document, list[Document | None]]]:
    """The rows of a matrix, each with its cell or None for every column."""
    for row in matrix["rows"]:
        cells = {each["voice"]: each for each in row["cells"]}
        yield row, [cells.get(each["voice"]) for each in matrix["speakers"]]


def scale(values: Sequence[Document]) -> list[Said]:
    """The values on one scale from zero; a bound that nobody gives runs to the end of it."""
    bounds = [(_bound(each, "low"), _bound(each, "high")) for each in values]
    end = 1.1 * max((abs(bound) for pair in bounds for bound in pair if bound is not None), default=0) or 1
    return [Said(each, *_place(*pair, end)) for each, pair in zip(values, bounds, strict=True)]


def _bound(value: Document, name: str) -> float | None:
    bound: float | None = value["value"] if value[name] is None else value[name]
    return bound


def _place(low: float | None, high: float | None, end: float) -> tuple[float | None, float, bool]:
    if low is None and high is None:
        return None, 0, False
    start = 100 * max(low or 0, 0) / end
    return start, 100 * (end if high is None else high) / end - start, low is None or high is None


def days(matrix: Document) -> Iterator[Day]:
    """The dates on which something was said about the event, in order; what bears no date comes last."""
    labels = {each["voice"]: each["label"] for each in matrix["speakers"]}
    said: dict[str | None, Counter[str]] = {}
    for voice, claim in _claims(matrix):
        said.setdefault(claim["said"] and claim["said"]["edtf"], Counter())[labels[voice]] += 1
    most = max((each.total() for each in said.values()), default=1)
    for edtf in sorted(said, key=_bounds):
        total = said[edtf].total()
        yield Day(edtf, said[edtf].most_common(), total, 100 * total / most)


def _bounds(edtf: str | None) -> tuple[int, int]:
    date = Edtf.parse(edtf) if edtf else None
    return (date.earliest, date.latest) if date else (MISSING_LAST, MISSING_LAST)


def _claims(matrix: Document) -> Iterator[tuple[str, Document]]:
    for row in matrix["rows"]:
        for cell in row["cells"]:
            for claim in cell["claims"]:
                yield cell["voice"], claim


def timeline(reader: Reader, event: Document, told: Iterable[str]) -> list[Moment]:
    """The event, its parts and whole, those it stands in a relation to, then those most is told of: by date."""
    relations = {each["event"]["id"]: _relation(each) for each in event["links"]}
    relations |= {event["part_of"]["id"]: "the whole"} if event["part_of"] else {}
    relations |= dict.fromkeys(reader.page(question(reader, "events", part_of=event["id"])).ids, "part of it")
    wanted = list(dict.fromkeys([event["id"], *relations, *told]))[:MOMENTS]
    page = reader.page(question(reader, "events", id=wanted, sort="date"))
    found = map(orjson.loads, page.documents)
    return [Moment(each, relations.get(each["id"], ""), each["id"] == event["id"]) for each in found]


def _relation(link: Document) -> str:
    term = load("event-relations").terms[link["relation"]]
    return f"{term.label} it" if link["inverse"] else f"{term.inverse or term.label} it"
