"""JSON: stored documents joined into an envelope, each given its `url` on the way."""

import orjson

from app.formats.base import Derived, Format, Listing, Record


def listing(each: Listing) -> bytes:
    """`{"data": [...], "page": {...}, "links": {...}, "release": {...}}`."""
    page = each.page
    numbers = {"total": page.total, "count": len(page.records), "limit": each.limit, "next": page.next}
    members = {"page": numbers, "links": each.links, "release": each.info, "query": each.query}
    facets = {} if each.facets is None else {"facets": each.facets}
    base, documents = orjson.dumps(each.base).decode()[1:-1], []
    for home, id, text in page.records:
        behind = text.index('"', len(f'{{"id":"{id}","kind":"')) + 2
        documents.append(f'{text[:behind]}"url":"{base}/{home}/{id}",{text[behind:]}')
    data = ",".join(documents).encode()
    return b"".join((b'{"data":[', data, b"],", orjson.dumps(members | facets)[1:-1], _included(each), b"}"))


def _included(each: Listing) -> bytes:
    if each.included is None:
        return b""
    return b',"included":[' + b",".join(located(text, url) for text, url in each.included) + b"]"


def record(each: Record) -> bytes:
    """`{"data": {...}, "links": {...}, "release": {...}}`."""
    members = orjson.dumps({"links": each.links, "release": each.info})
    return b'{"data":' + located(each.text, each.url) + b"," + members[1:]


def derived(each: Derived) -> bytes:
    """The envelope of a record; what is derived has no `url` of its own."""
    members = orjson.dumps({"links": each.links, "release": each.info})
    return b'{"data":' + each.text.encode() + b"," + members[1:]


def located(text: str, url: str) -> bytes:
    """A stored document with `url` as its third member: behind `id` and `kind`, with which every one begins."""
    behind = text.index('","', text.index('"kind":"')) + 2
    return f'{text[:behind]}"url":{orjson.dumps(url).decode()},{text[behind:]}'.encode()


json = Format("json", "application/json", listing, record, derived)
