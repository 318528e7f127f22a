"""The curated input that a release carries, read back as the entries that it was made of."""

import json
from collections.abc import Iterable, Iterator
from functools import cache

from app.dossier.findings import Finding, found
from app.dossier.layout import TERM
from app.dossier.written import MODELS, Origin, Written
from app.values.members import Members
from app.vocabularies import CORE, TermEntry, Vocabularies

VOCABULARY = "vocabulary"  # the kind of a line that holds terms of onrecord, and no entry
_OF_TERMS = tuple(f'"kind":"{kind}"' for kind in (TERM, VOCABULARY))


def kept_entries(lines: Iterable[str], name: str) -> Iterator[Written | Finding]:
    """Yield an entry, or a tombstone, for each canonical line; `name` stands for the file in findings."""
    origin = cache(lambda kind, dossier: Origin(kind, f"{name}/{dossier}", name))
    for number, line in enumerate(lines, 1):
        record = json.loads(line)
        kind = record["kind"]
        if kind in (TERM, VOCABULARY):
            continue
        if kind in MODELS:
            yield Written(origin(kind, record["dossier"]), number, record["entry"])
        else:
            cure = "keep the release with the onrecord that built it"
            yield found("unexpected-file", name, number, f"nobody reads an entry of the kind '{kind}'", cure)


def kept_vocabularies(lines: Iterable[str]) -> Vocabularies:
    """Return the vocabularies with the terms in canonical lines: own ones of dossiers, and those of their time."""
    added: dict[str, list[TermEntry]] = {}
    for record in (json.loads(line) for line in lines if any(kind in line for kind in _OF_TERMS)):
        if record["kind"] == TERM:
            name = record["entry"].pop("vocabulary")
            added.setdefault(name, []).append(_term({**record["entry"], "dossier": record["dossier"]}))
        elif record["kind"] == VOCABULARY:
            name = record["entry"]["id"]
            added.setdefault(name, []).extend(_of_their_time(name, record["entry"]["terms"]))
    return CORE.with_terms(added)


def _of_their_time(vocabulary: str, terms: Iterable[Members]) -> Iterator[TermEntry]:
    """Yield those of the terms that are not as they were; one that is still there keeps its other members."""
    known = CORE.by_name[vocabulary].terms if vocabulary in CORE.by_name else {}
    for term in terms:
        now = known.get(term["id"])
        if now is None or (now.label, now.definition) != (term["label"], term["definition"]):
            yield _term({**(now.model_dump(by_alias=True) if now else {}), **term})


def _term(members: Members) -> TermEntry:
    return TermEntry.model_validate(members)
