"""docs/openapi.json is what is served, and nothing that clients of it rely on was removed or narrowed."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from app.errors import problems
from app.formats import FORMATS
from app.web.openapi.problem_examples import EXAMPLES, OCCASIONS
from app.web.openapi.samples import samples
from breaking import breaks, may_break
from openapi_file import FILE, renew, served, written
from visitor import Visitor

NEVER_ON_GET = {"method-not-allowed", "content-too-large"}  # other methods, and bodies
OUT_OF_REACH = {
    *("merged", "removed", "release-gone", "internal-error"),
    *("unavailable", "overloaded", "query-timeout"),
}


@pytest.fixture(scope="session")
def now() -> Any:
    """The document of the bundled dossier."""
    return served()


@pytest.fixture(scope="session")
def committed() -> Any:
    """The document as it is in the repository."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def operations(now: Any) -> dict[str, Any]:
    """Every operation by its path."""
    return {path: item["get"] for path, item in now["paths"].items()}


def test_the_file_is_what_is_served(now: Any) -> None:
    assert FILE.read_text(encoding="utf-8") == written(now), "run make openapi"


def test_nothing_that_clients_rely_on_is_gone(committed: Any, now: Any) -> None:
    versions = committed["info"]["version"], now["info"]["version"]
    assert breaks(committed, now) == [] or may_break(*versions)


EVENTS = "/events"
KEY = {"name": "key", "in": "query", "required": True, "schema": {"type": "string"}}
NULLABLE = {"anyOf": [{"type": "string"}, {"type": "null"}]}

Change = Callable[[Any], Any]

DOSSIER = {"$ref": "#/components/schemas/DossierDocument"}

CHANGES: dict[str, Change] = {
    "GET /search is gone": lambda made: made["paths"].pop("/search"),
    "GET /events is no longer called list_events": lambda made: _events(made).update(operationId="events"),
    "GET /events has no parameter id any more": lambda made: _events(made)["parameters"].pop(0),
    "GET /events now requires q": lambda made: _parameter(made, "q").update(required=True),
    "GET /events now requires key": lambda made: _events(made)["parameters"].append(KEY),
    "GET /events limit has another default": lambda made: _parameter(made, "limit")["schema"].update(default=10),
    "GET /events limit has a narrower maximum": lambda made: _parameter(made, "limit")["schema"].update(maximum=100),
    "GET /events limit has a narrower minimum": lambda made: _parameter(made, "limit")["schema"].update(minimum=1),
    "GET /events q has another pattern": lambda made: _parameter(made, "q")["schema"].update(pattern="^a$"),
    "GET /events q is now integer": lambda made: _parameter(made, "q")["schema"].update(type="integer"),
    "GET /events q takes only some values now": lambda made: _parameter(made, "q")["schema"].update(enum=["a"]),
    "GET /events undated has no value only any more": lambda made: _schema(made, "Undated")["enum"].remove("only"),
    "GET /events layer has no value text any more": lambda made: _schema(made, "LayerFilter")["enum"].remove("text"),
    "Layer takes only some values now": lambda made: _schema(made, "Layer").update(enum=["text", "background"]),
    "DateValue has no member edtf any more": lambda made: _schema(made, "DateValue")["properties"].pop("edtf"),
    "Person may lack offices": lambda made: _schema(made, "Person")["required"].remove("offices"),
    "PageNumbers.total has another type": lambda made: _member(made, "PageNumbers", "total").update(type="string"),
    "EventDocument.title may now be null": lambda made: _schema(made, "EventDocument")["properties"].update(
        title=NULLABLE
    ),
    "Actor is never Group any more": lambda made: _schema(made, "Actor")["oneOf"].pop(),
    "AnyRecord is never DossierDocument any more": lambda made: _schema(made, "AnyRecord")["oneOf"].remove(DOSSIER),
    "GET /events 200 is no longer had as text/csv": lambda made: _success(made)["content"].pop("text/csv"),
    "GET /events 200 has no header ETag any more": lambda made: _success(made)["headers"].pop("ETag"),
    "GET /events 200 is gone": lambda made: _events(made)["responses"].pop("200"),
}


