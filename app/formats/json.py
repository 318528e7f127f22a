"""JSON: stored documents joined into an envelope. Each document gets its `url` while it is joined."""

import orjson

from app.formats.base import Derived, Format, Listing, Record
from app.query.reader import BEFORE_ID


def write_listing(listing: Listing) -> bytes:
    """Return `{"data": [...], "page": {...}, "links": {...}, "release": {...}, "query": {...}}`.

    `facets` and `included` follow where the request asks for them.
    """
    page = listing.page
    numbers = {"total": page.total, "count": len(page.documents), "limit": listing.limit, "next": page.next}
    members = {"page": numbers, "links": listing.links, "release": listing.info, "query": listing.query}
    facets = {} if listing.facets is None else {"facets": listing.facets}
    pieces, base = [b'{"data":['], orjson.dumps(listing.base)[:-1]
    for home, text in zip(page.homes, page.documents, strict=True):
        id, kind, rest = text.split(b",", 2)
        pieces += (id, b",", kind, b',"url":', base, b"/", home.encode(), b"/", id[BEFORE_ID:], b",", rest, b",")
    if page.documents:
        pieces.pop()
    pieces += (b"],", orjson.dumps(members | facets)[1:-1], _included(listing), b"}")
    return b"".join(pieces)


def _included(listing: Listing) -> bytes:
    if listing.included is None:
        return b""
    return b',"included":[' + b",".join(located(text, url) for text, url in listing.included) + b"]"


def write_record(record: Record) -> bytes:
    """Return `{"data": {...}, "links": {...}, "release": {...}}`."""
    members = orjson.dumps({"links": record.links, "release": record.info})
    return b'{"data":' + located(record.text, record.url) + b"," + members[1:]


def write_derived(derived: Derived) -> bytes:
    """Return the envelope of a record; a derived document has no `url`."""
    members = orjson.dumps({"links": derived.links, "release": derived.info})
    return b'{"data":' + derived.text.encode() + b"," + members[1:]


def located(text: bytes, url: str) -> bytes:
    """Return a stored document with `url` as its third member, after `id` and `kind`, with which it begins."""
    id, kind, rest = text.split(b",", 2)
    return b'%b,%b,"url":%b,%b' % (id, kind, orjson.dumps(url), rest)


json = Format("json", "application/json", write_listing, write_record, write_derived)
