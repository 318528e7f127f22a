"""Names for the values that parameters take: one enum a generated client can import, instead of one for each place."""

from collections.abc import Iterator
from typing import Any

Values = tuple[str, ...]


BY_COLLECTION = ("sort", "facets", "include", "format")  # what they take differs between collections


def name_enums(made: dict[str, Any]) -> None:
    """Move the enums of parameters into the components; one that a document's member has already keeps that name."""
    schemas = made["components"]["schemas"]
    terms = {tuple(each["enum"]): name for name, each in schemas.items() if "enum" in each}
    named: dict[tuple[str, Values], str] = {}
    for operation, parameter, holder in _enums(made):
        values = tuple(holder.pop("enum"))
        name = terms.get(values) or named.get((parameter, values))
        if name is None:
            name = named[parameter, values] = next(each for each in _names(operation, parameter) if each not in schemas)
            schemas[name] = _enum(parameter, values)
        del holder["type"]
        holder["$ref"] = f"#/components/schemas/{name}"


def _enum(parameter: str, values: Values) -> dict[str, Any]:
    """The component; generators drop a leading minus from the names they make, so that two values would have one."""
    made = {"type": "string", "enum": list(values), "description": f"What `{parameter}` takes."}
    if any(value.startswith("-") for value in values):
        made["x-enum-varnames"] = [f"{value[1:]}_descending" if value.startswith("-") else value for value in values]
    return made


def _enums(made: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    """Each parameter that has an enum: its operation, its name, the schema that holds it; collections come first."""
    for _, item in sorted(made["paths"].items(), key=lambda each: "{" in each[0]):
        for parameter in item["get"].get("parameters", []):
            holder = parameter["schema"].get("items", parameter["schema"])
            if "enum" in holder:
                yield item["get"], parameter["name"], holder


def _names(operation: dict[str, Any], parameter: str) -> Iterator[str]:
    """What the type may be called, the shortest first: Undated, EventsSort, GetEventMatrixFormat."""
    plain = _joined(parameter)
    if parameter not in BY_COLLECTION:
        yield plain
    yield f"{_joined(operation['tags'][0])}{plain}"
    yield f"{_joined(operation['operationId'])}{plain}"


def _joined(words: str) -> str:
    return "".join(word.capitalize() for word in words.replace("_", " ").split())
