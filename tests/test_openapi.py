"""The OpenAPI document says what is true: every answer fits its schema, every example works, nothing is left unsaid."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from app.errors import problems
from app.query.base import GROUPS
from app.query.dates import Dates
from app.query.filters import Terms
from app.query.parameters import controls
from app.resources import RESOURCES
from app.resources.base import Resource
from app.vocabularies import load
from app.web.openapi.schemas import title
from contract.orders import Documents
from registry import COLLECTIONS
from visitor import BASE, Visitor


@pytest.fixture(scope="session")
def openapi(visitor: Visitor) -> Any:
    """The document."""
    return visitor.data("/openapi.json")


class Checker:
    """Validators of named schemas of one OpenAPI document."""

    def __init__(self, openapi: Any) -> None:
        self.registry = Registry().with_resource("urn:openapi", DRAFT202012.create_resource(openapi))

    @cache  # noqa: B019  # one a session
    def schema(self, name: str) -> Validator:
        """The validator of one component."""
        return self.at(f"/components/schemas/{name}")

    def at(self, pointer: str) -> Validator:
        """The validator of the schema at that JSON pointer."""
        return Draft202012Validator(
            {"$ref": f"urn:openapi#{pointer}"},
            registry=self.registry,
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )


@pytest.fixture(scope="session")
def checker(openapi: Any) -> Checker:
    """Validators of its schemas."""
    return Checker(openapi)


def operations(openapi: Any) -> Iterator[tuple[str, Any]]:
    """Every path with its operation."""
    for path, item in openapi["paths"].items():
        for method, operation in item.items():
            assert method == "get"
            yield path, operation


def parameters(openapi: Any) -> Iterator[tuple[str, Any]]:
    """Every path with each of its parameters."""
    for path, operation in operations(openapi):
        for parameter in operation.get("parameters", []):
            yield path, parameter


def place(openapi: Any, path: str, parameter: Any) -> int:
    """The index of a parameter in its operation."""
    given: list[Any] = openapi["paths"][path]["get"]["parameters"]
    return given.index(parameter)


def test_the_document_is_valid(openapi: Any) -> None:
    OpenAPIV31SpecValidator(openapi).validate()
    assert openapi["openapi"].startswith("3.1")
    assert openapi["servers"] == [{"url": BASE}]


@COLLECTIONS
def test_every_record_fits_its_schema(
    visitor: Visitor, documents: Documents, checker: Checker, resource: Resource
) -> None:
    validator = checker.schema(f"{title(resource)}Record")
    for each in documents[resource.name]:
        answer = visitor.data(f"/{resource.name}/{each['id']}")
        assert not [error.message for error in validator.iter_errors(answer)], each["id"]


@COLLECTIONS
@pytest.mark.parametrize("asked", [{"limit": 500}, {"limit": 2}, {"limit": 0}], ids=lambda asked: str(asked["limit"]))
def test_every_list_fits_its_schema(
    visitor: Visitor, checker: Checker, resource: Resource, asked: dict[str, int]
) -> None:
    answer = visitor.data(f"/{resource.name}", **asked)
    assert not [error.message for error in checker.schema(f"{title(resource)}List").iter_errors(answer)]


@COLLECTIONS
def test_a_schema_refuses_what_is_no_such_document(
    documents: Documents, checker: Checker, openapi: Any, resource: Resource
) -> None:
    items = f"/components/schemas/{title(resource)}List/properties/data/items"
    validator = checker.at(items)
    document = {**documents[resource.name][0], "url": f"{BASE}/x"}
    assert validator.is_valid(document)
    assert validator.is_valid({**document, "layer": "a-newer-layer"})
    assert not validator.is_valid({**document, "layer": 1})
    for member in document:
        if member not in ("url", "kind"):  # these have a value of their own when left out
            assert not validator.is_valid({name: value for name, value in document.items() if name != member}), member


@COLLECTIONS
def test_no_document_has_a_member_that_its_schema_does_not_describe(
    documents: Documents, openapi: Any, resource: Resource
) -> None:
    schemas = openapi["components"]["schemas"]
    items = schemas[f"{title(resource)}List"]["properties"]["data"]["items"]
    while "$ref" in items:
        items = schemas[items["$ref"].rpartition("/")[2]]
    for each in documents[resource.name]:
        described = items
        if "discriminator" in items:
            described = schemas[items["discriminator"]["mapping"][each["type"]].rpartition("/")[2]]
        assert {*each, "url"} == set(described["properties"])


@pytest.mark.parametrize(
    "path", ["/", "/releases", "/vocabularies", "/vocabularies/event-types", "/readyz", "/healthz"]
)
def test_every_other_answer_fits_its_schema(visitor: Visitor, openapi: Any, checker: Checker, path: str) -> None:
    template = path.replace("event-types", "{name}").replace("/", "~1")
    validator = checker.at(f"/paths/{template}/get/responses/200/content/application~1json/schema")
    assert not [error.message for error in validator.iter_errors(visitor.data(path))]


def test_every_vocabulary_and_release_fits_its_schema(visitor: Visitor, checker: Checker) -> None:
    for each in visitor.data("/vocabularies")["data"]:
        assert not list(checker.schema("VocabularyRecord").iter_errors(visitor.data(each["url"])))
    for each in visitor.data("/releases")["data"]:
        assert not list(checker.schema("OneRelease").iter_errors(visitor.data(each["url"])))


@pytest.mark.parametrize(
    "url", ["/events?limit=x&foo=1", "/events/none", "/none", "/events?cursor=x", "/events?a=%25zz"]
)
def test_every_problem_fits_its_schema(visitor: Visitor, checker: Checker, url: str) -> None:
    answer = visitor.get(url)
    assert answer.status_code in (400, 404)
    assert not [error.message for error in checker.schema("Problem").iter_errors(answer.json())]


def test_no_answer_is_closed_to_a_new_term(openapi: Any) -> None:
    asked = {schema_of(each) for _, each in parameters(openapi)}
    closed = {name: each for name, each in openapi["components"]["schemas"].items() if name not in asked}
    assert [path for path in enums(closed, "") if path] == []
    assert {"LayerFilter", "ActorsType", "EventsSort", "Undated"} <= asked
    assert openapi["components"]["schemas"]["EventType"]["description"].endswith("`ceremony`, `other`.")


def test_a_parameter_is_closed_only_where_no_dossier_can_add_a_term(openapi: Any) -> None:
    lists = {each.name: each for each in RESOURCES}
    for name, resource in lists.items():
        asked = {each["name"]: each for each in openapi["paths"][f"/{name}"]["get"]["parameters"]}
        for each in resource.filters:
            if isinstance(each, Terms) and each.name in asked:
                is_closed = bool(schema_of(asked[each.name]))
                assert is_closed == load(each.vocabulary).closed, each.name
                assert is_closed or f"/vocabularies/{each.vocabulary}" in asked[each.name]["description"]


def test_nothing_stands_beside_a_reference_that_a_generator_would_overlook(openapi: Any) -> None:
    for path, each in parameters(openapi):
        for schema in (each["schema"], _holder(each)):
            assert "$ref" not in schema or set(schema) == {"$ref"}, (path, each["name"])


def test_names_of_values_are_no_words_of_a_language(openapi: Any) -> None:
    named = {name: each for name, each in openapi["components"]["schemas"].items() if "x-enum-varnames" in each}
    assert "RelationsSort" in named
    for each in named.values():
        assert len(set(each["x-enum-varnames"])) == len(each["enum"])
        assert all(word.isidentifier() and word == word.upper() for word in each["x-enum-varnames"])


def test_no_operation_has_two_parameters_of_one_name(openapi: Any) -> None:
    for path, operation in operations(openapi):
        names = [each["name"] for each in operation.get("parameters", ())]
        assert len(set(names)) == len(names), path


def test_the_licence_is_that_of_the_data(visitor: Visitor, openapi: Any) -> None:
    licences = {each["licence"] for each in visitor.data("/dossiers")["data"]}
    assert set(openapi["info"]["license"]["identifier"].split(" AND ")) == licences
    assert "Apache-2.0" in openapi["info"]["description"]


def schema_of(parameter: Any) -> str:
    """The component that its values are of; empty for none."""
    return str(_holder(parameter).get("$ref", "")).rpartition("/")[2]


def enums(node: Any, path: str) -> Iterator[str]:
    """The place of every pattern, and of every enum of more than one value."""
    if isinstance(node, list):
        yield from (found for value in node for found in enums(value, path))
    elif isinstance(node, dict):
        yield path if len(node.get("enum", ())) > 1 or isinstance(node.get("pattern"), str) else ""
        yield from (found for name, value in node.items() for found in enums(value, f"{path}/{name}"))


def test_every_parameter_has_a_description_and_an_example(openapi: Any) -> None:
    wanting = [
        (path, each["name"])
        for path, each in parameters(openapi)
        if not each.get("description") or _example(each) in (None, "")
    ]
    assert wanting == []


def test_a_form_fills_in_only_what_must_be_given(openapi: Any) -> None:
    for path, each in parameters(openapi):
        assert ("example" in each) == each["required"], (path, each["name"])
        assert "examples" not in each  # the first of them would be filled in too
        holder = _holder(each)
        named = openapi["components"]["schemas"].get(holder.get("$ref", "").rpartition("/")[2], {})
        for schema in (each["schema"], holder, named):
            assert not {"default", "example"} & set(schema), (path, each["name"])


def test_the_description_shows_the_example_that_no_form_does(openapi: Any) -> None:
    for path, each in parameters(openapi):
        shown = re.search(r"Example: `([^`]+)`\.$", each["description"])
        if each["required"] or each["name"] == "cursor":  # a cursor is not to be read
            assert shown is None, (path, each["name"])
        else:
            assert shown is not None, (path, each["name"])
            assert shown[1] == str(_example(each))


def test_every_example_fits_the_schema_of_its_parameter(openapi: Any, checker: Checker) -> None:
    for path, each in parameters(openapi):
        place_of = f"/paths/{path.replace('/', '~1')}/get/parameters/{place(openapi, path, each)}/schema"
        validator = checker.at(f"{place_of}/items" if "items" in each["schema"] else place_of)
        example = _holder(each)["examples"][0] if "examples" in _holder(each) else _example(each)
        assert not [error.message for error in validator.iter_errors(example)], (path, each["name"])


def test_every_example_is_answered(visitor: Visitor, openapi: Any) -> None:
    for template, operation in operations(openapi):
        path, required = _asked(template, operation)
        asked = {each["name"]: each for each in operation.get("parameters", []) if each["in"] == "query"}
        assert visitor.get(path, **required).status_code == 200, path
        for name, each in asked.items():
            answer = visitor.get(path, **{**required, **_needed(name, asked), name: _example(each)})
            assert answer.status_code == 200, (path, name, answer.text)


def test_a_header_that_may_be_sent_is_answered(visitor: Visitor, openapi: Any) -> None:
    sent = [(path, each) for path, each in parameters(openapi) if each["in"] == "header"]
    files = [path for path, operation in operations(openapi) if "206" in operation["responses"]]
    assert [(path, each["name"]) for path, each in sent] == [(path, "Range") for path in files]
    assert len(files) == 6
    for template, each in sent:
        operation = openapi["paths"][template]["get"]
        path, _ = _asked(template, operation)
        answer = visitor.get(path, headers={each["name"]: _example(each)})
        assert (answer.status_code, len(answer.content)) == (206, 1024)
        # A range of JSON is no JSON: a client that is told so would try to read it.
        assert "application/json" not in operation["responses"]["206"].get("content", {})
        named = operation["responses"]["206"]["headers"]
        assert set(named) == {name for name in openapi["components"]["headers"] if name in answer.headers}


def test_a_default_that_is_told_is_what_is_answered_without(visitor: Visitor, openapi: Any) -> None:
    told: Counter[str] = Counter()
    for template, operation in operations(openapi):
        path, required = _asked(template, operation)
        asked = {each["name"]: each for each in operation.get("parameters", []) if each["in"] == "query"}
        for name, each in asked.items():
            if found := re.search(r"[Dd]efault `([^`]+)`", each["description"]):
                beside = {**required, **_dated(asked)} if name in ("date_match", "undated") else required
                left_out, given = visitor.data(path, **beside), visitor.data(path, **beside, **{name: found[1]})
                assert (left_out["data"], left_out["page"]) == (given["data"], given["page"]), (path, name)
                told[name] += 1
    lists = [
        each for _, each in operations(openapi) if any(one["name"] == "limit" for one in each.get("parameters", ()))
    ]
    assert told["limit"] == told["sort"] == len(lists) > 10
    assert told["date_match"] == told["undated"] > 4


def test_limit_is_bounded_where_every_answer_is_a_page(visitor: Visitor, openapi: Any) -> None:
    for template, operation in operations(openapi):
        limit = next((each["schema"] for each in operation.get("parameters", []) if each["name"] == "limit"), None)
        if limit is not None:
            path, required = _asked(template, operation)
            exported = "text/csv" in operation["responses"]["200"]["content"]
            assert limit.get("maximum") == (None if exported else 500)
            assert visitor.get(path, **required, limit=501).status_code == 400
            if exported:
                assert visitor.get(path, **required, limit=100_000, format="csv").status_code == 200


def test_every_filter_example_selects_something(visitor: Visitor, openapi: Any) -> None:
    for resource in RESOURCES:
        asked = {each["name"]: each for each in openapi["paths"][f"/{resource.name}"]["get"]["parameters"]}
        empty = []
        for each in resource.filters:
            if each.name not in dict(resource.fixed):
                beside = _needed(each.name, asked)
                answer = visitor.data(f"/{resource.name}", **beside, **{each.name: _example(asked[each.name])})
                if answer["page"]["total"] == 0:
                    empty.append(each.name)
        assert set(empty) <= (set() if resource.view_of == "" else {"classification", "office", "on", "identifier"})


def _asked(template: str, operation: Any) -> tuple[str, dict[str, Any]]:
    """The path with its examples, and the parameters without which nothing can be asked."""
    given = [each for each in operation.get("parameters", []) if each["required"]]
    path = template.format(**{each["name"]: _example(each) for each in given if each["in"] == "path"})
    return path, {each["name"]: _example(each) for each in given if each["in"] == "query"}


def _dated(asked: dict[str, Any]) -> dict[str, Any]:
    """A date to ask for: `date`, `said`, or what another collection goes by."""
    dates = {each.name for resource in RESOURCES for each in resource.filters if isinstance(each, Dates)}
    date = next(name for name in asked if name in dates)
    return {date: _example(asked[date])}


def _needed(name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What must be sent beside a parameter for it to mean anything."""
    needs = {each.name: each.needs for resource in RESOURCES for each in resource.filters if each.needs}
    beside = {name: {needed: _example(asked[needed])} for name, needed in needs.items() if needed in asked}
    if name == "date_match":
        return _dated(asked)
    return {"format": "csv"} if name == "fields" else beside.get(name, {})


