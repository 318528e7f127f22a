"""Examples for the OpenAPI document: values of the release that is being served, and what is answered to them."""

import asyncio
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from app.formats.json import json
from app.query.base import Fixed
from app.query.changes import IDS, ChangeQuestion, change_controls
from app.query.cursor import Cursor
from app.query.parameters import CURSOR, FORMAT, RELEASE, controls
from app.query.question import Place, ask
from app.query.reader import Reader
from app.resources import RESOURCES, by_name
from app.resources.base import Resource
from app.resources.search import search
from app.values.members import JsonObject, Members
from app.web.api.in_process import answer_in_process
from app.web.api.offers import kind_of
from app.web.api.url import Pairs, encode

COMPARED = ("type", "kind", "id")  # what the example of `filter` compares
COLLECTIONS: JsonObject = {collection.name: collection for collection in (*RESOURCES, search)}
READABLE = 20_000  # characters of an example
PAGE: Pairs = (("limit", "1"),)  # of which an example of a page is
# What each server says of a release for itself: the document is the same before all of them.
OF_A_SERVER = {"published": "2020-01-31T12:00:00Z", "predecessor": None, "sqlite_sha256": "8a2f41d3" * 8}


class Examples:
    """Values of one release for the parameters of every operation, and what it answers to those that it needs."""

    def __init__(self, request: Request, reader: Reader) -> None:
        self.request, self.reader = request, reader
        own = {name: reader.examples(collection) for name, collection in COLLECTIONS.items()}
        anywhere = {name: value for found in reversed(own.values()) for name, value in found.items()}
        needed = {
            name: {collection.requires: anywhere[collection.requires]}
            for name, collection in COLLECTIONS.items()
            if collection.requires
        }
        self._own = {name: {**needed.get(name, {}), **found} for name, found in own.items()}

    def fill(self, path: str, operation: JsonObject) -> None:
        """Give the operation at `path` its examples."""
        paged = kind_of(path, operation) == "list" or is_of_changes(path)
        name, parent, below = (operation.pop(f"x-{role}", None) for role in ("collection", "parent", "below"))
        values = self._plain(path) if name is None else self._values(COLLECTIONS[name], path, parent)
        if below:
            values[_in_path("id")] = self._derived(COLLECTIONS[name], below)
        given = operation.get("parameters", [])
        for parameter in given:
            _show(parameter, values)
        content = operation["responses"]["200"]["content"].get(json.media_type)
        if content is None or "206" in operation["responses"]:  # a file
            return
        if (body := self._answer(path, given, PAGE if paged else ())) is not None:
            content["example"] = body

    def _plain(self, path: str = "") -> JsonObject:
        label = self.reader.info.label
        plain = {FORMAT.name: FORMAT.example, RELEASE.name: label, _in_path(RELEASE.name): label}
        return plain | self._of_changes(path) if is_of_changes(path) else plain

    def _of_changes(self, path: str) -> JsonObject:
        """A value for each parameter of a list of changes, and for the `{id}` in its path."""
        resource = by_name(path.split("/")[1]) if "{" in path else RESOURCES[0]
        id = self._first(resource)
        question = ChangeQuestion(kinds=(resource.kind,), ids=(id,)) if "{" in path else ChangeQuestion()
        shown = {control.name: control.example for control in change_controls((resource.kind,)) if control.example}
        return shown | {IDS.name: id, _in_path("id"): id, CURSOR.name: question.cursor(1, 1, 1)}

    def _values(self, listed: Resource, path: str, parent: str | None) -> JsonObject:
        """A value for each parameter of an operation about a collection, and for the `{id}` in its path."""
        above = by_name(parent) if parent else listed
        below = [inverse for inverse in above.inverses if path.endswith(f"/{inverse.path}")] if "{" in path else []
        given = controls(listed, [inverse.filter for inverse in below])
        shown = {parameter.name: parameter.example for parameter in given if parameter.example} | self._filters(listed)
        if "{" not in path:
            return shown | {CURSOR.name: self._cursor(listed)} | self._plain()
        id = self._id(above, path)
        cursor = {CURSOR.name: self._cursor(listed, ((below[0].filter, id),))} if below else {}
        return shown | {_in_path("id"): id} | cursor | self._plain()

    def _id(self, resource: Resource, path: str) -> str:
        """A record of the collection; where something can be below one, one that has it."""
        ways = sorted(resource.inverses, key=lambda inverse: not path.endswith(f"/{inverse.path}"))
        found = "" if resource.view_of or not ways else self._own[ways[0].collection].get(ways[0].filter, "")
        return found.partition(":")[0] or self._first(resource)

    def _filters(self, listed: Resource) -> dict[str, str]:
        """A value for each filter; where no record here has any, one that a record elsewhere has."""
        elsewhere = {
            shared.columns: self._own[other.name][shared.name]
            for other in COLLECTIONS.values()
            for shared in other.filters
            if shared.name in self._own[other.name]
        }
        found = {
            declared.name: elsewhere[declared.columns] for declared in listed.filters if declared.columns in elsewhere
        }
        found |= self._own[listed.name]
        asked = [declared.name for declared in listed.filters if declared.name not in dict(listed.fixed)]
        compared = next((name for name in COMPARED if name in asked and name in found), None)
        return {**found, "filter": f"{compared} = '{found[compared]}'"} if compared else found

    def _first(self, resource: Resource) -> str:
        page = self.reader.page(ask(resource, {"limit": ["1"], "sort": ["id"]}, self.reader))
        return page.ids[0] if page.ids else "unknown"

    def _derived(self, resource: Resource, below: str) -> str:
        """A record of whose derived document there is much to see, and not too much to read."""
        page = self.reader.page(ask(resource, {"sort": ["id"]}, self.reader))
        sizes = {id: len(self.reader.part(id, below) or "") for id in page.ids}
        fit = [id for id, size in sizes.items() if size <= READABLE]
        return max(fit, key=lambda id: sizes[id], default="unknown")

    def _cursor(self, resource: Resource, fixed: Fixed = ()) -> str:
        """A cursor behind the first record, also where one page is all there is."""
        needed = {resource.requires: [self._own[resource.name][resource.requires]]} if resource.requires else {}
        question = ask(resource, {"limit": ["1"], **needed}, self.reader, Place(f"/{resource.name}", fixed))
        page = self.reader.page(question)
        return Cursor(self.reader.info.id, page.total, question.digest, page.ids[-1] if page.ids else "").encode()

    def _answer(self, path: str, given: Iterable[Members], pairs: Pairs) -> Any:
        """What the service itself answers there; None where that is a problem: a release may have no such record."""
        needed = {parameter["name"]: parameter for parameter in given if parameter["required"]}
        ids = {name: parameter["example"] for name, parameter in needed.items() if parameter["in"] == "path"}
        pairs = (
            *((name, parameter["example"]) for name, parameter in needed.items() if parameter["in"] == "query"),
            *pairs,
        )
        answer = asyncio.run(answer_in_process(self.request, f"{quote(path.format(**ids))}{encode(pairs)}", "GET", {}))
        if answer.status != 200:
            return None
        if path.startswith("/releases"):
            return answer.body | {"data": _served(answer.body["data"])}
        if is_of_changes(path):
            dated = {"published": OF_A_SERVER["published"]}
            return answer.body | {"data": [change | dated for change in answer.body["data"]]}
        return answer.body


