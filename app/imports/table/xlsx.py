"""XLSX: workbooks whose sheets are called after what their rows are; of formulas the value that was stored is taken."""

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.dossier.findings import Finding
from app.imports.cells import cell
from app.imports.record import finding
from app.imports.table.sheet import UNREAD, Rows, Sheet, kind_of, of_no_kind, sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES: Final = 200 * 2**20  # of a workbook, unpacked
MOST_CELLS: Final = 5_000_000  # of a sheet, blank ones too


class NoReader(RuntimeError):
    """The package that reads workbooks is not installed."""


def read_xlsx(path: Path) -> Iterator[Sheet | Finding]:
    """Every sheet of a workbook. Raises OSError, and NoReader without openpyxl."""
    shown = path.as_posix()
    try:
        formulas, values = _opened(path)
    except (OSError, NoReader):
        raise
    except Exception as error:  # a damaged file can fail in any way
        yield finding("unreadable-file", shown, 0, f"it is no workbook: {error}", "save it as .xlsx")
        return
    for each in formulas.worksheets:
        if not each.title.startswith(UNREAD):
            yield from _sheet(f"{shown}:{each.title}", each, values[each.title])


def _opened(path: Path) -> "tuple[Workbook, Workbook]":
    """The workbook twice: as written, with formulas, and with the values that were stored for them."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise NoReader from error
    with zipfile.ZipFile(path) as packed:
        size = sum(info.file_size for info in packed.infolist())
    if size > MOST_BYTES:
        raise ValueError(f"it has {size:,} bytes unpacked, more than {MOST_BYTES:,}")
    with warnings.catch_warnings(action="ignore"):  # of what it passes over, such as rules for what may be typed
        return load_workbook(path), load_workbook(path, data_only=True)


def _sheet(shown: str, written: "Worksheet", stored: "Worksheet") -> Iterator[Sheet | Finding]:
    kind = kind_of(written.title)
    if kind is None:
        yield of_no_kind(shown, "sheet", written.title)
        return
    if written.max_row * written.max_column > MOST_CELLS:
        yield finding("sheet-too-large", shown, 0, f"its cells reach to {written.calculate_dimension().split(':')[-1]}")
        return
    for merged in written.merged_cells.ranges:
        place = cell(merged.min_row, merged.min_col - 1)
        yield finding("merged-cells", shown, place, f"the cells {merged.coord} are one")
    rows: Rows = []
    lines = zip(written.iter_rows(), stored.iter_rows(values_only=True), strict=True)
    for row, (cells, values) in enumerate(lines, 1):
        for column, (each, value) in enumerate(zip(cells, values, strict=True)):
            yield from _faults(shown, cell(row, column), each, value)
        rows.append((row, [_value(value) for value in values]))
    yield from sheet(shown, kind, rows)


def _faults(shown: str, place: int, written: "Cell | MergedCell", value: object) -> Iterator[Finding]:
    """What makes the value of a cell another one than people see."""
    if written.data_type == "f" and value is None:
        yield finding("formula-without-value", shown, place, f"{written.value} has no stored value")
    if isinstance(value, int | float) and "%" in (written.number_format or ""):
        yield finding("percent-cell", shown, place, f"{value:.4g} is shown as {100 * value:.4g} %")


def _value(value: object) -> object:
    """The value of a cell, a text without blanks around it; None for a blank one."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value
