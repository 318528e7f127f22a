"""The curated input in canonical form. Its hash is the id of the release, the same on any machine and in any store."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge

import orjson

from app.entries import ENTRIES
from app.entries.corpus import Corpus, Curated, Tombstone
from app.entries.visitor import AT_HAND, marked, texts_at
from app.releases.catalogue import StoreError
from app.values.batches import batched
from app.values.digits import as_zeros
from app.vocabularies import Term

ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Line:
    """One record of the curated input: its kind, its id, its JSON text with sorted keys, in NFC, and its dossier."""

    kind: str
    id: str
    text: str
    dossier: str = ""  # none of a vocabulary


def canonical(corpus: Corpus) -> Iterator[Line]:
    """Yield every entry, tombstone and own term, and every vocabulary in use, ordered by kind and id.

    The id of the release is the sha256 of the texts, each followed by a line feed. It depends on no clock, path,
    version of onrecord, library or store.
    """
    vocabularies = sorted(_vocabularies(corpus), key=_place)
    curated = sorted(corpus.curated, key=lambda record: (record.kind, record.entry.id))
    return merge(map(_entry, curated), map(_tombstone, corpus.tombstones), _own_terms(corpus), vocabularies, key=_place)


def proved(lines: Iterable[str], id: str, otherwise: str) -> Iterator[str]:
    """Yield the lines of the release with that id; raise StoreError in the end if they are not its input."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line}\n".encode())
        yield line
    if digest.hexdigest() != id:
        raise StoreError(otherwise)


def _place(line: Line) -> tuple[str, str]:
    return line.kind, line.id


def _entry(curated: Curated) -> Line:
    # Members that have their default are left out, so that a member added later changes no id.
    kind, entry = curated.kind, curated.entry
    members = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
    return Line(kind, entry.id, _text({"kind": kind, "dossier": curated.dossier, "entry": members}), curated.dossier)


def _tombstone(tombstone: Tombstone) -> Line:
    members = {"id": tombstone.id, "kind": tombstone.kind, "reason": tombstone.reason}
    entry = {**members, "last_release": tombstone.last_release}
    text = _text({"kind": "removed", "dossier": tombstone.dossier, "entry": entry})
    return Line("removed", tombstone.id, text, tombstone.dossier)


def _own_terms(corpus: Corpus) -> Iterator[Line]:
    """Yield each term that a dossier adds to a vocabulary, whether it is used or not."""
    for vocabulary, term in corpus.vocabularies.own():
        members = term.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"dossier"})
        entry = {**members, "vocabulary": vocabulary}
        text = _text({"kind": "term", "dossier": term.dossier, "entry": entry})
        yield Line("term", term.id, text, term.dossier or "")


def _vocabularies(corpus: Corpus) -> Iterable[Line]:
    """Yield the terms of onrecord in use with their definitions; a term that no entry uses changes no id."""
    used: dict[str, set[str]] = {}
    for kind, model in ENTRIES.items():
        for some in batched(corpus.kind(kind), AT_HAND):
            for path, term in marked(model, Term):
                used.setdefault(term.vocabulary, set()).update(texts_at(some, path))
    for name, ids in used.items():
        if not ids:
            continue
        known = corpus.vocabularies.by_name[name].terms
        terms = [term for term in (known[id] for id in sorted(ids)) if not term.dossier]
        members = [{"id": term.id, "label": term.label, "definition": term.definition} for term in terms]
        if members:
            yield Line("vocabulary", name, _text({"kind": "vocabulary", "entry": {"id": name, "terms": members}}))


def written(value: Mapping[str, object]) -> str:
    """The text that `ENCODER` makes of a value; in nearly all cases orjson makes it too, in a quarter of the time."""
    try:
        quick = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # an integer of more than 64 bits
        return ENCODER.encode(value)
    alike = as_zeros(quick)
    # Exponents, small fractions and what is no number are written otherwise; a text may look like one.
    if b"0e0" in alike or b"0e-0" in alike or b"0.0000" in quick or b"null" in quick:
        return ENCODER.encode(value)
    return quick.decode()


def _text(value: Mapping[str, object]) -> str:
    text = written(value)
    return text if text.isascii() else unicodedata.normalize("NFC", text)
