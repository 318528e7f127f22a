"""CSV (RFC 4180): one row a record, flat columns, UTF-8.

A cell is written as the data has it, also one that begins with `=` or `+`.
"""

import csv as writer
import io
from collections.abc import Generator, Iterable, Sequence

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
            yield encoded(rows)
            rows = []
    yield encoded(rows)


def write_record(record: Record) -> bytes:
    """Return the header and one row."""
    chosen = chosen_columns(record.document, ())
    return encoded([[column.name for column in chosen], _row(chosen, located(record.text, record.url))])


def _row(chosen: Sequence[Column], document: bytes) -> list[object]:
    row = Row(orjson.loads(document))
    return written(map(row.cell, chosen))


def written(cells: Iterable[object]) -> list[object]:
    """Return the cells as they are written: flags as words of JSON."""
    return [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]


def encoded(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as bytes."""
    buffer = io.StringIO()
    writer.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()


csv = Format(
    "csv",
    "text/csv",
    record=write_record,
    export=write_export,
    refuses=("cursor", "include", "facets"),
    words=("tsv", "table"),
)
