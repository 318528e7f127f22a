"""Linked data: which members and kinds have an equivalent in schema.org, PROV, Web Annotation, CiTO and others.

A member is named by its path from the kind of the record (`claim.speaker.actor`), or by its name alone where it means
the same everywhere. A member that is None is left out of the linked data: counts and links say nothing of the record.
A member that is not named here gets an IRI of our own.
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
ENTITIES = ("claim", "source")  # the kinds of records that are derived, or that others are derived from

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
    "event.figures.values.voice": None,  # the speaker or the source, which stand beside it
    "claim.text": "schema:text",
    "claim.speaker": "prov:qualifiedAttribution",
    "claim.speaker.actor": "prov:agent",
    "claim.speaker.role": "schema:roleName",
    "claim.voice": None,  # the speaker or the source, which stand beside it
    "claim.audience": "schema:audience",
    "claim.events": "schema:about",
    "claim.actors": "schema:mentions",
    "claim.evidence": "prov:wasDerivedFrom",
    "claim.evidence.source": "oa:hasSource",
    "claim.sources": None,  # `appearance` says it
    "source.publisher": "schema:publisher",
    "source.language": "schema:inLanguage",
    "source.original_url": {"@id": "schema:url", "@type": "@id"},
    "source.archived": "schema:archivedAt",
    "source.coverage": None,
    "place.within": "schema:containedInPlace",
    "dossier.edition.label": "schema:version",
    "dossier.edition.issued": {"@id": "schema:datePublished", "@type": "xsd:date"},
    "dossier.citation": "schema:creditText",
    "dossier.curators": "schema:creator",
    "dossier.scope": "schema:description",
}

# The kind of record that a derived member refers to, where the member has neither the name of a kind nor of a
# collection; of what curators write, the entry says it.
REFERENCES = {
    "organisation": "actor",
    "part_of": "actor",
    "speaker": "actor",
    "speakers": "actor",
}

# References whose order has a meaning: they become a list in RDF.
ORDERED = ("reported_by",)

# Members that a record has in JSON-LD only, because no context can make them of its JSON.
ADDED: Mapping[str, Mapping[str, object]] = {
    "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "alternateName": {"@id": "schema:alternateName"},
    "geo": {"@id": "schema:geo", "@context": {"lat": "schema:latitude", "lon": "schema:longitude"}},
}

# Members of the same sort that refer to records, with the kind of these.
ADDED_REFERENCES = {"author": ("schema:author", "actor"), "appearance": ("schema:appearance", "source")}

# The member of the same sort of evidence. oa:start and oa:end count as ours do: from 0, the end not included.
EVIDENCE = "claim.evidence"
SELECTOR: Mapping[str, object] = {
    "@id": "oa:hasSelector",
    "@context": {"start": {"@id": "oa:start", **COUNT}, "end": {"@id": "oa:end", **COUNT}},
}

# The members of an answer that hold its records, or describe it.
ENVELOPE: Mapping[str, str | None] = {
    "data": "schema:mainEntity",
    "included": "schema:mentions",
    "page": None,
    "links": None,
    "query": None,
    "facets": None,
}
