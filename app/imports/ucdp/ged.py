"""The file of UCDP GED as records: each row an event and the claim of UCDP about the dead, with sides and place."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.dossier.findings import Finding
from app.imports.cells import cell, place_name
from app.imports.record import Record, finding
from app.imports.ucdp.dates import edtf
from app.imports.ucdp.row import NAMES, NEEDED, Row, places_of
from app.imports.ucdp.sides import Sides
from app.imports.ucdp.where import Places
from app.values.members import JsonObject, Members

PUBLISHER: Final[Members] = {
    "id": "uppsala-conflict-data-program",
    "type": "organisation",
    "name": "Uppsala Conflict Data Program",
    "names": [{"value": "UCDP", "type": "short"}],
    "classification": "research-institution",
}
SOURCE: Final[Members] = {
    "id": "ucdp-ged",
    "type": "database",
    "title": "UCDP Georeferenced Event Dataset",
    "publisher": PUBLISHER["id"],
    "language": "en",
    "original_url": "https://ucdp.uu.se/downloads/",
}
TYPES: Final = {1: "state-based conflict", 2: "non-state conflict", 3: "one-sided violence"}
ONE_SIDED: Final = 3
LONGEST: Final = 200  # characters of a title
LONGEST_CELL: Final = 10_000_000  # characters: hundreds of articles can stand in one


class Ged:
    """One file. Rows are read one after the other, and given on before the next one is."""

    def __init__(self, path: Path) -> None:
        self._path, self._shown = path, path.as_posix()
        self._sides, self._places = Sides(), Places()
        self._conflicts: dict[int, Record] = {}
        self.left_out: tuple[str, ...] = ()

    def where(self, file: str, place: int) -> str:
        """`ged.csv:AC17`, or the file alone."""
        return place_name(file, ":", place)

    def items(self) -> Iterator[Record | Finding]:
        """Every record, and every fault of a row. Raises OSError."""
        csv.field_size_limit(LONGEST_CELL)
        number = 0
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, strict=True)
                heads = next(reader, [])
                columns = places_of(heads)
                missing = [name for name in NEEDED if name not in columns]
                if missing:
                    yield from (self._missing(name) for name in missing)
                    return
                self.left_out = tuple(head for i, head in enumerate(heads) if i not in columns.values())
                for number, cells in enumerate(reader, 2):
                    if any(cells):
                        yield from self._row(Row(self._shown, number, cells, columns))
        except (csv.Error, UnicodeDecodeError) as error:
            yield finding("unreadable-file", self._shown, cell(number + 1, 0), f"it cannot be read on: {error}")
        if number:
            yield from self._around()

    def _missing(self, name: str) -> Finding:
        return finding("missing-column", self._shown, cell(1, 0), f"there is no column {' or '.join(NAMES[name])}")

    def _row(self, row: Row) -> Iterator[Record | Finding]:
        id, type = row.needed("id"), row.needed("type", range(1, 4))
        sides = [self._sides.of(row, side, type) for side in ("side_a", "side_b")]
        place, conflict = self._places.of(row), row.whole("conflict")
        event = self._event(row, id, type, place) | _participants(type, sides)
        claim = _claim(row, id, type)
        if row.faults:
            yield from row.faults
            if any(fault.kind.severity == "error" for fault in row.faults):
                return
        if conflict:
            event["part_of"] = self._conflict(row, conflict)
        yield from self._places.new()
        yield Record("event", event, self._shown, row.place("id"))
        yield Record("claim", claim, self._shown, row.place("best"))

    def _event(self, row: Row, id: int, type: int, place: str | None) -> JsonObject:
        start, end = row.day("start"), row.day("end")
        if start and end and end < start:
            row.fault("end", f"it ends {end}, before it starts {start}")
        precision = row.whole("date_prec", range(1, 6))
        value = {
            "id": f"ucdp-ged-{id}",
            "identifiers": {"ucdp-ged": str(id)},
            "title": _title(row, type),
            "type": "assault",
        }
        if not row.faults:
            value["date"] = edtf(start, end, precision)
        if type == 1:
            value["contexts"] = ["military"]
        return value | ({"place": place} if place else {})

    def _conflict(self, row: Row, number: int) -> str:
        """The conflict that the event belongs to, as an event of its own; its name is in the first row that has one."""
        id = f"ucdp-conflict-{number}"
        name = row.text("conflict_name")
        if number not in self._conflicts:
            value = {"id": id, "identifiers": {"ucdp-conflict": str(number)}, "title": "", "type": "assault"}
            self._conflicts[number] = Record("event", value, self._shown, row.place("conflict"))
        known = self._conflicts[number].value
        known["title"] = known["title"] or (f"Conflict {name}"[:LONGEST] if name else "")
        return id

    def _around(self) -> Iterator[Record]:
        """What is known once all rows were read: conflicts, actors, and where all of it is written."""
        for number, record in self._conflicts.items():
            record.value["title"] = record.value["title"] or f"Conflict {number} of UCDP"
            yield record
        yield from self._sides.records()
        yield Record("actor", dict(PUBLISHER), self._shown, 0)
        note = f"Read from {self._path.name}, which is not a part of this dossier."
        yield Record("source", {**SOURCE, "note": note}, self._shown, 0)


def _participants(type: int, sides: list[str | None]) -> JsonObject:
    """Who took part: of two sides neither is called the one that began; one that kills civilians is."""
    roles = ("initiator", "target") if type == ONE_SIDED else ("participant", "participant")
    given = [
        {"actor": actor, "role": role, "side": side}
        for actor, role, side in zip(sides, roles, ("side-a", "side-b"), strict=True)
        if actor is not None
    ]
    return {"participants": given} if given else {}


def _title(row: Row, type: int) -> str:
    first, second = row.text("side_a"), row.text("side_b")
    where = row.text("where") or row.text("adm_1") or row.text("country")
    if first and second:
        force = (
            f"Armed force of {first} against {second}"
            if type == ONE_SIDED
            else f"Armed force between {first} and {second}"
        )
    else:
        force = "Armed force"
    title = f"{force}, {where}" if where else force
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"


def _claim(row: Row, id: int, type: int) -> JsonObject:
    """What UCDP says of the dead. Bounds that do not enclose the best figure are none of it, and told in a note."""
    best = row.needed("best")
    low, high = row.whole("low"), row.whole("high")
    bounds = {name: number for name, number in (("low", low), ("high", high)) if number is not None}
    value: JsonObject = {"id": f"ucdp-ged-{id}-killed", "type": "estimate", "narrated": True}
    if not (low if low is not None else best) <= best <= (high if high is not None else best):
        told = " and ".join(f"{name} {number}" for name, number in bounds.items())
        row.fault("best", f"the best figure is {best}, with {told}: the bounds are left out", "not-enclosed")
        value["note"] = f"The source gives {told}, which do not enclose its best figure {best}."
        bounds = {}
    figure = {"measure": "killed", "value": best, **bounds}
    value |= {"text": _said(best, bounds, type), "events": [f"ucdp-ged-{id}"], "figures": [figure]}
    return value | {"evidence": [{"source": SOURCE["id"]}]}


def _said(best: int, bounds: dict[str, int], type: int) -> str:
    people = "1 person was" if best == 1 else f"{best or 'no'} people were"
    parts = [f"{'at least' if name == 'low' else 'at most'} {n}" for name, n in bounds.items() if n != best]
    range_ = f", {' and '.join(parts)}" if parts else ""
    text = f"{people} killed{range_}, in {TYPES.get(type, 'violence')}."
    return f"{text[0].upper()}{text[1:]}"
