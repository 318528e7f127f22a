"""A row of UCDP GED: its values by what they are, whatever the release calls their columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.dossier.findings import Finding
from app.imports.cells import cell
from app.imports.record import finding

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id",),
    "type": ("type_of_violence",),
    "conflict": ("conflict_new_id", "conflict_id", "conflict_dset_id"),
    "conflict_name": ("conflict_name",),
    "side_a_id": ("side_a_new_id", "side_a_id", "side_a_dset_id"),
    "side_a": ("side_a",),
    "side_b_id": ("side_b_new_id", "side_b_id", "side_b_dset_id"),
    "side_b": ("side_b",),
    "where_prec": ("where_prec",),
    "where": ("where_coordinates",),
    "adm_1": ("adm_1",),
    "adm_2": ("adm_2",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "country": ("country",),
    "date_prec": ("date_prec",),
    "start": ("date_start",),
    "end": ("date_end",),
    "best": ("best", "best_est"),
    "low": ("low", "low_est"),
    "high": ("high", "high_est"),
}
"""What is read, under each name that a release has for it; the first that is there is taken."""

NEEDED: Final = ("id", "type", "side_a", "side_b", "country", "where_prec", "start", "end", "date_prec", "best")

_WHOLE = re.compile(r"([0-9]+)(?:\.0+)?")  # statistics programs write whole numbers with a fraction
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]00:00:00(?:\.0+)?)?")


def places_of(heads: Sequence[str]) -> dict[str, int]:
    """The number of each column that is read, by our name for it."""
    known = {head.strip().lower(): number for number, head in enumerate(heads)}
    found = {name: next((known[each] for each in names if each in known), None) for name, names in NAMES.items()}
    return {name: number for name, number in found.items() if number is not None}


@dataclass
class Row:
    """One row; what cannot be read of it is a finding, and None."""

    file: str
    number: int
    cells: Sequence[str]
    columns: Mapping[str, int]
    faults: list[Finding] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A text with single blanks; empty if there is none."""
        column = self.columns.get(name)
        return " ".join(self.cells[column].split()) if column is not None and column < len(self.cells) else ""

    def whole(self, name: str, among: range | None = None) -> int | None:
        """A whole number, of those that may be."""
        text = self.text(name)
        found = _WHOLE.fullmatch(text)
        number = int(found[1]) if found else None
        if text and (number is None or (among is not None and number not in among)):
            allowed = f" from {among.start} to {among.stop - 1}" if among is not None else ""
            self.fault(name, f"'{text}' is no whole number{allowed}")
            return None
        return number

    def needed(self, name: str, among: range | None = None) -> int:
        """A whole number that has to be there; 0 if it is not."""
        if not self.text(name):
            self.fault(name, f"there is no {NAMES[name][0]}")
        return self.whole(name, among) or 0

    def decimal(self, name: str) -> float | None:
        """A number with or without a fraction."""
        text = self.text(name)
        if text and not _DECIMAL.fullmatch(text):
            self.fault(name, f"'{text}' is no number")
            return None
        return float(text) if text else None

    def day(self, name: str) -> str:
        """A day; empty if there is none."""
        text = self.text(name)
        found = _DAY.fullmatch(text)
        if not found:
            self.fault(name, f"'{text}' is no day such as 2014-08-29" if text else f"there is no {NAMES[name][0]}")
        return found[1] if found else ""

    def place(self, name: str) -> int:
        """The cell of a value."""
        return cell(self.number, self.columns.get(name, 0))

    def fault(self, name: str, message: str, slug: str = "unreadable-value") -> None:
        """Tell what is wrong with a value."""
        self.faults.append(finding(slug, self.file, self.place(name), message))