@pytest.mark.parametrize("told", CHANGES)
def test_a_change_that_breaks_clients_is_found(now: Any, told: str) -> None:
    changed = deepcopy(now)
    CHANGES[told](changed)
    assert told in breaks(now, changed)


HARMLESS: dict[str, Change] = {
    "nothing": lambda made: None,
    "new path": lambda made: made["paths"].update({"/new": made["paths"][EVENTS]}),
    "new parameter": lambda made: _events(made)["parameters"].append({**KEY, "required": False}),
    "wider maximum": lambda made: _parameter(made, "q")["schema"].update(maxLength=1000),
    "default no longer told": lambda made: _parameter(made, "limit")["schema"].pop("default", None),
    "a union in place of its parts": lambda made: _schema(made, "AnyRecord").update(
        oneOf=[
            {"$ref": "#/components/schemas/Actor"},
            *(each for each in _schema(made, "AnyRecord")["oneOf"] if each not in _schema(made, "Actor")["oneOf"]),
        ]
    ),
    "new value": lambda made: _schema(made, "LayerFilter")["enum"].append("new"),
    "new member": lambda made: _schema(made, "EventDocument")["properties"].update(new={"type": "string"}),
    "never null any more": lambda made: _schema(made, "EventDocument")["properties"].update(summary={"type": "string"}),
    "new media type": lambda made: _success(made)["content"].update({"text/new": {"schema": {"type": "string"}}}),
    "other words": lambda made: _events(made).update(description="Events."),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_a_change_that_adds_is_none(now: Any, change: str) -> None:
    changed = deepcopy(now)
    HARMLESS[change](changed)
    assert breaks(now, changed) == []


def test_writing_it_refuses_to_break_clients_within_a_version(now: Any, tmp_path: Path) -> None:
    file, changed = tmp_path / "openapi.json", deepcopy(now)
    assert renew(file, now) == []
    del changed["paths"]["/search"]
    assert renew(file, changed) == ["GET /search is gone"]
    assert file.read_text(encoding="utf-8") == written(now)
    changed["info"]["version"] = "9.0.0"
    assert renew(file, changed) == []
    assert file.read_text(encoding="utf-8") == written(changed)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [("0.1.0", "0.1.1", False), ("0.1.0", "0.2.0", True), ("1.2.0", "1.3.0", False), ("1.2.0", "2.0.0", True)],
)
def test_which_versions_may_break(before: str, after: str, may: bool) -> None:
    assert may_break(before, after) is may


def test_tags_are_declared_and_used(now: Any, operations: dict[str, Any]) -> None:
    declared = [each["name"] for each in now["tags"]]
    assert all(each["description"] for each in now["tags"])
    assert {tag for each in operations.values() for tag in each["tags"]} == set(declared)
    assert [path for path, each in operations.items() if len(each["tags"]) != 1] == []


def test_no_enum_of_a_parameter_is_without_a_name(operations: dict[str, Any]) -> None:
    schemas = [each["schema"] for operation in operations.values() for each in operation.get("parameters", ())]
    assert [each for each in schemas if "enum" in each.get("items", each)] == []


def test_every_format_that_is_named_is_answered_and_no_other(visitor: Visitor) -> None:
    openapi = visitor.data("/openapi.json")
    for template, operation in _operations(openapi):
        path, asked = _asked(template, operation)
        schemas = [each["schema"] for each in operation.get("parameters", ()) if each["name"] == "format"]
        for schema in schemas:
            named = _schema(openapi, schema["$ref"].rpartition("/")[2])["enum"]
            answered = {name: visitor.get(path, format=name, **asked) for name in FORMATS}
            assert [name for name, each in answered.items() if each.status_code == 200] == named, template
            listed = list(operation["responses"]["200"]["content"])
            assert listed == [FORMATS[name].media_type for name in named], template