def _served(releases: Any) -> Any:
    """The release that is served, without what each server says of it for itself."""
    if isinstance(releases, list):
        return [_served(release) for release in releases if release["current"]]
    return releases | OF_A_SERVER


def is_of_changes(path: str) -> bool:
    """Whether the path lists changes."""
    return path == "/changes" or path.endswith("/history")


def _in_path(name: str) -> str:
    """The key of a part of the path: a parameter may have the same name."""
    return f"{{{name}}}"


def _show(parameter: JsonObject, values: Members) -> None:
    """Give a parameter its example: as `example` where it has to be given, which forms fill in before anybody asks.

    Where it may be left out, as an example of its schema, so that a form asks for nothing but what its reader wants;
    of a list, as one of the items, which a form offers with each item that is added.
    """
    schema = parameter["schema"]
    holder = schema.get("items", schema)
    told = holder.pop("examples", [None])[0]
    text = values.get(_in_path(parameter["name"]) if parameter["in"] == "path" else parameter["name"], told)
    if text is None:
        return
    if parameter["required"]:
        parameter["example"] = text
        return
    holder["examples"] = [_typed(holder, text)]
    if parameter["name"] != CURSOR.name:  # which nobody reads
        parameter["description"] += f" Example: `{text}`."


def _typed(schema: Members, example: str) -> object:
    """An example as the type that its schema names."""
    kind = schema.get("type")
    if kind == "boolean":
        return example == "true"
    return int(example) if kind == "integer" else float(example) if kind == "number" else example
