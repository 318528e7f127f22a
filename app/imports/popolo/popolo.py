"""The file of Popolo as records, each named by a path such as `memberships[3].person_id`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from app.dossier.findings import Finding
from app.imports.popolo import records
from app.imports.popolo.item import Item, Notes
from app.imports.popolo.known import Known
from app.imports.popolo.memberships import Memberships
from app.imports.record import Record, finding

READ = ("areas", "organizations", "persons", "posts", "memberships")


class Popolo:
    """One file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notes = Notes(path.as_posix())

    @property
    def left_out(self) -> Sequence[str]:
        """The paths that no record says, each with how often it stands in the file."""
        return [f"{path} ({number})" for path, number in sorted(self._notes.left_out.items())]

    def where(self, file: str, place: int) -> str:
        """`people.json:memberships[3].start_date`, or the file alone."""
        return f"{file}:{self._notes.paths[place - 1]}" if place else file

    def items(self) -> Iterator[Record | Finding]:
        """Every record, and every fault. Raises OSError."""
        try:
            value = orjson.loads(self._path.read_bytes())
        except orjson.JSONDecodeError as error:
            yield finding("unreadable-file", self._notes.file, 0, f"it is no JSON: {error}", "mend it there")
            return
        if not isinstance(value, dict) or not {*READ} & {*value}:
            yield finding(
                "unreadable-file", self._notes.file, 0, f"it has none of {', '.join(READ)}", "name another file"
            )
            return
        root = Item(value, "", self._notes)
        found = [*_records(root)]
        yield from self._notes.faults
        yield from found


def _records(root: Item) -> Iterator[Record]:
    for name, value in root.value.items():
        for number in range(len(value)) if name not in READ and isinstance(value, list) else ():
            root.notes.leave_out(f"{name}[{number}]")
    lists = {name: [*root.items(name)] for name in READ}
    known = Known(item for name in READ[:3] for item in lists[name])
    for item in lists["areas"]:
        yield records.area(item, known.id(item), known.refers(item, "parent_id"))
    for item in lists["organizations"]:
        yield records.organization(item, known.id(item))
        whole = known.refers(item, "parent_id")
        if whole:
            yield records.part_of(item, known.made(f"{known.id(item)} part of {whole}"), known.id(item), whole)
    for item in lists["persons"]:
        yield records.person(item, known.id(item))
    yield from Memberships(known, lists).records()
