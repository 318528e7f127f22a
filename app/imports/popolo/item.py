"""An object of a Popolo file that knows its path, so that every fault and all that is left out can be told by it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.dossier.findings import Finding
from app.imports.record import finding
from app.values.members import JsonObject

_NUMBERS = re.compile(r"\[[0-9]+\]")


@dataclass
class Notes:
    """What is noted while a file is read: places by number, findings, and what no record says by its path."""

    file: str
    paths: list[str] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def place(self, path: str) -> int:
        """The number of a place; they count from 1."""
        self.paths.append(path)
        return len(self.paths)

    def fault(self, slug: str, path: str, message: str) -> None:
        """Tell what is wrong at a path."""
        self.faults.append(finding(slug, self.file, self.place(path), message))

    def leave_out(self, path: str) -> None:
        """Note that no record says what stands at a path; those of one list are counted together."""
        self.left_out[_NUMBERS.sub("[]", path)] += 1


@dataclass(frozen=True)
class Item:
    """One object, and where it stands: `persons[3]`."""

    value: JsonObject
    path: str
    notes: Notes

    def at(self, name: str) -> str:
        """The path of a member."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str) -> str:
        """A text without blanks around it, or a number as one; empty if there is none."""
        value = self.value.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        self.notes.fault("unreadable-value", self.at(name), "a text is expected here")
        return ""

    def items(self, name: str) -> Iterator["Item"]:
        """The objects of a list."""
        values = self.value.get(name)
        if not isinstance(values, list | None):
            self.notes.fault("unreadable-value", self.at(name), "a list is expected here")
            return
        for number, value in enumerate(values or []):
            path = f"{self.at(name)}[{number}]"
            if isinstance(value, dict):
                yield Item(value, path, self.notes)
            else:
                self.notes.fault("unreadable-value", path, "an object is expected here")

    def leave_out_all_but(self, *names: str) -> None:
        """Note every other member that holds anything."""
        for name, value in self.value.items():
            if name not in names and value not in (None, "", [], {}):
                self.notes.leave_out(self.at(name))
