"""Samples: for each filter a value that selects something in a release, taken from rows of its first records."""

from collections.abc import Iterator, Mapping
from itertools import islice

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Collection, Filter
from app.query.index import Index, Row, Rows, intersection
from app.releases.base import Database

RECORDS = 500  # records that are looked at
ROWS = 20  # rows of one table that are looked at


def examples(database: Database, collection: Collection, records: BitMap, index: Index) -> Mapping[str, str]:
    """Return a value for each filter of a collection, by name; without the filters that its first records lack."""
    fixed = (collection.filter(name).match((value,), Rows(index)) for name, value in collection.fixed)
    first = list(islice(intersection((records, *fixed)), RECORDS))
    values: dict[str, str] = {}
    for filter in collection.filters if first else ():  # PostgreSQL refuses an empty list of numbers
        rows = _rows(database, filter, collection, first)
        values |= next(_examples(filter, collection, rows), {})
    return values


def _rows(database: Database, filter: Filter, collection: Collection, records: list[int]) -> list[Row]:
    """Return some rows in which the filter, and the filter that it needs, have values, with others beside it."""
    table, needed = filter.table, collection.filter(filter.needs).columns if filter.needs else ()
    beside = [column for name in filter.beside for column in collection.filter(name).columns]
    columns = list(dict.fromkeys((*filter.columns, *beside)))
    valued = "".join(f' AND "{column.name}" IS NOT NULL' for column in dict.fromkeys((*filter.columns, *needed)))
    selected, owner = ", ".join(map(_selected, columns)), next(iter(table.primary_key)).name
    marks = ", ".join("?" * len(records))
    further = [f'"{column.name}" IS NOT NULL' for column in beside if column not in needed]  # rows without it first
    order = ", ".join([*further, *(f'"{column.name}"' for column in table.primary_key)])
    statement = (
        f'SELECT {selected} FROM "{table.name}" WHERE "{owner}" IN ({marks}){valued} ORDER BY {order} LIMIT {ROWS}'
    )
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in database.rows(statement, records)]


def _selected(column: Column[object]) -> str:
    """Return the SQL that selects a column, or the id if the column holds the number of a record."""
    name = f'"{column.table.name}"."{column.name}"'
    return f"(SELECT id FROM record AS other WHERE other.number = {name})" if column.foreign_keys else name


def _examples(filter: Filter, collection: Collection, rows: list[Row]) -> Iterator[dict[str, str]]:
    """Yield from each row that has one a value of the filter, with those of the filters beside it."""
    for row in rows:
        if (value := filter.example(row)) is not None:
            beside = {name: collection.filter(name).example(row) for name in filter.beside}
            yield {filter.name: value, **{name: other for name, other in beside.items() if other}}
