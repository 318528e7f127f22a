"""The pictures of a record: when, where, and how an actor stands to others; each only where enough is known for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from app.formats.base import Around
from app.formats.html import humanize
from app.formats.html.locator import Locator, locator
from app.formats.html.network import Network, network
from app.formats.html.timeline import UNDATED, Item, Timeline, lasting, once, said, timeline
from app.values.members import Members
from app.vocabularies import load

Lists = Mapping[str, Sequence[Members]]  # the documents of each list below a record, by its path


@dataclass(frozen=True)
class Pictures:
    """What can be drawn of one record."""

    timeline: Timeline | None
    map: Locator | None
    network: Network | None


def pictures(document: Members, around: Around, parts: Mapping[str, Members]) -> Pictures:
    """Draw what is known; `parts` are the derived documents below the record."""
    lists = {listed.path: [orjson.loads(text) for text in listed.documents] for listed in around.lists}
    related = [orjson.loads(text) for text in around.related]
    items = [*_events(document, related, around), *_listed(document, lists, around), *_said(document, parts, around)]
    return Pictures(
        timeline(items),
        _map(document, related),
        network(document, lists["relations"]) if "relations" in lists else None,
    )


def _events(document: Members, related: Sequence[Members], around: Around) -> Iterator[Item]:
    """The record itself, where it has a date, and what it is related to."""
    if "date" not in document:
        return
    yield _event(document, around, here=True)
    words = {link["event"]["id"]: _relation(link) for link in document.get("links", ())}
    for other in related:
        whole = (document.get("part_of") or {}).get("id") == other["id"]
        part = (other.get("part_of") or {}).get("id") == document["id"]
        about = "the whole" if whole else "part of it" if part else words.get(other["id"], "")
        yield _event(other, around, about)


def _event(event: Members, around: Around, about: str = "", here: bool = False) -> Item:
    date = event["date"]
    url = f"{around.base}/events/{event['id']}"
    when = humanize.date(date["edtf"]) if date else "not dated"
    return Item(once(date) if date else UNDATED, when, event["title"], url, about, here)


def _relation(link: Members) -> str:
    term = load("event-relations").terms[link["relation"]]
    return f"{term.label} it" if link["inverse"] else f"{term.inverse or term.label} it"


def _listed(document: Members, lists: Lists, around: Around) -> Iterator[Item]:
    """What the lists below a record have; claims together by the date on which they were made."""
    for event in lists.get("events", ()):
        yield _event(event, around)
    for relation in lists.get("relations", ()):
        if when := humanize.period(relation["from"], relation["to"]):
            url = f"{around.base}/relations/{relation['id']}"
            yield Item(lasting(relation["from"], relation["to"]), when, relation["label"], url)
    if document["kind"] == "actor":
        claims = (("", claim["said"]) for claim in lists.get("claims", ()))
        yield from said(claims, f"{around.base}/actors/{document['id']}/claims")


def _said(document: Members, parts: Mapping[str, Members], around: Around) -> Iterator[Item]:
    """What was said about an event on each date."""
    if "matrix" in parts:
        matrix = parts["matrix"]
        voices = {voice["voice"]: voice["label"] for voice in matrix["speakers"]}
        cells = (cell for row in matrix["rows"] for cell in row["cells"])
        claims = ((voices[cell["voice"]], claim["said"]) for cell in cells for claim in cell["claims"])
        yield from said(claims, f"{around.base}/events/{document['id']}/claims")


def _map(document: Members, related: Sequence[Members]) -> Locator | None:
    """The map of a place, or of the place of an event."""
    if document["kind"] == "place":
        inside = [other for other in related if any(place["id"] == document["id"] for place in other["within"])]
        return locator(document, inside)
    place = document.get("place")
    return locator(place) if place else None
