"""OpenAPI: parameters and answers read from the declarations, with examples from the release that is being served."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import orjson
from fastapi import FastAPI
from starlette.requests import Request

from app.errors import problems
from app.formats import FORMATS, Listing, Record
from app.formats.json import json
from app.query.base import MAX_VALUES, Collection, Filter
from app.query.parameters import FORMAT, Control, controls
from app.query.question import ask
from app.query.reader import Reader
from app.resources import by_name
from app.resources.base import Resource
from app.web.links import Address, list_links
from app.web.problems import MEDIA_TYPE
from app.web.schemas import Problem


def list_parameters(collection: Collection, without: str = "") -> list[dict[str, Any]]:
    """Every parameter of a list: its filters, then its controls."""
    hidden = {without, *(name for name, _ in collection.fixed)}
    filters = [_filter(each) for each in collection.filters if each.name not in hidden]
    return [*filters, *control_parameters(controls(collection))]


def control_parameters(wanted: Iterable[Control]) -> list[dict[str, Any]]:
    """The parameters that say how to answer."""
    made = []
    for each in wanted:
        listed = {"enum": list(FORMATS)} if each is FORMAT else {}
        parameter = _parameter(each.name, each.about, {**each.schema, **listed}, each.multiple)
        if each.example:
            parameter["example"] = [each.example] if each.multiple else _typed(each.schema, each.example)
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


def _typed(schema: Mapping[str, Any], example: str) -> Any:
    kind = schema.get("type")
    return int(example) if kind == "integer" else example == "true" if kind == "boolean" else example


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
    examples = _Examples(reader, base)
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


class _Examples:
    """Values of one release for the parameters and answers of every operation."""

    def __init__(self, reader: Reader, base: str) -> None:
        self.reader, self.base = reader, base

    def fill(self, path: str, operation: dict[str, Any]) -> None:
        name, parent = operation.pop("x-collection", None), operation.pop("x-parent", None)
        if name is None:
            return
        listed = by_name(name)
        found = self.reader.examples(listed)
        for parameter in operation.get("parameters", []):
            self._parameter(parameter, found, by_name(parent) if parent else listed)
        body = self._page(listed, f"/{name}") if path.count("{") == 0 or parent else self._record(listed)
        operation["responses"]["200"]["content"][json.media_type]["example"] = body

    def _parameter(self, parameter: dict[str, Any], found: Mapping[str, str], named: Resource) -> None:
        name = parameter["name"]
        if parameter["in"] == "path":
            parameter["example"] = self._first(named)
        elif name == "release":
            parameter["example"] = self.reader.stamp.label
        elif name == "cursor":
            parameter["example"] = self._page(named, f"/{named.name}")["page"]["next"] or ""
        elif name in found:
            multiple = parameter["schema"].get("type") == "array"
            parameter["example"] = [found[name]] if multiple else _typed(parameter["schema"], found[name])

    def _first(self, resource: Resource) -> str:
        page = self.reader.page(ask(resource, {"limit": ["1"], "sort": ["id"]}, self.reader))
        return page.ids[0] if page.ids else "unknown"

    def _page(self, resource: Resource, path: str) -> Any:
        question = ask(resource, {"limit": ["1"]}, self.reader)
        page = self.reader.page(question)
        address = Address(self.base, path, (("limit", "1"),))
        links = list_links(address, self.reader.stamp.id, page.next)
        home = f"{self.base}/{resource.home}"
        return orjson.loads(json.listing(Listing(page, question.limit, home, links, self.reader.stamp)))

    def _record(self, resource: Resource) -> Any:
        id = self._first(resource)
        url = f"{self.base}/{resource.home}/{id}"
        links = {"self": url, "permalink": f"{url}?release={self.reader.stamp.id}"}
        text = self.reader.document(resource, id)
        return orjson.loads(json.record(Record(text, url, links, self.reader.stamp))) if text else {}


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
