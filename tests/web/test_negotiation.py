"""Which representation: `format` beats `Accept`, both choose among those of the path, and what is not there is told."""

from typing import Any

import pytest

from app.formats import FORMATS
from app.resources import RESOURCES
from contract.orders import Documents
from problems import at_fault, problem
from visitor import BASE, Visitor

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
DRAWN = list(FORMATS)
TABLE = [name for name, each in FORMATS.items() if not each.pointed]
ONE = [name for name, each in FORMATS.items() if each.record]
LISTED = [name for name, each in FORMATS.items() if each.listing or each.export]
HITS = [name for name in TABLE if FORMATS[name].listing]
ALONE = ["json", "html"]
BOTH = ("/", "/problems", "/problems/not-found")  # a page for browsers, JSON for programs
OFFERED = {
    **{f"/{each.name}": [name for name in DRAWN if name in LISTED] for each in RESOURCES if each.point is not None},
    **{f"/{each.name}": [name for name in TABLE if name in LISTED] for each in RESOURCES if each.point is None},
    "/events/hallvik-ferry-strike": [name for name in DRAWN if name in ONE],
    "/actors/aleksandar-vucic": [name for name in TABLE if name in ONE],
    "/people/aleksandar-vucic": [name for name in TABLE if name in ONE],
    "/actors/aleksandar-vucic/events": [name for name in DRAWN if name in LISTED],
    "/events/hallvik-ferry-strike/claims": [name for name in TABLE if name in LISTED],
    "/search?q=hallvik": HITS,
    "/events/hallvik-ferry-strike/matrix": ALONE,
    "/sources/time-2019-05-28/coverage": ALONE,
    **dict.fromkeys(("/releases", "/vocabularies", "/vocabularies/measures", *BOTH), ALONE),
}