def _holder(parameter: Any) -> Any:
    """The schema of one value."""
    return parameter["schema"].get("items", parameter["schema"])


def _example(parameter: Any) -> Any:
    """As it is sent; None where there is none."""
    if "$ref" in _holder(parameter):  # beside which no example stands
        told = re.search(r"Example: `([^`]+)`\.$", parameter["description"])
        return told and told[1]
    found = parameter["example"] if "example" in parameter else _holder(parameter).get("examples", [None])[0]
    return str(found).lower() if isinstance(found, bool) else found


@COLLECTIONS
def test_the_parameters_are_those_that_are_declared(openapi: Any, resource: Resource) -> None:
    asked = [(each.group, each.name) for each in resource.filters if each.name not in dict(resource.fixed)]
    asked += [(each.group, each.name) for each in controls(resource)]
    declared = [name for _, name in sorted(asked, key=lambda each: GROUPS.index(each[0]))]
    listed = [each["name"] for each in openapi["paths"][f"/{resource.name}"]["get"]["parameters"]]
    assert listed == declared
    assert len(set(listed)) == len(listed)
    for inverse in () if resource.view_of else resource.inverses:
        named = f"{resource.noun}_id"
        below = openapi["paths"][f"/{resource.name}/{{{named}}}/{inverse.path}"]["get"]["parameters"]
        there = [each["name"] for each in openapi["paths"][f"/{inverse.collection}"]["get"]["parameters"]]
        assert [each["name"] for each in below if each["in"] == "path"] == [named]
        assert [each["name"] for each in below if each["in"] == "query"] == [
            name for name in there if name != inverse.filter
        ]


