"""OpenAPI: parameters and answers read from the declarations, with examples from the release that is being served."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import orjson
from fastapi import FastAPI
from starlette.requests import Request

from app.errors import problems
from app.formats import FORMATS
from app.query.base import MAX_VALUES, Collection, Filter
from app.query.parameters import FORMAT, Control, controls
from app.query.reader import Reader
from app.web.examples import Examples, typed
from app.web.problems import MEDIA_TYPE
from app.web.schemas import Problem


def list_parameters(collection: Collection, without: str = "") -> list[dict[str, Any]]:
    """Every parameter of a list: its filters, then its controls."""
    hidden = {without, *(name for name, _ in collection.fixed)}
    filters = [
        _filter(each) | {"required": each.name == collection.requires}
        for each in collection.filters
        if each.name not in hidden
    ]
    return [*filters, *control_parameters(controls(collection))]


def control_parameters(wanted: Iterable[Control]) -> list[dict[str, Any]]:
    """The parameters that say how to answer."""
    made = []
    for each in wanted:
        listed = {"enum": list(FORMATS)} if each is FORMAT else {}
        parameter = _parameter(each.name, each.about, {**each.schema, **listed}, each.multiple)
        if each.example:
            parameter["example"] = [each.example] if each.multiple else typed(each.schema, each.example)
        made.append(parameter)
    return made


def _filter(each: Filter) -> dict[str, Any]:
    return _parameter(each.name, each.about, each.schema(), each.multiple)


def _parameter(name: str, about: str, schema: Mapping[str, Any], multiple: bool) -> dict[str, Any]:
    parameter: dict[str, Any] = {"name": name, "in": "query", "required": False, "description": about}
    if not multiple:
        return parameter | {"schema": dict(schema)}
    items = {"type": "array", "items": dict(schema), "maxItems": MAX_VALUES}
    return parameter | {"schema": items, "style": "form", "explode": True}


def responses(model: Any, *statuses: int) -> dict[int | str, dict[str, Any]]:
    """The 200 of an operation, and its problems."""
    found: dict[int | str, dict[str, Any]] = {200: {"model": model, "description": "What was asked for."}}
    for status in statuses:
        found[status] = problem_response(status)
    return found


def problem_response(status: int) -> dict[str, Any]:
    """One problem as a response of an operation."""
    kinds = [kind for kind in problems() if kind.status == status]
    slugs = ", ".join(f"`{kind.slug}`" for kind in kinds)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": f"{kinds[0].title} ({slugs}).", "content": content}


def document(app: FastAPI, request: Request, reader: Reader) -> bytes:
    """The OpenAPI document of this service, with examples from one release."""
    made = deepcopy(app.openapi())
    base = str(request.scope["state"]["base"])
    made["servers"] = [{"url": base}]
    examples = Examples(reader, base)
    for path, item in made["paths"].items():
        operation = item["get"]
        operation["responses"].pop("422", None)  # FastAPI's own refusals: no request ever meets one
        examples.fill(path, operation)
    schemas = made["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["Problem"].pop("$defs", {}))
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    _strip_titles(made)
    return orjson.dumps(made)


def _strip_titles(node: Any) -> None:
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
