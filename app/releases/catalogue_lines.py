"""The lines of the catalogue's file: one event each. A line that cannot be read is passed over, and told."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.releases.catalogue import OF_FILE, Catalogue, Event, StoreError
from app.releases.files import TIME
from app.values.members import Members

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
PUBLISHED: Mapping[str, tuple[type, ...]] = {
    "label": (str,),
    "issued": (str,),
    "schema_version": (str,),
    "documents": (str,),
    "file": (str,),
    "sha256": (str,),
    "about": (dict,),
    "predecessor": (str, type(None)),
}
"""The members of an event that publishes a release, and their types."""
REQUIRED = {"publish": tuple(PUBLISHED), "upgrade": OF_FILE}
"""What an event that describes a file must have."""


class _Damaged(ValueError):
    """A line that is no event of this catalogue."""


@dataclass(frozen=True)
class Lines:
    """The events that can be read, and a sentence for each line that cannot."""

    events: tuple[Event, ...]
    faults: tuple[str, ...]


def parse(text: str) -> tuple[Event, ...]:
    """Return the events in the text of a catalogue; raise StoreError if a line cannot be read."""
    lines = read_lines(text.encode())
    if lines.faults:
        raise StoreError(f"{lines.faults[0]}: restore it from a copy")
    return lines.events


def read_lines(content: bytes) -> Lines:
    """Read the content of a catalogue's file; a byte order mark, blank lines and CR LF do no harm.

    An event whose number is too high is taken, and told: the lines before it are lost.
    """
    events, faults, published = list[Event](), list[str](), set[str]()
    for number, line in enumerate(content.removeprefix(BYTE_ORDER_MARK).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            event = _event(line)
            last = events[-1].number if events else 0
            if event.number != last + 1:
                faults.append(f"line {number} of the catalogue bears the number {event.number}")
            if event.number > last:
                _check(event, published)
                events.append(event)
                published.add(event.release)
        except _Damaged as damage:
            faults.append(f"line {number} of the catalogue {damage}")
    return Lines(tuple(events), tuple(faults))


def followed(before: Catalogue, lines: Lines) -> Catalogue:
    """Return the catalogue after what was known before: a line that is damaged or lost now stays as it was."""
    events = {event.number: event for event in (*before.events, *lines.events)}
    return Catalogue(tuple(events[number] for number in sorted(events)))


def _event(line: bytes) -> Event:
    try:
        members = json.loads(line)
        event = Event(members.pop("number"), members.pop("op"), members.pop("release"), members.pop("at"), members)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _Damaged("cannot be read") from error
    if type(event.number) is not int or not all(isinstance(text, str) for text in (event.op, event.release, event.at)):
        raise _Damaged("cannot be read")
    return event


def _check(event: Event, published: set[str]) -> None:
    """Refuse an event that lacks what it must have, or whose release was never published."""
    try:
        datetime.strptime(event.at, TIME)
    except ValueError as error:
        raise _Damaged("has a bad at") from error
    if event.op != "publish" and event.release not in published:
        raise _Damaged(f"names the release {event.release[:16]}, which no line before it publishes")
    if event.op in REQUIRED:
        _check_members(event.members, REQUIRED[event.op])


def _check_members(members: Members, required: Iterable[str]) -> None:
    for name in required:
        if not isinstance(members.get(name, 0), PUBLISHED[name]):
            raise _Damaged(f"lacks {name}" if name not in members else f"has a bad {name}")
    about = members["about"]
    if not isinstance(about.get("counts"), dict) or not all(_is_dossier(known) for known in _list(about, "dossiers")):
        raise _Damaged("has a bad about")


def _list(members: Members, name: str) -> list[object]:
    found = members.get(name)
    return found if isinstance(found, list) else [None]


def _is_dossier(known: object) -> bool:
    texts = ("id", "title", "licence", "citation")
    if not isinstance(known, dict) or not all(isinstance(known.get(name), str) for name in texts):
        return False
    edition = known.get("edition")
    return isinstance(edition, dict) and all(isinstance(edition.get(name), str) for name in ("label", "issued"))
