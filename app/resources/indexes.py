"""The tables of indexes: bitmaps of record numbers that conditions are answered from, and the orders of lists.

A bitmap is in the portable Roaring format, or of few records their numbers; an array in little-endian machine numbers:
32-bit record numbers, 64-bit days or doubles. `place` is 0 for any row of a side table, else the place of a row among
those of one record.
"""

from typing import Final

from app.resources import columns
from app.resources.columns import TableRow

ANYTHING: Final = "/any"
"""Behind the name of an inverted index: that of the records with any value at all."""


class PostingRow(TableRow, table=True):
    """An entry of an inverted index: the records that have a value."""

    __tablename__ = "posting"
    __table_args__ = columns.KEYED

    name: str = columns.text(primary=True)
    value: str = columns.text(primary=True)
    place: int = columns.number(primary=True)
    size: int = columns.number()
    records: bytes = columns.binary()


class FormRow(TableRow, table=True):
    """The words that have one stem, one blank apart; a stem that is its only word itself has no row."""

    __tablename__ = "form"
    __table_args__ = columns.KEYED

    stem: str = columns.text(primary=True)
    words: str = columns.text()


class BinRow(TableRow, table=True):
    """A stretch of a range index: its records in the order of their numbers, and all records below it.

    Bin 0 has the first number of each other bin, and all records that have a number.
    """

    __tablename__ = "bin"

    name: str = columns.text(primary=True)
    place: int = columns.number(primary=True)
    bin: int = columns.number(primary=True)
    numbers: bytes = columns.binary()
    records: bytes = columns.binary()
    below: bytes = columns.binary()


class OrderRow(TableRow, table=True):
    """A collection by one sort word: its records in order, unless their numbers are it, and where values begin."""

    __tablename__ = "ordering"

    collection: str = columns.text(primary=True)
    word: str = columns.text(primary=True)
    valued: int = columns.number()
    records: bytes | None = columns.binary(null=True)
    starts: bytes = columns.binary()
