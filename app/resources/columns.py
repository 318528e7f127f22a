"""Columns of a release's tables: the few types that read the same on SQLite and PostgreSQL.

Records refer to each other by number. The stores of `app.releases` are handed rows with ids, and put the numbers in.
"""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, Integer, LargeBinary, Table, Text
from sqlmodel import Field, SQLModel

from app.values.members import JsonObject

T = TypeVar("T")


class TableRow(SQLModel):
    """A row of a table. Values go straight to the driver: what pydantic would check them with is never built."""

    model_config = {"defer_build": True}


Stored = tuple[type[TableRow], JsonObject]  # a table and the values of one row of it, ids where it has numbers

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


# SQLModel makes columns of these fields; a row has values of the types that the functions name.


def text(primary: bool = False, null: bool = False, folded: bool = False) -> str:
    """A text column, compared bytewise; in orders a `folded` one by its key without script, accents and case."""
    return _field(str, TEXT, null=null, primary_key=primary, sa_column_kwargs={"info": {"folded": folded}})


def owner(to: str) -> int:
    """The column of a side table that names the record its rows belong to; the first of the primary key."""
    return _field(int, COUNT, primary_key=True, sa_column_args=_refers(to), sa_column_kwargs={"info": {"owner": True}})


def reference(to: str, primary: bool = False, null: bool = False) -> int:
    """The number of another record; `to` is the column it refers to, as `actor.number`."""
    return _field(int, COUNT, null=null, primary_key=primary, sa_column_args=_refers(to))


def day() -> int:
    """A day number (days since 1970-01-01, proleptic Gregorian): 64 bits, since years are not bounded."""
    return _field(int, BigInteger)


def number(primary: bool = False, null: bool = False) -> int:
    """A whole number."""
    counted = {"autoincrement": False} if primary else None
    return _field(int, COUNT, null=null, primary_key=primary, sa_column_kwargs=counted)


def real() -> float | None:
    """A count, share or coordinate; null where it is vague or unknown."""
    return _field(float, Float, null=True)


def flag(primary: bool = False) -> bool:
    """A yes or no."""
    return _field(bool, Boolean, primary_key=primary)


def binary(null: bool = False) -> bytes:
    """Bytes: a bitmap, an array of numbers, or compressed text."""
    return _field(bytes, LargeBinary, null=null)


def _refers(to: str) -> list[ForeignKey]:
    # Checked at the end of the build, so that rows may come in any order.
    return [ForeignKey(to, deferrable=True, initially="DEFERRED")]


def _field(of: type[T], kind: Any, null: bool = False, **options: Any) -> T:
    given = {name: value for name, value in options.items() if value is not None}
    made: T = Field(default=None if null else ..., sa_type=kind, nullable=null, **given)
    return made
