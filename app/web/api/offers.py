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
    return tuple(known for known in FORMATS.values() if _writes(known, kind, collection))


def _writes(known: Format, kind: Kind, collection: Collection) -> bool:
    if kind == "derived":
        return known.derived is not None
    if known.pointed and collection.point is None:
        return False
    if kind == "record":
        return known.record is not None
    return collection.document is not None if known.export is not None else known.listing is not None


def offer(operation: JsonObject, offered: Sequence[Format], shapes: Mapping[str, str]) -> None:
    """Say in the operation what it can be had as; `shapes` names the component that a format answers with."""
    content = operation["responses"]["200"]["content"]
    for known in offered:
        if known is not json:
            content[known.media_type] = {"schema": _shape(known, shapes)}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == FORMAT.name:
            parameter["schema"]["enum"] = [known.name for known in offered]


def _shape(known: Format, shapes: Mapping[str, str]) -> JsonObject:
    if known.name in shapes:
        return {"$ref": f"#/components/schemas/{shapes[known.name]}"}
    if known.schema is not None:
        return dict(known.schema)
    return (
        {"type": "object", "additionalProperties": True} if known.media_type.endswith("+json") else {"type": "string"}
    )