def test_operation_ids_are_unique_words(openapi: Any) -> None:
    ids = [operation["operationId"] for _, operation in operations(openapi)]
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    assert all(id.isidentifier() and id == id.lower() for id in ids)
    assert [id for id in ids if id.split("_")[0] not in ("list", "get", "download", "describe", "search")] == []
    assert [id for id in ids if id.endswith("_get")] == []


def test_every_operation_says_what_it_does(openapi: Any) -> None:
    assert [path for path, each in operations(openapi) if not (each.get("summary") and each.get("description"))] == []


def test_every_example_of_an_answer_is_the_answer(visitor: Visitor, openapi: Any, checker: Checker) -> None:
    for template, operation in operations(openapi):
        content = operation["responses"]["200"]["content"].get("application/json", {})
        if not content or template in ("/healthz", "/readyz") or "206" in operation["responses"]:
            assert "example" not in content  # a file is too long to be one
            continue
        path, asked = _asked(template, operation)
        paged = any(each["name"] == "limit" for each in operation.get("parameters", ()))
        answer = visitor.data(path, **asked, **({"limit": 1} if paged else {}))
        assert _as_everywhere(answer) == _as_everywhere(content["example"]), template
        pointer = f"/paths/{template.replace('/', '~1')}/get/responses/200/content/application~1json/schema"
        assert not [error.message for error in checker.at(pointer).iter_errors(content["example"])], template


