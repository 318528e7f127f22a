"""Linked data: what our words mean in schema.org, PROV, Web Annotation and CiTO; every other one is a word of ours.

A member is named by its path from the kind of the record (`claim.speaker.actor`), or by its name where it means the
same everywhere. What is null is left out of the linked data: counts and links, which are answers and no statements.
"""

from collections.abc import Mapping

PREFIXES = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "cito": "http://purl.org/spar/cito/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

CLASSES = {
    "actor": "prov:Agent",
    "person": "schema:Person",
    "organisation": "schema:Organization",
    "group": "foaf:Group",
    "event": "schema:Event",
    "claim": "schema:Claim",
    "source": "schema:CreativeWork",
    "place": "schema:Place",
    "dossier": "schema:Dataset",
}

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

ENTITY = "prov:Entity"
ENTITIES = ("claim", "source")  # what others are derived from, or are derived themselves

COUNT = {"@type": "xsd:nonNegativeInteger"}

MEMBERS: Mapping[str, str | Mapping[str, str] | None] = {
    "id": "schema:identifier",
    "url": "@id",
    "kind": "@type",
    "label": "rdfs:label",
    "note": "rdfs:comment",
    "dossier": "schema:isPartOf",
    "identifiers": None,
    "counts": None,
    "name": "schema:name",
    "title": "schema:name",
    "description": "schema:description",
    "sha256": "schema:sha256",
    "lat": "schema:latitude",
    "lon": "schema:longitude",
    "type": "schema:additionalType",
    "edtf": {"@id": "ours:edtf", "@type": "http://id.loc.gov/datatypes/edtf/EDTF"},
    "actor.type": "@type",
    "actor.part_of": "schema:parentOrganization",
    "event.summary": "schema:description",
    "event.place": "schema:location",
    "event.part_of": "schema:superEvent",
    "event.sources": "schema:subjectOf",
    "event.claims": None,
    "claim.text": "schema:text",
    "claim.speaker": "prov:qualifiedAttribution",
    "claim.speaker.actor": "prov:agent",
    "claim.speaker.role": "schema:roleName",
    "claim.audience": "schema:audience",
    "claim.events": "schema:about",
    "claim.actors": "schema:mentions",
    "claim.evidence": "prov:wasDerivedFrom",
    "claim.evidence.source": "oa:hasSource",
    "source.publisher": "schema:publisher",
    "source.language": "schema:inLanguage",
    "source.original_url": {"@id": "schema:url", "@type": "@id"},
    "source.coverage": None,
    "place.within": "schema:containedInPlace",
    "dossier.edition.label": "schema:version",
    "dossier.edition.issued": {"@id": "schema:datePublished", "@type": "xsd:date"},
    "dossier.citation": "schema:creditText",
    "dossier.curators": "schema:creator",
    "dossier.scope": "schema:description",
}

# Whose records a reference names, where its member is called neither like a kind nor like a collection.
REFERENCES = {
    "audience": "actor",
    "object": "actor",
    "on_behalf_of": "actor",
    "organisation": "actor",
    "part_of": "actor",
    "event.part_of": "event",
    "publisher": "actor",
    "reported_by": "actor",
    "speaker": "actor",
    "speakers": "actor",
    "subject": "actor",
    "within": "place",
}

# References whose order says something: RDF keeps it in a list.
ORDERED = ("reported_by",)

# What the JSON-LD of a record has besides its JSON, because no context can make it of that.
ADDED: Mapping[str, Mapping[str, object]] = {
    "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "alternateName": {"@id": "schema:alternateName"},
    "geo": {"@id": "schema:geo", "@context": {"lat": "schema:latitude", "lon": "schema:longitude"}},
}

# The same, where it names records of a kind.
ADDED_REFERENCES = {"author": ("schema:author", "actor"), "appearance": ("schema:appearance", "source")}

# The same, of a piece of evidence: oa:start and oa:end count as ours do, from 0 and the end not included.
EVIDENCE = "claim.evidence"
SELECTOR: Mapping[str, object] = {
    "@id": "oa:hasSelector",
    "@context": {"start": {"@id": "oa:start", **COUNT}, "end": {"@id": "oa:end", **COUNT}},
}

# What stands around the records of an answer.
ENVELOPE: Mapping[str, str | None] = {
    "data": "schema:mainEntity",
    "included": "schema:mentions",
    "page": None,
    "links": None,
    "query": None,
    "facets": None,
}
