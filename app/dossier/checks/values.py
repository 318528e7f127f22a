"""Values: what holds for texts, lists and identifiers of every kind of entry."""

import re
from collections.abc import Iterator, Mapping

import orjson

from app.dossier.findings import CONTROL, Finding
from app.dossier.layout import REMOVED
from app.dossier.nodes import Location
from app.dossier.written import Written
from app.values.check_digits import holds
from app.vocabularies import load

_NAMED_BY: Mapping[Location, str] = {("aspects",): "id", ("gaps",): "aspect"}
_MAY_REPEAT = "reported_by"  # a chain can come back to where it was


def texts_and_lists(written: Written) -> Iterator[Finding]:
    """Control characters and repetitions, in an entry that has any."""
    if written.entry is None or not _plain(written.value):
        yield from _control_characters(written)
        yield from _repetitions(written)


def identifiers(written: Written) -> Iterator[Finding]:
    """An identifier elsewhere has the form of its scheme."""
    known = load("identifier-schemes").terms
    given = written.value.get("identifiers") if written.kind != REMOVED else None
    for scheme, value in given.items() if isinstance(given, dict) else ():
        pattern = known[scheme].pattern if scheme in known else None
        if pattern and isinstance(value, str) and not re.fullmatch(pattern, value):
            message = f"'{value}' is no identifier of {known[scheme].label}, which has the form {pattern}"
            yield written.finding("identifier-malformed", ("identifiers", scheme), message)
        elif isinstance(value, str) and scheme in known and (rule := known[scheme].check) and not holds(rule, value):
            message = f"'{value}' is no identifier of {known[scheme].label}: its check digits do not fit"
            yield written.finding("identifier-malformed", ("identifiers", scheme), message)


def _control_characters(written: Written) -> Iterator[Finding]:
    """No text may hold what breaks a database, a terminal or a line."""
    for location, value in _walk(written.value, ()):
        control = CONTROL.search(value) if isinstance(value, str) else None
        if control:
            message = f"the text holds the control character U+{ord(control[0]):04X}"
            yield written.finding("control-character", location, message)


def _repetitions(written: Written) -> Iterator[Finding]:
    """No value stands twice in one list, and no two aspects or gaps of an event are about one question."""
    for location, value in _walk(written.value, ()) if written.kind != REMOVED else ():
        if isinstance(value, list) and location[-1:] != (_MAY_REPEAT,):
            for number, same in _repeated(value, location):
                message = f"{location[-1]}: this is already number {same + 1} of the list"
                yield written.finding("listed-twice", (*location, number), message)


def _plain(value: Mapping[str, object]) -> bool:
    """Whether a sound value surely holds no control character and no repetition: of nearly all this is soon said."""
    for name, inner in value.items():
        if inner.__class__ is str:
            if not (inner.isprintable() or not CONTROL.search(inner)):
                return False
        elif inner.__class__ is dict:
            if not _plain(inner):
                return False
        elif inner.__class__ is list and not _plain_list(inner, name):
            return False
    return True


def _plain_list(items: list[object], name: str) -> bool:
    mappings = (item if isinstance(item, dict) else {"": item} for item in items)
    return all(map(_plain, mappings)) and (len(items) < 2 or not any(_repeated(items, (name,))))


def _walk(value: object, location: Location) -> Iterator[tuple[Location, object]]:
    """Every value inside a value, and every name of a field, with its place."""
    yield location, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield location, key
            yield from _walk(inner, (*location, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _walk(inner, (*location, i))


def _repeated(items: list[object], location: Location) -> Iterator[tuple[int, int]]:
    """The number of each item that repeats an earlier one, and the number of that one."""
    first: dict[bytes, int] = {}
    member = _NAMED_BY.get(location)
    for i, item in enumerate(items):
        told = item.get(member, item) if member and isinstance(item, dict) else item
        earlier = first.setdefault(orjson.dumps(told, option=orjson.OPT_SORT_KEYS), i)
        if earlier != i:
            yield i, earlier
