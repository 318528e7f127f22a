"""NDJSON: one document a line, everything that matches."""

from collections.abc import Generator

import orjson

from app.formats.base import Export, Format, Record
from app.formats.columns import columns
from app.formats.json import located

LINES = 200  # of one piece


def export(each: Export) -> Generator[bytes]:
    """Documents in pieces; with `fields`, flat objects of those columns."""
    chosen = [column for name in each.fields for column in columns(each.document) if column.name == name]
    piece: list[bytes] = []
    for home, id, text in each.rows:
        document = located(text, f"{each.base}/{home}/{id}")
        if chosen:
            members = orjson.loads(document)
            document = orjson.dumps({column.name: column.cell(members) for column in chosen})
        piece.append(document + b"\n")
        if len(piece) >= LINES:
            yield b"".join(piece)
            piece = []
    yield b"".join(piece)


def record(each: Record) -> bytes:
    """One document, one line."""
    return located(each.text, each.url) + b"\n"


ndjson = Format("ndjson", "application/x-ndjson", record=record, export=export, refuses=("cursor", "include", "facets"))
