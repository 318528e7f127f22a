"""Which values are closed: those of parameters, as enums with names to import; an answer may have a new one any day."""

from collections.abc import Iterator

from app.values.members import JsonObject

Values = tuple[str, ...]


BY_COLLECTION = ("type", "sort", "facets", "include", "format")  # what they take differs between collections


def open_answers(node: object) -> None:
    """Make every enum and pattern of an answer a plain string, since a new term would break generated clients.

    The values known today move into the description. A schema of one value, which tells kinds apart, stays.
    """
    if isinstance(node, list):
        for value in node:
            open_answers(value)
    elif isinstance(node, dict):
        if isinstance(node.get("enum"), list):
            known = ", ".join(f"`{value}`" for value in node.pop("enum"))
            node["description"] = f"{node.get('description', '')} Known today: {known}.".strip()
        if isinstance(node.get("pattern"), str):  # and no member of that name
            del node["pattern"]
        for value in node.values():
            open_answers(value)


def name_enums(made: JsonObject) -> None:
    """Move the enums of parameters into the components, with nothing beside the reference: generators overlook it."""
    schemas = made["components"]["schemas"]
    named: dict[tuple[str, Values], str] = {}
    for operation, parameter, holder in _enums(made):
        values = tuple(holder["enum"])
        name = named.get((parameter, values))
        if name is None:
            name = named[parameter, values] = next(free for free in _names(operation, parameter) if free not in schemas)
            schemas[name] = _enum(parameter, values)
        holder.clear()
        holder["$ref"] = f"#/components/schemas/{name}"


def _enum(parameter: str, values: Values) -> JsonObject:
    """The component; generators drop a leading minus from the names they make, so that two values would have one.

    The names are upper case: `from` and `type` are keywords of languages, `FROM` and `TYPE` of none.
    """
    made = {"type": "string", "enum": list(values), "description": f"What `{parameter}` takes."}
    if any(value.startswith("-") for value in values):
        made["x-enum-varnames"] = [
            (f"{value[1:]}_descending" if value.startswith("-") else value).upper() for value in values
        ]
    return made


def _enums(made: JsonObject) -> Iterator[tuple[JsonObject, str, JsonObject]]:
    """Each parameter that has an enum: its operation, its name, the schema that holds it; collections come first."""
    for _, item in sorted(made["paths"].items(), key=lambda path: "{" in path[0]):
        for parameter in item["get"].get("parameters", []):
            holder = parameter["schema"].get("items", parameter["schema"])
            if "enum" in holder:
                yield item["get"], parameter["name"], holder


def _names(operation: JsonObject, parameter: str) -> Iterator[str]:
    """What the type may be called, the shortest first: Undated, LayerFilter, EventsSort, GetEventMatrixFormat."""
    plain = _joined(parameter)
    if parameter not in BY_COLLECTION:
        yield plain
        yield f"{plain}Filter"
    yield f"{_joined(operation['tags'][0])}{plain}"
    yield f"{_joined(operation['operationId'])}{plain}"


def _joined(words: str) -> str:
    return "".join(word.capitalize() for word in words.replace("_", " ").split())
