"""What pages show: rows of a list, the facts of a record in order, what stands behind it; nothing is written here."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from app.formats.base import Around, Below, Derived, Listing, Record
from app.formats.html import humanize
from app.formats.html.figures import figures
from app.formats.html.forms import fields
from app.formats.html.pictures import Pictures, pictures
from app.formats.html.terms import terms_of
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
FEW_VALUES, MOST_VALUES = 8, 80  # of one facet, and of all facets together
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
    """A record in a list: what it is in a few words, its title, and what a reader should know."""

    home: str
    id: str
    label: str
    kicker: tuple[str, ...]
    layer: str
    flags: tuple[str, ...]


def list_view(page: Listing, around: Around) -> dict[str, object]:
    """What the page of a list shows: its records, and the fields of its form, of which few are shown at first."""
    rows = [row(found.home, orjson.loads(found.text)) for found in page.page.records]
    asked = fields(around.collection, around.given)
    shown = [field for place, field in enumerate(asked) if field.is_given or place < SHOWN]
    further = [field for field in asked if field not in shown]
    return {"rows": rows, "shown": shown, "further": further, "facets": dict(_counted(_askable(page, around)))}


def _askable(page: Listing, around: Around) -> Mapping[str, Sequence[FacetValue]]:
    """The facets whose values can be asked for beside what was asked."""
    filters = around.collection.by_name
    barred = {other for name in around.given if name in filters for other in filters[name].excludes}
    barred |= {name for name in filters if set(filters[name].excludes) & around.given.keys()}
    return {name: values for name, values in (page.facets or {}).items() if name not in barred}


def _counted(facets: Mapping[str, Sequence[FacetValue]]) -> Iterator[tuple[str, Sequence[FacetValue]]]:
    """The facets that tell records apart, each with its first values; some of all of them, while there is room."""
    room = MOST_VALUES - sum(min(len(values), FEW_VALUES) for values in facets.values())
    for name, values in facets.items():
        shown = values[: FEW_VALUES + max(0, room)]
        room -= max(0, len(shown) - FEW_VALUES)
        if len(values) > 1:
            yield name, shown


def record_view(page: Record, around: Around) -> dict[str, object]:
    """What the page of a record shows."""
    document = orjson.loads(page.text)
    below = [(listed, _rows(listed)) for listed in around.lists if not _is_drawn(document, listed)]
    parts = {path: orjson.loads(text) for path, text in around.parts.items()}
    drawn = pictures(document, around, parts)
    told = [fact for fact in facts(document, page.document) if not (fact.name in TIMELINE and _has_all(drawn))]
    dossier = orjson.loads(page.dossier) if page.dossier else None
    return {
        "document": document,
        "row": row(around.collection.name, document),
        "lead": next((document[name] for name in LEADS if document.get(name)), None),
        "facts": told,
        "explained": _explained(document, told),
        "below": below,
        "parts": parts,
        "figures": figures(document["figures"]) if document["kind"] == "event" and document["figures"] else None,
        "layers": layers(parts["matrix"]) if "matrix" in parts else None,
        "pictures": drawn,
        "dossier": dossier,
    }


def _is_drawn(document: Members, listed: Below) -> bool:
    """Whether a list is left out, because a picture and its table have it."""
    return listed.total > DRAWN.get((document["kind"], listed.path), listed.total)


def _has_all(drawn: Pictures) -> bool:
    """Whether the timeline shows everything that is related."""
    return drawn.timeline is not None and not drawn.timeline.left_out


def layers(matrix: Members) -> Mapping[str, int]:
    """How many claims of a matrix are of each layer."""
    cells = (cell for entry in matrix["rows"] for cell in entry["cells"])
    return dict.fromkeys(load("layers").terms, 0) | Counter(
        claim["layer"] for cell in cells for claim in cell["claims"]
    )


def _rows(listed: Below) -> list[Row]:
    return [row(listed.collection, orjson.loads(text)) for text in listed.documents[:LISTED]]


def derived_view(page: Derived, around: Around) -> dict[str, object]:
    """What the page of a derived document shows."""
    return {"document": orjson.loads(page.text), "title": humanize.words(around.title)}


def row(home: str, document: Members) -> Row:
    """A document in a line."""
    label = document.get("title") or document.get("name") or document["label"]
    if document["kind"] == "claim":
        label = document["label"]
    flags = [name for name in ("contested", "corroborated", "agreeing", "disputed") if document.get(name)]
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
