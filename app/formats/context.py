"""The JSON-LD context: what turns every answer of ours into linked data, read from the declared documents.

A document names other records by id alone, `{"id": "kosovo-police", "label": …}`, and holds no URL. So the context says
for each member that refers to records in which collection they are: a property-scoped context (JSON-LD 1.1, section
4.1.8) makes `id` the node's identifier there, relative to `<base>/actors/`. Hence a reference and the `url` of the
record that it means are one IRI: no answer is rewritten, plain JSON means the same as JSON-LD, and no redirect stands
between an IRI and its record. A term of a vocabulary becomes `<base>/vocabularies/{name}#{term}`, and a member that no
public vocabulary knows `<base>/context.jsonld#{member}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.entries.base import Ref
from app.formats.columns import models
from app.formats.linked import (
    ADDED,
    ADDED_REFERENCES,
    CLASSES,
    ENVELOPE,
    EVIDENCE,
    MEMBERS,
    ORDERED,
    PREFIXES,
    REFERENCES,
    SELECTOR,
    TYPE,
)
from app.resources import MAIN, by_kind
from app.vocabularies import Term, load

PATH = "/context.jsonld"
BASES = 8  # how many bases one server is likely to be asked under

Definition = Mapping[str, Any] | str | None


@lru_cache(BASES)
def context(base: str) -> Mapping[str, Any]:
    """The content of `@context` for answers whose URLs begin with `base`."""
    names = frozenset(_names(_Words(base).everything()))
    return _Words(base, names).everything()


def class_of(kind: str) -> str:
    """The class of the records of a kind, as the context abbreviates it."""
    return CLASSES.get(kind, f"ours:{kind.capitalize()}")


def link_relations() -> Mapping[str, tuple[str, str]]:
    """By claim relation, the member of a claim that names the others, and the one for the opposite direction."""
    terms = load("claim-relations").terms.values()
    return {each.id: (each.id, each.id if each.symmetric else _opposite(each.inverse or "")) for each in terms}


@dataclass(frozen=True)
class _Words:
    """The definitions for one base; `names` are all words of the context, which no term of a vocabulary may meet."""

    base: str
    names: frozenset[str] = frozenset()

    def everything(self) -> dict[str, Any]:
        ours = f"{self.base}{PATH}#"
        head = {"@version": 1.1, "@vocab": ours, "ours": ours, **PREFIXES, **ENVELOPE}
        common = {name: MEMBERS[name] for name in ("id", "url", "kind", "label", "name")}
        release = self._within("releases") | {"issued": {"@id": "schema:datePublished", "@type": "xsd:date"}}
        kinds = {each.kind: self._kind(each.kind, each.document) for each in MAIN}
        return {
            **head,
            **common,
            "release": {"@id": "schema:isPartOf", "@context": release},
            **{name: iri for name, iri in CLASSES.items() if name not in kinds},
            **kinds,
        }

    def _kind(self, kind: str, document: Any) -> Definition:
        """A class, and what its members mean: a type-scoped context, for records of the kind alone."""
        members = {name: each for model in models(document) for name, each in self._members(model, kind).items()}
        added = {name: self._reference(iri, of, {}) for name, (iri, of) in ADDED_REFERENCES.items()}
        relations = self._relations() if kind == "claim" else {}
        found = {**relations, **ADDED, **added, **members}
        if kind in found:
            found["kind"] = _told_apart(kind)
        return {"@id": class_of(kind), "@context": found}

    def _relations(self) -> dict[str, Any]:
        """CiTO's properties, where it has them; the opposite direction is the same property reversed."""
        found: dict[str, Any] = {}
        vocabulary = load("claim-relations")
        for id, (forward, back) in link_relations().items():
            iri = vocabulary.terms[id].exact_match or f"{self.base}/vocabularies/{vocabulary.name}#{id}"
            found[back] = {"@reverse": iri, "@context": self._within("claims")}
            found[forward] = self._reference(iri, "claim", {})
        return found

    def _members(self, model: type[BaseModel], path: str) -> dict[str, Any]:
        found = {}
        for name, field in model.model_fields.items():
            member = field.serialization_alias or field.alias or name
            annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            found[member] = self._member(f"{path}.{member}", member, annotation)
        return found

    def _member(self, path: str, member: str, annotation: Any) -> Definition:
        meant = MEMBERS.get(path, MEMBERS.get(member, f"ours:{member}"))
        if meant is None or not isinstance(meant, str) or meant.startswith("@"):
            return meant
        for leaf in _leaves(annotation):
            if isinstance(leaf, Term):
                return self._concept(meant, leaf.vocabulary)
            if issubclass(leaf, Ref):
                found = self._reference(meant, _referred(path, member), self._members(leaf, path))
                return found | ({"@container": "@list"} if member in ORDERED else {})
            if issubclass(leaf, BaseModel):
                return {"@id": meant, "@context": self._nested(leaf, path)}
        return meant

    def _nested(self, model: type[BaseModel], path: str) -> dict[str, Any]:
        selector = {"selector": SELECTOR} if path == EVIDENCE else {}
        return {**self._members(model, path), **selector}

    def _reference(self, iri: str, kind: str, members: Mapping[str, Any]) -> dict[str, Any]:
        return {"@id": iri, "@context": {**members, **self._within(by_kind(kind).home)}}

    def _within(self, home: str) -> dict[str, Any]:
        return {"@base": f"{self.base}/{home}/", "id": "@id", "label": "rdfs:label"}

    def _concept(self, iri: str, vocabulary: str) -> Definition:
        """A term; one that is spelt like a word of the context has to be told apart from it."""
        home = f"{self.base}/vocabularies/{vocabulary}#"
        alike = {term: home + term for term in load(vocabulary).terms if term in self.names}
        return {"@id": iri, "@type": "@vocab", "@context": {"@vocab": home, **alike}}


def _referred(path: str, member: str) -> str:
    """The kind of record that a member refers to; KeyError where nothing says so."""
    named = {each.name: each.kind for each in MAIN} | {each.kind: each.kind for each in MAIN} | REFERENCES
    return named[path] if path in named else named[member]


def _told_apart(kind: str) -> dict[str, Any]:
    """What `kind` means in records that have a member of the same name as their kind: `dossier`, of a dossier.

    A type is to be read without the context that it brings (JSON-LD 1.1 API section 5.1.2). rdflib 7 reads it with
    that one and would take the member for the class. So `kind` is a property there, of a context of its own.
    """
    return {"@id": TYPE, "@type": "@vocab", "@context": {kind: class_of(kind)}}


def _opposite(inverse: str) -> str:
    return inverse.replace(" ", "-")


def _leaves(annotation: Any) -> Iterator[Any]:
    """The models and marks that a type names, through aliases, `Annotated`, unions and lists."""
    if isinstance(annotation, TypeAliasType):
        yield from _leaves(annotation.__value__)
    elif get_origin(annotation) in (Annotated, Union, UnionType, list):
        for part in get_args(annotation):
            yield from _leaves(part)
    elif isinstance(annotation, Term) or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        yield annotation


def _names(node: Any) -> Iterator[str]:
    """Every word that a context defines, at any depth."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield name
            yield from _names(value)
