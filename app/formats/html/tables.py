"""The table of a list: the columns that the collection declares, links to sort by them, and a row for each record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.formats.base import Around
from app.formats.html import humanize
from app.formats.html.room import Room, shortened
from app.formats.terms import terms_of
from app.query.base import Collection
from app.resources import by_kind
from app.values.members import Members
from app.vocabularies import load

HEADS = ("title", "name", "text", "label")  # what a record is called: the first of them heads its row and leads to it
FLAGS = ("contested", "corroborated", "agreeing", "disputed")
FEW = 2  # values of one cell
MUTE = ("layer",)  # columns whose values say little without their head, as numbers do
TITLES = {"text": "Claim", "from": "Since", "to": "Until", "label": "Record", "edition.label": "Edition"}
ORDERS = {"published": "date"}  # the words to sort by that are not the name of their column


@dataclass(frozen=True)
class Heading:
    """The head of a column: what it is called, the query that sorts by it, and how the list is sorted by it now."""

    title: str
    sort: str
    order: str


@dataclass(frozen=True)
class Cell:
    """What one column shows of a record: texts, each with where it leads, and how many more there are.

    `of` is what the column is called, for a value that says nothing without its head.
    """

    pieces: Sequence[tuple[str, str]]
    left_out: int = 0
    of: str = ""
    head: bool = False
    number: bool = False
    flags: Sequence[str] = ()


def headings(collection: Collection, around: Around) -> Iterator[Heading]:
    """The head of every column."""
    now = around.given.get("sort", collection.sorts)[0].split(",")[0]
    for member in collection.columns:
        name = member.rpartition(".")[2]
        word = ORDERS.get(name, name)
        sort = around.narrowed("sort", f"-{word}" if now == word else word) if word in collection.sorts else ""
        order = {word: "ascending", f"-{word}": "descending"}.get(now, "") if sort else ""
        yield Heading(_title(member), sort, order)


def cells(collection: Collection, home: str, document: Members, around: Around, room: Room) -> list[Cell]:
    """The row of one record."""
    head = next(name for name in HEADS if name in collection.columns)
    url = f"{around.base}/{home}/{document['id']}"
    flags = [name for name in FLAGS if document.get(name)]
    known = _terms(document["kind"])
    found = []
    for member in collection.columns:
        if member == head:
            called = document.get(member) or document["label"]
            found.append(Cell([(shortened(called, room.letters), url)], head=True, flags=flags))
        else:
            found.append(_cell(member, document, known, around, room))
    return found


def _title(member: str) -> str:
    return TITLES.get(member) or humanize.words(member.rpartition(".")[2])


@cache
def _terms(kind: str) -> Mapping[str, str]:
    return terms_of(by_kind(kind).document)


def _cell(member: str, document: Members, terms: Mapping[str, str], around: Around, room: Room) -> Cell:
    value: Any = document
    for name in member.split("."):
        value = value.get(name) if value else None
    if member in MADE and member not in terms:
        value = MADE[member](document)
    values = value if isinstance(value, list) else [value] if value is not None else []
    most = min(FEW, room.items)
    pieces = [_piece(inner, terms.get(member, ""), around) for inner in values[:most]]
    short = [(shortened(text, room.letters), url) for text, url in pieces]
    number = isinstance(value, int)
    return Cell(short, max(0, len(values) - most), _title(member) if number or member in MUTE else "", number=number)


def _piece(value: Any, vocabulary: str, around: Around) -> tuple[str, str]:
    """One value as text, and where it leads."""
    if isinstance(value, Mapping):
        if "edtf" in value:
            return humanize.date(value["edtf"]), ""
        home = around.homes.get(value["id"])
        return value["label"], f"{around.base}/{home}/{value['id']}" if home else ""
    if isinstance(value, int):
        return f"{value:,}", ""
    return (load(vocabulary).terms[value].label if vocabulary else value), ""


def _voice(claim: Members) -> object:
    """Who says it: the speaker, or the source in its own voice, as the label begins."""
    speaker = claim.get("speaker")
    return speaker["actor"] if speaker else claim["label"].removesuffix(f": {claim['text']}")


def _figures(event: Members) -> list[str]:
    """The range of the figures of each measure, without superseded ones: `Arrested 5 to 30`."""
    return [text for measure in event["figures"] if (text := _range(measure))]


def _range(measure: Members) -> str:
    counted = load("measures").terms[measure["measure"]]
    standing = [value for value in measure["values"] if not value["superseded"]]
    bounds = [value[name] for value in standing for name in ("low", "value", "high") if value[name] is not None]
    if not bounds:
        return ""
    low, high = min(bounds), max(bounds)
    told = {"low": low, "value": low if low == high else None, "high": high, "approximate": False}
    return f"{counted.label} {humanize.figure(told, measure['unit'])}"


def _kind(document: Members) -> str:
    return humanize.words(document["kind"])


def _type(document: Members) -> str | None:
    """A type that is no term of a vocabulary, as that of an actor."""
    type = document.get("type")
    return humanize.words(type) if type else None


# Columns that are no member as it stands
MADE: Mapping[str, Callable[[Members], object]] = {"voice": _voice, "figures": _figures, "kind": _kind, "type": _type}
