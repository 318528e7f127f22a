"""XLSX: the columns of CSV in cells of their own types, which no program reads as something else."""

import hashlib
import io
import subprocess
import sys
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.entries.base import Ref
from app.errors import NotWithThisFormat
from app.formats import FORMATS, Export
from app.formats.columns import columns
from app.formats.xlsx import CHARACTERS, fitting, write_export, write_sheet
from app.resources.base import Resource
from app.resources.dates import DateValue
from app.resources.places import PlaceCounts, PlaceDocument
from app.resources.relations import RelationDocument
from problems import problem
from registry import COLLECTIONS
from releases.publishing import ROOT
from visitor import Visitor

TEXTS = ["=1+1", "+49", "-5", "@home", '=HYPERLINK("x")', "007", "1e5", "2019-05-28", "two\nlines", "Вучић 🙂", " x "]


def members(id: str) -> dict[str, Any]:
    """What every document begins with."""
    common: dict[str, Any] = {"id": id, "label": id, "dossier": Ref(id="d", label="D"), "layer": "text", "note": None}
    return common | {"formerly": [], "identifiers": {}}


def place(id: str, name: str, lat: float | None = None) -> tuple[str, str, str]:
    """A stored place of that name."""
    made: dict[str, Any] = {
        "name": name,
        "names": [],
        "country": None,
        "within": [],
        "lat": lat,
        "lon": None,
        "uncertainty_km": None,
        "precision": "region",
    }
    counts = PlaceCounts(events=12, places=0)
    return "places", id, PlaceDocument(**members(id), **made, status="undisputed", counts=counts).stored()


def relation(id: str, earliest: str | None) -> tuple[str, str, str]:
    """A stored relation that begins on that day."""
    since = DateValue(edtf=earliest or "..", earliest=earliest, latest=earliest, precision="day", basis="stated")
    actor = Ref(id="a", label="A")
    made: dict[str, Any] = {"type": "office", "subject": actor, "object": actor, "post": None, "to": None, "claims": []}
    return "relations", id, RelationDocument(**members(id), **made, from_=since).stored()


def written(rows: list[tuple[str, str, str]], document: object, base: str = "http://h") -> bytes:
    """The workbook of these documents."""
    stored = [(home, id, text.encode()) for home, id, text in rows]
    return b"".join(write_export(Export(stored, base, document)))


def sheet(body: bytes) -> Worksheet:
    """The one sheet of a workbook."""
    (found,) = load_workbook(io.BytesIO(body)).worksheets
    assert isinstance(found, Worksheet)
    return found


def column(found: Worksheet, name: str) -> list[Any]:
    """The cells of a column, without its head."""
    place = [cell.value for cell in found[1]].index(name)
    return [row[place] for row in found.iter_rows(min_row=2)]


def test_texts_stay_texts() -> None:
    found = column(sheet(written([place(f"p{i}", text) for i, text in enumerate(TEXTS)], PlaceDocument)), "name")
    assert [cell.value for cell in found] == TEXTS
    assert {cell.data_type for cell in found} == {"s"}


def test_numbers_and_flags_are_what_they_are(visitor: Visitor) -> None:
    found = sheet(visitor.get("/claims", format="xlsx").content)
    assert {cell.data_type for cell in column(found, "narrated")} == {"b"}
    one = [cell for cell in column(found, "figures_value") if cell.value is not None and "|" not in str(cell.value)]
    assert {cell.data_type for cell in one} == {"n"}
    assert len(one) > 40
    (counted,) = column(sheet(written([place("p", "P", lat=42.5)], PlaceDocument)), "lat")
    assert (counted.value, counted.data_type) == (42.5, "n")


def test_a_number_of_more_digits_than_a_cell_keeps_is_a_text() -> None:
    (cell,) = column(sheet(written([place("p", "P", lat=1234567890123456.0)], PlaceDocument)), "lat")
    assert cell.data_type == "s"


