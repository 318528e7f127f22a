"""CSV (RFC 4180): one row a record, flat columns, UTF-8.

A cell is written as the data has it, also one that begins with `=` or `+`.
"""

import csv as writer
import io
from collections.abc import Generator, Sequence

import orjson

from app.formats.base import Export, Format, Record
from app.formats.columns import Column, Row, chosen_columns
from app.formats.json import located

ROWS = 200  # of one piece


def write_export(export: Export) -> Generator[bytes]:
    """Yield the header and the rows, in pieces of `ROWS` rows."""
    chosen = chosen_columns(export.document, export.fields)
    rows: list[list[object]] = [[column.name for column in chosen]]
    for home, id, text in export.rows:
        rows.append(_row(chosen, located(text, f"{export.base}/{home}/{id}")))
        if len(rows) >= ROWS:
            yield _encoded(rows)
            rows = []
    yield _encoded(rows)


def write_record(record: Record) -> bytes:
    """Return the header and one row."""
    chosen = chosen_columns(record.document, ())
    return _encoded([[column.name for column in chosen], _row(chosen, located(record.text, record.url))])


def _row(chosen: Sequence[Column], document: bytes) -> list[object]:
    row = Row(orjson.loads(document))
    cells = map(row.cell, chosen)
    return [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]


def _encoded(rows: list[list[object]]) -> bytes:
    buffer = io.StringIO()
    writer.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()


csv = Format("csv", "text/csv", record=write_record, export=write_export, refuses=("cursor", "include", "facets"))
