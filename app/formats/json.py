"""JSON: stored documents joined into an envelope, each given its `url` on the way."""

import orjson

from app.formats.base import Format, Listing, Record


def listing(each: Listing) -> bytes:
    """`{"data": [...], "page": {...}, "links": {...}, "release": {...}}`."""
    page = each.page
    numbers = {"total": page.total, "count": len(page.ids), "limit": each.limit, "next": page.next}
    members = orjson.dumps({"page": numbers, "links": each.links, "release": each.stamp})
    documents = (located(text, f"{each.home}/{id}") for id, text in zip(page.ids, page.documents, strict=True))
    return b'{"data":[' + b",".join(documents) + b"]," + members[1:]


def record(each: Record) -> bytes:
    """`{"data": {...}, "links": {...}, "release": {...}}`."""
    members = orjson.dumps({"links": each.links, "release": each.stamp})
    return b'{"data":' + located(each.text, each.url) + b"," + members[1:]


def located(text: str, url: str) -> bytes:
    """A stored document with `url` as its third member: behind `id` and `kind`, with which every one begins."""
    behind = text.index('","', text.index('"kind":"')) + 2
    return f'{text[:behind]}"url":{orjson.dumps(url).decode()},{text[behind:]}'.encode()


json = Format("json", "application/json", listing, record)
