"""CSL-JSON (citationstyles.org, 1.0.2): a list of one item, for Zotero, pandoc and whatever formats citations."""

import orjson

from app.formats.base import Format, Record
from app.formats.citation import Citation, citation, written
from app.values.members import JsonObject


def write_record(record: Record) -> bytes:
    """Return a list of one item."""
    return orjson.dumps([item(citation(record))])


def item(cited: Citation) -> JsonObject:
    """Return the citation as an item. Authors are literal: an organisation has no family name, nor has a byline."""
    members = {
        "id": cited.id,
        "type": cited.type,
        "title": cited.title,
        "author": [{"literal": author} for author in cited.authors],
        "container-title": cited.container,
        "publisher": cited.publisher,
        "issued": _issued(cited),
        "version": cited.edition,
        "URL": cited.url,
        "language": cited.language,
        "note": cited.note,
    }
    return written(members)


def _issued(cited: Citation) -> JsonObject | None:
    if cited.day:
        return {"date-parts": [list(cited.day)]}
    return {"literal": cited.dated} if cited.dated else None


csljson = Format(
    "csljson",
    "application/vnd.citationstyles.csl+json",
    record=write_record,
    refuses=(),
    words=("csl", "citeproc"),
    cites=True,
    schema={"type": "array", "items": {"type": "object", "additionalProperties": True}},
)
