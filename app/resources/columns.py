"""Columns of a release's tables: the few types that read the same on SQLite and PostgreSQL.

Records refer to each other by number. The stores of `app.releases` are handed rows with ids, and put the numbers in.
"""

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, Integer, LargeBinary, Table, Text
from sqlmodel import Field, SQLModel


class TableRow(SQLModel):
    """A row of a table. Values go straight to the driver: what pydantic would check them with is never built."""

    model_config = {"defer_build": True}


Stored = tuple[type[TableRow], dict[str, Any]]  # a table and the values of one row of it, ids where it has numbers

# Text compares bytewise everywhere: SQLite does by itself, PostgreSQL by the collation "C".
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
# The only type that SQLite takes for the key of its tables; PostgreSQL has room for more.
COUNT = BigInteger().with_variant(Integer(), "sqlite")
# A table that is looked up by its whole key alone: SQLite keeps such a one as a single tree.
KEYED = {"sqlite_with_rowid": False}


@cache
def table_of(model: type[TableRow]) -> Table:
    """The table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel adds it
    return table


def text(primary: bool = False, null: bool = False, folded: bool = False) -> Any:
    """A text column, compared bytewise; in orders a `folded` one by its key without script, accents and case."""
    return _field(TEXT, null=null, primary_key=primary, sa_column_kwargs={"info": {"folded": folded}})


def owner(to: str) -> Any:
    """The column of a side table that names the record its rows belong to; the first of the primary key."""
    return _field(COUNT, primary_key=True, sa_column_args=_refers(to), sa_column_kwargs={"info": {"owner": True}})


def reference(to: str, primary: bool = False, null: bool = False) -> Any:
    """The number of another record; `to` is the column it refers to, as `actor.number`."""
    return _field(COUNT, null=null, primary_key=primary, sa_column_args=_refers(to))


def day() -> Any:
    """A day number (days since 1970-01-01, proleptic Gregorian): 64 bits, since years are not bounded."""
    return _field(BigInteger)


def number(primary: bool = False, null: bool = False) -> Any:
    """A whole number."""
    counted = {"autoincrement": False} if primary else None
    return _field(COUNT, null=null, primary_key=primary, sa_column_kwargs=counted)


def real() -> Any:
    """A count, share or coordinate; null where it is vague or unknown."""
    return _field(Float, null=True)


def flag(primary: bool = False) -> Any:
    """A yes or no."""
    return _field(Boolean, primary_key=primary)


def binary(null: bool = False) -> Any:
    """Bytes: a bitmap, an array of numbers, or compressed text."""
    return _field(LargeBinary, null=null)


def _refers(to: str) -> list[ForeignKey]:
    # Checked at the end of the build, so that rows may come in any order.
    return [ForeignKey(to, deferrable=True, initially="DEFERRED")]


def _field(kind: Any, null: bool = False, **options: Any) -> Any:
    given = {name: value for name, value in options.items() if value is not None}
    return Field(default=None if null else ..., sa_type=kind, nullable=null, **given)
