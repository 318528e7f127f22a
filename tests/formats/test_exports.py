"""CSV and NDJSON give everything that matches, exactly as the pages of JSON do, and behave as any other answer."""

import csv
import io
import json
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from app.formats import FORMATS
from app.formats.columns import Row, columns
from app.query.parameters import MAX_LIMIT
from app.resources import by_name
from app.resources.base import Resource
from contract.orders import Documents
from problems import at_fault, problem
from registry import COLLECTIONS
from visitor import BASE, Visitor

EXPORTS = pytest.mark.parametrize("format", [each.name for each in FORMATS.values() if each.export])
REFUSED = [(each.name, name) for each in FORMATS.values() for name in each.refuses]


def walked(visitor: Visitor, path: str, **asked: Any) -> list[Any]:
    """Every record of every page."""
    page = visitor.data(path, limit=7, **asked)
    found = page["data"]
    while page["links"]["next"]:
        page = visitor.data(page["links"]["next"])
        found += page["data"]
    return list(found)


def lines(visitor: Visitor, path: str, **asked: Any) -> list[Any]:
    """Every line of the NDJSON."""
    return [json.loads(each) for each in visitor.get(path, format="ndjson", **asked).text.splitlines()]


def rows(visitor: Visitor, path: str, **asked: Any) -> list[dict[str, str]]:
    """Every row of the CSV, by column."""
    return list(csv.DictReader(io.StringIO(visitor.get(path, format="csv", **asked).text, newline="")))


def cells(visitor: Visitor, path: str, **asked: Any) -> list[dict[str, Any]]:
    """Every row of the workbook, by column."""
    book = load_workbook(io.BytesIO(visitor.get(path, format="xlsx", **asked).content))
    head, *found = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in found]


READERS = {"csv": rows, "ndjson": lines, "xlsx": cells}  # an export has its own


@COLLECTIONS
def test_ndjson_is_the_walk_of_the_pages(visitor: Visitor, resource: Resource) -> None:
    assert lines(visitor, f"/{resource.name}") == walked(visitor, f"/{resource.name}")


@COLLECTIONS
@pytest.mark.parametrize("sign", ["", "-"])
def test_csv_is_the_walk_of_the_pages(visitor: Visitor, resource: Resource, sign: str) -> None:
    sort = f"{sign}{resource.sorts[0]}"
    found = rows(visitor, f"/{resource.name}", sort=sort)
    listed = walked(visitor, f"/{resource.name}", sort=sort)
    for row, document in zip(found, listed, strict=True):
        row_of = Row(document)
        cells = {each.name: row_of.cell(each) for each in columns(resource.document)}
        assert row == {name: text(value) for name, value in cells.items()}


