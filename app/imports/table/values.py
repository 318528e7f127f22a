"""What a cell says: a text, number, flag or date, as its column wants it; nothing is guessed."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from app.dossier.scalars import number
from app.imports.table.columns import Column
from app.values.dates_as_written import plainly
from app.vocabularies import load

JOINT: Final = "|"
"""What parts several values in a cell."""

_ERRORS: Final = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_FLAGS: Final = {"true": True, "false": False}


class NotAValue(ValueError):
    """A cell that no column takes; its slug is that of the finding."""

    def __init__(self, slug: str, message: str) -> None:
        self.slug = slug
        super().__init__(message)


def pieces(value: object) -> list[object]:
    """The values in a cell of a column that takes several; a blank one among them is None."""
    if not isinstance(value, str):
        return [] if value is None else [value]
    return [piece.strip() or None for piece in value.split(JOINT)]


def meant(column: Column, value: object) -> object:
    """What a cell says to that column; what is no such thing stays as it is, for the check. Raises NotAValue."""
    if isinstance(value, str):
        if _ERRORS.fullmatch(value):
            raise NotAValue("cell-error", f"the cell holds the error {value}")
        return _text(column, value)
    if isinstance(value, bool):
        return value if column.form == "flag" else str(value).lower()
    if isinstance(value, int | float):
        return value if column.form == "number" else f"{value:.15g}"
    day = _day(value)
    if column.form not in ("date", "time"):
        raise NotAValue("day-for-text", f"the cell holds the day {day}, and {column.name} takes none")
    return day


def _text(column: Column, text: str) -> object:
    if column.form == "number":
        return number(text)
    if column.form == "flag":
        return _FLAGS.get(text.lower(), text)
    if column.form in ("date", "time"):
        return plainly(text) if ":" not in text else text
    return (load(column.vocabulary).as_written(text) or text) if column.vocabulary else text


def _day(value: object) -> str:
    """The day of a cell that the spreadsheet program knows to be a date."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, datetime | time | timedelta):
        raise NotAValue("not-a-day", f"the cell holds {value}")
    raise NotAValue("cell-error", "the cell holds no text, number, flag or day")
