"""Values: what holds for texts, lists and identifiers of every kind of entry."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.dossier.draft import Draft
from app.dossier.findings import CONTROL, Finding
from app.dossier.nodes import Location
from app.vocabularies import load

_NAMED_BY: Mapping[Location, str] = {("aspects",): "id", ("gaps",): "aspect"}
_MAY_REPEAT = "reported_by"  # a chain can come back to where it was


def control_characters(draft: Draft) -> Iterator[Finding]:
    """No text may hold what breaks a database, a terminal or a line."""
    for written in draft.everything:
        for location, value in _walk(written.value, ()):
            control = CONTROL.search(value) if isinstance(value, str) else None
            if control:
                message = f"the text holds the control character U+{ord(control[0]):04X}"
                yield written.finding("control-character", location, message)


def repetitions(draft: Draft) -> Iterator[Finding]:
    """Nothing stands twice in one list, and no two aspects or gaps of an event are about one question."""
    for written in draft.written:
        for location, value in _walk(written.value, ()):
            if isinstance(value, list) and location[-1:] != (_MAY_REPEAT,):
                for number, same in _repeated(value, location):
                    message = f"{location[-1]}: this is already number {same + 1} of the list"
                    yield written.finding("listed-twice", (*location, number), message)


def identifiers(draft: Draft) -> Iterator[Finding]:
    """An identifier elsewhere has the form of its scheme."""
    known = load("identifier-schemes").terms
    for written in draft.written:
        given = written.value.get("identifiers")
        for scheme, value in given.items() if isinstance(given, dict) else ():
            pattern = known[scheme].pattern if scheme in known else None
            if pattern and isinstance(value, str) and not re.fullmatch(pattern, value):
                message = f"'{value}' is no identifier of {known[scheme].label}, which has the form {pattern}"
                yield written.finding("identifier-malformed", ("identifiers", scheme), message)


def _walk(value: Any, location: Location) -> Iterator[tuple[Location, Any]]:
    """Every value inside a value, and every name of a field, with its place."""
    yield location, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield location, key
            yield from _walk(inner, (*location, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _walk(inner, (*location, i))


def _repeated(items: list[Any], location: Location) -> Iterator[tuple[int, int]]:
    """The number of each item that repeats an earlier one, and the number of that one."""
    first: dict[str, int] = {}
    member = _NAMED_BY.get(location)
    for i, item in enumerate(items):
        told = item.get(member, item) if member and isinstance(item, dict) else item
        earlier = first.setdefault(json.dumps(told, sort_keys=True), i)
        if earlier != i:
            yield i, earlier
