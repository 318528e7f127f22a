"""CSV: one row a record, flat columns, UTF-8, RFC 4180; cells keep what the data says, also behind `=` or `+`."""

import csv as writer
import io
from collections.abc import Generator
from typing import Any

import orjson

from app.formats.base import Export, Format, Record
from app.formats.columns import Column, columns
from app.formats.json import located

ROWS = 200  # of one piece


def export(each: Export) -> Generator[bytes]:
    """The header, then rows in pieces."""
    chosen = _chosen(each.document, each.fields)
    piece = [[column.name for column in chosen]]
    for home, id, text in each.rows:
        piece.append(_row(chosen, located(text, f"{each.base}/{home}/{id}")))
        if len(piece) >= ROWS:
            yield _written(piece)
            piece = []
    yield _written(piece)


def record(each: Record) -> bytes:
    """The header and one row."""
    chosen = _chosen(each.document, ())
    return _written([[column.name for column in chosen], _row(chosen, located(each.text, each.url))])


def _chosen(document: Any, fields: tuple[str, ...]) -> list[Column]:
    named = {column.name: column for column in columns(document)}
    return [named[name] for name in fields] if fields else list(named.values())


def _row(chosen: list[Column], document: bytes) -> list[Any]:
    members = orjson.loads(document)
    return [_cell(column.cell(members)) for column in chosen]


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _written(rows: list[list[Any]]) -> bytes:
    buffer = io.StringIO()
    writer.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()


csv = Format("csv", "text/csv", record=record, export=export, refuses=("cursor", "include", "facets"))
