"""The catalogue: an append-only list of what was published when. The current release follows from it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from app.errors import ReleaseGone, ReleaseNotHere, Unavailable
from app.query.base import Refused
from app.query.reader import Published, ReleaseInfo
from app.releases.schema import HEAD
from app.values.members import Members
from app.values.nearest import nearest

MIN_PREFIX = 4  # characters of a release id that a reference must have at least
NO_REASON = "no reason is given"  # of a withdrawal that was written by hand
OF_FILE = ("schema_version", "documents", "file", "sha256", "about")  # what an upgrade changes
CURRENT = ("current", "latest", "newest", "head")  # what other APIs call the current release


class StoreError(Exception):
    """A store that cannot be used. The message is one line: the reason, and the remedy."""


@dataclass(frozen=True)
class Event:
    """One line of the catalogue; `op` is publish, roll-back, withdraw or upgrade."""

    number: int
    op: str
    release: str
    at: str
    members: Members

    def line(self) -> str:
        """Return the event as a line of the file, without a line feed."""
        head = {"number": self.number, "op": self.op, "release": self.release, "at": self.at}
        return json.dumps({**head, **self.members}, ensure_ascii=False, sort_keys=False)


@dataclass(frozen=True)
class Catalogue:
    """The events in order, and the releases that follow from them."""

    events: tuple[Event, ...] = ()

    @cached_property
    def releases(self) -> Mapping[str, Published]:
        """The releases by id, in the order of their first publication; to publish or upgrade one replaces its file."""
        releases: dict[str, Published] = {}
        for event in self.events:
            if event.op == "publish":
                before = releases.get(event.release)
                releases[event.release] = replace(_published(event), number=before.number if before else event.number)
            elif event.op == "withdraw":
                reason = event.members.get("reason") or NO_REASON
                releases[event.release] = replace(releases[event.release], withdrawn=reason)
            elif event.op == "upgrade":
                releases[event.release] = _upgraded(releases[event.release], event.members)
        return releases

    @property
    def position(self) -> int:
        """The number of the last event; 0 if there is none."""
        return self.events[-1].number if self.events else 0

    @cached_property
    def version(self) -> str:
        """What another catalogue has another of, also one that lost events and went on from there."""
        heads = "".join(f"{event.number} {event.op} {event.release} {event.at}\n" for event in self.events)
        return f"{self.position} {sha256(heads.encode()).hexdigest()[:16]}"

    @cached_property
    def currents(self) -> Sequence[str | None]:
        """The id of the release that was current after each event: published or rolled back to last, not withdrawn."""
        order, withdrawn, found = list[str](), set[str](), list[str | None]()
        for event in self.events:
            if event.op == "withdraw":
                withdrawn.add(event.release)
            elif event.op in ("publish", "roll-back"):
                order.append(event.release)
            found.append(next((id for id in reversed(order) if id not in withdrawn), None))
        return tuple(found)

    @cached_property
    def current(self) -> Published | None:
        """The release that is current after the last event; None if there is none."""
        id = self.currents[-1] if self.events else None
        return None if id is None else self.releases[id]

    def listed(self) -> Sequence[Published]:
        """Return the releases, latest first."""
        current = self.current
        return tuple(replace(known, current=known == current) for known in reversed(list(self.releases.values())))

    def needed(self) -> Published:
        """Return the current release; raise Unavailable if there is none."""
        if (current := self.current) is None:
            raise Unavailable("No release has been published here yet.")
        return current

    def named(self, reference: str) -> Published:
        """Return the release with that id, prefix of an id, or label.

        Raise Refused if no release or several have it, ReleaseGone if it was withdrawn.
        """
        return _not_withdrawn(self._one(reference))

    def known(self, reference: str) -> Published:
        """Return the release with that id, prefix of an id, or label, also if it was withdrawn; raise Refused."""
        known = self._one(reference)
        return replace(known, current=known == self.current)

    def _one(self, reference: str) -> Published:
        matches = list(self._matching(reference))
        if not matches:
            raise _unknown(reference, [known.info.label for known in self.releases.values()])
        if len({known.info.id for known in matches}) > 1:
            ids = ", ".join(known.info.id[:16] for known in matches)
            raise Refused(f"'{reference}' stands for several releases: {ids}.", reference)
        return matches[0]

    def _matching(self, reference: str) -> Iterator[Published]:
        for id, known in self.releases.items():
            if reference in (id, known.info.label) or (len(reference) >= MIN_PREFIX and id.startswith(reference)):
                yield known

    def begun(self, prefix: str) -> Published:
        """Return the release of a cursor, which holds the `prefix` of its id.

        Raise ReleaseNotHere if there is no such release, ReleaseGone if it was withdrawn.
        """
        for id, known in self.releases.items():
            if id.startswith(prefix):
                return _not_withdrawn(known)
        raise ReleaseNotHere(f"The cursor belongs to release {prefix}, which this server does not have yet.")

    def then(self, op: str, release: str, at: str, members: Mapping[str, object]) -> "Catalogue":
        """Return the catalogue with one more event."""
        return Catalogue((*self.events, Event(self.position + 1, op, release, at, members)))

    def text(self) -> str:
        """Return the content of the file: one event a line."""
        return "".join(event.line() + "\n" for event in self.events)


def _unknown(reference: str, labels: Sequence[str]) -> Refused:
    message = f"No release is called '{reference}'; /releases lists them."
    if reference.lower() in CURRENT:
        message = f"{message} Without one named, the current release answers: leave it out."
    elif len(reference) < MIN_PREFIX:
        message = f"{message} The prefix of an id has at least {MIN_PREFIX} characters."
    return Refused(message, reference, nearest(reference, labels))


def _not_withdrawn(release: Published) -> Published:
    if release.withdrawn is not None:
        raise ReleaseGone(f"Release {release.info.label} was withdrawn: {release.withdrawn}")
    return release


def _upgraded(release: Published, members: Members) -> Published:
    """Return the release with another file of it; one that can be read here is not given up for one that cannot."""
    if release.schema_version == HEAD != members["schema_version"]:
        return release
    return replace(release, **{name: members[name] for name in OF_FILE})


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
