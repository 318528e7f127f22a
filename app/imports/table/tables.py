"""All tables of one import: their rows as records that know each other by id."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.dossier.findings import Finding
from app.dossier.nodes import Location
from app.imports.cells import cell_name, place_name
from app.imports.names import Names, called, made_id, unresolved
from app.imports.record import NOWHERE, Record, finding
from app.imports.table.heads import Heads
from app.imports.table.rows import Row, every
from app.imports.table.sheet import Sheet
from app.imports.table.values import JOINT
from app.values.folding import fold

_COMMAS = re.compile("[,;\n]")  # what people part values with who do not know of ours


@dataclass
class Tables:
    """What sheets bring; `joint` stands between a sheet and a cell, `names` are the records of the dossier."""

    sheets: Iterable[Sheet | Finding]
    joint: str
    names: Names
    faults: list[Finding] = field(default_factory=list)
    left_out: tuple[str, ...] = ()  # of a column that nobody reads there is a finding

    def items(self) -> Iterator[Record | Finding]:
        """Every record, with its id and the ids that it refers to."""
        records = [*self._records()]
        self._settle(records)
        yield from self.faults
        yield from records

    def where(self, file: str, place: int) -> str:
        """`leak.xlsx:claims!B7`, `claims.csv:B7`, or the sheet alone."""
        return place_name(file, self.joint, place)

    def _records(self) -> Iterator[Record]:
        """The records of all rows, and then what these describe, each once."""
        described: dict[tuple[str, str], Record] = {}
        for row in self._rows():
            yield self._taken(row)
            for each in every(row):
                record = self._taken(each)
                first = described.setdefault((each.kind, fold(_name(record))), record)
                self._merge(first, record)
        yield from described.values()

    def _rows(self) -> Iterator[Row]:
        for sheet in self.sheets:
            if isinstance(sheet, Finding):
                self.faults.append(sheet)
                continue
            heads = Heads(sheet)
            self.faults.extend(heads.faults)
            yield from heads.rows()

    def _taken(self, row: Row) -> Record:
        record = row.record
        self.faults.extend(row.faults)
        return record

    def _merge(self, first: Record, other: Record) -> None:
        """Add what another row tells of the same record."""
        for name, value in other.value.items():
            if name not in first.value:
                first.value[name] = value
                first.spots = {**first.spots, **{at: place for at, place in other.spots.items() if at[0] == name}}
            elif first.value[name] != value:
                place = cell_name(first.spot((name,)))
                self._fault("described-twice", other, (name,), f"{name}: {value}, and {first.value[name]} in {place}")

    def _settle(self, records: list[Record]) -> None:
        """Give every record its id and the ids of those that it refers to: what is named by others comes second."""
        for record in records:
            if isinstance(record.value.get("id"), str):
                self.names.add(record.kind, record.value["id"], called(record.value))
        for _ in range(2):
            for record in records:
                if not [*unresolved(record, self.names)]:
                    self._name(record)
        for record in records:
            self._name(record)
            for location, text, kinds in unresolved(record, self.names):
                self._unknown(record, location, text, kinds)

    def _name(self, record: Record) -> None:
        """Give it an id if it has none."""
        if "id" in record.value or record.spots.get(("id",)) == NOWHERE:
            return
        made = made_id(record)
        if not made:
            if made is not None:
                self._fault("no-id", record, ("id",), f"nothing in this {record.kind} could be an id")
            record.spots = {**record.spots, ("id",): NOWHERE}  # it is told already what keeps it from having one
            return
        if made in self.names.kinds:
            self._fault("same-made-id", record, ("id",), f"its id would be '{made}', which another record has")
        record.value["id"] = made
        self.names.add(record.kind, made, called(record.value))

    def _unknown(self, record: Record, location: Location, text: str, kinds: tuple[str, ...]) -> None:
        found, wanted = self.names.meant(text, kinds), " or ".join(kinds)
        if found:
            self._fault("ambiguous-name", record, location, f"'{text}' may be {' or '.join(found)}")
            return
        parts = [part.strip() for part in _COMMAS.split(text)]
        if isinstance(location[-1], int) and len(parts) > 1 and all(self.names.meant(part, kinds) for part in parts):
            message = f"there is no {wanted} '{text}', but one of each name in it"
            self._fault("unknown-name", record, location, message, f"write {JOINT.join(parts)}")
            return
        near = self.names.near(text, kinds)
        hint = f"; did you mean '{near}'?" if near else ""
        self._fault("unknown-name", record, location, f"there is no {wanted} '{text}'{hint}")

    def _fault(self, slug: str, record: Record, location: Location, message: str, cure: str = "") -> None:
        self.faults.append(finding(slug, record.file, record.spot(location), message, cure))


def _name(record: Record) -> str:
    """What tells a described record from others."""
    return str(record.value.get("id") or next(iter(called(record.value)), ""))
