"""Workbooks: sheets by name, cells of every type, stored values of formulas, merged cells."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.dossier.check import check
from app.entries.claims import ClaimEntry
from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import small_copy
from imports.importing import CLAIM, told, workbook

HEADS: list[object] = [*CLAIM, "said", "measure", "value", "approximate"]
CELLS: list[object] = [*CLAIM.values(), datetime(2021, 3, 14), "attendance", 300, True]


def changed(head: str, value: object) -> list[object]:
    """The cells with one of them changed."""
    return [value if name == head else cell for name, cell in zip(HEADS, CELLS, strict=True)]


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        (datetime(2021, 3, 14), "2021-03-14"),
        (date(2021, 3, 14), "2021-03-14"),
        (2021, "2021"),
        ("2021-03", "2021-03"),
        (" 2021-03-14/.. ", "2021-03-14/.."),
    ],
)
def test_cells_are_read_by_their_type(tmp_path: Path, said: object, edtf: str) -> None:
    file = workbook(tmp_path / "leak.xlsx", Claims=[HEADS, [None], changed("said", said)])
    folder = small_copy(tmp_path)
    ran = run("import", "xlsx", file, "--to", folder)
    assert ran.code == RIGHT, ran
    found = check([folder]).corpus
    assert found is not None
    claim = found.entry(ClaimEntry, "ingrid-solem-the-ferries-lie-idle")
    assert claim.said is not None
    assert claim.said.edtf == edtf
    assert [(each.value, each.approximate) for each in claim.figures] == [(300, True)]


@pytest.mark.parametrize(
    ("head", "value", "message"),
    [
        (
            "said",
            datetime(2021, 3, 14, 17, 9),
            "leak.xlsx:claims!F2: the cell holds 2021-03-14 17:09:00 (write the day",
        ),
        ("said", time(17, 9), "leak.xlsx:claims!F2: the cell holds 17:09:00 (write the day alone"),
        ("said", 44269, "leak.xlsx:claims!F2: claim 'ingrid-solem-the-ferries-lie-idle': said: '44269' is no"),
        ("value", "=100*3", "leak.xlsx:claims!H2: =100*3 has no stored value (open it in a spreadsheet program"),
        ("value", datetime(2021, 3, 14), "leak.xlsx:claims!H2: the cell holds the day 2021-03-14, and figures.value"),
        ("text", datetime(2021, 3, 14), "leak.xlsx:claims!A2: the cell holds the day 2021-03-14, and text takes none"),
        ("value", "#N/A", "leak.xlsx:claims!H2: the cell holds the error #N/A"),
        ("value", 300.5, "leak.xlsx:claims!H2: claim 'ingrid-solem-the-ferries-lie-idle': value: 300.5 is no whole"),
        ("type", None, "leak.xlsx:claims!B2: claim 'ingrid-solem-the-ferries-lie-idle': 'type' is missing"),
    ],
)
def test_a_fault_is_told_by_sheet_and_cell(tmp_path: Path, head: str, value: object, message: str) -> None:
    file = workbook(tmp_path / "leak.xlsx", claims=[HEADS, changed(head, value)])
    ran = run("import", "xlsx", file, "--to", small_copy(tmp_path))
    assert ran.code == FINDINGS
    assert any(line.startswith(message) for line in told(ran, tmp_path)), told(ran, tmp_path)


def test_the_stored_value_of_a_formula_is_taken(tmp_path: Path) -> None:
    file = workbook(tmp_path / "leak.xlsx", claims=[HEADS, changed("value", "=100*3")])
    with ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b"<v></v>" in parts[sheet] or b"<v />" in parts[sheet]
    parts[sheet] = parts[sheet].replace(b"<v></v>", b"<v>300</v>").replace(b"<v />", b"<v>300</v>")
    with ZipFile(file, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    folder = small_copy(tmp_path)
    ran = run("import", "xlsx", file, "--to", folder)
    assert ran.code == RIGHT, ran
    assert "value: 300\n" in (folder / "claims" / "imported.yaml").read_text("utf-8")


def test_merged_cells_are_told(tmp_path: Path) -> None:
    file = workbook(tmp_path / "leak.xlsx", claims=[HEADS, CELLS, changed("text", "Another.")])
    book = load_workbook(file)
    book["claims"].merge_cells("C2:C3")
    book.save(file)
    ran = run("import", "xlsx", file, "--to", small_copy(tmp_path))
    assert told(ran, tmp_path)[0].startswith("leak.xlsx:claims!C2: the cells C2:C3 are one (unmerge them")


def test_sheets_are_read_by_name_and_those_with_a_hash_are_not(tmp_path: Path) -> None:
    rows: list[list[object]] = [["name", "type"], ["Rope Watch", "group"]]
    mine: dict[str, list[list[object]]] = {"# mine": [["anything"]], "people": [["name", "type"]]}
    file = workbook(tmp_path / "leak.xlsx", groups=rows, **mine)
    assert run("import", "xlsx", file, "--to", small_copy(tmp_path)).code == RIGHT
    other = workbook(tmp_path / "other.xlsx", groups=rows, Tabelle1=rows)
    ran = run("import", "xlsx", other, "--to", small_copy(tmp_path / "again"))
    assert told(ran, tmp_path)[0].startswith("other.xlsx:Tabelle1: the sheet 'Tabelle1' is called after no kind")


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "claims.xlsx").write_bytes(b"PK\x03\x04 no more")
    ran = run("import", "xlsx", tmp_path / "claims.xlsx", "--to", small_copy(tmp_path))
    assert told(ran, tmp_path)[0].startswith("claims.xlsx: it is no workbook")
    assert ran.code == FINDINGS


def changed_by(tmp_path: Path, change: Callable[[Worksheet], object]) -> list[str]:
    """What is told of a workbook whose sheet was changed by hand."""
    file = workbook(tmp_path / "leak.xlsx", claims=[HEADS, CELLS])
    book = load_workbook(file)
    change(book["claims"])
    book.save(file)
    return told(run("import", "xlsx", file, "--to", small_copy(tmp_path)), tmp_path)


def test_a_number_that_people_see_as_another_one_is_told(tmp_path: Path) -> None:
    def show_percent(sheet: Worksheet) -> None:
        sheet["H2"] = 0.35
        sheet["H2"].number_format = "0 %"

    assert changed_by(tmp_path, show_percent)[0].startswith("leak.xlsx:claims!H2: 0.35 is shown as 35 % (format it as")


def test_a_sheet_with_a_cell_far_away_is_refused_before_all_cells_are_made(tmp_path: Path) -> None:
    found = changed_by(tmp_path, lambda sheet: sheet.cell(1_048_576, 16_384, " "))
    assert found[0].startswith("leak.xlsx:claims: its cells reach to XFD1048576 (delete the blank rows and columns")


def test_rules_for_what_may_be_typed_are_passed_over(tmp_path: Path) -> None:
    rule = DataValidation(type="list", formula1='"a,b"')
    found = changed_by(tmp_path, lambda sheet: sheet.add_data_validation(rule))
    assert found == ["small/claims/imported.yaml was written"]
