"""Corpora of a few records, made from the members that a test is about."""

from typing import Any, TypeVar

from app.derive.links import Links
from app.entries.actors import ActorEntry
from app.entries.base import Entry
from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus, Curated
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry
from app.entries.sources import SourceEntry
from app.resources import MAIN

E = TypeVar("E", bound=Entry)

KINDS: dict[type[Entry], str] = {each.entry: each.kind for each in MAIN}
NEEDED: dict[type[Entry], dict[str, Any]] = {
    ActorEntry: {"type": "person"},
    ClaimEntry: {"text": "Something is so.", "type": "assertion"},
    DossierEntry: {
        "title": "A dossier",
        "edition": {"label": "1", "issued": "2020-01-01"},
        "licence": "CC-BY-4.0",
        "citation": "A dossier.",
        "curators": [{"name": "A curator"}],
        "corrections": "mailto:corrections@example.org",
        "scope": "Tests.",
        "read": ["Nothing."],
    },
    EventEntry: {"title": "Something happens", "type": "consult"},
    PlaceEntry: {"precision": "exact"},
    RelationEntry: {"type": "ally-of"},
    SourceEntry: {"type": "news-report", "title": "A source", "language": "en"},
}


def entry(model: type[E], id: str, **members: Any) -> E:
    """One entry; what its kind needs and the test does not say is filled in. Claims are narrated unless spoken."""
    given = NEEDED[model] | {"id": id} | members
    if model in (ActorEntry, PlaceEntry):
        given = {"name": id} | given
    if model is ClaimEntry and "speaker" not in given:
        given["narrated"] = True
    return model.model_validate(given)


def claim(id: str, speaker: str | None = None, /, **members: Any) -> ClaimEntry:
    """A claim of that speaker; without one its source says it."""
    return entry(ClaimEntry, id, **members, **({"speaker": speaker} if speaker else {}))


def actors(*ids: str) -> list[ActorEntry]:
    """People of these ids."""
    return [entry(ActorEntry, id) for id in ids]


def corpus(*entries: Entry) -> Corpus:
    """The entries, all of one dossier of the id `dossier`."""
    return Corpus(tuple(Curated(KINDS[type(each)], "dossier", each) for each in entries))


def links(*entries: Entry) -> Links:
    """The inverse links of the entries."""
    return Links(corpus(*entries))


def to(relation: str, *claims: str) -> list[dict[str, str]]:
    """The member `relations` of a claim that stands in one relation to these claims."""
    return [{"relation": relation, "claim": each} for each in claims]
