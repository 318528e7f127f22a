"""Linked data for tests: our JSON-LD expanded by pyld and read by rdflib, with no network but the app itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from pyld import jsonld
from rdflib import Graph, Namespace

from visitor import BASE, Visitor

CONTEXT = f"{BASE}/context.jsonld"

SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
CITO = Namespace("http://purl.org/spar/cito/")
OURS = Namespace(f"{CONTEXT}#")


class Reader:
    """Reads answers as graphs; the only document that it can load is our context."""

    def __init__(self, visitor: Visitor) -> None:
        self.context: Any = visitor.data("/context.jsonld")
        self.options = {"documentLoader": self._load, "base": f"{BASE}/"}

    def _load(self, url: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
        assert url == CONTEXT, url
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": self.context}

    def expanded(self, body: Any) -> Any:
        """The answer in expanded form, in which every name is an IRI."""
        return jsonld.expand(body, self.options)

    def graph(self, body: Any) -> Graph:
        """The answer as triples."""
        found = self.bound()
        lines = jsonld.to_rdf(body, {**self.options, "format": "application/n-quads"})
        found.parse(data=lines, format="nt")  # all in the default graph
        return found

    def bound(self) -> Graph:
        """An empty graph that writes short names."""
        made = Graph()
        for prefix, namespace in (("schema", SCHEMA), ("prov", PROV), ("oa", OA), ("cito", CITO), ("ours", OURS)):
            made.bind(prefix, namespace, replace=True)
        return made


def ids(node: Any) -> Iterator[str]:
    """Every node identifier of an expanded document."""
    if isinstance(node, list):
        for each in node:
            yield from ids(each)
    elif isinstance(node, dict):
        if "@id" in node:
            yield node["@id"]
        for each in node.values():
            yield from ids(each)


def references(node: Any) -> Iterator[str]:
    """The id of every record that a document of ours refers to, itself not among them."""
    if isinstance(node, list):
        for each in node:
            yield from references(each)
    elif isinstance(node, dict):
        if {"id", "label"} <= node.keys() and "kind" not in node:
            yield node["id"]
        for each in node.values():
            yield from references(each)
