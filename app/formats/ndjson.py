"""NDJSON: one document a line, for all records that match."""

from collections.abc import Generator

import orjson

from app.formats.base import Export, Format, Record
from app.formats.columns import Row, chosen_columns
from app.formats.json import located

LINES = 200  # of one piece


def write_export(export: Export) -> Generator[bytes]:
    """Yield the documents in pieces of `LINES` lines; with `fields`, flat objects of those columns instead."""
    chosen = chosen_columns(export.document, export.fields) if export.fields else ()
    lines: list[bytes] = []
    for home, id, text in export.rows:
        document = located(text, f"{export.base}/{home}/{id}")
        if chosen:
            row = Row(orjson.loads(document))
            document = orjson.dumps({column.name: row.cell(column) for column in chosen})
        lines.append(document + b"\n")
        if len(lines) >= LINES:
            yield b"".join(lines)
            lines = []
    yield b"".join(lines)


def write_record(record: Record) -> bytes:
    """Return one document, as one line."""
    return located(record.text, record.url) + b"\n"


ndjson = Format(
    "ndjson",
    "application/x-ndjson",
    record=write_record,
    export=write_export,
    refuses=("cursor", "include", "facets"),
    aliases=("application/ndjson", "application/jsonl", "application/x-jsonlines"),
    words=("jsonl", "jsonlines", "ldjson"),
)
