"""GeoJSON (RFC 7946): one Feature a record. Its geometry is null unless the record has a point of its own."""

import orjson

from app.formats.base import Format, Links, Listing, Record
from app.formats.json import located
from app.values.members import Members
from app.vocabularies import load


def write_listing(listing: Listing) -> bytes:
    """Return a FeatureCollection; totals, links, release and query are foreign members of it (section 6.1)."""
    page, base, point = listing.page, listing.base, listing.point
    features = [feature(orjson.loads(located(text, f"{base}/{home}/{id}")), point) for home, id, text in page.records]
    foreign_members = {
        "numberMatched": page.total,
        "numberReturned": len(features),
        "links": _links(listing.links),
        "release": listing.info,
        "query": listing.query,
    }
    return orjson.dumps({"type": "FeatureCollection", "features": features, **foreign_members})


def write_record(record: Record) -> bytes:
    """Return one Feature; links and release are foreign members of it."""
    members = feature(orjson.loads(located(record.text, record.url)), record.point)
    return orjson.dumps({**members, "links": _links(record.links), "release": record.info})


def _links(links: Links) -> list[dict[str, str]]:
    return [{"rel": name, "href": href} for name, href in links.items() if href]


def feature(document: Members, path: tuple[str, ...] | None) -> dict[str, object]:
    """Return a Feature with the document as its properties; `path` are the members that lead to its point."""
    return {
        "type": "Feature",
        "id": document["id"],
        "geometry": geometry(document, path or ()),
        "properties": document,
    }


def geometry(document: Members, path: tuple[str, ...]) -> dict[str, object] | None:
    """Return the Point at that path of a document; None without one, and for the centroid of a region or country."""
    place: Members | None = document
    for member in path:
        place = place.get(member) if place else None
    if not place or place["lat"] is None:
        return None
    if place["uncertainty_km"] is None and load("place-precisions").terms[place["precision"]].point != "own":
        return None
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}


REFUSES = ("include", "facets", "fields")

geojson = Format(
    "geojson",
    "application/geo+json",
    listing=write_listing,
    record=write_record,
    refuses=REFUSES,
    words=("geo", "gis"),
    pointed=True,
)
