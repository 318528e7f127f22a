"""GeoJSON (RFC 7946): a feature a record; its geometry is null where no point of its own is known."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.formats.base import Format, Listing, Record
from app.formats.json import located
from app.vocabularies.vocabulary import load


def listing(each: Listing) -> bytes:
    """A FeatureCollection; totals, links, release and query stand beside it as foreign members (section 6.1)."""
    page = each.page
    found = [
        feature(orjson.loads(located(text, f"{each.base}/{home}/{id}")), each.point) for home, id, text in page.records
    ]
    beside = {
        "numberMatched": page.total,
        "numberReturned": len(found),
        "links": [{"rel": name, "href": href} for name, href in each.links.items() if href],
        "release": each.info,
        "query": each.query,
    }
    return orjson.dumps({"type": "FeatureCollection", "features": found, **beside})


def record(each: Record) -> bytes:
    """One Feature."""
    made = feature(orjson.loads(located(each.text, each.url)), each.point)
    links = [{"rel": name, "href": href} for name, href in each.links.items() if href]
    return orjson.dumps({**made, "links": links, "release": each.info})


def feature(document: Mapping[str, Any], path: tuple[str, ...] | None) -> dict[str, Any]:
    """The document as the properties of a feature."""
    return {
        "type": "Feature",
        "id": document["id"],
        "geometry": geometry(document, path or ()),
        "properties": document,
    }


def geometry(document: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any] | None:
    """The point that a document keeps at that path; none where only a region or a country is known."""
    place: Any = document
    for member in path:
        place = place.get(member) if place else None
    if not place or place["lat"] is None or load("place-precisions").terms[place["precision"]].point != "own":
        return None
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}


REFUSES = ("include", "facets", "fields")

geojson = Format("geojson", "application/geo+json", listing=listing, record=record, refuses=REFUSES, pointed=True)
