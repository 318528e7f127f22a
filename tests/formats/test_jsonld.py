"""JSON-LD: every record expands with every id that it names; a claim has its speaker, its passage and its relations."""

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from app.main import create_app
from app.query.parameters import MAX_LIMIT
from app.resources import RESOURCES, by_kind
from app.resources.base import Resource
from app.settings import Settings
from app.vocabularies import load, names
from contract.orders import Documents
from formats.linked import CITO, CONTEXT, OA, OURS, PROV, SCHEMA, Reader, ids, references
from registry import COLLECTIONS
from visitor import BASE, Visitor

# Both are raised inside rdflib's own reader of JSON-LD.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
]

CLAIM = "vucic-arrests-23"
LINK = f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'


@pytest.fixture(scope="session")
def reader(visitor: Visitor) -> Reader:
    """Reads what the app before the three dossiers answers."""
    return Reader(visitor)


@pytest.fixture(scope="session")
def kinds(documents: Documents) -> dict[str, str]:
    """The kind of each record by its id."""
    return {each["id"]: each["kind"] for listed in documents.values() for each in listed}


def everything(visitor: Visitor, resource: Resource) -> Any:
    """One page with all records of a collection."""
    return visitor.data(f"/{resource.name}", format="jsonld", limit=MAX_LIMIT)