@pytest.mark.parametrize("path", OFFERED)
@pytest.mark.parametrize(
    "accept", ["application/xml", "image/png, application/json;q=0", "*/*;q=0", "nonsense", "a/b;q=x"]
)
def test_row_34_nothing_acceptable(visitor: Visitor, path: str, accept: str) -> None:
    body = problem(visitor.get(path, headers={"accept": accept}), 406, "not-acceptable")
    assert "application/json" in body["detail"]


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "*/*",
        "application/*",
        "application/xml, application/json;q=0.1",
        "text/html;q=0.1, */*",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "application/xml;q=0.9, */*;q=0.8",
        "application/json;q=abc",
        "application/json;q=",
    ],
)
def test_json_where_it_is_accepted(visitor: Visitor, accept: str) -> None:
    answer = visitor.get("/events", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("quality", ["2", "1.5", "inf", "1e9"])
def test_no_quality_is_more_than_1(visitor: Visitor, quality: str) -> None:
    answer = visitor.get("/events", headers={"accept": f"application/json, text/csv;q={quality}"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("quality", ["-1", "nan", "-inf"])
def test_no_quality_is_less_than_0(visitor: Visitor, quality: str) -> None:
    problem(visitor.get("/events", headers={"accept": f"application/json;q={quality}"}), 406, "not-acceptable")
    answer = visitor.get("/events", headers={"accept": f"application/json;q={quality}, text/csv;q=0.1"})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/csv")


@pytest.mark.parametrize("accept", ["application/ndjson", "application/jsonl", "application/x-jsonlines"])
def test_another_name_of_a_media_type_is_as_good(visitor: Visitor, accept: str) -> None:
    for header in (accept, f"{accept};q=0.5, application/json;q=0.4", accept.upper()):
        answer = visitor.get("/events", headers={"accept": header})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")


def test_row_35_the_parameter_wins(visitor: Visitor) -> None:
    answer = visitor.get("/events", headers={"accept": "application/xml"}, format="json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("format", ["xml", "J SON", "application/json", "jso"])
def test_an_unknown_format_is_400_that_lists_those_there_are(visitor: Visitor, format: str) -> None:
    for path in OFFERED:
        answer = visitor.get(path, format=format)
        assert at_fault(answer) == ["format"]
        assert "json" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("path", "called", "name"),
    [
        ("/events", "excel", "xlsx"),
        ("/events", "JSONL", "ndjson"),
        ("/events", "geo", "geojson"),
        ("/actors", "geo", None),  # has no points
        ("/events", "rss", "atom"),
        ("/events/kosovo-war-1998-1999", "bib", "bibtex"),
        ("/events", "xml", None),
    ],
)
def test_a_format_by_what_else_people_call_it(visitor: Visitor, path: str, called: str, name: str | None) -> None:
    (fault,) = visitor.get(path, format=called).json()["errors"]
    assert fault["did_you_mean"] == name


@pytest.mark.parametrize("path", OFFERED)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_bears_its_media_type(visitor: Visitor, path: str, name: str) -> None:
    if name not in OFFERED[path]:
        _is_refused(visitor, path, name)
        return
    by_name = visitor.get(path, format=name)
    by_type = visitor.get(path, headers={"accept": FORMATS[name].media_type})
    assert by_name.status_code == by_type.status_code == 200
    assert by_name.headers["content-type"].split(";")[0] == FORMATS[name].media_type
    assert by_type.headers["content-type"] == by_name.headers["content-type"]


def _is_refused(visitor: Visitor, path: str, name: str) -> None:
    """By name it is a bad query, whatever is accepted; by media type it is not acceptable. Both say what there is."""
    media = [FORMATS[each].media_type for each in OFFERED[path]]
    for accept in ("*/*", "image/png"):
        body = problem(visitor.get(path, headers={"accept": accept}, format=name), 400, "not-with-this-format")
        (fault,) = body["errors"]
        assert (fault["parameter"], fault["value"]) == ("format", name)
        assert f"it can be had as {', '.join(OFFERED[path])}." in fault["message"]
    body = problem(visitor.get(path, headers={"accept": FORMATS[name].media_type}), 406, "not-acceptable")
    assert body["detail"] == f"{path.partition('?')[0]} can be had as {', '.join(media)}."


@pytest.mark.parametrize("path", OFFERED)
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_there_gives_way_to_what_is_accepted_less(visitor: Visitor, path: str, name: str) -> None:
    answer = visitor.get(path, headers={"accept": f"{FORMATS[name].media_type}, application/json;q=0.5"})
    chosen = FORMATS[name if name in OFFERED[path] else "json"]
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, chosen.media_type)


@pytest.mark.parametrize("path", OFFERED)
def test_anything_but_json_is_the_next_that_is_there(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path, headers={"accept": "application/json;q=0, */*;q=0.1"})
    following = FORMATS[OFFERED[path][1]].media_type
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, following)


@pytest.mark.parametrize("path", OFFERED)
@pytest.mark.parametrize("accept", [FIREFOX, CHROME])
def test_every_address_of_data_has_a_page(visitor: Visitor, path: str, accept: str) -> None:
    answer = visitor.get(path, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.count("<h1") == 1


def test_a_format_that_is_not_there_is_told_with_every_other_fault(visitor: Visitor) -> None:
    for path, format in (("/search", "csv"), ("/actors", "geojson"), ("/releases", "csv")):
        answer = visitor.get(path, q="hallvik", format=format, wrong="1", fields="id")
        assert {"format", "wrong"} <= set(at_fault(answer, "bad-query"))
        told = [each["message"] for each in answer.json()["errors"]]
        assert not any("json cannot honour" in each for each in told)  # JSON was not asked for


def test_an_unknown_format_is_400_also_where_nothing_is_acceptable(visitor: Visitor) -> None:
    for path in ("/events", "/search?q=hallvik", "/releases", "/"):
        problem(visitor.get(path, headers={"accept": "image/png"}, format="xml"), 400, "invalid-parameter")


@pytest.mark.parametrize("id", ["aleksandar-vucic", "hashim-thaci"])
def test_one_record_is_cited_by_one_address(visitor: Visitor, documents: Documents, id: str) -> None:
    assert id in {each["id"] for each in documents["people"]}
    for asked in ({}, {"format": "csv"}, {"format": "jsonld"}):
        main, view = (visitor.get(f"/{name}/{id}", **asked) for name in ("actors", "people"))
        assert view.links["cite-as"] == main.links["cite-as"] == {**main.links["permalink"], "rel": "cite-as"}
        assert view.links["permalink"]["url"] == view.headers["content-location"] != main.links["permalink"]["url"]
        cited = visitor.get(view.links["cite-as"]["url"])
        assert (cited.status_code, cited.headers["content-location"]) == (200, cited.links["cite-as"]["url"])


@pytest.mark.parametrize("coding", ["gzip;q=0", "identity;q=0", "*;q=0", "unknown", "gzip, br", ""])
def test_row_40_any_accept_encoding_is_answered(visitor: Visitor, coding: str) -> None:
    answer = visitor.get("/events", headers={"accept-encoding": coding}, limit=1)
    assert answer.status_code == 200
    assert answer.json()["page"]["count"] == 1
    assert "Accept-Encoding" in answer.headers["vary"]


CHOSEN = {
    "text/html": [
        FIREFOX,
        CHROME,
        "text/html",
        "text/*",
        "TEXT/HTML; charset=utf-8",
        "text/html, application/json;q=0.9",
        "text/html;q=0.001",
        "*/*;q=0.1, text/html;q=0.2",
    ],
    "application/json": [
        JAVA,
        "",
        "*/*",
        "application/json",
        "application/*, text/html;q=0.9",
        "text/html, application/json",  # as welcome as each other: JSON
        "application/json, text/html",
        "text/html;q=0.5, application/json",
        "text/html;q=0, */*",
        "text/html;q=nan, application/json;q=0.1",
    ],
    "application/problem+json": ["application/xml", "*/*;q=0", "text/html;q=0", "text/html;q=nan", "image/*", "a"],
}
ACCEPTS = [(accept, media) for media, accepts in CHOSEN.items() for accept in accepts]


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize(("accept", "media"), ACCEPTS)
def test_a_page_or_json(visitor: Visitor, path: str, accept: str, media: str) -> None:
    answer = visitor.get(path, headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == media
    assert answer.status_code == (406 if media == "application/problem+json" else 200)
    if answer.status_code == 200:
        assert answer.headers["vary"] == "Accept, Accept-Encoding"
    head = visitor.send("HEAD", path, {"accept": accept})
    assert (head.status_code, head.content) == (answer.status_code, b"")
    assert _lasting(head.headers) == _lasting(answer.headers)


def _lasting(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "x-request-id"}


@pytest.mark.parametrize("path", [*BOTH, "/releases", "/vocabularies", "/vocabularies/measures"])
@pytest.mark.parametrize("accept", ["text/html", FIREFOX, "application/xml", "*/*;q=0"])
def test_format_beats_accept_also_where_there_is_a_page(visitor: Visitor, path: str, accept: str) -> None:
    answer = visitor.get(path, headers={"accept": accept}, format="json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    answer = visitor.get(path, headers={"accept": accept}, format="html")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    problem(visitor.get(path, headers={"accept": accept}, format="csv"), 400, "not-with-this-format")


def test_a_form_with_empty_fields_leads_to_the_question(visitor: Visitor) -> None:
    answer = visitor.get("/events?q=&type=coerce&date=", headers={"accept": FIREFOX})
    assert (answer.status_code, answer.headers["location"]) == (308, f"{BASE}/events?type=coerce")
    assert at_fault(visitor.get("/events?type=")) == ["type"]


PROBLEMS = [
    ("/nothing", 404, "not-found"),
    ("/events?typ=coerce", 400, "unknown-parameter"),
    ("/events/no-such-event", 404, "not-found"),
]


def test_a_problem_is_a_page_for_a_browser(visitor: Visitor) -> None:
    for path, status, slug in PROBLEMS:
        answer = visitor.get(path, headers={"accept": FIREFOX})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert answer.headers["cache-control"] == "no-store"
        assert "<h1>" in answer.text
        problem(visitor.get(path), status, slug)
        problem(visitor.get(path, headers={"accept": FIREFOX}, format="json"), status, slug)


def test_pages_are_for_browsers(visitor: Visitor) -> None:
    problem(visitor.get("/docs", headers={"accept": "application/json"}), 406, "not-acceptable")
    assert visitor.get("/docs", headers={"accept": FIREFOX}).headers["content-type"] == "text/html; charset=utf-8"