def _as_everywhere(answer: Any) -> Any:
    """Without what another server answers about the same release."""
    if isinstance(answer, list):
        return [_as_everywhere(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    of_release, of_change = ("published", "predecessor", "sqlite_sha256"), ("published",)
    own = of_release if answer.get("kind") == "release" else of_change if "step" in answer else ()
    return {name: _as_everywhere(value) for name, value in answer.items() if name not in own}


def test_a_record_of_any_kind_is_told_by_its_kind(documents: Documents, openapi: Any, checker: Checker) -> None:
    union = [each["$ref"].rpartition("/")[2] for each in openapi["components"]["schemas"]["AnyRecord"]["oneOf"]]
    assert [name for name in union if "oneOf" in openapi["components"]["schemas"][name]] == []
    for resource in RESOURCES:
        document = {**documents[resource.name][0], "url": f"{BASE}/x"}
        assert checker.schema("AnyRecord").is_valid(document), resource.name
        assert len([name for name in union if checker.schema(name).is_valid(document)]) == 1, resource.name
        assert not checker.schema("AnyRecord").is_valid({**document, "kind": "no-such-kind"})


@COLLECTIONS
def test_what_is_sent_along_fits_its_schema(visitor: Visitor, checker: Checker, resource: Resource) -> None:
    for name in resource.includes:
        answer = visitor.data(f"/{resource.name}", include=name, limit=3)
        assert not [error.message for error in checker.schema(f"{title(resource)}List").iter_errors(answer)], name


def test_what_an_empty_field_of_a_form_is_answered_is_declared(visitor: Visitor, openapi: Any) -> None:
    moved = 0
    for template, operation in operations(openapi):
        path, required = _asked(template, operation)
        names = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
        for name in names - {"format"}:
            for format in ({"format": "html"} if "format" in names else {}, {}):
                answer = visitor.get(path, **required | {name: ""} | format)
                assert str(answer.status_code) in operation["responses"], (path, name, format)
                moved += answer.status_code == 308
    assert moved > 100


def test_nothing_of_the_framework_shows(openapi: Any) -> None:
    assert not {"HTTPValidationError", "ValidationError"} & set(openapi["components"]["schemas"])
    assert all("422" not in operation["responses"] for _, operation in operations(openapi))


def test_every_problem_that_an_operation_can_meet_has_a_page(visitor: Visitor, openapi: Any) -> None:
    slugs = {kind.slug for kind in problems()}
    statuses = {str(kind.status) for kind in problems()}
    for path, operation in operations(openapi):
        for status, response in operation["responses"].items():
            if int(status) >= 300 and status != "304":
                assert status in statuses, path
                described = openapi["components"]["responses"][response["$ref"].rpartition("/")[2]]
                assert set(described["content"]) == {"application/problem+json"}
    for slug in sorted(slugs):
        page = visitor.get(f"/problems/{slug}", headers={"accept": "text/html"})
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        data = visitor.data(f"/problems/{slug}")["data"]
        assert data["slug"] == slug
        assert data["title"] in page.text
        assert data["cure"]


def test_the_document_follows_the_base(visitor: Visitor) -> None:
    elsewhere = visitor.get("/openapi.json", headers={"host": "elsewhere.example:8080"})
    assert elsewhere.json()["servers"] == [{"url": "http://elsewhere.example:8080"}]
    assert BASE not in elsewhere.text
    assert elsewhere.headers["etag"] != visitor.get("/openapi.json").headers["etag"]


def test_the_parameters_of_a_list_stand_group_by_group(openapi: Any) -> None:
    for path, operation in operations(openapi):
        groups = [each["x-group"] for each in operation.get("parameters", ()) if "x-group" in each]
        assert groups == sorted(groups, key=GROUPS.index), path
    asked = {each["name"]: each["x-group"] for each in openapi["paths"]["/events"]["get"]["parameters"]}
    assert set(asked.values()) == set(GROUPS)
    assert (asked["participant"], asked["date_match"], asked["bbox"], asked["min"]) == (
        "who",
        "when",
        "where",
        "figures",
    )
