"""What search engines read of a page: a dossier as a schema.org `Dataset`, a claim as a `Claim`, in a block of JSON-LD.

Google says what it wants of a data set: https://developers.google.com/search/docs/appearance/structured-data/dataset.
"""

from collections.abc import Sequence

import orjson
from markupsafe import Markup

from app.formats.base import Record
from app.formats.citation import PLAIN_DATE, written
from app.formats.csv import csv
from app.formats.ndjson import ndjson
from app.values.licences import licence_url
from app.values.members import JsonObject, Members

ABOUT = "Who did what, who said what, and where it is written: a hand-curated dossier with {}."
MOST = 5_000  # characters of a description


def record(document: Members, dossier: Members | None, page: Record, lead: str) -> Markup:
    """Return the block of a dossier or a claim, nothing for another record; `lead` is the first paragraph of its page.

    The documents are cut to what the page has room for.
    """
    if document["kind"] == "dossier":
        return _block(_dossier(document, page, lead))
    return (
        _block(_claim({**document, "text": lead}, dossier, page))
        if document["kind"] == "claim" and dossier
        else Markup()
    )


def release(data: Members) -> Markup:
    """Return the block of a release, as `/releases/{release}` describes it."""
    home = data["url"].rsplit("/", 2)[0]
    files = [("entries", ndjson.media_type), ("sqlite", "application/vnd.sqlite3")] if data["served"] else []
    members = {
        "@type": "Dataset",
        "@id": data["url"],
        "url": data["url"],
        "name": f"onrecord, release {data['label']}",
        "description": _about("", data["counts"]),
        "identifier": data["id"],
        "version": data["label"],
        "datePublished": data["issued"],
        "license": [licence_url(spdx) for spdx in dict.fromkeys(part["licence"] for part in data["dossiers"])],
        "isAccessibleForFree": True,
        "hasPart": [_node(f"{home}/dossiers/{part['id']}", part["title"]) for part in data["dossiers"]],
        "distribution": [_download(data["downloads"][name], media) for name, media in files if data["downloads"][name]],
    }
    return _block(members)


def catalogue(dossiers: Sequence[Members], base: str) -> Markup:
    """Return the block of the whole service: a catalogue of dossiers."""
    parts = [_node(f"{base}/dossiers/{dossier['id']}", dossier["title"]) for dossier in dossiers]
    return _block({**_catalogue(base), "dataset": parts}) if parts else Markup()


def _dossier(document: Members, page: Record, scope: str) -> JsonObject:
    base = page.url.rsplit("/", 2)[0]
    held = [name for name, count in document["counts"].items() if count]
    kept = f"dossier={document['id']}&release={page.info.id}&format={csv.name}"
    lists = [_download(f"{base}/{name}?{kept}", csv.media_type, name) for name in held]
    everything = _download(f"{base}/releases/{page.info.id}/entries.ndjson", ndjson.media_type, "the whole release")
    return {
        "@type": "Dataset",
        "@id": page.url,
        "url": page.url,
        "name": document["title"],
        "description": _about(scope, document["counts"]),
        "identifier": page.cited,
        # The data do not say which curators are persons
        "creator": [{"@type": "Organization", "name": curator["name"]} for curator in document["curators"]],
        "license": licence_url(document["licence"]),
        "creditText": document["citation"],
        "version": document["edition"]["label"],
        "datePublished": document["edition"]["issued"],
        "isAccessibleForFree": True,
        "includedInDataCatalog": _catalogue(base),
        "distribution": [*lists, everything],
    }


def _claim(document: Members, dossier: Members, page: Record) -> JsonObject:
    base = page.url.rsplit("/", 2)[0]
    speaker, said = document["speaker"], document["said"]
    sources = {evidence["source"]["id"]: evidence["source"]["label"] for evidence in document["evidence"]}
    members = {
        "@type": "Claim",
        "@id": page.url,
        "url": page.url,
        "name": document["label"],
        "text": document["text"],
        "author": _node(f"{base}/actors/{speaker['actor']['id']}", speaker["actor"]["label"]) if speaker else None,
        "dateCreated": said["edtf"] if said and PLAIN_DATE.fullmatch(said["edtf"]) else None,
        "about": [_node(f"{base}/events/{event['id']}", event["label"]) for event in document["events"]],
        "appearance": [_node(f"{base}/sources/{id}", label, "CreativeWork") for id, label in sources.items()],
        "identifier": page.cited,
        "isPartOf": _node(f"{base}/dossiers/{dossier['id']}", dossier["title"]),
        "license": licence_url(dossier["licence"]),
        "creditText": dossier["citation"],
    }
    return written(members)


def _about(scope: str, counts: Members) -> str:
    """A description: what the curators say, and what is counted. One needs 50 characters and may have 5,000."""
    held = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    counted = ABOUT.format(held or "nothing in it yet")
    return f"{scope[: MOST - len(counted) - 1]} {counted}".strip()


def _node(url: str, name: str, type: str = "") -> JsonObject:
    return written({"@type": type, "@id": url, "name": name, "url": url if type else ""})


def _catalogue(base: str) -> JsonObject:
    return {"@type": "DataCatalog", "@id": f"{base}/", "name": "onrecord", "url": f"{base}/"}


def _download(url: str, media_type: str, name: str = "") -> JsonObject:
    media = media_type.partition(";")[0]
    return written({"@type": "DataDownload", "name": name, "encodingFormat": media, "contentUrl": url})


def _block(members: Members) -> Markup:
    """A block of data in a page: no browser runs it, and no text in it can end it."""
    text = orjson.dumps({"@context": "https://schema.org", **members}).decode()
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{escaped}</script>\n')
