"""CSV: text in UTF-8 or UTF-16, separated by commas, semicolons or tabs, with quotes around what holds these."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Final

from app.dossier.findings import Finding
from app.imports.cells import cell
from app.imports.record import finding
from app.imports.table.columns import Ambiguous, column_of
from app.imports.table.sheet import Rows, Sheet, kind_of, of_no_kind, sheet

SEPARATORS: Final = (",", ";", "\t")
LONGEST_CELL: Final = 1_000_000  # characters, as an entry may have

_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # what spreadsheet programs write before the heads


def read_csv(path: Path) -> Iterator[Sheet | Finding]:
    """The one sheet of a file; its name says what its rows are. Raises OSError."""
    shown, kind = path.as_posix(), kind_of(path.stem)
    if kind is None:
        yield of_no_kind(shown, "file", path.stem)
        return
    raw = path.read_bytes()
    try:
        text = _decoded(raw)
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        yield finding("not-utf-8", shown, cell(row, 0), f"byte {raw[error.start]:#04x} is no UTF-8")
        return
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else _separator(text, kind)
    rows: Rows = []
    yield from _rows(shown, text, separator, rows)
    yield from sheet(shown, kind, rows[1:] if declared else rows)


def _decoded(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16")
    return raw.decode("utf-8-sig")


def _separator(text: str, kind: str) -> str:
    """The sign that parts the first row into most heads of that kind."""
    return max(SEPARATORS, key=lambda sign: sum(_is_head(kind, head) for head in _first(text, sign)))


def _first(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return []


def _is_head(kind: str, head: str) -> bool:
    try:
        return column_of(kind, head.partition(":")[0]) is not None
    except Ambiguous:
        return True


def _rows(shown: str, text: str, separator: str, rows: Rows) -> Iterator[Finding]:
    """Fill the rows; what cannot be read on is a finding."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            rows.append((number, [_value(each) for each in cells]))
    except csv.Error as error:
        yield finding("unreadable-file", shown, cell(number + 1, 0), f"this row is no CSV: {error}", "mend its quotes")


def _value(text: str) -> str | None:
    """The text of a cell without blanks around it; None for a blank one."""
    return text.replace("\r\n", "\n").strip() or None
