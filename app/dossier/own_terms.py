"""The terms that dossiers add to vocabularies: read before anything else, and checked against each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.dossier.checks import OF_ENTRIES
from app.dossier.checks.circles import circles
from app.dossier.findings import Finding
from app.dossier.nodes import Location
from app.dossier.read import read_terms
from app.dossier.written import Written
from app.entries.terms import OwnTerm
from app.vocabularies import CORE, TermEntry, UnknownTerm, Vocabularies

Place = tuple[str, str]  # of a term: its vocabulary and its id
NOBODY: Mapping[str, str] = {}
UNNAMED = "unnamed"  # the dossier of a term until it is read what that is called


@dataclass(frozen=True)
class OwnTerms:
    """The terms as written, what is wrong with them, and the vocabularies with those that do."""

    written: tuple[Written, ...] = ()
    findings: tuple[Finding, ...] = ()
    base: Vocabularies = CORE  # what they are added to

    def vocabularies(self, dossiers: Mapping[str, str] = NOBODY) -> Vocabularies:
        """The vocabularies with these terms; `dossiers` has the ids of the dossiers by folder, once they are read."""
        added: dict[str, list[TermEntry]] = {}
        for (vocabulary, id), written in _first(self.written).items():
            if written.entry is not None and id not in CORE.by_name[vocabulary].terms:
                dossier = dossiers.get(written.origin.folder, UNNAMED)
                added.setdefault(vocabulary, []).append(written.entry.entry(dossier))
        return self.base.with_terms(added)


def own_terms(folders: Sequence[Path]) -> OwnTerms:
    """The terms of all these dossiers."""
    items = [item for folder in folders for item in read_terms(folder)]
    written = tuple(item for item in items if isinstance(item, Written))
    findings = [item for item in items if isinstance(item, Finding)]
    findings += [found for term in written for examine in OF_ENTRIES for found in examine(term)]
    findings += [*_twice(written), *_unknown(written)]
    return OwnTerms(written, tuple(findings))


def _place(written: Written) -> Place:
    return written.text("vocabulary"), written.id


def _first(written: Iterable[Written]) -> dict[Place, Written]:
    """The terms by vocabulary and id; of two alike the first."""
    found: dict[Place, Written] = {}
    for term in written:
        found.setdefault(_place(term), term)
    return found


def _twice(written: Sequence[Written]) -> Iterator[Finding]:
    """No term repeats another one: of onrecord, or of any dossier; told with the place of both."""
    first = _first(written)
    for term in written:
        vocabulary, id = _place(term)
        if vocabulary in CORE.by_name and id in CORE.by_name[vocabulary].terms:
            message = f"{vocabulary} has this term already: onrecord itself defines it"
            yield term.finding("term-defined-twice", ("id",), message)
        elif (other := first[vocabulary, id]) is not term and id:
            at = f"{other.origin.file}:{other.at(('id',)).line}"
            yield term.finding("term-defined-twice", ("id",), f"{vocabulary} has this term already: {at} defines it")


def _unknown(written: Sequence[Written]) -> Iterator[Finding]:
    """A term names terms that are there, and none is broader than itself."""
    sound = [term for term in written if term.entry is not None]
    known = OwnTerms(tuple(sound)).vocabularies().by_name
    for term in sound:
        for location, vocabulary, id in _named(term.entry):
            if id not in known[vocabulary].terms:
                unknown = UnknownTerm(id, known[vocabulary])
                told = f"write {unknown.nearest}" if unknown.nearest else ""
                yield term.finding("unknown-term", location, f"{location[0]}: {unknown}", told)
    yield from _circles(_first(sound))


def _named(term: OwnTerm) -> Iterator[tuple[Location, str, str]]:
    """The place, vocabulary and id of every term that a term names."""
    if term.broader:
        yield ("broader",), term.vocabulary, term.broader
    for at, type in enumerate(term.for_):
        yield ("for", at), "event-types", type


def _circles(own: Mapping[Place, Written]) -> Iterator[Finding]:
    terms = {"/".join(place): term for place, term in own.items()}
    above = {
        name: f"{term.entry.vocabulary}/{term.entry.broader}" for name, term in terms.items() if term.entry.broader
    }
    for circle in circles(above):
        way = " is narrower than ".join(f"'{terms[name].id}'" for name in (*circle, circle[0]))
        yield terms[circle[0]].finding("broader-circle", ("broader",), way)
