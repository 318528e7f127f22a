"""Rewriting the files of dossiers in place: edits are collected, tried, and written all together or not at all."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from app.dossier.edits import Edit, edited
from app.dossier.items import Items
from app.dossier.parser import YAMLError
from app.dossier.positions import Position, positions
from app.dossier.written import Written
from app.values.members import JsonObject


class NotInPlace(ValueError):
    """An entry or a file that cannot be edited in place; `written` is the entry."""

    def __init__(self, written: Written, message: str) -> None:
        super().__init__(message)
        self.written = written


@dataclass(frozen=True)
class Rewritten:
    """A file, what it held when it was read, and what it shall hold."""

    path: Path
    before: str
    text: str


@dataclass
class Rewriting:
    """The edits of entries so far, and the values that these entries shall have then."""

    edits: dict[Written, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    values: dict[Written, JsonObject] = field(default_factory=dict)

    def position(self, written: Written) -> Position:
        """Where everything in an entry stands; raises NotInPlace for one in NDJSON."""
        if not written.end:
            raise NotInPlace(written, "a record of NDJSON is not edited in place")
        return positions(written.origin.text, written.start, written.end, written.column)

    def value(self, written: Written) -> JsonObject:
        """The value that an entry shall have, to be changed by whoever adds edits."""
        if written not in self.values:
            self.values[written] = deepcopy(written.value)
        return self.values[written]

    def files(self, everything: Sequence[Written]) -> Iterator[Rewritten]:
        """Each file with an edit, of all entries that were read; raises NotInPlace if one would not read as meant."""
        for origin in {written.origin: None for written in self.edits}:
            entries = [written for written in everything if written.origin is origin]
            changed = [written for written in entries if written in self.edits]
            text = edited(origin.text, [edit for written in changed for edit in self.edits[written]])
            if text == origin.text:
                continue
            if _read(text) != [self.values.get(written, written.value) for written in entries]:
                raise NotInPlace(changed[0], "the file is written in a way that is not edited in place")
            yield Rewritten(Path(origin.file), origin.text, text)


def _read(text: str) -> list[object]:
    items = Items(text)
    try:
        return [item.value for item in items] if items.begin() else []
    except YAMLError:
        return []


def changed_meanwhile(files: Sequence[Rewritten]) -> list[Path]:
    """The files that somebody else wrote since they were read."""
    return [file.path for file in files if file.path.read_bytes() != file.before.encode()]


def write(files: Sequence[Rewritten]) -> None:
    """Write each file beside its old one, then put them all in place; a failure before that changes none."""
    beside = [(path, path.with_name(f".{path.name}.new")) for path in (Path(os.path.realpath(f.path)) for f in files)]
    try:
        for file, (path, new) in zip(files, beside, strict=True):
            new.write_bytes(file.text.encode())
            shutil.copymode(path, new)
        for path, new in beside:
            new.replace(path)
    finally:
        for _, new in beside:
            new.unlink(missing_ok=True)