def test_geojson_fits_its_schema(visitor: Visitor) -> None:
    openapi = visitor.data("/openapi.json")
    registry = Registry().with_resource("urn:openapi", DRAFT202012.create_resource(openapi))
    seen = 0
    for template, operation in _operations(openapi):
        if content := operation["responses"]["200"].get("content", {}).get(FORMATS["geojson"].media_type):
            path, asked = _asked(template, operation)
            answer = visitor.data(path, format="geojson", **asked)
            validator = Draft202012Validator({"$ref": f"urn:openapi{content['schema']['$ref']}"}, registry=registry)
            assert [each.message for each in validator.iter_errors(answer)] == [], template
            assert not validator.is_valid({**answer, "type": "Point"})
            seen += 1
    assert seen >= 4


def test_pages_for_browsers_are_named(visitor: Visitor) -> None:
    for template, operation in _operations(visitor.data("/openapi.json")):
        path, asked = _asked(template, operation)
        answer = visitor.get(path, headers={"accept": "text/html"}, **asked)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        assert is_page == ("text/html" in operation["responses"]["200"]["content"]), template


def test_every_header_that_is_named_is_sent(visitor: Visitor) -> None:
    openapi = visitor.data("/openapi.json")
    for template, operation in _operations(openapi):
        path, asked = _asked(template, operation)
        answer = visitor.get(path, **asked)
        sent = {name for name in openapi["components"]["headers"] if name in answer.headers}
        assert sent == set(operation["responses"]["200"]["headers"]), template
        assert ("ETag" in sent) == ("304" in operation["responses"]), template
        if "ETag" in sent:
            unchanged = visitor.get(path, headers={"if-none-match": answer.headers["etag"]}, **asked)
            assert unchanged.status_code == 304, template


def test_every_kind_of_problem_has_an_example(visitor: Visitor) -> None:
    assert set(_shown(visitor)) == {kind.slug for kind in problems()} - NEVER_ON_GET
    assert set(samples("")) == {kind.slug for kind in OCCASIONS}


def test_examples_of_problems_are_what_is_answered(visitor: Visitor) -> None:
    label = visitor.data("/")["data"]["release"]["label"]
    headers = {
        "not-acceptable": {"accept": "application/xml"},
        "headers-too-large": {"x": "y" * 40_000},
        "range-not-satisfiable": {"range": "bytes=99999999-"},
    }
    targets = {kind.slug: each.target for kind, each in EXAMPLES.items()}  # an instance may be cut
    for slug, body in _shown(visitor).items():
        if slug not in OUT_OF_REACH:
            answer = visitor.get(
                targets.get(slug, body["instance"].replace("2019.1", label)), headers=headers.get(slug)
            )
            assert _without(answer.json()) == _without(body), slug


def _shown(visitor: Visitor) -> dict[str, dict[str, Any]]:
    """The problem documents of the OpenAPI document, by slug."""
    described = visitor.data("/openapi.json")["components"]["responses"].values()
    media = (each["content"]["application/problem+json"]["examples"] for each in described if "content" in each)
    return {slug: example["value"] for examples in media for slug, example in examples.items()}


def _without(problem: dict[str, Any]) -> dict[str, Any]:
    """What does not differ from request to request, and from file to file."""
    varying = {"request_id", "instance"} | ({"detail"} if problem["status"] == 416 else set())
    return {name: value for name, value in problem.items() if name not in varying}


def _operations(openapi: Any) -> Iterator[tuple[str, Any]]:
    for template, item in openapi["paths"].items():
        yield template, item["get"]


def _asked(template: str, operation: Any) -> tuple[str, dict[str, Any]]:
    """The path with its examples, and the parameters that it needs."""
    shown: dict[str, dict[str, Any]] = {"path": {}, "query": {}}
    for each in operation.get("parameters", ()):
        if each["required"]:
            shown[each["in"]][each["name"]] = each.get("example", each["schema"].get("examples", [""])[0])
    return template.format(**shown["path"]), shown["query"]


def _events(made: Any) -> Any:
    return made["paths"][EVENTS]["get"]


def _parameter(made: Any, name: str) -> Any:
    return next(each for each in _events(made)["parameters"] if each["name"] == name)


def _schema(made: Any, name: str) -> Any:
    return made["components"]["schemas"][name]


def _member(made: Any, name: str, member: str) -> Any:
    return _schema(made, name)["properties"][member]


def _success(made: Any) -> Any:
    return _events(made)["responses"]["200"]
