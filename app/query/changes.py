"""What may be asked of the changes between releases: the question, read from its parameters, and the answer."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol, TypeVar

from app.errors import Fault, InvalidCursor, bad_query
from app.query.base import Refused, read_each
from app.query.cursor import BadCursor, Cursor, decode, digest
from app.query.parameters import (
    CURSOR,
    DEFAULT_LIMIT,
    FORMAT,
    LIMIT_OF_PAGES,
    Control,
    Given,
    cut,
    read_limit,
    read_words,
    unknown,
)
from app.values.integers import plain_integer
from app.values.members import Members
from app.values.slugs import is_slug

T = TypeVar("T")

TERM: Final = "term"  # the kind of what a dossier adds to a vocabulary, which is no record
OPERATIONS: Final = ("created", "updated", "removed", "merged")
SORTS: Final = ("-number", "number")  # the first is the default
TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})Z)?")
LARGEST = 10**15


@dataclass(frozen=True)
class Change:
    """What happened to one record when another release became current, or none; or to a term, `vocabulary/id`.

    `before` and `after` have the members of its entry that differ, by path; they are None, and perhaps the label too,
    where a release that was withdrawn has them: `withdrawn` is the reason.
    """

    number: int
    op: str
    kind: str
    id: str
    label: str | None
    target: str | None
    reason: str | None
    correction: str | None
    before: Members | None
    after: Members | None
    step: str  # the op of the catalogue that made it
    published: str
    release: str | None  # the id of the one that is current since then
    withdrawn: str | None


@dataclass(frozen=True)
class ChangePage:
    """One page of changes; `total` counts every page together."""

    changes: tuple[Change, ...]
    total: int
    next: str | None
    latest: int  # the number of the last change when the walk began


@dataclass(frozen=True)
class ChangeQuestion:
    """Which changes are asked for; an empty tuple asks for any. `latest` and `after` come from a cursor."""

    since: int | str | None = None  # a number, which is left out, or a time of the catalogue, which is not
    until: int | None = None
    kinds: tuple[str, ...] = ()
    ops: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    sort: str = SORTS[0]
    limit: int = DEFAULT_LIMIT
    latest: int | None = None
    after: int | None = None

    @property
    def digest(self) -> str:
        """What a cursor keeps of the question."""
        asked = (self.since, self.kinds, self.ops, self.ids, self.releases, self.sort)
        return digest(f"changes {asked!r}")

    @property
    def explained(self) -> Mapping[str, object]:
        """How each parameter was read, by name."""
        read = {"id": self.ids, "kind": self.kinds, "op": self.ops, "release": self.releases}
        several = {name: list(values) for name, values in read.items() if values}
        return several | {name: known for name in ("since", "until") if (known := getattr(self, name)) is not None}

    @property
    def text(self) -> str:
        """One sentence, true of exactly the changes that match."""
        records = [kind for kind in self.kinds if kind != TERM]
        of = [f"{' or '.join(records)} records"] if records else []
        which = " and ".join([*of, *(["terms"] if TERM in self.kinds else [])]) or "records and terms"
        who = f"{' or '.join(self.ids)}, and of what was merged into it" if self.ids else which
        parts = [f"Changes of {who}"]
        parts += [f"that were {' or '.join(self.ops)}"] if self.ops else []
        parts += [f"by release {' or '.join(id[:16] for id in self.releases)}"] if self.releases else []
        if self.since is not None:
            parts.append(f"after number {self.since}" if isinstance(self.since, int) else f"from {self.since} on")
        parts += [f"up to number {self.until}"] if self.until is not None else []
        latest_first = ", the latest first" if self.sort == SORTS[0] else ""
        return f"{' '.join(parts)}; in order of number{latest_first}."

    def cursor(self, latest: int, total: int, last: int) -> str:
        """The cursor of the page behind the change with the number `last`; the walk ends at the number `latest`."""
        return Cursor(str(latest), total, self.digest, str(last)).encode()


class Changes(Protocol):
    """What reading a question must ask the store."""

    def changed(self, ids: Iterable[str]) -> Sequence[str]:
        """Those of the ids that some change is of, or was merged into."""

    def release_id(self, reference: str) -> str:
        """The full id of a release, also of a withdrawn one; raises Refused."""

    def nearest(self, id: str) -> str | None:
        """The id of a record that was probably meant."""


SINCE = Control(
    "since",
    "Changes after the one of this number; or published on this day or at this time (UTC), and later.",
    {"type": "string", "maxLength": 200},
    "0",
    group="when",
)
UNTIL = Control(
    "until",
    "No change after the one of this number.",
    {"type": "integer", "minimum": 0},
    "1000000",
    group="when",
)
RELEASE_OF_CHANGES = Control(
    "release",
    "Changes that this release made: its full id, an unambiguous prefix of at least four characters, or its label.",
    {"type": "string", "minLength": 1, "maxLength": 200},
    "",
    multiple=True,
    group="what",
)
IDS = Control(
    "id",
    "Changes of these records, and of those that were merged into them. A term is `event-types/recall`.",
    {"type": "string", "maxLength": 200},
    "",
    multiple=True,
    group="what",
)
OPS = Control(
    "op", "What happened.", {"type": "string", "enum": list(OPERATIONS)}, "updated", multiple=True, group="what"
)
SORT = Control(
    "sort", f"The order. Default `{SORTS[0]}`, the latest first.", {"type": "string", "enum": list(SORTS)}, "number"
)


def change_controls(kinds: Sequence[str], fixed: bool = False) -> tuple[Control, ...]:
    """All parameters of the list; where the record is `fixed` by the path, without those that select records."""
    kind = Control(
        "kind",
        "Of records of these kinds; `term` is what dossiers add to vocabularies.",
        {"type": "string", "enum": list(kinds)},
        kinds[0],
        True,
        "what",
    )
    records = () if fixed else (kind, IDS)
    return (*records, OPS, RELEASE_OF_CHANGES, SINCE, UNTIL, SORT, LIMIT_OF_PAGES, CURSOR, FORMAT)


@dataclass
class ChangeForm:
    """The raw parameters of one request, read one by one, with every fault noted on the way."""

    given: Given
    changes: Changes
    kinds: Sequence[str]
    faults: list[Fault] = field(default_factory=list)

    def question(self, path: str, fixed: ChangeQuestion | None = None) -> ChangeQuestion:
        """The question; `fixed` has the record that the path sets. Raises a BadQuery problem that names every fault."""
        names = {control.name: control.multiple for control in change_controls(self.kinds, fixed is not None)}
        self.faults[:0] = unknown(self.given, names, path)
        readers: Mapping[str, tuple[str, Callable[[Sequence[str]], object]]] = {
            "since": ("since", lambda values: read_since(values[0])),
            "until": ("until", lambda values: read_number("until", values[0])),
            "kind": ("kinds", lambda values: read_words("kind", values, self.kinds)),
            "op": ("ops", lambda values: read_words("op", values, OPERATIONS)),
            "id": ("ids", self._ids),
            "release": ("releases", self._releases),
            "sort": ("sort", lambda values: read_words("sort", values, SORTS)[0]),
            "limit": ("limit", lambda values: read_limit(values[0])),
        }
        read = {
            member: found
            for name, (member, reader) in readers.items()
            if name in names and (found := self._read(name, reader, names[name])) is not None
        }
        if self.faults:
            raise bad_query(path, self.faults)
        question = replace(fixed or ChangeQuestion(), **read)  # type: ignore[arg-type]  # each member by its reader
        return _continued(question, self.given["cursor"][0]) if "cursor" in self.given else question

    def _read(self, name: str, reader: Callable[[Sequence[str]], T], multiple: bool) -> T | None:
        if name not in self.given:
            return None
        try:
            return reader(cut(name, self.given[name], multiple))
        except Refused as refused:
            self.faults += [Fault(name, each.value, each.told, each.did_you_mean) for each in refused.every]
            return None

    def _ids(self, values: Sequence[str]) -> tuple[str, ...]:
        known = set(self.changes.changed(value for value in values if all(map(is_slug, value.split("/", 1)))))
        return tuple(sorted(read_each(values, lambda value: self._id(value, known))))

    def _id(self, value: str, known: set[str]) -> str:
        if value not in known:
            raise Refused(f"No release changed a record '{value}'.", value, lambda: self.changes.nearest(value))
        return value

    def _releases(self, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted(read_each(values, self.changes.release_id)))


def read_since(text: str) -> int | str:
    """A number, or a time as the catalogue has it; raises Refused."""
    try:
        if found := TIME.fullmatch(text):
            return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00:00'}").strftime("%Y-%m-%dT%H:%M:%SZ")
        return plain_integer(text, 0, LARGEST)
    except ValueError as error:
        message = f"since is the number of a change, a day (2026-11-22) or a time (2026-11-22T10:00:00Z); not '{text}'."
        raise Refused(message, text) from error


def read_number(name: str, text: str) -> int:
    """The number of a change; raises Refused."""
    try:
        return plain_integer(text, 0, LARGEST)
    except ValueError as error:
        raise Refused(f"{name} is the number of a change, in plain digits.", text) from error


def _continued(question: ChangeQuestion, text: str) -> ChangeQuestion:
    """The question from where a cursor stands; raises InvalidCursor."""
    try:
        cursor = decode(text)
        latest, after = int(cursor.release), int(cursor.after)
    except (BadCursor, ValueError) as error:
        message = str(error) if isinstance(error, BadCursor) else "The cursor is one of another list."
        raise InvalidCursor(message, [Fault("cursor", text, message)]) from error
    if cursor.digest != question.digest or (question.until is not None and question.until < latest):
        message = "The cursor belongs to another question: send it with the parameters it was given for."
        raise InvalidCursor(message, [Fault("cursor", text, message)])
    return replace(question, latest=latest, after=after)
