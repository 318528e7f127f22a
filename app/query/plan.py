"""Plans: a question as SELECT statements over the declared tables, the same for every database."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select

from app.query.base import Collection, Filter, owner
from app.query.condition import where
from app.query.question import Question
from app.query.sorting import beyond, order_by


def matching(question: Question) -> ColumnElement[bool]:
    """What a row of the collection's own table must meet."""
    return where(question.condition, question.collection)


def record(collection: Collection, id: str) -> Select[Any]:
    """The document of one record, if it is in the collection."""
    return select(collection.table.c.document).where(collection.table.c.id == id, *_fixed(collection))


def _fixed(collection: Collection) -> list[ColumnElement[bool]]:
    return [collection.filter(name).columns[0] == value for name, value in collection.fixed]


def count(question: Question) -> Select[Any]:
    """How many records match."""
    return select(func.count()).select_from(question.collection.table).where(matching(question))


def position(question: Question, id: str) -> Select[Any]:
    """The sort values of one record: where a cursor stands."""
    columns = [column for key in question.order for column in key.columns]
    return select(*columns).where(question.collection.table.c.id == id)


def page(question: Question, after: tuple[Any, ...] | None, more: int = 1) -> Select[Any]:
    """Ids and documents of a page, and `more` records beyond it if there are so many."""
    table = question.collection.table
    kind = table.c.kind if "kind" in table.c else literal(question.collection.kind)
    statement = select(table.c.id, table.c.document, kind.label("kind")).where(matching(question))
    if after is not None:
        statement = statement.where(beyond(question.order, after))
    return statement.order_by(*order_by(question.order)).limit(question.limit + more)


def sample(collection: Collection, each: Filter, rows: int = 20) -> Select[Any]:
    """A few rows that a filter looks at, of records in the collection: where examples are taken from."""
    own = collection.table
    identity = own.c.id if each.table is own else owner(each.table)
    columns = (*each.columns, *(collection.filter(each.needs).columns if each.needs else ()))
    known = (column.is_not(None) for column in columns)
    statement = select(*columns).where(*known, identity.in_(select(own.c.id).where(*_fixed(collection))))
    return statement.order_by(identity).limit(rows)


def facet(question: Question, each: Filter, values: int) -> Select[Any]:
    """How many of the matching records have each value of a filter, most frequent first."""
    own, value = question.collection.table, each.columns[0]
    if each.table is own:
        counted, matches = func.count(), matching(question)
    else:
        counted = func.count(owner(each.table).distinct())
        matches = owner(each.table).in_(select(own.c.id).where(matching(question)))
    statement = select(value.label("value"), counted.label("number")).where(value.is_not(None), matches)
    return statement.group_by(value).order_by(counted.desc(), value).limit(values)
