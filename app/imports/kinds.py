"""Every kind of finding that an import can report besides those of a check, each with what to do about it."""

from collections.abc import Mapping
from typing import Final

from app.dossier.kinds import FindingKind

_FILES = (
    FindingKind("unreadable-file", "File that cannot be read", "save it again in the form that the command names"),
    FindingKind("not-utf-8", "Not UTF-8", "save the file as CSV UTF-8"),
    FindingKind("sheet-too-large", "Sheet of too many cells", "delete the blank rows and columns behind the table"),
    FindingKind("unknown-table", "Table of no kind", "name it after what its rows are: claims, actors, events …"),
)

_HEADS = (
    FindingKind("unknown-column", "Unknown column", "correct the head; a column whose head begins with # is not read"),
    FindingKind("ambiguous-column", "Head of two columns", "write the longer name of one of them"),
    FindingKind("column-twice", "Column given twice", "keep one of the two"),
    FindingKind("missing-column", "Missing column", "add the column, and fill it in every row"),
)

_CELLS = (
    FindingKind("cell-without-head", "Cell in no column", "write a head above it, or empty the cell"),
    FindingKind("merged-cells", "Merged cells", "unmerge them, and write the value into each row"),
    FindingKind("formula-without-value", "Formula without a value", "open it in a spreadsheet program and save it"),
    FindingKind("cell-error", "Error of the spreadsheet", "mend the formula, or write the value"),
    FindingKind("uneven-lists", "Lists of unequal length", "write as many values as there, a blank one where none is"),
    FindingKind("empty-value", "Empty value in a list", "take out the | that nothing stands before or after"),
    FindingKind("percent-cell", "Number shown as another", "format it as a number, and write it as it shall be read"),
    FindingKind("day-for-text", "Day where a text belongs", "format the cell as text, and write the text again"),
    FindingKind(
        "not-a-day", "Cell with a time of day", "write the day alone, or a text such as 2019-05-28T17:09+02:00"
    ),
)

_RECORDS = (
    FindingKind("unknown-name", "Name of nobody", "add a row for it, or describe it in columns such as speaker:type"),
    FindingKind("ambiguous-name", "Name of several records", "write the id of the one that is meant"),
    FindingKind("no-id", "Record without an id", "write one into a column id"),
    FindingKind("same-made-id", "Two rows of one id", "write an id for one of them into a column id"),
    FindingKind("described-twice", "Described in two ways", "describe it once, and leave the other cells empty"),
    FindingKind("describes-nothing", "Description of nothing", "name what it describes, or empty the cell"),
)

_VALUES = (
    FindingKind("unreadable-value", "Value that cannot be read", "correct it, or leave the row out"),
    FindingKind("not-enclosed", "Figure outside its own bounds", "nothing, if the file has it so", severity="warning"),
)

KINDS: Final[Mapping[str, FindingKind]] = {kind.slug: kind for kind in (*_FILES, *_HEADS, *_CELLS, *_RECORDS, *_VALUES)}
