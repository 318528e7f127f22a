"""XLSX: the columns of CSV as a workbook of one sheet (ECMA-376), in which numbers, flags and days are what they are.

Nothing in a cell is read as a formula. A cell that the format cannot hold is a text: a day outside of its calendar, a
number of more digits than it keeps.
"""

from collections.abc import Generator, Iterable, Sequence
from datetime import date, datetime
from io import BufferedRandom
from tempfile import TemporaryFile
from typing import Any

import orjson

from app.errors import Fault, NotWithThisFormat
from app.formats.base import Export, Format, Record
from app.formats.columns import Column, Row, chosen_columns
from app.formats.json import located

PIECE = 256 * 1024  # bytes that are sent at once
CELLS = 600_000  # in one workbook, empty ones too: they are written in some fifteen seconds
CHARACTERS = 32_767  # of one cell, in units of UTF-16
CUT = " … (cut: CSV has it whole)"
LINKS = 65_530  # of one sheet
LINK = 2079  # characters of one
DIGITS = 10**15  # from here on whole numbers lose their last digits
FIRST_DAY = "1900-03-01"  # before it, programs count days differently
CREATED = datetime(2000, 1, 1)  # so that the same cells are the same bytes


Head = tuple[str, bool]  # of a column: its name, and whether its texts are days


def write_export(export: Export) -> Generator[bytes]:
    """Yield the workbook, once it is whole; raise NotWithThisFormat if it has more than `CELLS` cells."""
    documents = (located(text, f"{export.base}/{home}/{id}") for home, id, text in export.rows)
    chosen = chosen_columns(export.document, export.fields)
    yield from write_sheet(_heads(chosen), (_row(chosen, document) for document in documents))


def write_record(record: Record) -> bytes:
    """Return the workbook of one row."""
    chosen = chosen_columns(record.document, ())
    return b"".join(write_sheet(_heads(chosen), [_row(chosen, located(record.text, record.url))]))


def write_sheet(heads: Sequence[Head], rows: Iterable[Sequence[object]], cells: int = CELLS) -> Generator[bytes]:
    """Yield the workbook of these rows in pieces; raise NotWithThisFormat if they have more than so many `cells`."""
    from xlsxwriter import Workbook  # only here: most servers are never asked for one

    with TemporaryFile() as file:
        with Workbook(file, {"constant_memory": True}) as workbook:
            workbook.set_properties({"created": CREATED})
            sheet = _Sheet(workbook, heads, cells // len(heads))
            for row in rows:
                sheet.add(row)
            sheet.finish()
        yield from _pieces(file)


def _heads(chosen: Sequence[Column]) -> Sequence[Head]:
    return [(column.name, column.member.is_day) for column in chosen]


def _row(chosen: Sequence[Column], document: bytes) -> Sequence[object]:
    """Return the values of a document; a list that has one item is this item."""
    row = Row(orjson.loads(document))
    cells = ((row.values(column), column) for column in chosen)
    return [values[0] if len(values) == 1 else row.cell(column) for values, column in cells]


class _Sheet:
    """The one sheet: a header that stays in sight, then the rows."""

    def __init__(self, workbook: Any, heads: Sequence[Head], most: int) -> None:
        self._sheet = workbook.add_worksheet()
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._heads, self._rows, self._most = heads, 0, most
        bold = workbook.add_format({"bold": True})
        for place, (name, _) in enumerate(heads):
            self._sheet.write_string(0, place, name, bold)
        self._sheet.freeze_panes(1, 0)

    def add(self, row: Sequence[object]) -> None:
        """Write a row."""
        self._rows += 1
        if self._rows > self._most:
            raise _too_many(self._most)
        for place, value in enumerate(row):
            if value is not None:
                self._write(place, value)

    def finish(self) -> None:
        """Let every column be filtered."""
        self._sheet.autofilter(0, 0, self._rows, len(self._heads) - 1)

    def _write(self, place: int, value: object) -> None:
        row, sheet, (name, is_day) = self._rows, self._sheet, self._heads[place]
        if isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float) and abs(value) < DIGITS:
            sheet.write_number(row, place, value)
        elif isinstance(value, str) and is_day and (day := _day(value)):
            sheet.write_datetime(row, place, day, self._day)
        elif isinstance(value, str) and name == "url" and row <= LINKS and len(value) <= LINK:
            sheet.write_url(row, place, value)
        else:
            sheet.write_string(row, place, fitting(str(value)))


def fitting(text: str) -> str:
    """Return a text that fits a cell: one that is too long is cut, and says so."""
    if len(text.encode("utf-16-le")) <= 2 * CHARACTERS:
        return text
    units = text.encode("utf-16-le")[: 2 * (CHARACTERS - len(CUT))]
    return units.decode("utf-16-le", "ignore") + CUT


def _day(text: str) -> date | None:
    """Return the day, if every program takes it for the same one."""
    if not (text >= FIRST_DAY and len(text) == len(FIRST_DAY) and text[0].isdigit()):
        return None
    return date.fromisoformat(text)


def _pieces(file: BufferedRandom) -> Generator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _too_many(most: int) -> NotWithThisFormat:
    message = f"xlsx holds at most {most:,} rows of these columns: ask for fewer of either, or choose csv."
    return NotWithThisFormat(message, [Fault("format", "xlsx", message, about="format")])


xlsx = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    record=write_record,
    export=write_export,
    refuses=("cursor", "include", "facets"),
    words=("excel", "xls", "spreadsheet"),
    schema={"type": "string", "format": "binary"},
)
