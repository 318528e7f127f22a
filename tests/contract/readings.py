"""What each filter reads, in plain Python: the values that a document has for it."""

from collections.abc import Callable, Iterable
from typing import Any

from app.values.folding import name_keys
from app.values.slugs import slugify

Reading = Callable[[dict[str, Any]], Iterable[Any]]


def ids(refs: Iterable[dict[str, Any] | None]) -> list[str]:
    """The ids of those references that are there."""
    return [each["id"] for each in refs if each]


def member(name: str) -> Reading:
    """The value of one member."""
    return lambda document: [document[name]]


def ref(name: str) -> Reading:
    """The id of one reference."""
    return lambda document: ids([document[name]])


def flag(name: str) -> Reading:
    """One member as `true` or `false`."""
    return lambda document: [str(document[name]).lower()]


def names(document: dict[str, Any]) -> list[str]:
    """Every folded key of every name."""
    return [key for name in document["names"] for key in name_keys(name["value"])]


EVERYWHERE: dict[str, Reading] = {
    "id": member("id"),
    "layer": member("layer"),
    "identifier": lambda document: [f"{scheme}:{value}" for scheme, value in document["identifiers"].items()],
}
ANYWHERE_ELSE: dict[str, Reading] = {**EVERYWHERE, "dossier": ref("dossier")}
ACTORS: dict[str, Reading] = {
    **ANYWHERE_ELSE,
    "type": member("type"),
    "country": member("country"),
    "name": names,
    "classification": lambda document: [document.get("classification")],
    "office": lambda document: [slugify(each["post"]) for each in document.get("offices", [])],
}

READINGS: dict[str, dict[str, Reading]] = {
    "events": {
        **ANYWHERE_ELSE,
        "type": member("type"),
        "mode": lambda event: event["modes"],
        "context": lambda event: event["contexts"],
        "participant": lambda event: [
            text
            for each in event["participants"]
            for text in (each["actor"]["id"], f"{each['actor']['id']}:{each['role']}")
        ],
        "role": lambda event: [each["role"] for each in event["participants"]],
        "side": lambda event: [each["side"] for each in event["participants"]],
        "country": lambda event: [event["place"]["country"]] if event["place"] else [],
        "part_of": ref("part_of"),
        "differing": lambda event: [str(any(figures["differing"] for figures in event["figures"])).lower()],
        "disputed": lambda event: [str(any(figures["disputed"] for figures in event["figures"])).lower()],
        "gap": lambda event: [each["aspect"] for each in event["gaps"]],
    },
    "actors": ACTORS,
    "people": ACTORS,
    "organisations": ACTORS,
    "groups": ACTORS,
    "claims": {
        **ANYWHERE_ELSE,
        "speaker": lambda claim: ids([claim["speaker"]["actor"]]) if claim["speaker"] else [],
        "narrated": flag("narrated"),
        "event": lambda claim: ids(claim["events"]),
        "about": lambda claim: ids([*claim["events"], *claim["actors"]]),
        "type": member("type"),
        "medium": member("medium"),
        "platform": lambda claim: [slugify(claim["platform"])] if claim["platform"] else [],
        "source": lambda claim: ids(each["source"] for each in claim["evidence"]),
        "aspect": member("aspect"),
        "contested": flag("contested"),
        "corroborated": flag("corroborated"),
        "differing": flag("differing"),
        "disputed": flag("disputed"),
        "agreeing": flag("agreeing"),
        "pinned": lambda claim: [str(any(each["pinned"] for each in claim["evidence"])).lower()],
        "relation": lambda claim: [each["relation"] for each in claim["relations"]],
        "with": lambda claim: ids(each["claim"] for each in claim["relations"]),
        "quote": member("quote"),
        "modality": member("modality"),
    },
    "sources": {
        **ANYWHERE_ELSE,
        "type": member("type"),
        "publisher": ref("publisher"),
        "language": member("language"),
        "pinned": lambda source: [str(source["sha256"] is not None).lower()],
        "archived": lambda source: [str(source["archived"] is not None).lower()],
    },
    "places": {
        **ANYWHERE_ELSE,
        "name": names,
        "within": lambda place: ids(place["within"]),
        "country": member("country"),
        "precision": member("precision"),
        "status": member("status"),
    },
    "relations": {
        **ANYWHERE_ELSE,
        "type": member("type"),
        "subject": ref("subject"),
        "object": ref("object"),
        "actor": lambda relation: ids([relation["subject"], relation["object"]]),
        "post": lambda relation: [slugify(relation["post"])] if relation["post"] else [],
    },
    "dossiers": {**EVERYWHERE, "licence": member("licence")},
}
