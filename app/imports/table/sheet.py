"""A sheet: the table of one kind of record, row by row, from whatever file it is in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.dossier.findings import Finding
from app.dossier.layout import SHELVES
from app.imports.record import finding
from app.values.nearest import nearest

UNREAD: Final = "#"  # what the head of a column, or the name of a sheet, begins with that is the curator's own

_FIRST_WORD = re.compile(r"[a-z]+", re.IGNORECASE)

Rows = list[tuple[int, list[object]]]  # the number of each row, and its cells; None for a blank one


@dataclass(frozen=True)
class Sheet:
    """`shown` is what findings call it: the path of the file as the caller gave it, with the name of the sheet."""

    shown: str
    kind: str
    heads: list[object]
    head_row: int
    rows: Rows


def kind_of(name: str) -> str | None:
    """The kind of record that a table of that name holds: `claims`, `Claims 2021`."""
    word = _FIRST_WORD.match(name)
    return SHELVES.get(word[0].lower()) if word else None


def of_no_kind(shown: str, what: str, name: str) -> Finding:
    """The finding about a table whose name says nothing of its rows."""
    near = nearest(name, SHELVES)
    hint = f"; did you mean '{near}'?" if near else f"; there are {', '.join(SHELVES)}"
    return finding("unknown-table", shown, 0, f"the {what} '{name}' is called after no kind of record{hint}")


def sheet(shown: str, kind: str, rows: Rows) -> Iterator[Sheet]:
    """The sheet that these rows make, if there are any below the heads, which are in the first that is not blank."""
    filled = [(number, cells) for number, cells in rows if any(cell is not None for cell in cells)]
    if len(filled) > 1:
        (head_row, heads), *others = filled
        yield Sheet(shown, kind, heads, head_row, others)
