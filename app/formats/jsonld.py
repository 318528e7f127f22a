"""JSON-LD 1.1: the same JSON with its context, and beside its members what no context can make of them.

The context (see `app/formats/context.py`) gives names meanings, but cannot choose a property by a value or put a node
between two others. So a claim also names its author, the sources that it appears in, and the claims it stands to under
the relation's own name; a piece of evidence has a selector, and a record its other names, addresses and point.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from app.formats.base import Format, Links, Listing, Record
from app.formats.context import PATH, class_of, link_relations
from app.formats.geojson import geometry
from app.formats.json import located
from app.formats.linked import ENTITIES, ENTITY
from app.vocabularies import load

SCHEMES = "identifier-schemes"

Members = Mapping[str, Any]


def listing(each: Listing) -> bytes:
    """The envelope of JSON; the page is known by its permalink."""
    page = each.page
    numbers = {"total": page.total, "count": len(page.records), "limit": each.limit, "next": page.next}
    found = [_linked(text, f"{each.base}/{home}/{id}") for home, id, text in page.records]
    beside: dict[str, Any] = {} if each.facets is None else {"facets": each.facets}
    if each.included is not None:
        beside["included"] = [_linked(text, url) for text, url in each.included]
    body = {"data": found, "page": numbers, "links": each.links, "release": each.info, "query": each.query}
    return orjson.dumps({**_head(each.links, each.base), **body, **beside})


def record(each: Record) -> bytes:
    """The envelope of JSON; the answer is known by its permalink."""
    body = {"data": _linked(each.text, each.url), "links": each.links, "release": each.info}
    base = each.url.rsplit("/", 2)[0]  # a record is at <base>/<home>/<id>
    return orjson.dumps({**_head(each.links, base), **body})


def _head(links: Links, base: str) -> dict[str, Any]:
    return {"@context": f"{base}{PATH}", "@id": links["permalink"]}


def _linked(text: str, url: str) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(located(text, url))
    for each in document.get("evidence", ()):
        each.update(_passage(each))
    return document | dict(_names(document)) | dict(_claim(document))


def _passage(evidence: Members) -> dict[str, Any]:
    """What the Web Annotation model calls it: a part of a source, and how to find the part (sections 4 and 4.2.4)."""
    found: dict[str, Any] = {"@type": ["oa:SpecificResource", ENTITY]}
    if evidence["start"] is not None:
        ends = {"start": evidence["start"], "end": evidence["end"]}
        found["selector"] = {"@type": "oa:TextPositionSelector", **ends}
    return found


def _names(document: Members) -> Iterator[tuple[str, Any]]:
    """What else a record is and is called, where else it is described, and its own point."""
    if document["kind"] in ENTITIES:
        yield "@type", ENTITY
    elif document["kind"] in document:  # where the context makes `kind` a property
        yield "@type", class_of(document["kind"])
    others = [each for each in document.get("names", ()) if each["type"] != "main"]
    if others:
        yield "alternateName", [_name(each) for each in others]
    schemes = load(SCHEMES).terms
    known = [(schemes[scheme].url, value) for scheme, value in document.get("identifiers", {}).items()]
    if addresses := [url.replace("{value}", value) for url, value in known if url]:
        yield "sameAs", addresses
    if "lat" in document and geometry(document, ()):
        yield "geo", {"@type": "schema:GeoCoordinates", "lat": document["lat"], "lon": document["lon"]}


def _name(each: Members) -> dict[str, str]:
    return {"@value": each["value"]} | ({"@language": each["lang"]} if each["lang"] else {})


def _claim(document: Members) -> Iterator[tuple[str, Any]]:
    """Who makes a claim, where it is written, and how it stands to others; nothing for any other record."""
    if "evidence" in document:
        yield "appearance", list({each["source"]["id"]: each["source"] for each in document["evidence"]}.values())
    if document.get("speaker"):
        yield "author", document["speaker"]["actor"]
    found: dict[str, list[Any]] = {}
    for each in document.get("relations", ()):
        forward, back = link_relations()[each["relation"]]
        found.setdefault(back if each["inverse"] else forward, []).append(each["claim"])
    yield from found.items()


jsonld = Format("jsonld", "application/ld+json", listing, record)
