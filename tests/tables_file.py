"""The tables of columns in docs/formats.md and docs/tables.md, as the declarations give them: this writes them anew."""

import re
from collections.abc import Iterable

from app.formats.columns import columns
from app.formats.tables import Table, tables
from app.resources import RESOURCES
from app.resources.base import Document, Resource
from releases.publishing import ROOT

FORMATS = ROOT / "docs" / "formats.md"
TABLES = ROOT / "docs" / "tables.md"
COMMON = {"type", *(column.name for column in columns(Document))}  # the page names them once


def columns_row(resource: Resource) -> str:
    """The row of a collection in docs/formats.md: the columns of its own."""
    own = (f"`{column.name}`" for column in columns(resource.document) if column.name not in COMMON)
    return f"| `/{resource.name}` | {' '.join(own)} |"


def table_row(table: Table) -> str:
    """The row of a table in docs/tables.md: what a row of it is, and its columns, each with the table it leads to."""
    named = (f"`{field.name}`" + (f" → `{field.table}`" if field.table else "") for field in table.fields)
    return f"| `{table.name}` | {table.about} | {' '.join(named)} |"


def formats_page(text: str) -> str:
    """The page with a row for each collection."""
    return _with_rows(text, "| collection | columns |", map(columns_row, RESOURCES))


def tables_page(text: str) -> str:
    """The page with a row for each table."""
    return _with_rows(text, "| table | a row is | columns |", map(table_row, tables().values()))


def _with_rows(text: str, head: str, rows: Iterable[str]) -> str:
    """The text with other rows in the table of that head."""
    before, rule, rest = re.split(rf"(?<=^{re.escape(head)}\n)(\|[-|]+\n)(?:\|.*\n)*", text, flags=re.MULTILINE)
    return before + rule + "".join(f"{row}\n" for row in rows) + rest


if __name__ == "__main__":
    for file, page in ((FORMATS, formats_page), (TABLES, tables_page)):
        file.write_text(page(file.read_text(encoding="utf-8")), encoding="utf-8")
