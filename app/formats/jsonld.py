"""JSON-LD 1.1: the same JSON with its context, and with the members that no context can make of it.

The context (`app/formats/context.py`) gives names their meanings. It cannot choose a property by a value, nor put a
node between two others. So a claim also names its author, the sources that it appears in, and the claims that it is
related to, under the name of the relation. Evidence has a selector; a record has its other names, its addresses and
its point.
"""

from collections.abc import Iterator

import orjson

from app.formats.base import Format, Links, Listing, Record
from app.formats.context import PATH, class_of, link_relations
from app.formats.geojson import geometry
from app.formats.json import located
from app.formats.linked import ENTITIES, ENTITY
from app.values.members import Members
from app.vocabularies import load

SCHEMES = "identifier-schemes"


def write_listing(listing: Listing) -> bytes:
    """Return the envelope of JSON; the `@id` of the page is its permalink."""
    page = listing.page
    numbers = {"total": page.total, "count": len(page.documents), "limit": listing.limit, "next": page.next}
    data = [_linked(text, f"{listing.base}/{home}/{id}") for home, id, text in page.records]
    expansions: dict[str, object] = {} if listing.facets is None else {"facets": listing.facets}
    if listing.included is not None:
        expansions["included"] = [_linked(text, url) for text, url in listing.included]
    body = {"data": data, "page": numbers, "links": listing.links, "release": listing.info, "query": listing.query}
    return orjson.dumps({**_head(listing.links, listing.base), **body, **expansions})


def write_record(record: Record) -> bytes:
    """Return the envelope of JSON; the `@id` of the answer is its permalink."""
    body = {"data": _linked(record.text, record.url), "links": record.links, "release": record.info}
    base = record.url.rsplit("/", 2)[0]  # the URL of a record is <base>/<home>/<id>
    return orjson.dumps({**_head(record.links, base), **body})


def _head(links: Links, base: str) -> dict[str, object]:
    return {"@context": f"{base}{PATH}", "@id": links["permalink"]}


def _linked(text: bytes, url: str) -> Members:
    document = orjson.loads(located(text, url))
    for evidence in document.get("evidence", ()):
        evidence.update(_passage(evidence))
    return {**document, **dict(_names(document)), **dict(_claim(document))}


def _passage(evidence: Members) -> dict[str, object]:
    """Return evidence as a specific resource of the Web Annotation model, with its selector (sections 4 and 4.2.4)."""
    members: dict[str, object] = {"@type": ["oa:SpecificResource", ENTITY]}
    if evidence["start"] is not None:
        ends = {"start": evidence["start"], "end": evidence["end"]}
        members["selector"] = {"@type": "oa:TextPositionSelector", **ends}
    return members


def _names(document: Members) -> Iterator[tuple[str, object]]:
    """Yield the further type of a record, its other names, the addresses that describe it too, and its own point."""
    if document["kind"] in ENTITIES:
        yield "@type", ENTITY
    elif document["kind"] in document:  # the context then makes `kind` a property
        yield "@type", class_of(document["kind"])
    others = [name for name in document.get("names", ()) if name["type"] != "main"]
    if others:
        yield "alternateName", [_name(name) for name in others]
    schemes = load(SCHEMES).terms
    identifiers = [(schemes[scheme].url, value) for scheme, value in document.get("identifiers", {}).items()]
    if addresses := [url.replace("{value}", value) for url, value in identifiers if url]:
        yield "sameAs", addresses
    if "lat" in document and geometry(document, ()):
        yield "geo", {"@type": "schema:GeoCoordinates", "lat": document["lat"], "lon": document["lon"]}


def _name(name: Members) -> dict[str, str]:
    return {"@value": name["value"]} | ({"@language": name["lang"]} if name["lang"] else {})


def _claim(document: Members) -> Iterator[tuple[str, object]]:
    """Yield the sources, the author and the relations of a claim; yield nothing for a record of another kind."""
    if "evidence" in document:
        sources = [evidence["source"] for evidence in document["evidence"]]
        yield "appearance", list({source["id"]: source for source in sources}.values())
    if document.get("speaker"):
        yield "author", document["speaker"]["actor"]
    claims: dict[str, list[object]] = {}
    for relation in document.get("relations", ()):
        forward, back = link_relations()[relation["relation"]]
        claims.setdefault(back if relation["inverse"] else forward, []).append(relation["claim"])
    yield from claims.items()


jsonld = Format("jsonld", "application/ld+json", write_listing, write_record, words=("ld", "rdf"))
