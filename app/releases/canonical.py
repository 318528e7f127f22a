"""The curated input in canonical form, and the id that is its hash: the same on any machine, in any store, for ever."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from typing import Any

from app.entries.corpus import Corpus, Curated, Tombstone
from app.entries.visitor import marks_of
from app.vocabularies import Term
from app.vocabularies.vocabulary import TermEntry, load

ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Line:
    """One record of the curated input: its kind, its id, and its JSON text with sorted keys, in NFC."""

    kind: str
    id: str
    text: str


def canonical(corpus: Corpus) -> Iterator[Line]:
    """Every entry, tombstone and vocabulary used, ordered by kind and id, each written when it is asked for.

    The sha256 of the texts, each with a line feed behind it, is the id of the release. No clock, path, version of ours,
    library or store enters it.
    """
    vocabularies = sorted(_vocabularies(corpus.curated), key=_place)
    curated = sorted(corpus.curated, key=lambda each: (each.kind, each.entry.id))
    return merge(map(_entry, curated), map(_tombstone, corpus.tombstones), vocabularies, key=_place)


def _place(line: Line) -> tuple[str, str]:
    return line.kind, line.id


def _entry(each: Curated) -> Line:
    # Members at their default are left out, so that a member added later changes no id.
    members = each.entry.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
    return Line(each.kind, each.entry.id, _text({"kind": each.kind, "dossier": each.dossier, "entry": members}))


def _tombstone(each: Tombstone) -> Line:
    entry = {"id": each.id, "kind": each.kind, "reason": each.reason, "last_release": each.last_release}
    return Line("removed", each.id, _text({"kind": "removed", "dossier": each.dossier, "entry": entry}))


def _vocabularies(curated: Iterable[Curated]) -> Iterable[Line]:
    """The terms that are used, as they read now: a term that nobody uses changes no id."""
    used: dict[str, set[str]] = {}
    for each in curated:
        for term, value in marks_of(each.entry, Term):
            used.setdefault(term.vocabulary, set()).add(value)
    for name, terms in used.items():
        known = load(name).terms
        entry = {"id": name, "terms": [_term(known[term]) for term in sorted(terms)]}
        yield Line("vocabulary", name, _text({"kind": "vocabulary", "entry": entry}))


def _term(term: TermEntry) -> dict[str, str]:
    return {"id": term.id, "label": term.label, "definition": term.definition}


def _text(value: Mapping[str, Any]) -> str:
    text = ENCODER.encode(value)
    return text if text.isascii() else unicodedata.normalize("NFC", text)