DAYS = {
    "2019-05-28": datetime(2019, 5, 28),
    "1900-03-01": datetime(1900, 3, 1),
    "9999-12-31": datetime(9999, 12, 31),
    "1900-02-28": "1900-02-28",  # a day for Excel, another one for others
    "1389-06-28": "1389-06-28",
    "-0044-03-15": "-0044-03-15",
    "Y12019-01-01": "Y12019-01-01",
    None: None,
}


def test_days_are_days_where_every_program_takes_them_for_the_same() -> None:
    rows = [relation(f"r{i}", day) for i, day in enumerate(DAYS)]
    found = sheet(written(rows, RelationDocument))
    assert [cell.value for cell in column(found, "from_earliest")] == list(DAYS.values())
    assert {cell.data_type for cell in column(found, "from_edtf")} == {"s"}


@COLLECTIONS
def test_the_columns_are_those_of_csv_and_can_be_filtered(visitor: Visitor, resource: Resource) -> None:
    answer = visitor.get(f"/{resource.name}", format="xlsx")
    assert answer.headers["content-type"] == FORMATS["xlsx"].media_type
    found = sheet(answer.content)
    assert [cell.value for cell in found[1]] == [each.name for each in columns(resource.document)]
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == found.dimensions
    assert found.max_row == 1 + visitor.data(f"/{resource.name}", limit=0)["page"]["total"]


def test_a_record_is_a_link_to_itself_as_long_as_links_can_be() -> None:
    (cell,) = column(sheet(written([place("p", "P")], PlaceDocument)), "url")
    assert (cell.value, cell.hyperlink.target) == ("http://h/places/p", "http://h/places/p")
    (long,) = column(sheet(written([place("p", "P")], PlaceDocument, f"http://h/{'x' * 2100}")), "url")
    assert long.value.endswith("/places/p")
    assert long.hyperlink is None


@pytest.mark.parametrize("sign", ["x", "Ж", "🙂"])
def test_a_text_longer_than_a_cell_is_cut_and_says_so(sign: str) -> None:
    whole = sign * CHARACTERS
    found = fitting(whole)
    assert len(found.encode("utf-16-le")) <= 2 * CHARACTERS
    assert (found == whole) == (len(whole.encode("utf-16-le")) <= 2 * CHARACTERS)
    longer = fitting(whole + "y")
    assert longer.endswith("CSV has it whole)")
    assert len(longer.encode("utf-16-le")) <= 2 * CHARACTERS
    (cell,) = column(sheet(written([place("p", whole + "y")], PlaceDocument)), "name")
    assert cell.value == longer


def test_the_same_cells_are_the_same_bytes(visitor: Visitor) -> None:
    asked = [visitor.get("/events", format="xlsx") for _ in range(2)]
    assert len({hashlib.sha256(answer.content).hexdigest() for answer in asked}) == 1
    with ZipFile(io.BytesIO(asked[0].content)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_more_cells_than_are_written_are_refused() -> None:
    heads, rows = [("id", False), ("label", False)], [("a", "A"), ("b", None)]
    assert sheet(b"".join(write_sheet(heads, rows, cells=5))).max_row == 3
    with pytest.raises(NotWithThisFormat, match="csv"):
        next(write_sheet(heads, [*rows, ("c", "C")], cells=5))


def test_fields_choose_the_columns(visitor: Visitor) -> None:
    found = sheet(visitor.get("/claims", format="xlsx", fields="voice_label,figures_value,said_earliest").content)
    assert [cell.value for cell in found[1]] == ["voice_label", "figures_value", "said_earliest"]
    answer = visitor.get("/claims", format="xlsx", fields="voice,said_earliest")
    problem(answer, 400, "invalid-parameter")


def test_nothing_that_matches_is_a_header(visitor: Visitor) -> None:
    found = sheet(visitor.get("/claims", format="xlsx", q="xyzzy").content)
    assert found.max_row == 1


def test_what_writes_workbooks_is_loaded_with_the_first_one() -> None:
    asked = "import sys, app.main; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
