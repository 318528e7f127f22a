"""What a curator of tables starts with: it is imported as it is, and lists every column."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.dossier.layout import SHELVES
from app.imports.starter import tables
from app.imports.table.columns import columns
from cli.terminal import RIGHT, run


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_dossier_of_tables_is_imported_as_it_is(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "mine"
    ran = run("new", folder, f"--{form}")
    assert ran.code == RIGHT
    assert run("check", folder).code == RIGHT

    imported = run("import", form, *sorted((folder / "sheets").glob(f"*.{form}")), "--to", folder)

    assert imported.code == RIGHT, imported.out
    assert "1 event, 3 actors, 3 claims, 1 source, 2 places, 1 relation" in imported.err[0]
    checked = run("check", folder)
    assert (checked.code, checked.out) == (RIGHT, [])
    first = (folder / "claims" / "imported.yaml").read_text("utf-8").splitlines()[0]
    assert (folder / "claims" / first.removeprefix("# yaml-language-server: $schema=")).resolve().is_file()


def test_every_column_is_explained(tmp_path: Path) -> None:
    run("new", tmp_path / "a", "--csv")
    page = (tmp_path / "a" / "sheets" / "README.md").read_text("utf-8")
    assert all(
        f"| {name} | {column.name.removesuffix('.edtf')} |" in page
        for name in tables()
        for column in columns(SHELVES[name])
    )
    run("new", tmp_path / "b", "--xlsx")
    sheet = load_workbook(tmp_path / "b" / "sheets" / "sheets.xlsx")["#columns"]
    assert sheet.max_row == sum(len(columns(SHELVES[name])) for name in tables()) + 1


def test_nothing_in_the_tables_is_taken_for_a_formula() -> None:
    cells = [cell for rows in tables().values() for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
