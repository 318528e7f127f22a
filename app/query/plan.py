"""Plans: a question as SELECT statements over the declared tables, the same for every database."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, and_, func, select

from app.query.base import Collection, Filter
from app.query.question import Question
from app.query.sorting import beyond, order_by


def owner(table: Table) -> Column[Any]:
    """The column of a side table that names the record a row belongs to."""
    return next(column for column in table.c if column.info.get("owner"))


def conditions(question: Question) -> Iterable[ColumnElement[bool]]:
    """What a row must meet. Filters over one side table are met by one and the same row of it."""
    own = question.collection.table
    sides: dict[Table, list[tuple[Filter, Any]]] = {}
    for each, reading in question.readings:
        if each.table is own:
            yield each.where(reading)
        else:
            sides.setdefault(each.table, []).append((each, reading))
    for table, readings in sides.items():
        matching = select(owner(table)).where(and_(*(each.where(reading) for each, reading in readings)))
        yield own.c.id.in_(matching)


def record(collection: Collection, id: str) -> Select[Any]:
    """The document of one record, if it is in the collection."""
    return select(collection.table.c.document).where(collection.table.c.id == id, *_fixed(collection))


def _fixed(collection: Collection) -> list[ColumnElement[bool]]:
    return [collection.filter(name).columns[0] == value for name, value in collection.fixed]


def count(question: Question) -> Select[Any]:
    """How many records match."""
    return select(func.count()).select_from(question.collection.table).where(*conditions(question))


def position(question: Question, id: str) -> Select[Any]:
    """The sort values of one record: where a cursor stands."""
    columns = [column for key in question.order for column in key.columns]
    return select(*columns).where(question.collection.table.c.id == id)


def page(question: Question, after: tuple[Any, ...] | None) -> Select[Any]:
    """Ids and documents of a page, and one record more if there is any."""
    table = question.collection.table
    statement = select(table.c.id, table.c.document).where(*conditions(question))
    if after is not None:
        statement = statement.where(beyond(question.order, after))
    return statement.order_by(*order_by(question.order)).limit(question.limit + 1)


def sample(collection: Collection, each: Filter, rows: int = 20) -> Select[Any]:
    """A few rows that a filter looks at, of records in the collection: where examples are taken from."""
    own = collection.table
    identity = own.c.id if each.table is own else owner(each.table)
    statement = select(*each.columns).where(
        each.columns[0].is_not(None), identity.in_(select(own.c.id).where(*_fixed(collection)))
    )
    return statement.order_by(identity).limit(rows)
