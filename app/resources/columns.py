"""Columns of a release's tables: the few types that read the same on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, Text
from sqlmodel import Field, SQLModel

Stored = tuple[type[SQLModel], dict[str, Any]]  # a table and the values of one row of it

# Text compares bytewise everywhere: SQLite does by itself, PostgreSQL by the collation "C".
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def text(primary: bool = False, null: bool = False, to: str | None = None) -> Any:
    """A text column, compared bytewise; `to` is the column it refers to, as `actor.id`."""
    return _field(TEXT, null=null, primary_key=primary, sa_column_args=_refers(to))


def owner(to: str) -> Any:
    """The column of a side table that names the record its rows belong to; the first of the primary key."""
    return _field(TEXT, primary_key=True, sa_column_args=_refers(to), sa_column_kwargs={"info": {"owner": True}})


def day(null: bool = False) -> Any:
    """A day number (days since 1970-01-01, proleptic Gregorian): 64 bits, since years are not bounded."""
    return _field(BigInteger, null=null)


def number(primary: bool = False, null: bool = False) -> Any:
    """A whole number."""
    return _field(BigInteger, null=null, primary_key=primary)


def real() -> Any:
    """A count, share or coordinate; null where it is vague or unknown."""
    return _field(Float, null=True)


def flag(primary: bool = False) -> Any:
    """A yes or no."""
    return _field(Boolean, primary_key=primary)


def _refers(to: str | None) -> list[ForeignKey] | None:
    # Checked at the end of the build, so that rows may come in any order.
    return [ForeignKey(to, deferrable=True, initially="DEFERRED")] if to else None


def _field(kind: Any, null: bool = False, **options: Any) -> Any:
    given = {name: value for name, value in options.items() if value is not None}
    return Field(default=None if null else ..., sa_type=kind, nullable=null, **given)
