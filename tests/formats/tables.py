"""What docs/tables.md says of each table of the Data Package: `PYTHONPATH=.:tests python tests/formats/tables.py`."""

from app.formats.tables import Table, tables


def documented(table: Table) -> str:
    """The row of a table: what a row of it is, and its columns, each reference with the table it leads to."""
    columns = (f"`{field.name}`" + (f" → `{field.table}`" if field.table else "") for field in table.fields)
    return f"| `{table.name}` | {table.about} | {' '.join(columns)} |"


if __name__ == "__main__":
    print("\n".join(map(documented, tables().values())))  # noqa: T201
