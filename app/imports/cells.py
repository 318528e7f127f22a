"""Cells by the names that spreadsheets give them, column and row: `B7`. A number stands for each, in that order."""

from typing import Final

COLUMNS: Final = 2**14  # of a sheet, as workbooks have them


def cell(row: int, column: int) -> int:
    """The number of a cell; rows count from 1, columns from 0."""
    return row * COLUMNS + column


def cell_name(number: int) -> str:
    """The name of the cell of that number."""
    row, column = divmod(number, COLUMNS)
    return f"{letters(column)}{row}"


def place_name(file: str, joint: str, number: int) -> str:
    """The cell of that number in a file or sheet, behind the joint; the file alone for what is in no cell."""
    return f"{file}{joint}{cell_name(number)}" if number >= COLUMNS else file


def letters(column: int) -> str:
    """The letters of a column: A, B … Z, AA."""
    rest, last = divmod(column, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)
