"""Indexes: what the declared filters and orders ask for, made once the rows are in."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Index, MetaData, Table, text

from app.query.base import Collection, owner
from app.query.sorting import sort_columns
from app.resources import MAIN
from app.resources.register import RecordRow, WordRow

Columns = tuple[Column[Any], ...]


def create_indexes(connection: Connection) -> None:
    """Create every index, then let the database count what it holds."""
    for columns in wanted():
        _index(columns).create(connection)
    connection.execute(text("ANALYZE"))


def wanted() -> list[Columns]:
    """The columns of each index, every list once."""
    found: dict[tuple[Any, ...], Columns] = {}
    for collection in MAIN:
        for columns in (*_filter_indexes(collection), *_sort_indexes(collection)):
            found.setdefault(columns, columns)
    records = RecordRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
    words = WordRow.__table__  # type: ignore[attr-defined]  # as above
    # The words with all that a search asks of them, so that it never turns to the table.
    of_words = (words.c.word, words.c.record, words.c.position, words.c.field, words.c.kind)
    return [*found.values(), (records.c.kind, records.c.id), of_words]


def _filter_indexes(collection: Collection) -> Iterator[Columns]:
    for each in collection.filters:
        if each.columns[0].primary_key and len(each.table.primary_key) == 1:
            continue  # the primary key is its index
        identity = collection.table.c.id if each.table is collection.table else owner(each.table)
        yield tuple(dict.fromkeys((*each.columns, identity)))


def _sort_indexes(collection: Collection) -> Iterator[Columns]:
    for word in collection.sorts:
        for descending in (False, True):
            columns = sort_columns(collection.table, word, descending)
            yield tuple(dict.fromkeys((*columns, collection.table.c.id)))


def _index(columns: Columns) -> Index:
    # On a copy of the table: an Index belongs to its table for good, and the declared ones stay as they are.
    table: Table = columns[0].table.to_metadata(MetaData())
    name = f"ix_{table.name}_{'_'.join(column.name for column in columns)}"
    return Index(name[:63], *(table.c[column.name] for column in columns))
