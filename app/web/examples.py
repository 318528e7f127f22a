"""Examples for the OpenAPI document: values and answers of the release that is being served."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.formats import Derived, Record
from app.formats.json import derived as write_derived
from app.formats.json import json
from app.formats.json import listing as write_listing
from app.formats.json import record as write_record
from app.query.base import Fixed
from app.query.cursor import Cursor
from app.query.question import ask
from app.query.reader import Reader
from app.resources import RESOURCES, by_name
from app.resources.base import Resource
from app.resources.search import search
from app.web.links import Address
from app.web.listing import listing

COMPARED = ("type", "kind", "id")  # what the example of `filter` compares
COLLECTIONS: dict[str, Any] = {each.name: each for each in (*RESOURCES, search)}


class Examples:
    """Values of one release for the parameters and answers of every operation."""

    def __init__(self, reader: Reader, base: str) -> None:
        self.reader, self.base = reader, base
        own = {name: reader.examples(each) for name, each in COLLECTIONS.items()}
        anywhere = {name: value for found in reversed(own.values()) for name, value in found.items()}
        needed = {name: {each.requires: anywhere[each.requires]} for name, each in COLLECTIONS.items() if each.requires}
        self._own = {name: {**needed.get(name, {}), **found} for name, found in own.items()}

    def fill(self, path: str, operation: dict[str, Any]) -> None:
        """Give the operation at `path` its examples."""
        name, parent = operation.pop("x-collection", None), operation.pop("x-parent", None)
        below = operation.pop("x-below", None)
        if name is None:
            for parameter in operation.get("parameters", []):
                _show(parameter, {"path": self.reader.stamp.label} if parameter["name"] == "release" else {})
            return
        listed = COLLECTIONS[name]
        given = self._values(listed)
        if parent:
            shown = self._below(by_name(parent), path, listed, given)
        elif below:
            shown = self._derived(listed, self._first(listed), below)
        else:
            shown = self._record(listed, self._first(listed)) if "{" in path else self._page(listed, path)
        for parameter in operation.get("parameters", []):
            _show(parameter, given | shown)
        operation["responses"]["200"]["content"][json.media_type]["example"] = shown["body"]

    def _values(self, listed: Resource) -> dict[str, Any]:
        """A value for each parameter; where no record here has any, one that a record elsewhere has."""
        elsewhere = {
            each.columns: self._own[other.name][each.name]
            for other in COLLECTIONS.values()
            for each in other.filters
            if each.name in self._own[other.name]
        }
        found = {each.name: elsewhere[each.columns] for each in listed.filters if each.columns in elsewhere}
        found |= self._own[listed.name]
        asked = [each.name for each in listed.filters if each.name not in dict(listed.fixed)]
        compared = next((name for name in COMPARED if name in asked and name in found), None)
        filtered = {"filter": f"{compared} = '{found[compared]}'"} if compared else {}
        return {**found, **filtered, "release": self.reader.stamp.label}

    def _first(self, resource: Resource) -> str:
        page = self.reader.page(ask(resource, {"limit": ["1"], "sort": ["id"]}, self.reader))
        return page.ids[0] if page.ids else "unknown"

    def _below(self, parent: Resource, path: str, listed: Resource, given: Mapping[str, str]) -> dict[str, Any]:
        """A list below a record that has something in it."""
        inverse = next(each for each in parent.inverses if path.endswith(f"/{each.path}"))
        id = given.get(inverse.filter, "unknown").partition(":")[0]
        return {**self._page(listed, path.format(id=id), ((inverse.filter, id),)), "path": id}

    def _page(self, resource: Resource, path: str, fixed: Fixed = ()) -> dict[str, Any]:
        needed = {resource.requires: [self._own[resource.name][resource.requires]]} if resource.requires else {}
        question = ask(resource, {"limit": ["1"], **needed}, self.reader, fixed)
        page, stamp = self.reader.page(question), self.reader.stamp
        address = Address(self.base, path, (("limit", "1"),))
        body = write_listing(listing(self.reader, question, page, address))
        after = page.ids[-1] if page.ids else ""  # a cursor, also where one page is all there is
        cursor = Cursor(stamp.id, page.total, question.digest, after).encode()
        return {"body": orjson.loads(body), "cursor": cursor}

    def _record(self, resource: Resource, id: str) -> dict[str, Any]:
        url = f"{self.base}/{resource.home}/{id}"
        links = {"self": url, "permalink": f"{url}?release={self.reader.stamp.id}"}
        text = self.reader.document(resource, id)
        body = orjson.loads(write_record(Record(text, url, links, self.reader.stamp))) if text else {}
        return {"body": body, "path": id}

    def _derived(self, resource: Resource, id: str, path: str) -> dict[str, Any]:
        up = f"{self.base}/{resource.home}/{id}"
        url = f"{up}/{path}"
        links = {"self": url, "permalink": f"{url}?release={self.reader.stamp.id}", "up": up}
        text = self.reader.part(id, path)
        body = orjson.loads(write_derived(Derived(text, links, self.reader.stamp))) if text else {}
        return {"body": body, "path": id}


def typed(schema: Mapping[str, Any], example: str) -> Any:
    """An example as the type that its schema names."""
    kind = schema.get("type")
    if kind == "boolean":
        return example == "true"
    return int(example) if kind == "integer" else float(example) if kind == "number" else example


def _show(parameter: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Give a parameter the value of its name as its example, if there is one."""
    name = "path" if parameter["in"] == "path" else parameter["name"]
    if name in values:
        multiple = parameter["schema"].get("type") == "array"
        parameter["example"] = [values[name]] if multiple else typed(parameter["schema"], values[name])
