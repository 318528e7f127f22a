"""CSV as spreadsheet programs write it: encodings, separators, quotes, blanks."""

from pathlib import Path

import pytest

from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import small_copy
from imports.importing import told

ROWS = [["name", "type", "description"], ['Вардан, the "watch"', "group", "One line\nand another"], ["", "", ""]]


def text(separator: str = ",", line: str = "\n") -> str:
    """The rows with quotes around everything, a blank row between them and blank cells at their ends."""
    quoted = [separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in [*row, ""]) for row in ROWS]
    return line.join([*quoted, ""])


@pytest.mark.parametrize(
    "raw",
    [
        text().encode(),
        text(line="\r\n").encode("utf-8-sig"),
        text(";").encode("utf-8-sig"),
        ("sep=;\r\n" + text(";", "\r\n")).encode(),
        text("\t").encode("utf-16"),
        text("\t", "\r\n").encode("utf-16"),
        text(line="\r").encode(),
        (",,,\n" + text()).encode(),
    ],
    ids=["commas", "bom", "semicolons", "sep", "utf-16", "crlf", "cr", "blank-first"],
)
def test_every_form_that_spreadsheet_programs_write_is_read(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "actors.csv").write_bytes(raw)
    folder = small_copy(tmp_path)
    ran = run("import", "csv", tmp_path / "actors.csv", "--to", folder)
    assert ran.code == RIGHT, ran
    written = (folder / "actors" / "imported.yaml").read_text("utf-8")
    assert 'name: Вардан, the "watch"' in written
    assert "One line" in written


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"name,type\nOne,group\nCaf\xe9,group\n", "actors.csv:A3: byte 0xe9 is no UTF-8 (save the file as CSV UTF-8)"),
        (b'name,type\n"open,group\n', "actors.csv:A2: this row is no CSV: unexpected end of data (mend its quotes)"),
        (b'name,type\n"a"b,group\n', "actors.csv:A2: this row is no CSV: ',' expected after '\"' (mend its quotes)"),
        (b"name,type\nOne,group,more\n", "actors.csv:C2: 'more' stands in no column"),
        (b"name,type\nO\x00ne,group\n", "actors.csv:A2: actor 'o-ne': the text holds the control character U+0000"),
        ("name,type\nO\u202ene,group\n".encode(), "actors.csv:A2: actor 'one': name turns its direction: U+202E"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_cell(tmp_path: Path, raw: bytes, message: str) -> None:
    (tmp_path / "actors.csv").write_bytes(raw)
    ran = run("import", "csv", tmp_path / "actors.csv", "--to", small_copy(tmp_path))
    assert ran.code == FINDINGS
    assert any(line.startswith(message) for line in told(ran, tmp_path)), told(ran, tmp_path)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"name,type\n", b"\xef\xbb\xbfname,type\r\n,\r\n"])
def test_files_without_a_record_are_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "actors.csv").write_bytes(raw)
    folder = small_copy(tmp_path)
    assert run("import", "csv", tmp_path / "actors.csv", "--to", folder).refused("there is no record in")
    assert not (folder / "actors").exists()
