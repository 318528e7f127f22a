"""What was probably meant by a path that is none of ours."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import dropwhile

from app.formats import FORMATS
from app.resources import RESOURCES
from app.values.nearest import nearest

MOUNT = re.compile(r"api|rest|v[0-9.]+", re.IGNORECASE)  # what other APIs put before their paths
ENDING = re.compile(rf"(.+)\.({'|'.join(FORMATS)})")
LONGEST = 300  # characters of a path that is thought about
NAMES = {
    **{resource.noun: resource.name for resource in RESOURCES},
    **{resource.name: resource.name for resource in RESOURCES},
}
ELSEWHERE = {  # what other APIs call our collections
    "places": "locations location sites regions cities",
    "people": "persons individuals politicians",
    "organisations": "organizations organization orgs companies institutions parties",
    "actors": "entities entity agents participants",
    "claims": "statements statement quotes assertions",
    "events": "incidents incident happenings",
    "sources": "articles article documents document reports publications",
    "dossiers": "datasets dataset catalogs collections",
    "relations": "relationships links memberships edges",
    "search": "find query lookup",
    "docs": "swagger swaggerui redoc apidocs documentation reference help",
    "openapi.json": "openapi openapi.yaml openapi.yml swagger.json spec spec.json schema schema.json",
    "changes": "history log updates news",
    "releases": "version versions editions",
    "healthz": "status ping up alive",
}
NAMES |= {word: name for name, words in ELSEWHERE.items() for word in words.split()}
BY_NAME = {resource.name: resource for resource in RESOURCES}
HOMES = {resource.name: resource.home for resource in RESOURCES}

Segments = list[str]


def meant(path: str, ours: Sequence[str]) -> str | None:
    """The path, and maybe a query, that the unknown one is nearest to. `ours` are all paths, as in `/events/{id}`."""
    if len(path) > LONGEST:
        return None
    ending = None if path.rpartition("/")[2] in NAMES else ENDING.fullmatch(path)
    bare = ending[1] if ending else path
    segments = list(dropwhile(MOUNT.fullmatch, (segment for segment in bare.split("/") if segment)))
    found = next(_fitting(segments, [path.split("/")[1:] for path in ours]), None) or _filtered(segments)
    if found is None or ending is None:
        return found
    return f"{found}{'&' if '?' in found else '?'}format={ending[2]}"


def _fitting(segments: Segments, ours: Sequence[Segments]) -> Iterator[str]:
    """The segments as a path of ours: as they stand, else below the main collection, else each by its nearest word."""
    if not segments:
        return
    named = NAMES.get(nearest(segments[0], NAMES) or "")
    first = NAMES[segments[0]] if segments[0] in NAMES else segments[0]
    heads = dict.fromkeys((first, segments[0], named or segments[0], HOMES.get(named or "", segments[0])))
    for head in heads:
        found = [made for path in ours if (made := _as(path, [head, *segments[1:]]))]
        if found:
            yield max(found, key=lambda made: SequenceMatcher(None, "/".join(segments), made).ratio())


def _filtered(segments: Segments) -> str | None:
    """A list below a record as the list with that filter: `/dossiers/x/events` is `/events?dossier=x`."""
    if len(segments) != 3:
        return None
    parent, listed = (BY_NAME.get(NAMES.get(segments[place], "")) for place in (0, 2))
    if parent is None or listed is None or parent.kind not in listed.by_name:
        return None
    return f"/{listed.name}?{parent.kind}={segments[1]}"


def _as(ours: Segments, segments: Segments) -> str | None:
    """The segments with the fixed ones of a path of ours in their place, if these are near."""
    if len(ours) != len(segments):
        return None
    made = [given if own.startswith("{") else nearest(given, [own]) for own, given in zip(ours, segments, strict=True)]
    return f"/{'/'.join(segment for segment in made if segment)}" if all(made) else None
