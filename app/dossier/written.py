"""An entry as somebody wrote it: where it stands, its values, and the checked entry that they make if they can."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from app.dossier.findings import Finding, found
from app.dossier.items import Item
from app.dossier.layout import REMOVED, TERM
from app.dossier.nodes import Location, Node, Tree, parse
from app.dossier.shape import references
from app.entries import ENTRIES
from app.entries.base import Part
from app.entries.terms import OwnTerm
from app.values.slugs import Slug


class RemovedEntry(Part):
    """A tombstone as curated: `removed.yaml` lists what was taken out, and why."""

    id: Slug
    kind: str = Field(pattern=f"^({'|'.join(sorted(ENTRIES))})$", description="What it was: event, claim, actor …")
    reason: str = Field(min_length=1, description="Why it was taken out, in our own words.")
    last_release: str = Field(min_length=1, description="The label of the last edition that carried it.")


MODELS: Final[Mapping[str, type[Part]]] = {**ENTRIES, REMOVED: RemovedEntry, TERM: OwnTerm}

# What an entry has none of is given as none: of a default that is a list or mapping pydantic makes a deep copy, and all
# of them together take it a third of its time.
_NONE: Final[Mapping[str, Mapping[str, object]]] = {
    kind: {
        field.alias or name: field.default
        for name, field in model.model_fields.items()
        if isinstance(field.default, list | dict)
    }
    for kind, model in MODELS.items()
}


@dataclass(eq=False, slots=True)
class Origin:
    """Where entries stand: the kind of entry, the dossier's folder, the file, and its text if that is YAML."""

    kind: str
    folder: str
    file: str
    text: str = ""
    _last: "tuple[Written, Node] | None" = None  # the findings of one entry mostly come one after another

    def tree(self, item: "Item | Written") -> Tree:
        """What one stretch of the text holds, read again with the line of each value."""
        return parse(" " * item.column + self.text[item.start : item.end], item.line)

    def knows(self, written: "Written", node: Node) -> None:
        """Remember the lines of an entry that is not read from the text by itself."""
        self._last = written, node

    def node(self, written: "Written") -> Node:
        """One entry with the line of each value; where one line holds all of it, that line."""
        if self._last is None or self._last[0] is not written:
            root = self.tree(written).root if written.end else None
            self._last = written, root or Node(None, written.line, written.line)
        return self._last[1]


@dataclass(eq=False, slots=True)
class Written:
    """One entry, from character `start` to `end` of a YAML text, or on one line.

    `value` is what is written, without lines, and `entry` the checked entry that it makes, typed by whoever asks. A
    faulty one makes none; of one that has no fault by itself the value is let go.
    """

    origin: Origin
    line: int
    value: Any
    start: int = 0
    end: int = 0
    column: int = 0
    entry: Any = field(default=None, init=False)
    _faults: ValidationError | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        try:
            given = {**_NONE[self.kind], **self.value}
            self.entry = MODELS[self.kind].model_validate(given, by_alias=True, by_name=False)
        except ValidationError as error:
            self._faults = error

    @property
    def kind(self) -> str:
        """The kind of entry that its file holds."""
        return self.origin.kind

    @property
    def id(self) -> str:
        """The id as written, well-formed or not; empty if there is none."""
        if self.entry is None:
            return self.text("id")
        id: str = self.entry.id
        return id

    @property
    def errors(self) -> list[ErrorDetails]:
        """What keeps it from being an entry."""
        return self._faults.errors() if self._faults else []

    def given(self, name: str) -> object:
        """What a field holds, even of a faulty entry; None if nothing."""
        return self.value.get(name) if self.entry is None else getattr(self.entry, name, None)

    def text(self, name: str) -> str:
        """The text of a field, even of a faulty entry; empty if there is none."""
        value = self.given(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """The texts of a list, even of a faulty entry."""
        value = self.given(name)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def references(self) -> Iterator[tuple[Location, str, tuple[str, ...]]]:
        """Each id that it refers to, with its place and the kinds it may be of; even of a faulty entry."""
        return references(MODELS[self.kind], self.value if self.entry is None else self.entry)

    def finding(self, slug: str, location: Location, message: str, cure: str = "") -> Finding:
        """A finding about the value at that place."""
        name = f"{self.kind} '{self.id}'" if self.id else f"{self.kind} without id"
        return found(slug, self.origin.file, self.at(location).line, f"{name}: {message}", cure)

    def at(self, location: Location) -> Node:
        """The node at that place, or the innermost around it."""
        return self.origin.node(self).at(location)
