"""CSV as RFC 4180 has it, with columns that a page of the docs lists, and cells that say what the data says."""

import csv
import io
from typing import Any

import pytest

from app.entries.base import Ref
from app.formats import Export
from app.formats.columns import columns
from app.formats.csv import ROWS, write_export
from app.query.parameters import MAX_LIMIT
from app.resources.base import Resource
from app.resources.places import PlaceCounts, PlaceDocument
from problems import at_fault, problem
from registry import COLLECTIONS
from visitor import Visitor

TEXTS = [
    "=1+1",
    "+49",
    "-5",
    "@home",
    '=HYPERLINK("x")',
    'a "b", c',
    "two\nlines",
    "\r\n",
    "Вучић 🙂",
    " blank ",
    "\t",
    "a|b",
]


def place(id: str, name: str) -> str:
    """A stored place of that name."""
    return PlaceDocument(
        id=id,
        label=name,
        dossier=Ref(id="d", label="D"),
        layer="text",
        formerly=[],
        identifiers={},
        note=None,
        name=name,
        names=[],
        country=None,
        within=[Ref(id="a", label="A"), Ref(id="b", label="B")],
        lat=None,
        lon=None,
        uncertainty_km=None,
        precision="region",
        status="undisputed",
        counts=PlaceCounts(events=0, places=0),
    ).stored()


def written(texts: list[str], fields: tuple[str, ...] = ()) -> bytes:
    """Places of these names as CSV."""
    stored = (("places", f"p{i}", place(f"p{i}", text).encode()) for i, text in enumerate(texts))
    return b"".join(write_export(Export(stored, "http://h", PlaceDocument, fields)))


