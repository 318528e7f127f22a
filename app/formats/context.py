"""The JSON-LD context, which makes every answer linked data. It is read from the types of the documents.

A document names other records by id alone, `{"id": "kosovo-police", "label": …}`, and holds no URL. So the context says
of each member that refers to records in which collection they are: a property-scoped context (JSON-LD 1.1, section
4.1.8) makes `id` the identifier of the node, relative to `<base>/actors/`. A reference and the `url` of its record are
therefore the same IRI: no answer is rewritten, plain JSON means the same as JSON-LD, and no redirect is needed to get
from an IRI to its record. A term of a vocabulary becomes `<base>/vocabularies/{name}#{term}`, and a member that no
public vocabulary knows `<base>/context.jsonld#{member}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel

from app.entries.base import Ref
from app.formats.document_types import leaves, models
from app.formats.linked import (
    ADDED,
    ADDED_REFERENCES,
    CLASSES,
    ENVELOPE,
    EVIDENCE,
    MEMBERS,
    ORDERED,
    PREFIXES,
    SELECTOR,
    TYPE,
)
from app.formats.references import referred
from app.resources import MAIN, by_kind
from app.vocabularies import Term, load, own_terms

PATH = "/context.jsonld"
BASES = 8  # contexts that are kept: base URLs under which one server is likely to be reached

Definitions = dict[str, object]
Definition = Mapping[str, object] | str | None


def context(base: str) -> Mapping[str, object]:
    """Return the value of `@context` for answers whose URLs begin with `base`, with the own terms of a release."""
    return _context(base, frozenset((name, term.id) for name, term in own_terms()))


@lru_cache(BASES)
def _context(base: str, own: frozenset[tuple[str, str]]) -> Mapping[str, object]:
    """The same; `own` are the terms that dossiers define, each after its vocabulary."""
    names = frozenset(_names(_Context(base).definitions()))
    return _Context(base, names).definitions()


def class_of(kind: str) -> str:
    """Return the class of the records of a kind, as a compact IRI."""
    return CLASSES.get(kind, f"ours:{kind.capitalize()}")


def link_relations() -> Mapping[str, tuple[str, str]]:
    """Return by claim relation the member that names the related claims, and the one for the opposite direction.

    The latter is the `inverse` of the relation with hyphens; a symmetric relation has the same member for both.
    """
    terms = load("claim-relations").terms.values()
    inverses = {term.id: (term.inverse or "").replace(" ", "-") for term in terms}
    return {term.id: (term.id, term.id if term.symmetric else inverses[term.id]) for term in terms}


@dataclass(frozen=True)
class _Context:
    """The context for one base. `names` are all names that it defines: terms spelt alike are defined separately."""

    base: str
    names: frozenset[str] = frozenset()

    def definitions(self) -> Definitions:
        ours = f"{self.base}{PATH}#"
        head = {"@version": 1.1, "@vocab": ours, "ours": ours, **PREFIXES, **ENVELOPE}
        common = {name: MEMBERS[name] for name in ("id", "url", "kind", "label", "name")}
        release = self._within("releases") | {"issued": {"@id": "schema:datePublished", "@type": "xsd:date"}}
        kinds = {resource.kind: self._kind(resource.kind, resource.document) for resource in MAIN}
        return {
            **head,
            **common,
            "release": {"@id": "schema:isPartOf", "@context": release},
            **{name: iri for name, iri in CLASSES.items() if name not in kinds},
            **kinds,
        }

    def _kind(self, kind: str, document: object) -> Definition:
        """Return a class with a type-scoped context, which defines the members of records of that kind alone."""
        members: Definitions = {}
        for model in models(document):
            members |= self._members(model, kind)
        added = {name: self._reference(iri, of, {}) for name, (iri, of) in ADDED_REFERENCES.items()}
        relations = self._relations() if kind == "claim" else {}
        scoped = {**relations, **ADDED, **added, **members}
        if kind in scoped:
            scoped["kind"] = _kind_property(kind)
        return {"@id": class_of(kind), "@context": scoped}

    def _relations(self) -> Definitions:
        """Return the claim relations as properties of CiTO where it has them; the opposite direction is `@reverse`."""
        properties: Definitions = {}
        vocabulary = load("claim-relations")
        for id, (forward, back) in link_relations().items():
            iri = vocabulary.terms[id].exact_match or f"{self.base}/vocabularies/{vocabulary.name}#{id}"
            properties[back] = {"@reverse": iri, "@context": self._within("claims")}
            properties[forward] = self._reference(iri, "claim", {})
        return properties

    def _members(self, model: type[BaseModel], path: str) -> Definitions:
        members: Definitions = {}
        for name, field in model.model_fields.items():
            member = field.serialization_alias or field.alias or name
            annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            members[member] = self._member(f"{path}.{member}", member, annotation)
        return members

    def _member(self, path: str, member: str, annotation: object) -> Definition:
        meaning = MEMBERS.get(path, MEMBERS.get(member, f"ours:{member}"))
        if not isinstance(meaning, str) or meaning.startswith("@"):
            return meaning
        for leaf in leaves(annotation):
            if isinstance(leaf, Term):
                return self._concept(meaning, leaf.vocabulary)
            if not isinstance(leaf, type):
                continue
            if issubclass(leaf, Ref):
                reference = self._reference(
                    meaning, referred(path.partition(".")[0], member), self._members(leaf, path)
                )
                return reference | ({"@container": "@list"} if member in ORDERED else {})
            selector = {"selector": SELECTOR} if path == EVIDENCE else {}
            return {"@id": meaning, "@context": {**self._members(leaf, path), **selector}}
        return meaning

    def _reference(self, iri: str, kind: str, members: Definitions) -> Definitions:
        return {"@id": iri, "@context": {**members, **self._within(by_kind(kind).home)}}

    def _within(self, home: str) -> Definitions:
        """Return a context in which `id` is the identifier of a node, relative to a collection."""
        return {"@base": f"{self.base}/{home}/", "id": "@id", "label": "rdfs:label"}

    def _concept(self, iri: str, vocabulary: str) -> Definition:
        """Return a property whose values are terms; terms spelt like a name of the context are defined one by one."""
        home = f"{self.base}/vocabularies/{vocabulary}#"
        alike = {term: home + term for term in load(vocabulary).terms if term in self.names}
        return {"@id": iri, "@type": "@vocab", "@context": {"@vocab": home, **alike}}


def _kind_property(kind: str) -> Definitions:
    """Return `kind` as a property, for records that have a member with the name of their kind (`dossier`).

    A processor reads a type without the context that the type brings (JSON-LD 1.1 API, section 5.1.2). rdflib 7 reads
    it with that context, and would take the member for the class. So `kind` gets a context of its own there.
    """
    return {"@id": TYPE, "@type": "@vocab", "@context": {kind: class_of(kind)}}


def _names(node: object) -> Iterator[str]:
    """Yield every name that a context defines, at any depth."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield name
            yield from _names(value)