def text(value: Any) -> str:
    """A cell as CSV writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


@EXPORTS
def test_filters_and_paths_below_a_record_select_the_same(visitor: Visitor, format: str) -> None:
    read = READERS[format]
    for path in ("/claims?contested=true&sort=-id", "/actors/aleksandar-vucic/claims", "/people?q=vucic"):
        wanted = [each["id"] for each in walked(visitor, path)]
        assert [each["id"] for each in read(visitor, path)] == wanted
        assert wanted


@COLLECTIONS
@EXPORTS
def test_a_limit_takes_the_first(visitor: Visitor, resource: Resource, format: str) -> None:
    read = READERS[format]
    every = [each["id"] for each in read(visitor, f"/{resource.name}")]
    for limit in (0, 1, 2, MAX_LIMIT + 1, 2**31 - 1):
        assert [each["id"] for each in read(visitor, f"/{resource.name}", limit=limit)] == every[:limit]


@EXPORTS
@pytest.mark.parametrize("limit", ["-1", "1.0", "many", "2147483648", "+1"])
def test_a_limit_that_is_no_count_is_refused(visitor: Visitor, format: str, limit: str) -> None:
    answer = visitor.get("/claims", format=format, limit=limit)
    problem(answer, 400, "invalid-parameter")
    assert at_fault(answer) == ["limit"]


@EXPORTS
def test_a_pinned_export_is_kept_for_a_day(visitor: Visitor, documents: Documents, format: str) -> None:
    current = visitor.get("/claims", format=format)
    pinned = visitor.get(current.headers["content-location"])
    assert pinned.content == current.content
    assert pinned.headers["cache-control"] == "public, max-age=86400"
    assert current.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    assert pinned.links["permalink"]["url"] == current.headers["content-location"]
    assert "release=" in current.headers["content-location"]


@EXPORTS
def test_head_and_304(visitor: Visitor, format: str) -> None:
    full = visitor.get("/claims", format=format)
    head = visitor.send("HEAD", "/claims", format=format)
    assert (head.status_code, head.content) == (200, b"")
    without = {"x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in without} == {
        k: v for k, v in full.headers.items() if k not in without
    }
    again = visitor.get("/claims", headers={"if-none-match": full.headers["etag"]}, format=format)
    assert (again.status_code, again.content) == (304, b"")


@EXPORTS
@pytest.mark.parametrize("path", ["/claims", "/actors/aleksandar-vucic/claims", "/people/aleksandar-vucic"])
def test_a_file_is_named_by_what_it_holds(visitor: Visitor, path: str, format: str) -> None:
    label = re.sub("[^A-Za-z0-9._~-]+", "-", visitor.data("/")["data"]["release"]["label"])
    named = f'inline; filename="{path.rpartition("/")[2]}-{label}.{format}"'
    assert visitor.get(path, format=format).headers["content-disposition"] == named
    for shown in ("json", "jsonld"):
        assert "content-disposition" not in visitor.get(path, format=shown).headers


def test_what_decides_the_answer_decides_the_tag(visitor: Visitor) -> None:
    asked: list[dict[str, Any]] = [
        {},
        {"format": "csv"},
        {"format": "ndjson"},
        {"format": "jsonld"},
        {"format": "csv", "limit": 3},
        {"format": "csv", "fields": "id"},
        {"format": "csv", "fields": "id,label"},
        {"format": "csv", "fields": "label,id"},
        {"format": "csv", "sort": "-id"},
    ]
    tags = [visitor.get("/claims", **each).headers["etag"] for each in asked]
    assert len(set(tags)) == len(asked)


@pytest.mark.parametrize(("format", "name"), REFUSED)
def test_what_a_format_cannot_honour_is_refused(visitor: Visitor, format: str, name: str) -> None:
    resource = by_name("events")
    value = {"cursor": "x", "include": resource.includes[0], "facets": resource.facets[0], "fields": "id"}[name]
    answer = visitor.get("/events", format=format, **{name: value})
    assert answer.status_code == 400
    body = problem(answer, 400, answer.json()["type"].rpartition("/")[2])
    assert {each["parameter"] for each in body["errors"]} == {name}
    assert any(each["message"].startswith(f"{format} cannot honour {name}") for each in body["errors"])
    if name != "cursor":  # whatever else is wrong with this one
        assert body["type"] == f"{BASE}/problems/not-with-this-format"


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_derived_is_json_or_a_page(visitor: Visitor, format: str) -> None:
    for path in ("/events/north-kosovo-arrests-2019-05-28/matrix", "/sources/time-2019-05-28/coverage"):
        answer = visitor.get(path, format=format)
        if format in ("json", "html"):
            assert answer.status_code == 200
        else:
            problem(answer, 400, "not-with-this-format")


@EXPORTS
def test_hits_of_a_search_are_no_export(visitor: Visitor, format: str) -> None:
    problem(visitor.get("/search", q="vucic", format=format), 400, "not-with-this-format")


@pytest.mark.parametrize("format", [name for name, each in FORMATS.items() if each.record and not each.pointed])
def test_a_record_in_every_format(visitor: Visitor, format: str) -> None:
    url = f"{BASE}/places/mitrovica"
    document = visitor.data("/places/mitrovica")["data"]
    assert document["url"] == url
    if format == "xlsx":
        assert [row["url"] for row in cells(visitor, "/places/mitrovica")] == [url]
        return
    answer = visitor.get("/places/mitrovica", format=format).text
    assert url in answer
    if format == "ndjson":
        assert json.loads(answer) == document


def test_nothing_that_matches_is_an_empty_answer(visitor: Visitor) -> None:
    assert lines(visitor, "/claims", q="xyzzy") == []
    header = visitor.get("/claims", format="csv", q="xyzzy").content
    assert header.count(b"\r\n") == 1
    assert header.startswith(b"id,kind,url,type,label,")