def read(body: bytes) -> list[dict[str, str]]:
    """By column."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline=""), strict=True))


def test_cells_come_back_unchanged() -> None:
    assert [each["name"] for each in read(written(TEXTS))] == TEXTS


def test_more_than_one_piece_has_one_header() -> None:
    count = 2 * ROWS + 1
    body = written([str(i) for i in range(count)], ("id", "name"))
    assert [each["name"] for each in read(body)] == [str(i) for i in range(count)]
    assert body.count(b"id,name") == 1


def test_what_is_null_or_empty_is_empty_and_references_are_ids() -> None:
    row = read(written(["x"]))[0]
    assert (row["note"], row["lat"], row["formerly"], row["identifiers"], row["names_value"]) == ("", "", "", "", "")
    assert row["within"] == "a|b"
    assert row["counts_events"] == "0"
    assert row["url"] == "http://h/places/p0"


@COLLECTIONS
def test_records_end_with_crlf_and_are_equally_long(visitor: Visitor, resource: Resource) -> None:
    answer = visitor.get(f"/{resource.name}", format="csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.endswith(b"\r\n")
    assert not answer.content.startswith(b"\xef\xbb\xbf")  # no byte order mark
    found = list(csv.reader(io.StringIO(answer.content.decode("utf-8"), newline=""), strict=True))
    assert {len(each) for each in found} == {len(columns(resource.document))}
    assert found[0] == [each.name for each in columns(resource.document)]


@COLLECTIONS
def test_every_member_is_in_some_column(visitor: Visitor, resource: Resource) -> None:
    starts = {(each.items or each.member).path[0] for each in columns(resource.document)}
    for document in visitor.data(f"/{resource.name}", limit=MAX_LIMIT)["data"]:
        assert set(document) <= starts


def test_flags_are_words_of_json(visitor: Visitor) -> None:
    flags = {each["contested"] for each in read(visitor.get("/claims", format="csv").content)}
    assert flags == {"true", "false"}


@pytest.mark.parametrize("format", ["csv", "ndjson"])
def test_fields_are_given_in_the_order_asked(visitor: Visitor, format: str) -> None:
    wanted = ["label", "date_earliest", "id", "place_id"]
    for fields in (",".join(wanted), wanted, ["label", "date_earliest,id", "place_id"]):
        body = visitor.get("/events", format=format, fields=fields).text
        first = body.splitlines()[0]
        assert first.startswith("label,date_earliest,id,place_id" if format == "csv" else '{"label":')


@pytest.mark.parametrize("format", ["csv", "ndjson"])
def test_a_column_is_asked_once(visitor: Visitor, format: str) -> None:
    assert at_fault(visitor.get("/events", format=format, fields="id,label,id")) == ["fields"]


@pytest.mark.parametrize(("field", "near"), [("lable", "label"), ("date_earlyest", "date_earliest"), ("zzzzzz", None)])
@pytest.mark.parametrize("format", ["csv", "ndjson"])
def test_an_unknown_field_is_refused_with_the_nearest(visitor: Visitor, format: str, field: str, near: Any) -> None:
    answer = visitor.get("/events", format=format, fields=f"id,{field}")
    body = problem(answer, 400, "invalid-parameter")
    assert at_fault(answer) == ["fields"]
    assert (body["errors"][0]["value"], body["errors"][0]["did_you_mean"]) == (field, near)
    assert "date_earliest" in body["errors"][0]["message"]


def test_a_field_of_another_collection_is_unknown(visitor: Visitor) -> None:
    assert at_fault(visitor.get("/places", format="csv", fields="speaker_actor_id")) == ["fields"]
    assert visitor.get("/claims", format="csv", fields="speaker_actor_id").status_code == 200


@COLLECTIONS
def test_no_cell_is_json(visitor: Visitor, resource: Resource) -> None:
    cells = {cell for row in read(visitor.get(f"/{resource.name}", format="csv").content) for cell in row.values()}
    assert not [cell for cell in cells if cell[:2] in ('{"', "[{", '["')]


def test_the_columns_of_a_list_have_as_many_values(visitor: Visitor) -> None:
    claims = {claim["id"]: claim for claim in visitor.data("/claims", limit=MAX_LIMIT)["data"]}
    several = 0
    for row in read(visitor.get("/claims", format="csv").content):
        figures, several = claims[row["id"]]["figures"], several + (row["figures_value"].count("|") > 0)
        for name in ("measure", "value", "low", "approximate"):
            cells = row[f"figures_{name}"].split("|") if figures else []
            assert cells == [plain(figure[name]) for figure in figures]
    assert several


def test_figures_of_an_event_are_those_of_its_speakers(visitor: Visitor) -> None:
    path = "/events/north-kosovo-arrests-2019-05-28"
    figures = visitor.data(path)["data"]["figures"]
    (row,) = read(visitor.get(path, format="csv").content)
    told = [(figure["measure"], value) for figure in figures for value in figure["values"]]
    assert row["figures_measure"].split("|") == [measure for measure, _ in told]
    assert row["figures_values_value"].split("|") == [plain(value["value"]) for _, value in told]
    assert row["figures_values_voice"].split("|") == [value["voice"]["id"] for _, value in told]
    assert row["figures_values_said_earliest"].split("|") == [value["said"]["earliest"] for _, value in told]


def test_how_many_who_says_so_and_when_is_one_step(visitor: Visitor) -> None:
    rows = read(visitor.get("/claims", format="csv", measure="arrested", narrated="true").content)
    assert len(rows) > 3
    for row in rows:
        assert row["speaker_actor_id"] == ""
        assert row["voice_id"] == row["sources"].split("|")[0]
        assert "" not in (row["voice_label"], row["said_earliest"])
        assert "arrested" in row["figures_measure"].split("|")


def test_identifiers_are_written_as_their_filter_takes_them(visitor: Visitor) -> None:
    rows = [row for row in read(visitor.get("/actors", format="csv").content) if row["identifiers"]]
    for row in rows:
        (first, *_) = row["identifiers"].split("|")
        assert row["id"] in [found["id"] for found in visitor.data("/actors", identifier=first)["data"]]
    assert rows


def plain(value: Any) -> str:
    """A value as a cell has it."""
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
