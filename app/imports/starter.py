"""The tables that a curator starts with, as CSV or as one workbook, and what their columns mean."""

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files
from io import BytesIO, StringIO
from typing import Final

from xlsxwriter import Workbook

from app.dossier.layout import SHELVES
from app.imports.table.columns import Column, columns
from app.imports.table.sheet import UNREAD
from app.vocabularies import load

FEW: Final = 20  # terms that are listed; of more, the command that prints them
EXPLAINED: Final = f"{UNREAD}columns"  # the sheet that is no table

Rows = list[list[str]]


def tables() -> Mapping[str, Rows]:
    """The rows of each table by its name; the first one has the heads."""
    found = {file.name: file.read_text(encoding="utf-8") for file in (files("app.imports") / "template").iterdir()}
    rows = {name.removesuffix(".csv"): [*csv.reader(text.splitlines())] for name, text in found.items()}
    return {name: rows[name] for name in sorted(rows, key=[*SHELVES].index)}


def as_csv(rows: Rows) -> bytes:
    """A table as a file; the byte order mark tells spreadsheet programs that it is UTF-8."""
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def as_workbook() -> bytes:
    """All tables as the sheets of one workbook, every cell a text, and what the columns mean."""
    written = BytesIO()
    with Workbook(written) as workbook:
        bold = workbook.add_format({"bold": True})
        for name, rows in {**tables(), EXPLAINED: [*_explained()]}.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell, None if number else bold)
    return written.getvalue()


def explanation() -> str:
    """What the columns mean, as a page in Markdown."""
    (first, *others) = _explained()
    lines = [f"| {' | '.join(row)} |" for row in (first, ["---"] * len(first), *others)]
    return "\n".join(["# Columns", "", *lines, ""])


def _explained() -> Iterator[list[str]]:
    yield ["table", "column", "needed", "what it holds"]
    for name in tables():
        for column in columns(SHELVES[name]):
            needed = "yes" if column.required and column.path != ("id",) else ""
            yield [name, column.name.removesuffix(".edtf"), needed, " ".join(_told(column))]


def _told(column: Column) -> Iterator[str]:
    if column.about:
        yield column.about
    if column.kinds:
        yield f"Id or name of {' or '.join(column.kinds)}."
    if column.vocabulary:
        terms = load(column.vocabulary).terms
        listed = ", ".join(terms) if len(terms) <= FEW else f"what onrecord vocabulary {column.vocabulary} prints"
        yield f"One of: {listed}."
    if column.listed:
        yield "Several with a bar between them."
