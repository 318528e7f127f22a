"""Which representation: `format` beats `Accept`, and what cannot be had is 406 with what can."""

import pytest

from app.formats import FORMATS
from app.resources import RESOURCES
from problems import at_fault, problem
from visitor import Visitor

PATHS = [*(f"/{each.name}" for each in RESOURCES), "/events/hallvik-ferry-strike", "/releases", "/vocabularies", "/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "accept", ["application/xml", "image/png, application/json;q=0", "*/*;q=0", "nonsense", "a/b;q=x"]
)
def test_row_34_nothing_acceptable(visitor: Visitor, path: str, accept: str) -> None:
    body = problem(visitor.get(path, headers={"accept": accept}), 406, "not-acceptable")
    assert "application/json" in body["detail"]


@pytest.mark.parametrize("path", [f"/{each.name}" for each in RESOURCES])
def test_html_of_a_collection_is_406(visitor: Visitor, path: str) -> None:
    problem(visitor.get(path, headers={"accept": "text/html"}), 406, "not-acceptable")


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "*/*",
        "application/*",
        "application/xml, application/json;q=0.1",
        "text/html, */*;q=0.1",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "application/xml;q=0.9, */*;q=0.8",
    ],
)
def test_json_where_it_is_accepted(visitor: Visitor, accept: str) -> None:
    answer = visitor.get("/events", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


def test_row_35_the_parameter_wins(visitor: Visitor) -> None:
    answer = visitor.get("/events", headers={"accept": "application/xml"}, format="json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("format", ["xml", "JSON", "application/json", "jso"])
def test_an_unknown_format_is_400_that_lists_those_there_are(visitor: Visitor, format: str) -> None:
    for path in PATHS:
        answer = visitor.get(path, format=format)
        assert at_fault(answer) == ["format"]
        assert "json" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("path", PATHS[:-3])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_bears_its_media_type(visitor: Visitor, path: str, name: str) -> None:
    if FORMATS[name].pointed and path.split("/")[1] not in ("events", "places"):
        problem(visitor.get(path, format=name), 400, "not-with-this-format")
        return
    by_name = visitor.get(path, format=name)
    by_type = visitor.get(path, headers={"accept": FORMATS[name].media_type})
    assert by_name.status_code == by_type.status_code == 200
    assert by_name.headers["content-type"].split(";")[0] == FORMATS[name].media_type
    assert by_type.headers["content-type"] == by_name.headers["content-type"]


@pytest.mark.parametrize("coding", ["gzip;q=0", "identity;q=0", "*;q=0", "unknown", "gzip, br", ""])
def test_row_40_any_accept_encoding_is_answered(visitor: Visitor, coding: str) -> None:
    answer = visitor.get("/events", headers={"accept-encoding": coding}, limit=1)
    assert answer.status_code == 200
    assert answer.json()["page"]["count"] == 1
    assert "Accept-Encoding" in answer.headers["vary"]


def test_pages_are_for_browsers(visitor: Visitor) -> None:
    problem(visitor.get("/docs", headers={"accept": "application/json"}), 406, "not-acceptable")
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert (
        visitor.get("/problems/not-found", headers={"accept": browser}).headers["content-type"].startswith("text/html")
    )
    assert visitor.get("/problems/not-found").headers["content-type"] == "application/json"
