"""Whatever stands in a table, an import ends: with files that pass check, or with findings that have their cell."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.dossier.check import check
from app.imports.table.columns import columns
from cli.terminal import CANNOT_RUN, FINDINGS, RIGHT, run
from imports.importing import files

HEADS = [
    *(column.name for column in columns("claim")),
    *(
        "speaker:type",
        "speaker:name",
        "events:place:precision",
        "source:publisher:type",
        "event:date",
        ":",
        "a:b",
        "#x",
        "",
    ),
]
CELLS = [
    "",
    "|",
    " | ",
    "a | b",
    "a|b|",
    "true",
    "1",
    "-1",
    "1.5",
    "2021-03-14",
    "2021/..",
    "x" * 500,
    "Ingrid Solem",
    "\u202e",
]
CELL = some.sampled_from(
    [*CELLS, "hallvik-observer-note", "person", "denial", "#REF!", "=1+1", "a\nb", "\x00"]
) | some.text(max_size=8)
TABLE = some.lists(some.sampled_from(HEADS), min_size=1, max_size=6).flatmap(
    lambda heads: some.lists(some.lists(CELL, max_size=7), min_size=1, max_size=4).map(lambda rows: [heads, *rows])
)
PLACE = re.compile(r".+/(?:claims\.csv(?::[A-Z]+[0-9]+)?|mine/[a-z.]+:[0-9]+): .+ \(.+\)")


def dossier(folder: Path) -> Path:
    if not folder.exists():
        run("new", folder, "--csv")
    return folder


def ended(folder: Path, raw: bytes) -> None:
    """Import a table, and look at how it ended."""
    mine = dossier(folder / "mine")
    before = files(mine)
    (folder / "claims.csv").write_bytes(raw)
    ran = run("import", "csv", folder / "claims.csv", "--to", mine, "--replace")
    if ran.code == RIGHT:
        assert check([mine]).corpus is not None or any("words stand for an anchor" in line for line in ran.out)
    else:
        assert files(mine) == before
        assert ran.code in (FINDINGS, CANNOT_RUN)
        assert ran.code == CANNOT_RUN or all(PLACE.fullmatch(line) for line in ran.out), ran.out


@settings(max_examples=40)
@given(TABLE)
def test_any_cells(tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]) -> None:
    written = StringIO(newline="")
    csv.writer(written).writerows(table)
    ended(tmp_path_factory.getbasetemp(), written.getvalue().encode("utf-8", "surrogatepass"))


@settings(max_examples=40)
@given(some.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    ended(tmp_path_factory.getbasetemp(), raw)
