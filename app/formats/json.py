"""JSON: stored documents joined into an envelope. Each document gets its `url` while it is joined."""

import orjson

from app.formats.base import Derived, Format, Listing, Record


def write_listing(listing: Listing) -> bytes:
    """Return `{"data": [...], "page": {...}, "links": {...}, "release": {...}, "query": {...}}`.

    `facets` and `included` follow where the request asks for them.
    """
    page = listing.page
    numbers = {"total": page.total, "count": len(page.records), "limit": listing.limit, "next": page.next}
    members = {"page": numbers, "links": listing.links, "release": listing.info, "query": listing.query}
    facets = {} if listing.facets is None else {"facets": listing.facets}
    base = orjson.dumps(listing.base).decode()[1:-1]
    data = ",".join([_with_url(text, f'"{base}/{home}/{id}"') for home, id, text in page.records]).encode()
    return b"".join((b'{"data":[', data, b"],", orjson.dumps(members | facets)[1:-1], _included(listing), b"}"))


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


def located(text: str, url: str) -> bytes:
    """Return a stored document with `url` as its third member, after `id` and `kind`, with which it begins."""
    return _with_url(text, orjson.dumps(url).decode()).encode()


def _with_url(text: str, url: str) -> str:
    behind = text.index('","', text.index('"kind":"')) + 2
    return f'{text[:behind]}"url":{url},{text[behind:]}'


json = Format("json", "application/json", write_listing, write_record, write_derived)
