"""What pages show: rows of a list, the facts of a record in order, what stands behind it; nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from app.formats.base import Around, Below, Derived, Listing, Record
from app.formats.citation import citation
from app.formats.html import highwire, humanize, structured
from app.formats.html.figures import figures
from app.formats.html.forms import fields
from app.formats.html.pictures import Pictures, pictures
from app.formats.html.room import PARAGRAPH, Room, cut, shortened
from app.formats.html.strip import strip
from app.formats.html.tables import FLAGS, cells, headings
from app.formats.html.voices import voices
from app.formats.terms import terms_of
from app.query.reader import FacetValue
from app.resources import by_kind
from app.values.members import Members
from app.vocabularies import TermEntry, load

# Members that the list of facts leaves out, and why; `test_html` holds that every other one is shown.
LEFT_OUT: Mapping[str, str] = {
    "id": "in the address of the page",
    "url": "the address of the page",
    "kind": "said above the title",
    "label": "the title",
    "layer": "said above the title",
    "dossier": "said where the page says how to cite it",
    "counts": "each count stands at the list that it counts",
    "note": "below the title",
    "title": "the title, or the label says more",
    "name": "the title",
    "text": "the claim itself, below its voice",
    "summary": "below the title",
    "description": "below the title",
    "scope": "below the title",
    "paragraphs": "offsets for programs; the passages are drawn",
    "aspects": "each is a row of who says what",
    "gaps": "each stands at its row of who says what",
    "event.claims": "who says what has them all",
    "event.figures": "each measure has its own list of figures",
    "event.sources": "every figure and claim names its own",
}
LEADS = ("text", "summary", "description", "scope")  # the first paragraph
DATES = ("date", "said", "published")  # when the record is about
FEW_VALUES = 8  # of one facet, where all facets together have not room for more
HEADING = 200  # letters of the question that a list answers
LISTED = 12  # records of a list below a record
DRAWN = {("event", "claims"): LISTED, ("actor", "relations"): 0}  # lists that a picture has, if longer than this
PLAIN = (
    "countries",
    "date-precisions",
    "date-bases",
    "actor-types",
    "measures",
)  # vocabularies whose labels say it all
TIMELINE = ("links", "part_of")  # members that a timeline shows with their dates
SHOWN = 4  # fields of a form; the others are behind a word


@dataclass(frozen=True)
class Row:
    """A record in a line: what it is in a few words, its title, and what a reader should know."""

    home: str
    id: str
    label: str
    kicker: tuple[str, ...]
    layer: str
    flags: tuple[str, ...]


def list_view(page: Listing, around: Around, room: Room) -> dict[str, object]:
    """What the page of a list shows: its records, and the fields of its form, of which few are shown at first."""
    asked = fields(around.collection, around.given)
    shown = [field for place, field in enumerate(asked) if field.is_given or place < SHOWN]
    question, _, order = str(page.query["text"]).rpartition("; ")
    records = [(found.home, orjson.loads(found.text)) for found in page.page.records]
    total = f"{page.page.total:,} {'record' if page.page.total == 1 else 'records'}"
    return {
        "heading": shortened(question, min(HEADING, PARAGRAPH * room.letters)),
        "caption": f"{total}, {order}" if records else total,
        "headings": list(headings(around.collection, around)),
        "rows": [cells(around.collection, home, document, around, room) for home, document in records],
        "shown": shown,
        "further": [field for field in asked if field not in shown],
        "facets": dict(_counted(_askable(page, around), room)),
        "feed": _feed(around),
        "meant": _meant(page, around),
    }


def _meant(page: Listing, around: Around) -> tuple[str, str] | None:
    """What was probably meant where nothing was found, and the query that asks for it; None for another parameter."""
    meant = page.query.get("did_you_mean")
    pairs = list(meant.items()) if isinstance(meant, Mapping) else []
    if len(pairs) != 1 or pairs[0][0] not in around.given:
        return None
    return pairs[0][1], around.narrowed(*pairs[0])


def _feed(around: Around) -> str:
    """The query of the list as a feed: the latest first, where it goes by date and no other order is asked for."""
    query = around.narrowed("format", "atom")
    latest_first = around.collection.dated and "sort" not in around.given
    return f"{query}&sort=-{around.collection.sorts[0]}" if latest_first else query


def _askable(page: Listing, around: Around) -> Mapping[str, Sequence[FacetValue]]:
    """The facets whose values can be asked for beside what was asked."""
    filters = around.collection.by_name
    barred = {other for name in around.given if name in filters for other in filters[name].excludes}
    barred |= {name for name in filters if set(filters[name].excludes) & around.given.keys()}
    return {name: values for name, values in (page.facets or {}).items() if name not in barred}


def _counted(
    facets: Mapping[str, Sequence[FacetValue]], room: Room
) -> Iterator[tuple[str, Sequence[tuple[str, FacetValue]]]]:
    """The facets that tell records apart, each with its first values and their labels, while there is room."""
    few = min(FEW_VALUES, room.values)
    left = room.values - sum(min(len(values), few) for values in facets.values())
    for name, values in facets.items():
        shown = values[: few + max(0, left)]
        left -= max(0, len(shown) - few)
        if len(values) > 1 and shown:
            yield name, [(shortened(value.label, room.letters), value) for value in shown]


def record_view(page: Record, around: Around, room: Room) -> dict[str, object]:
    """What the page of a record shows."""
    full = orjson.loads(page.text)
    document: Members = cut(full, room)
    parts = {path: orjson.loads(text) for path, text in around.parts.items()}
    drawn = pictures(full, around, parts)
    told = [fact for fact in facts(document, page.document) if not (fact.name in TIMELINE and _has_all(drawn))]
    lead = shortened(next((full[name] for name in LEADS if full.get(name)), ""), PARAGRAPH * room.letters)
    dossier = cut(orjson.loads(page.dossier), room) if page.dossier else None
    tags = list(highwire.tags(citation(page), page.cited))[: room.items]
    return {
        "room": room,
        "document": document,
        "row": row(around.collection.name, document),
        "lead": lead,
        "note": shortened(full["note"] or "", PARAGRAPH * room.letters),
        "facts": told,
        "explained": cut(_explained(document, told), room),
        "below": [(listed, _rows(listed, room)) for listed in around.lists if not _is_drawn(full, listed)],
        "figures": figures(full["figures"], room) if full["kind"] == "event" and full["figures"] else None,
        "said": voices(parts["matrix"], room) if "matrix" in parts else None,
        "coverage": strip(parts["coverage"], room, everything=False) if "coverage" in parts else None,
        "pictures": drawn,
        "dossier": dossier,
        "cited": [(name, shortened(content, room.letters)) for name, content in tags],
        "structured": structured.record(document, dossier, page, lead),
    }


def _is_drawn(document: Members, listed: Below) -> bool:
    """Whether a list is left out, because a picture and its table have it."""
    return listed.total > DRAWN.get((document["kind"], listed.path), listed.total)


def _has_all(drawn: Pictures) -> bool:
    """Whether the timeline shows everything that is related."""
    return drawn.timeline is not None and not drawn.timeline.left_out


def _rows(listed: Below, room: Room) -> list[Row]:
    documents = listed.documents[: min(LISTED, room.items)]
    return [row(listed.collection, cut(orjson.loads(text), room)) for text in documents]


def derived_view(page: Derived, around: Around, room: Room) -> dict[str, object]:
    """What the page of a derived document shows."""
    document = orjson.loads(page.text)
    return {
        "document": cut(document, room),
        "title": humanize.words(around.title),
        "said": voices(document, room) if "speakers" in document else None,
        "coverage": strip(document, room, everything=True) if "passages" in document else None,
    }


def row(home: str, document: Members) -> Row:
    """A document in a line."""
    label = document.get("title") or document.get("name") or document["label"]
    if document["kind"] == "claim":
        label = document["label"]
    flags = [name for name in FLAGS if document.get(name)]
    return Row(home, document["id"], label, tuple(_kicker(document)), document.get("layer", ""), tuple(flags))


def _kicker(document: Members) -> Iterator[str]:
    """What it is, when, and where: `Event`, `coerce`, `28 May 2019`, `Kosovo`."""
    yield humanize.words(document["kind"])
    if "precision" in document:
        yield load("place-precisions").terms[document["precision"]].label.lower()
    if "type" in document:
        yield _label_of_type(document["kind"], document["type"])
    when = next((document[name] for name in DATES if document.get(name)), None)
    if when:
        yield humanize.date(when["edtf"])
    for member in ("place", "publisher"):
        if document.get(member):
            yield document[member]["label"]


@cache
def _label_of_type(kind: str, type: str) -> str:
    vocabulary = terms_of(by_kind(kind).document).get("type")
    terms = load(vocabulary).terms if vocabulary else {}
    return terms[type].label.lower() if type in terms else type


@dataclass(frozen=True)
class Fact:
    """A member of a document with a value; `terms` names the vocabulary of each coded member in it, by its path."""

    name: str
    value: object
    terms: Mapping[str, str]


def facts(document: Members, model: object) -> Iterator[Fact]:
    """The members that have a value and are not shown elsewhere, in the order of the document."""
    vocabularies = terms_of(model)
    for name, value in document.items():
        left_out = name in LEFT_OUT or f"{document['kind']}.{name}" in LEFT_OUT
        if not left_out and value not in (None, [], {}, ""):
            inside = {path: known for path, known in vocabularies.items() if path.split(".")[0] == name}
            yield Fact(name, value, inside)


def _explained(document: Members, found: Sequence[Fact]) -> list[TermEntry]:
    """Every term of a vocabulary that the page uses, once; those that their labels explain are left out."""
    used = {("layers", document["layer"]): None} if document.get("layer") else {}
    used |= {pair: None for fact in found for pair in _coded(fact.value, fact.name, fact.terms)}
    return [load(vocabulary).terms[id] for vocabulary, id in used if vocabulary not in PLAIN]


def _coded(value: Any, path: str, terms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The coded members in a value: the vocabulary and the id of each term."""
    if isinstance(value, str):
        if path in terms:
            yield terms[path], value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _coded(inner, f"{path}.{name}", terms)
    elif isinstance(value, list):
        for inner in value:
            yield from _coded(inner, path, terms)
