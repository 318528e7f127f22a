"""What an operation can be had as, read from the declarations: each media type with the shape of its body."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from app.formats import FORMATS, Format
from app.formats.json import json
from app.query.base import Collection
from app.query.parameters import FORMAT
from app.values.members import JsonObject, Members

Kind = Literal["list", "record", "derived"]


def kind_of(path: str, operation: Members) -> Kind | None:
    """What kind of answer about a collection the operation gives; None if it is about none."""
    if "x-collection" not in operation:
        return None
    if "x-below" in operation:
        return "derived"
    return "list" if "x-parent" in operation or "{" not in path else "record"


@cache
def formats(kind: Kind, collection: Collection) -> tuple[Format, ...]:
    """The formats that answers of this kind can be had as, in our order of preference."""
    return tuple(each for each in FORMATS.values() if _writes(each, kind, collection))


def _writes(each: Format, kind: Kind, collection: Collection) -> bool:
    if kind == "derived":
        return each.derived is not None
    if each.pointed and collection.point is None:
        return False
    if kind == "record":
        return each.record is not None
    return collection.document is not None if each.export is not None else each.listing is not None


def offer(operation: JsonObject, offered: Sequence[Format], shapes: Mapping[str, str]) -> None:
    """Say in the operation what it can be had as; `shapes` names the component that a format answers with."""
    content = operation["responses"]["200"]["content"]
    for each in offered:
        if each is not json:
            content[each.media_type] = {"schema": _shape(each, shapes)}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == FORMAT.name:
            parameter["schema"]["enum"] = [each.name for each in offered]


def _shape(each: Format, shapes: Mapping[str, str]) -> JsonObject:
    if each.name in shapes:
        return {"$ref": f"#/components/schemas/{shapes[each.name]}"}
    if each.schema is not None:
        return dict(each.schema)
    return {"type": "object", "additionalProperties": True} if each.media_type.endswith("+json") else {"type": "string"}