def test_the_context_is_one_document_for_everybody(visitor: Visitor) -> None:
    answer = visitor.get("/context.jsonld")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/ld+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"].startswith("public, max-age=3600")
    assert visitor.get("/context.jsonld", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert visitor.get("/context.jsonld", format="json").status_code == 400
    other = visitor.get("http://elsewhere.example/context.jsonld")
    assert other.json()["@context"]["@vocab"] == "http://elsewhere.example/context.jsonld#"
    assert other.headers["etag"] != answer.headers["etag"]


@COLLECTIONS
def test_every_record_expands_under_its_url(
    visitor: Visitor, reader: Reader, documents: Documents, kinds: dict[str, str], resource: Resource
) -> None:
    body = everything(visitor, resource)
    listed = reader.expanded(body)[0][str(SCHEMA.mainEntity)]
    for document, node in zip(documents[resource.name], sorted(listed, key=lambda each: each["@id"]), strict=True):
        url = f"{BASE}/{resource.home}/{document['id']}"
        assert node["@id"] == url
        shown = {**document, "counts": None, "claims": None} if resource.kind == "event" else document
        named = {f"{BASE}/{by_kind(kinds[id]).home}/{id}" for id in references(shown)}
        assert named <= set(ids(node)), url


@COLLECTIONS
def test_every_identifier_of_ours_is_the_address_of_a_record(
    visitor: Visitor, reader: Reader, documents: Documents, resource: Resource
) -> None:
    urls = {f"{BASE}/{each.home}/{one['id']}" for each in RESOURCES for one in documents[each.name]}
    release = visitor.data("/")["data"]["release"]["id"]
    known_terms = {
        name: {term["id"] for term in visitor.data(f"/vocabularies/{name}")["data"]["terms"]} for name in names()
    }
    for id in ids(reader.expanded(everything(visitor, resource))):
        name, _, term = id.removeprefix(f"{BASE}/vocabularies/").partition("#")
        known = id in urls or id == f"{BASE}/releases/{release}" or id.endswith(f"release={release}")
        assert known or term in known_terms.get(name, ()) or not id.startswith(BASE), id


@COLLECTIONS
def test_a_page_is_the_json_with_a_context_and_an_id(visitor: Visitor, resource: Resource) -> None:
    plain = visitor.data(f"/{resource.name}", limit=2)
    linked = visitor.data(f"/{resource.name}", limit=2, format="jsonld")
    assert linked["@context"] == CONTEXT
    assert linked["@id"] == linked["links"]["permalink"]
    for before, after in zip(plain["data"], linked["data"], strict=True):
        for evidence in after.get("evidence", []):
            evidence.pop("@type")
            evidence.pop("selector", None)
        assert before.items() <= after.items()
    assert (linked["page"], linked["release"]) == (plain["page"], plain["release"])


@COLLECTIONS
def test_pages_can_be_walked(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    found, url = [], f"/{resource.name}?format=jsonld&limit=7&sort=id"
    while url:
        page = visitor.data(url)
        found += [each["id"] for each in page["data"]]
        url = page["links"]["next"]
    assert found == [each["id"] for each in documents[resource.name]]


@pytest.mark.thorough
def test_two_processors_read_the_same_triples(visitor: Visitor, reader: Reader) -> None:
    total = 0
    for resource, format in product(RESOURCES, ("jsonld", "json")):
        body = {**visitor.data(f"/{resource.name}", format=format, limit=MAX_LIMIT), "@context": CONTEXT}
        read = Graph()
        read.parse(data=json.dumps({**body, **reader.context}), format="json-ld")
        by_pyld = reader.graph(body)
        assert named(read) == named(by_pyld)
        assert len(read) == len(by_pyld)
        total += len(by_pyld)
    sys.stdout.write(f"\n{total} triples in all collections\n")
    assert total > 5000


def named(graph: Graph) -> set[tuple[Any, ...]]:
    """The triples without blank nodes, which every reader names anew; literals by value, so that 21.0 is 2.1E1."""
    found = (each for each in graph if not any(isinstance(node, BNode) for node in each))
    return {tuple(node.toPython() if isinstance(node, Literal) else str(node) for node in each) for each in found}


def test_a_claim_has_its_speaker_its_passage_and_its_relations(visitor: Visitor, reader: Reader) -> None:
    graph = reader.graph(visitor.data(f"/claims/{CLAIM}", format="jsonld"))
    sys.stdout.write(graph.serialize(format="turtle"))
    claim, speaker = URIRef(f"{BASE}/claims/{CLAIM}"), URIRef(f"{BASE}/actors/aleksandar-vucic")
    assert (claim, RDF.type, SCHEMA.Claim) in graph
    assert (claim, SCHEMA.author, speaker) in graph
    attribution = graph.value(claim, PROV.qualifiedAttribution)
    assert graph.value(attribution, PROV.agent) == speaker
    assert str(graph.value(attribution, SCHEMA.roleName)) == "Serbian President"
    source = URIRef(f"{BASE}/sources/time-2019-05-28")
    passages = [each for each in graph.objects(claim, PROV.wasDerivedFrom) if (each, OA.hasSource, source) in graph]
    assert all((each, RDF.type, OA.SpecificResource) in graph for each in passages)
    selectors = [graph.value(each, OA.hasSelector) for each in passages]
    assert all((each, RDF.type, OA.TextPositionSelector) in graph for each in selectors)
    found = {tuple(graph.value(each, name).toPython() for name in (OA.start, OA.end)) for each in selectors}  # type: ignore[union-attr]  # all have both
    assert found == {(655, 699), (615, 654)}
    assert (URIRef(f"{BASE}/claims/vucic-arrests-28"), CITO.updates, claim) in graph
    assert (source, RDFS.label, None) in graph


def test_both_ends_of_a_relation_say_the_same(visitor: Visitor, reader: Reader) -> None:
    one, other = URIRef(f"{BASE}/claims/{CLAIM}"), URIRef(f"{BASE}/claims/vucic-arrests-28")
    for id in (CLAIM, "vucic-arrests-28"):
        assert (other, CITO.updates, one) in reader.graph(visitor.data(f"/claims/{id}", format="jsonld"))


@pytest.mark.thorough
def test_every_relation_of_every_claim_is_a_property(visitor: Visitor, reader: Reader, documents: Documents) -> None:
    terms = load("claim-relations")
    graph = reader.graph(visitor.data("/claims", format="jsonld", limit=MAX_LIMIT))
    seen = set()
    for document in documents["claims"]:
        for each in document["relations"]:
            term = each["relation"]
            property = URIRef(terms.terms[term].exact_match or f"{BASE}/vocabularies/claim-relations#{term}")
            ends = [URIRef(f"{BASE}/claims/{id}") for id in (document["id"], each["claim"]["id"])]
            subject, object = reversed(ends) if each["inverse"] and not terms.terms[term].symmetric else ends
            assert (subject, property, object) in graph
            seen.add(term)
    assert len(seen) > 3


@pytest.mark.parametrize(
    ("path", "types"),
    [
        ("/actors/aleksandar-vucic", {PROV.Agent, SCHEMA.Person}),
        ("/actors/kosovo-police", {PROV.Agent, SCHEMA.Organization}),
        ("/events/north-kosovo-arrests-2019-05-28", {SCHEMA.Event}),
        ("/sources/time-2019-05-28", {SCHEMA.CreativeWork, PROV.Entity}),
        ("/dossiers/north-kosovo-2019", {SCHEMA.Dataset}),
    ],
)
def test_what_a_record_is(visitor: Visitor, reader: Reader, path: str, types: set[Any]) -> None:
    graph = reader.graph(visitor.data(path, format="jsonld"))
    assert set(graph.objects(URIRef(f"{BASE}{path}"), RDF.type)) == types


@pytest.mark.thorough
def test_an_origin_is_a_key_that_claims_share(visitor: Visitor, reader: Reader, documents: Documents) -> None:
    graph = reader.graph(visitor.data("/claims", format="jsonld", limit=MAX_LIMIT))
    for each in documents["claims"]:  # a word of a curator's, or the claim's own id: no record has to be behind it
        assert list(graph.objects(URIRef(f"{BASE}/claims/{each['id']}"), OURS.origin)) == [Literal(each["origin"])]
    shared = {each["origin"] for each in documents["claims"]} - {each["id"] for each in documents["claims"]}
    assert shared


def test_a_dossier_has_its_class_in_every_form_and_is_part_of_itself_alone(visitor: Visitor, reader: Reader) -> None:
    path = "/dossiers/north-kosovo-2019"
    one = URIRef(f"{BASE}{path}")
    linked, plain = visitor.data(path, format="jsonld"), {**visitor.data(path), **reader.context}
    (node,) = reader.expanded(linked)[0][str(SCHEMA.mainEntity)]
    assert set(node["@type"]) == {str(SCHEMA.Dataset)}
    by_rdflib = Graph().parse(data=json.dumps(plain), format="json-ld")
    for graph in (by_rdflib, reader.graph(plain), reader.graph(linked)):
        assert list(graph.objects(one, RDF.type)) == [SCHEMA.Dataset]
        assert list(graph.objects(one, SCHEMA.isPartOf)) == [one]


def test_a_place_has_its_own_point_or_none(visitor: Visitor, reader: Reader, documents: Documents) -> None:
    graph = reader.graph(visitor.data("/places", format="jsonld", limit=MAX_LIMIT))
    own = {id for id, each in load("place-precisions").terms.items() if each.point == "own"}
    for each in documents["places"]:
        point = graph.value(URIRef(f"{BASE}/places/{each['id']}"), SCHEMA.geo)
        assert (point is not None) == (each["lat"] is not None and each["precision"] in own)
        if point is not None:
            assert (point, RDF.type, SCHEMA.GeoCoordinates) in graph
            assert graph.value(point, SCHEMA.latitude).toPython() == each["lat"]  # type: ignore[union-attr]  # has one


def test_names_and_addresses_elsewhere(visitor: Visitor, reader: Reader) -> None:
    graph = reader.graph(visitor.data("/actors/aleksandar-vucic", format="jsonld"))
    vucic = URIRef(f"{BASE}/actors/aleksandar-vucic")
    assert Literal("Александар Вучић", lang="sr-cyrl") in set(graph.objects(vucic, SCHEMA.alternateName))
    graph = reader.graph(visitor.data("/actors/republic-of-serbia", format="jsonld"))
    serbia = URIRef(f"{BASE}/actors/republic-of-serbia")
    assert any("wikidata.org" in str(each) for each in graph.objects(serbia, SCHEMA.sameAs))


def test_what_is_sent_along_is_linked_too(visitor: Visitor, reader: Reader) -> None:
    graph = reader.graph(visitor.data("/claims", format="jsonld", id=CLAIM, include="speaker"))
    assert (URIRef(f"{BASE}/actors/aleksandar-vucic"), RDF.type, SCHEMA.Person) in graph


def test_hits_of_a_search_are_linked(visitor: Visitor, reader: Reader) -> None:
    graph = reader.graph(visitor.data("/search", format="jsonld", q="vucic"))
    assert (URIRef(f"{BASE}/actors/aleksandar-vucic"), RDFS.label, Literal("Aleksandar Vučić")) in graph


@COLLECTIONS
def test_plain_json_is_given_the_context_by_its_link(
    visitor: Visitor, reader: Reader, documents: Documents, resource: Resource
) -> None:
    answer = visitor.get(f"/{resource.name}", limit=3)
    assert LINK in answer.headers["link"]
    as_linked = {**answer.json(), "@context": CONTEXT}  # what the header makes of it (JSON-LD 1.1 section 6.1)
    found = set(ids(reader.expanded(as_linked)))
    assert {each["url"] for each in answer.json()["data"]} <= found
    assert LINK in visitor.get(f"/{resource.name}/{documents[resource.name][0]['id']}").headers["link"]


def test_what_is_derived_is_not_linked_data(visitor: Visitor) -> None:
    path = "/events/north-kosovo-arrests-2019-05-28/matrix"
    assert "json-ld" not in visitor.get(path).headers["link"]
    answer = visitor.get(path, format="jsonld")
    assert (answer.status_code, answer.json()["type"]) == (400, f"{BASE}/problems/not-with-this-format")


def test_a_public_address_with_a_prefix_is_the_base_of_everything(folder: Path) -> None:
    settings = Settings(store=folder, public_url="https://example.org/record")
    with Visitor(create_app(settings)) as public:
        body = public.data(f"/claims/{CLAIM}", format="jsonld")
        context = public.data("/context.jsonld")["@context"]
    assert body["@context"] == "https://example.org/record/context.jsonld"
    assert BASE not in json.dumps([body, context])
    found = set(ids(jsonld.expand({**body, "@context": context})))
    assert "https://example.org/record/actors/aleksandar-vucic" in found
    assert f"https://example.org/record/claims/{CLAIM}" in found


def test_the_whole_answer_is_the_same_graph_again(reader: Reader, visitor: Visitor) -> None:
    body = visitor.data(f"/claims/{CLAIM}", format="jsonld")
    again = Graph().parse(data=json.dumps({**body, **reader.context}), format="json-ld")
    assert isomorphic(again, reader.graph(body))
    assert (None, OURS.said, None) in again
