"""The tables of a release: tidy, typed, with keys that hold, and described in full; docs/tables.md lists each."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from app.formats.datapackage import descriptor
from app.formats.tables import Table, tables, write_table
from app.query.reader import ReleaseInfo
from app.resources import MAIN, RESOURCES
from contract.orders import Documents
from tables_file import TABLES as PAGE
from tables_file import tables_page
from visitor import Visitor

TABLES = pytest.mark.parametrize("table", tables().values(), ids=list(tables()))

PARSED: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.fixture(scope="module")
def release(visitor: Visitor) -> str:
    """Where the files of the current release are."""
    return f"/releases/{visitor.data('/releases')['data'][0]['id']}"


@pytest.fixture(scope="module")
def package(visitor: Visitor, release: str) -> dict[str, Any]:
    """Each table of the package by name."""
    described = visitor.data(f"{release}/datapackage.json")
    return {resource["name"]: resource for resource in described["resources"]}


@pytest.fixture(scope="module")
def content(visitor: Visitor, release: str, package: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The rows of every table, as they are downloaded."""
    bodies = {name: visitor.get(f"{release}/{resource['path']}").text for name, resource in package.items()}
    return {name: list(csv.DictReader(io.StringIO(body, newline=""), strict=True)) for name, body in bodies.items()}


def test_there_is_a_table_of_each_collection_and_of_each_list(package: Mapping[str, Any]) -> None:
    assert {resource.name for resource in MAIN} <= set(package)
    named = {"participations", "figures", "evidence", "claim-relations", "claim-figures", "actor-names", "place-names"}
    assert named <= set(package)


@TABLES
def test_the_columns_are_those_described(content: Any, package: Mapping[str, Any], table: Table) -> None:
    names = [field["name"] for field in package[table.name]["schema"]["fields"]]
    assert len(set(names)) == len(names)
    assert names == [field.name for field in table.fields]
    for row in content[table.name]:
        assert list(row) == names


@TABLES
def test_values_are_of_their_types_and_only_what_may_be_is_missing(
    content: Any, package: Mapping[str, Any], table: Table
) -> None:
    for field in package[table.name]["schema"]["fields"]:
        cells = [row[field["name"]] for row in content[table.name]]
        for cell in cells:
            if cell:
                PARSED[field["type"]](cell)
        assert not (field.get("constraints", {}).get("required") and "" in cells), field["name"]


@TABLES
def test_the_primary_key_tells_rows_apart(content: Any, package: Mapping[str, Any], table: Table) -> None:
    key = package[table.name]["schema"]["primaryKey"]
    found = [tuple(row[name] for name in key) for row in content[table.name]]
    assert len(set(found)) == len(found)


@TABLES
def test_foreign_keys_lead_to_rows(content: Any, package: Mapping[str, Any], table: Table) -> None:
    for key in package[table.name]["schema"]["foreignKeys"]:
        (name,), other = key["fields"], key["reference"].get("resource", table.name)
        known = {row["id"] for row in content[other]}
        assert {row[name] for row in content[table.name]} - {""} <= known, name


@TABLES
def test_everything_is_described(package: Mapping[str, Any], table: Table) -> None:
    resource = package[table.name]
    assert resource["description"]
    assert [field["name"] for field in resource["schema"]["fields"] if not field["description"]] == []


def test_the_docs_have_a_row_for_each_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert tables_page(text) == text, "run make generate"


def test_every_reference_of_one_kind_is_a_foreign_key(package: Mapping[str, Any]) -> None:
    others = set()
    for name, resource in package.items():
        keys = {field for key in resource["schema"]["foreignKeys"] for field in key["fields"]}
        ids = {field["name"] for field in resource["schema"]["fields"] if field["name"].endswith("_id")}
        others |= {(name, field) for field in ids - keys}
    assert others == {("figures", "voice_id"), ("claims", "voice_id")}  # an actor or a source


def test_the_rows_are_the_documents(content: Any, documents: Documents) -> None:
    for resource in MAIN:
        assert sorted(row["id"] for row in content[resource.name]) == [one["id"] for one in documents[resource.name]]
    given = [(event["id"], part["actor"]["id"], part["role"]) for event, part in parts(documents)]
    rows = [(row["event_id"], row["actor_id"], row["role"]) for row in content["participations"]]
    assert sorted(rows) == sorted(given)


def parts(documents: Documents) -> Iterator[tuple[Any, Any]]:
    """Each event with each of its participations."""
    return ((event, part) for event in documents["events"] for part in event["participants"])


def test_how_many_who_says_so_and_when_is_one_table(content: Any, documents: Documents) -> None:
    event = next(one for one in documents["events"] if one["id"] == "north-kosovo-arrests-2019-05-28")
    told = [
        (figures["measure"], value["voice"]["label"], value["said"]["earliest"], value["value"])
        for figures in event["figures"]
        for value in figures["values"]
    ]
    rows = [row for row in content["figures"] if row["event_id"] == event["id"]]
    found = [(row["measure"], row["voice_label"], row["said_earliest"], row["value"]) for row in rows]
    assert found == [
        (measure, voice, said, "" if value is None else str(value)) for measure, voice, said, value in told
    ]
    assert len(found) > 40


@pytest.mark.parametrize("name", ["events", "figures", "claim-identifiers"])
def test_ndjson_has_the_same_rows(visitor: Visitor, release: str, content: Any, name: str) -> None:
    body = visitor.get(f"{release}/tables/{name}.ndjson").text
    rows = [json.loads(line) for line in body.splitlines()]
    assert [{key: plain(value) for key, value in row.items()} for row in rows] == content[name]


def plain(value: Any) -> str:
    """A value as a cell of CSV has it."""
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def test_a_table_holds_no_address_of_ours(visitor: Visitor, release: str) -> None:
    for name in tables():
        elsewhere = visitor.get(f"{release}/tables/{name}.csv", headers={"host": "data.example.org"})
        assert "data.example.org" not in elsewhere.text
        assert elsewhere.headers["etag"] == visitor.get(f"{release}/tables/{name}.csv").headers["etag"]


def test_a_package_names_its_licences_and_curators_once() -> None:
    dossier = {"id": "d", "title": "T", "licence": "CC0-1.0", "citation": "C."}
    made = descriptor(ReleaseInfo("f" * 64, "Edition 1~b/2", "2020-01-31"), [dossier, dossier], ["A", "B", "A"])
    assert made["name"] == "onrecord-edition-1-b-2"
    assert made["licenses"] == [{"name": "CC0-1.0"}]
    assert [one["title"] for one in made["contributors"]] == ["A", "B"]


def test_a_table_without_rows_has_its_header(documents: Documents) -> None:
    for suffix, expected in (("csv", b"event_id,number,modes\r\n"), ("ndjson", b"")):
        assert b"".join(write_table(tables()["event-modes"], suffix, [])) == expected


def test_no_table_is_of_a_view() -> None:
    views = {resource.name for resource in RESOURCES if resource.view_of}
    assert views & set(tables()) == set()
