"""Atom (RFC 4287): a list as a feed, an entry for each record; paged as RFC 5005 has it.

A list does not tell when a record changed, which the changes do: every entry of it is `updated` on the day that the
release was issued. So its bytes follow from the release alone, and are the same on every server.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import orjson

from app.formats.altered import in_words
from app.formats.base import Format, Links, Listing
from app.formats.terms import terms_of
from app.query.reader import Located
from app.resources import by_kind
from app.values.members import Members
from app.vocabularies import load

NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 section 2.2
FORMAT = re.compile(r"(?<=[?&])format=[^&]*&?")
SUMMARIES = ("summary", "description", "scope", "note")  # the first that a document has is its summary
MEDIA_TYPE = "application/atom+xml"


def write_listing(listing: Listing) -> bytes:
    """Return one page of the feed; its id is the address of the list, whatever page it is."""
    updated = f"{listing.info.issued}T00:00:00Z"
    question, _, order = str(listing.query["text"]).rpartition("; ")
    entries = (_entry(listing, found, updated) for found in listing.page.records)
    head = (
        _element("id", FORMAT.sub("", str(listing.links["first"])).rstrip("?&")),
        _element("title", question),
        _element("subtitle", f"{listing.page.total:,} {'record' if listing.page.total == 1 else 'records'}, {order}"),
        _element("updated", updated),
        _author("onrecord", listing.base),
        *_links(listing.links),
    )
    return _feed(head, entries)


def _feed(head: Iterable[str], entries: Iterable[str]) -> bytes:
    lines = "\n".join([*head, *entries])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n{lines}\n</feed>\n'.encode()


def _links(links: Links) -> Iterator[str]:
    for name in ("self", "first", "next"):
        if url := links[name]:
            yield f'<link rel="{name}" type="{MEDIA_TYPE}" href={quoteattr(url)}/>'
    page = FORMAT.sub("", str(links["self"])).rstrip("?&")
    yield f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>'


def _entry(listing: Listing, found: Located, updated: str) -> str:
    document, url = orjson.loads(found.text), f"{listing.base}/{found.home}/{found.id}"
    dossier = document.get("dossier")
    summary = next((document[name] for name in SUMMARIES if document.get(name)), "")
    parts = (
        _element("id", url),
        _element("title", document["label"]),
        _element("updated", updated),
        f'<link rel="alternate" type="text/html" href={quoteattr(url)}/>',
        _author(dossier["label"], f"{listing.base}/dossiers/{dossier['id']}") if dossier else "",
        _category(listing.base, document),
        _element("summary", summary) if summary else "",
    )
    return "\n".join(part for part in ("<entry>", *parts, "</entry>") if part)


def _category(base: str, document: Members) -> str:
    """Its type, in most kinds a term of a vocabulary; nothing for a record of a kind without types."""
    type, vocabulary = document.get("type"), terms_of(by_kind(document["kind"]).document).get("type")
    if not type:
        return ""
    if not vocabulary:
        return f"<category term={quoteattr(type)}/>"
    term, scheme = load(vocabulary).terms[type], f"{base}/vocabularies/{vocabulary}"
    return f"<category term={quoteattr(type)} scheme={quoteattr(scheme)} label={quoteattr(term.label)}/>"


def _author(name: str, url: str) -> str:
    return f"<author>{_element('name', name)}{_element('uri', url)}</author>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(NOT_IN_XML.sub('', text))}</{name}>"


def write_changes(base: str, body: Members) -> bytes:
    """Return one page of the changes between releases, of which each tells when it came."""
    changes, links = body["data"], body["links"]
    updated = changes[0]["published"] if changes else f"{body['release']['issued']}T00:00:00Z"
    head = (
        _element("id", FORMAT.sub("", links["first"]).rstrip("?&")),
        _element("title", body["query"]["text"].partition(";")[0]),
        _element("updated", max((change["published"] for change in changes), default=updated)),
        _author("onrecord", base),
        *_links(links),
    )
    return _feed(head, [_change(base, change) for change in changes])


def _change(base: str, change: Members) -> str:
    number = change["number"]
    into = f"into {change['target']}" if change["target"] else None
    correction = f"Corrected in this edition: {change['correction']}" if change["correction"] else None
    page = change["url"] if change["kind"] == "term" else f"{change['url']}/history"
    told = [into, change["reason"], *map(_field, change["fields"] or ()), correction]
    parts = (
        _element("id", f"{base}/changes?since={number - 1}&until={number}"),
        _element("title", f"{change['op']}: {change['label'] or change['id']}"),
        _element("updated", change["published"]),
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>',
        f"<category term={quoteattr(change['op'])}/>",
        _element("summary", "; ".join(filter(None, told))),
    )
    return "\n".join(("<entry>", *parts, "</entry>"))


def _field(field: Members) -> str:
    before, after = in_words(field)
    return f"{field['field']}: {before or 'nothing'} -> {after or 'nothing'}"


atom = Format("atom", MEDIA_TYPE, listing=write_listing, refuses=("include", "facets", "fields"), words=("rss", "feed"))
