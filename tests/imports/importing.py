"""Tables for tests, and dossiers to bring them into."""

import csv
from pathlib import Path

from openpyxl import Workbook

from cli.terminal import Ran, run
from dossier.dossiers import small_copy

CLAIM = {
    "text": "The ferries lie idle.",
    "type": "assertion",
    "speaker": "Ingrid Solem",
    "events": "Dockers stop the ferries of Hallvik",
    "source": "hallvik-harbour-minutes",
}
"""A claim that the small dossier can take."""


def table(path: Path, *rows: dict[str, str]) -> Path:
    """A CSV whose heads are the keys of the rows."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)
    return path


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook whose sheets have these rows."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def brought(folder: Path, *rows: dict[str, str], kind: str = "claims") -> Ran:
    """What importing one CSV of these rows into a copy of the small dossier says."""
    return run("import", "csv", table(folder / f"{kind}.csv", *rows), "--to", small_copy(folder))


def told(ran: Ran, folder: Path) -> list[str]:
    """The findings, without the path of the folder."""
    return [line.replace(f"{folder.as_posix()}/", "") for line in ran.out]


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
