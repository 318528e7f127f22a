"""The catalogue: an append-only list beside the releases that says what was published when, and what is current."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.errors import ReleaseGone, ReleaseNotHere, Unavailable
from app.query.base import Refused
from app.query.reader import Published, ReleaseInfo
from app.values.nearest import nearest

MIN_PREFIX = 4  # characters of a release id that may stand for it
CURRENT = ("current", "latest", "newest", "head")  # what users of other APIs call it


class StoreError(Exception):
    """A store that cannot be used as it is; the message is one line: the reason, and what mends it."""


@dataclass(frozen=True)
class Event:
    """One line of the catalogue: `op` is publish, roll-back or withdraw."""

    number: int
    op: str
    release: str
    at: str
    members: Mapping[str, Any]

    def line(self) -> str:
        """As the file keeps it."""
        head = {"number": self.number, "op": self.op, "release": self.release, "at": self.at}
        return json.dumps({**head, **self.members}, ensure_ascii=False, sort_keys=False)


def parse(text: str) -> tuple[Event, ...]:
    """The events of a catalogue's text; raises StoreError."""
    events = tuple(_event(number, line) for number, line in enumerate(text.splitlines(), 1))
    try:
        Catalogue(events).listed()
    except KeyError as error:  # a member that its event must have, or a release that no event published
        raise StoreError(f"the catalogue lacks {error}: restore it from a copy") from error
    return events


def _event(number: int, line: str) -> Event:
    try:
        members = json.loads(line)
        event = Event(members.pop("number"), members.pop("op"), members.pop("release"), members.pop("at"), members)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"line {number} of the catalogue cannot be read: restore it from a copy") from error
    if event.number != number:
        raise StoreError(f"line {number} of the catalogue bears the number {event.number}: restore it from a copy")
    return event


@dataclass(frozen=True)
class Catalogue:
    """The events so far, and what follows from them."""

    events: tuple[Event, ...] = ()

    @cached_property
    def releases(self) -> Mapping[str, Published]:
        """Every release by id, in the order first published; a later publication of one replaces its file."""
        found: dict[str, Published] = {}
        for event in self.events:
            if event.op == "publish":
                before = found.get(event.release)
                found[event.release] = replace(_published(event), number=before.number if before else event.number)
            elif event.op == "withdraw":
                found[event.release] = replace(found[event.release], withdrawn=event.members["reason"])
        return found

    @cached_property
    def current(self) -> Published | None:
        """The release published or rolled back to last that was not withdrawn."""
        releases = self.releases
        order = [event.release for event in self.events if event.op in ("publish", "roll-back")]
        return next((releases[id] for id in reversed(order) if releases[id].withdrawn is None), None)

    def listed(self) -> Sequence[Published]:
        """Every release, latest first."""
        current = self.current
        return tuple(replace(each, current=each == current) for each in reversed(list(self.releases.values())))

    def needed(self) -> Published:
        """The current release; raises Unavailable."""
        if (current := self.current) is None:
            raise Unavailable("No release has been published here yet.")
        return current

    def named(self, reference: str) -> Published:
        """The release of that id, prefix or label; raises Refused or ReleaseGone."""
        return _served(self._one(reference))

    def known(self, reference: str) -> Published:
        """The same, also of one that is served no more; raises Refused."""
        found = self._one(reference)
        return replace(found, current=found == self.current)

    def _one(self, reference: str) -> Published:
        matches = list(self._matching(reference))
        if not matches:
            raise _unknown(reference, [each.info.label for each in self.releases.values()])
        if len({each.info.id for each in matches}) > 1:
            ids = ", ".join(each.info.id[:16] for each in matches)
            raise Refused(f"'{reference}' stands for several releases: {ids}.", reference)
        return matches[0]

    def _matching(self, reference: str) -> Iterator[Published]:
        for id, each in self.releases.items():
            if reference in (id, each.info.label) or (len(reference) >= MIN_PREFIX and id.startswith(reference)):
                yield each

    def begun(self, prefix: str) -> Published:
        """The release that a cursor began on; raises ReleaseNotHere or ReleaseGone."""
        found = next((each for id, each in self.releases.items() if id.startswith(prefix)), None)
        if found is None:
            raise ReleaseNotHere(f"The cursor belongs to release {prefix}, which this server does not have yet.")
        return _served(found)

    def then(self, op: str, release: str, at: str, members: Mapping[str, Any]) -> "Catalogue":
        """The catalogue with one event more."""
        return Catalogue((*self.events, Event(len(self.events) + 1, op, release, at, members)))

    def text(self) -> str:
        """As the file keeps it: one event a line."""
        return "".join(event.line() + "\n" for event in self.events)


def _unknown(reference: str, labels: Sequence[str]) -> Refused:
    message = f"No release is called '{reference}'; /releases lists them."
    if reference.lower() in CURRENT:
        message = f"{message} Without one named, the current release answers: leave it out."
    elif len(reference) < MIN_PREFIX:
        message = f"{message} The prefix of an id has at least {MIN_PREFIX} characters."
    return Refused(message, reference, nearest(reference, labels))


def _served(found: Published) -> Published:
    if found.withdrawn is not None:
        raise ReleaseGone(f"Release {found.info.label} was withdrawn: {found.withdrawn}")
    return found


def _published(event: Event) -> Published:
    members = event.members
    return Published(
        info=ReleaseInfo(event.release, members["label"], members["issued"]),
        number=event.number,
        at=event.at,
        schema_version=members["schema_version"],
        documents=members["documents"],
        file=members["file"],
        sha256=members["sha256"],
        about=members["about"],
        predecessor=members["predecessor"],
    )
