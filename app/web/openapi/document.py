"""OpenAPI: parameters and answers read from the declarations, with examples from the release that is being served."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

import orjson
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from app.formats import FORMATS
from app.formats.atom import atom
from app.formats.columns import columns
from app.formats.html import html
from app.formats.json import json
from app.query.base import GROUPS, MAX_VALUES, Collection, Filter
from app.query.parameters import FIELDS, FORMAT, Control, controls
from app.query.reader import Reader, ReleaseInfo
from app.resources import RESOURCES, by_name
from app.values.members import JsonObject, Members
from app.web.api.offers import formats, kind_of, offer
from app.web.api.url import base_of
from app.web.openapi.components import (
    ALWAYS,
    BESIDE,
    DOWNLOADED,
    OF_A_RELEASE,
    WITH_A_PAGE,
    add_schemas,
    header_components,
    header_references,
    problem_components,
    problem_name,
    shapes,
    shown_problems,
)
from app.web.openapi.enums import name_enums, open_answers
from app.web.openapi.examples import COLLECTIONS, Examples, is_of_changes
from app.web.openapi.guides import explained

CONTACT = {"name": "onrecord maintainers", "email": "maintainers@onrecord.example"}
TAGS = {
    **{resource.title: resource.about for resource in RESOURCES},
    "Search": "All kinds of record at once.",
    "Releases": "What was published when, how to cite it, and each release to download.",
    "Vocabularies": "The controlled terms, with what each one means.",
    "Service": "The service itself: what is here, whether it is alive, what its problems mean.",
}
ANY_REQUEST = (400, 414, 431, 500)  # problems that every operation can meet
NEVER_KEPT = ("get_health", "get_readiness")
RANGE = {
    "name": "Range",
    "in": "header",
    "required": False,
    "description": "One range of bytes, answered 206 (RFC 9110 section 14.2).",
    "schema": {"type": "string", "examples": ["bytes=0-1023"]},
}


def list_parameters(collection: Collection, without: str = "") -> list[JsonObject]:
    """Every parameter of a list, group by group; in each the filters, then the controls."""
    hidden = {without, *(name for name, _ in collection.fixed)}
    filters = [
        _filter(asked) | {"required": asked.name == collection.requires}
        for asked in collection.filters
        if asked.name not in hidden
    ]
    made = [*filters, *control_parameters(controls(collection, hidden))]
    made.sort(key=lambda parameter: GROUPS.index(parameter["x-group"]))
    for parameter in made:
        if parameter["name"] == FIELDS.name:
            names = ", ".join(f"`{column.name}`" for column in columns(collection.document))
            parameter["description"] += f" They are {names}."
    return made


def control_parameters(wanted: Iterable[Control]) -> list[JsonObject]:
    """The parameters that say how to answer."""
    made = []
    for control in wanted:
        listed = {"enum": list(FORMATS)} if control is FORMAT else {}
        made.append(_parameter(control, control.about, {**control.schema, **listed}))
    return made


def _filter(asked: Filter) -> JsonObject:
    about = [asked.about]
    if asked.needs:
        about.append(f"Only beside `{asked.needs}`.")
    if asked.excludes:
        others = " or ".join(f"`{name}`" for name in asked.excludes)
        about.append(f"Not beside {others}: {asked.about_excluded}")
    schema = asked.schema()
    if "description" in schema:
        about.append(schema.pop("description"))
    return _parameter(asked, " ".join(about), schema)


def _parameter(asked: Filter | Control, about: str, schema: Members) -> JsonObject:
    parameter: JsonObject = {"name": asked.name, "in": "query", "required": False, "description": about}
    parameter["x-group"] = asked.group
    if not asked.multiple:
        return parameter | {"schema": dict(schema)}
    items = {"type": "array", "items": dict(schema), "maxItems": MAX_VALUES}
    return parameter | {"schema": items, "style": "form", "explode": True}


def responses(model: object, *statuses: int) -> dict[int | str, JsonObject]:
    """The 200 of an operation, and its problems beside those that every request can meet."""
    found: dict[int | str, JsonObject] = {200: {"model": model, "description": "What was asked for."}}
    for status in statuses:
        found[status] = problem_response(status)
    return found


def problem_response(status: int) -> JsonObject:
    """The problems of one status as a response of an operation."""
    return {"$ref": f"#/components/responses/{problem_name(status)}"}


def file_docs(media: str, *statuses: int) -> JsonObject:
    """What OpenAPI says of a download."""
    schema = {"content": {media: {"schema": _shape_of_file(media)}}}
    part = {} if media == json.media_type else schema  # a range of JSON is no JSON, so nothing is said of its shape
    found = {status: problem_response(status) for status in (400, 404, 410, *statuses) if status >= 400}
    partial = {206: {"description": "The bytes asked for by Range.", **part}} if 206 in statuses else {}
    return {
        "tags": ["Releases"],
        "response_class": Response,
        "responses": {200: {"description": "The file.", **schema}, **partial, **found},
    }


def _shape_of_file(media: str) -> JsonObject:
    if media == json.media_type:
        return {"type": "object", "additionalProperties": True}
    return {"type": "string"} if media.startswith("text/") else {"type": "string", "format": "binary"}


def document(app: FastAPI, request: Request, reader: Reader) -> bytes:
    """The OpenAPI document of this service, with examples from one release."""
    made = app.openapi()
    base = base_of(request.scope)
    examples = Examples(request, reader)
    for path, item in made["paths"].items():
        _describe(path, item["get"], made["components"]["schemas"])
        item["get"]["externalDocs"] = explained(path, item["get"], base)
        if item["get"]["operationId"] not in NEVER_KEPT:
            examples.fill(path, item["get"])
    made["components"]["responses"] = problem_components(asyncio.run(shown_problems(request)))
    _complete(made["components"], base, reader.info)
    open_answers(made["components"]["schemas"])
    name_enums(made)
    _strip_titles(made)
    made["paths"] = dict(_with_named_ids(made["paths"]))
    about = {
        "info": made["info"] | {"contact": CONTACT, "license": _licence(reader)},
        "servers": [{"url": base}],
        "security": [],
    }
    tags = [{"name": name, "description": words} for name, words in TAGS.items()]
    return orjson.dumps({"openapi": made["openapi"], **about, "tags": tags, **_rest(made)})


def _rest(made: Members) -> JsonObject:
    return {name: made[name] for name in ("paths", "components")}


def _licence(reader: Reader) -> dict[str, str]:
    """The licence of the data, which is what the API is used for; that of the program is another matter."""
    return {"name": f"The data: {' and '.join(reader.licences)}", "identifier": " AND ".join(reader.licences)}


def _with_named_ids(paths: Members) -> Iterator[tuple[str, JsonObject]]:
    """Each path with its id named for the record that it is of, since lists below a record have a filter `id`."""
    for path, item in paths.items():
        if "{id}" in path:
            name = by_name(path.split("/")[1]).path_id
            (parameter,) = (parameter for parameter in item["get"]["parameters"] if parameter["in"] == "path")
            parameter["name"] = name
            yield path.replace("{id}", f"{{{name}}}"), item
        else:
            yield path, item


def _describe(path: str, operation: JsonObject, schemas: Members) -> None:
    """Say all that the operation answers with: media types, headers, problems."""
    success = operation["responses"]["200"]
    if "206" in operation["responses"]:
        operation["parameters"].append(deepcopy(RANGE))
    if shape := success["content"].get(json.media_type, {}).get("schema", {}).get("$ref"):
        success["description"] = schemas[shape.rpartition("/")[2]]["description"]
    kind, name = kind_of(path, operation), operation.get("x-collection", "")
    if kind:
        offer(operation, formats(kind, COLLECTIONS[name]), shapes(name).get(kind, {}))
    elif json.media_type in success["content"] and "206" not in operation["responses"]:
        others = [html, atom] if is_of_changes(path) else [html]
        offer(operation, [json] if operation["operationId"] in NEVER_KEPT else [json, *others], {})
    operation["responses"] = _responses(operation["responses"], _headers(operation))


def _headers(operation: Members) -> tuple[str, ...]:
    """The headers of the operation's success."""
    if operation["operationId"] in NEVER_KEPT:
        return ALWAYS
    if "206" in operation["responses"]:
        return DOWNLOADED
    return OF_A_RELEASE if "x-collection" in operation or operation["tags"] == ["Vocabularies"] else WITH_A_PAGE


