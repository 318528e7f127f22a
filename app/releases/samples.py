"""Samples: a value for each filter that selects something in a release, from rows of its first records."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Collection, Filter
from app.query.index import Index, Rows, intersection
from app.releases.database import Database

RECORDS = 500  # that are looked at
ROWS = 20  # of one table


def examples(database: Database, collection: Collection, records: BitMap, index: Index) -> Mapping[str, str]:
    """A value for each filter of the collection; none where its first records have none."""
    fixed = (collection.filter(name).match((value,), Rows(index)) for name, value in collection.fixed)
    first = list(islice(intersection((records, *fixed)), RECORDS))
    found: dict[str, str] = {}
    for sampled in collection.filters:
        rows = _rows(database, sampled, collection, first)
        found |= next(_shown(sampled, collection, rows), {})
    return found


def _rows(database: Database, sampled: Filter, collection: Collection, records: list[int]) -> list[dict[str, Any]]:
    """Some rows that the filter looks at, in which it and the filter that it needs have values."""
    table, needed = sampled.table, collection.filter(sampled.needs).columns if sampled.needs else ()
    columns = list(dict.fromkeys((*sampled.columns, *needed)))
    known = "".join(f' AND "{column.name}" IS NOT NULL' for column in columns)
    shown, owner = ", ".join(map(_shown_column, columns)), next(iter(table.primary_key)).name
    marks = ", ".join("?" * len(records))
    statement = (
        f'SELECT {shown} FROM "{table.name}" WHERE "{owner}" IN ({marks}){known} ORDER BY "{owner}" LIMIT {ROWS}'
    )
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in database.rows(statement, records)]


def _shown_column(column: Column[Any]) -> str:
    """The column; the id where it holds the number of a record."""
    name = f'"{column.table.name}"."{column.name}"'
    return f"(SELECT id FROM record AS other WHERE other.number = {name})" if column.foreign_keys else name


def _shown(sampled: Filter, collection: Collection, rows: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """From each row that has one, a value for the filter, and one for the filter that it needs beside it."""
    for row in rows:
        if (value := sampled.example(row)) is not None:
            needed = collection.filter(sampled.needs).example(row) if sampled.needs else None
            yield {sampled.name: value, **({sampled.needs: needed} if needed else {})}