def _responses(declared: Mapping[str, JsonObject], headers: tuple[str, ...]) -> dict[str, JsonObject]:
    """The responses in order of status: successes with their headers, problems as references."""
    found: dict[str, JsonObject] = {str(status): problem_response(status) for status in ANY_REQUEST}
    for status, response in declared.items():
        if status.startswith("2"):
            found[status] = response | {"headers": header_references((*BESIDE.get(int(status), ()), *headers))}
        elif status != "422":  # FastAPI's own refusals: no request ever meets one
            found[status] = {"$ref": response["$ref"]}
    if "ETag" in headers:
        found["304"] = {"$ref": "#/components/responses/NotModified"}
    return dict(sorted(found.items()))


def _complete(components: JsonObject, base: str, info: ReleaseInfo) -> None:
    """Add the shared components, and leave what the framework brings out."""
    schemas = components["schemas"]
    add_schemas(schemas)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for schema in schemas.values():
        for name in schema.get("required", ()):
            schema["properties"][name].pop("default", None)  # it is always sent
    components["schemas"] = dict(sorted(schemas.items()))
    components["headers"] = header_components(base, info.id)


def _strip_titles(node: object) -> None:
    """Remove the titles that pydantic makes of member names: generators would name types after them."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str) and ("type" in node or "anyOf" in node or "$ref" in node):
            node.pop("title")
        for name, value in node.items():
            if name not in ("example", "examples"):
                _strip_titles(value)
    elif isinstance(node, list):
        for value in node:
            _strip_titles(value)
