"""Fields: each entry by itself against its model, in words that tell the curator what stands there."""

import re
from collections.abc import Iterator
from typing import Final

from pydantic_core import ErrorDetails

from app.dossier import shape
from app.dossier.cures import cure
from app.dossier.findings import KINDS, Finding
from app.dossier.nodes import Location
from app.dossier.written import MODELS, Written
from app.values.nearest import nearest

CUT_NUMBER: Final = "write the number without a comma, which parts fields between braces"
_PLAIN: Final = re.compile(r"\w[\w ,.-]*")  # a text that needs no quotes in brackets
_EXPECTED: Final = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def fields(written: Written) -> Iterator[Finding]:
    """Every error of the entry's model."""
    for error in written.errors:
        yield from _findings(written, error)


def _findings(written: Written, error: ErrorDetails) -> Iterator[Finding]:
    location = _as_written(written.value, tuple(step for step in error["loc"] if step != "[key]"))
    context = error.get("ctx", {})
    if "violations" in context:
        for violation in context["violations"]:
            yield written.finding(_slug(violation.fault), (*location, *violation.at), violation.message, violation.cure)
    elif error["type"] == "extra_forbidden":
        yield _unknown_field(written, location)
    elif error["type"] == "missing":
        yield written.finding("missing-field", location, f"'{_name(location)}' is missing")
    else:
        slug, message = _value(written, error, location)
        told = _list_of_one(written, error, location) or cure(error["type"], context, error["input"], location)
        yield written.finding(slug, location, f"{_name(location)}: {message}", told)


def _list_of_one(written: Written, error: ErrorDetails, location: Location) -> str:
    """A text where a list of texts belongs is one without its brackets."""
    text = error["input"]
    bare = error["type"] == "list_type" and isinstance(text, str) and not _fields_at(written, location)
    return f"write [{text}]" if bare and _PLAIN.fullmatch(text) else ""


def _as_written(value: object, location: Location) -> Location:
    """The place without what a short form leaves out: `date.edtf` is `date` where a text stands there."""
    for depth, step in enumerate(location):
        if not isinstance(value, dict | list):
            return location[:depth]
        value = value.get(step) if isinstance(value, dict) else value[int(step)]
    return location


def _value(written: Written, error: ErrorDetails, location: Location) -> tuple[str, str]:
    """Kind and message about a value that is there and does not do."""
    expected, slug = _EXPECTED.get(error["type"]), _slug(error["type"])
    if expected:
        expected = "a date" if "edtf" in _fields_at(written, location) else expected
        return "wrong-type", f"{expected} is expected here, not {_described(error['input'])}"
    if error["type"] == "string_pattern_mismatch" and location[-1:] in (("language",), ("lang",)):
        return "invalid-value", f"'{error['input']}' is no tag of a language"
    if error["type"] == "string_pattern_mismatch":
        return "invalid-value", f"'{error['input']}' has not the form that is expected here"
    if error["type"] == "value_error":
        return "invalid-value", str(error["ctx"]["error"])
    if error["type"] == "string_too_short":
        return "invalid-value", "the text is empty"
    message = error["msg"].replace("String should", "the text should").replace("Input should", "the value should")
    return (slug if slug in KINDS else "invalid-value"), f"{message[:1].lower()}{message[1:]}"


def _unknown_field(written: Written, location: Location) -> Finding:
    name, known = str(location[-1]), _fields_at(written, location[:-1])
    near = nearest(name, known)
    hint = f"; did you mean '{near}'?" if near else f"; there are {', '.join(known)}"
    hint, told = ("", CUT_NUMBER) if name.isdigit() else (hint, "")
    found = written.finding("unknown-field", location, f"there is no field '{name}'{hint}", told)
    return Finding(found.kind, found.file, written.at(location).key_line, found.message, found.cure)


def _fields_at(written: Written, location: Location) -> tuple[str, ...]:
    path = tuple(step for step in location if isinstance(step, str))
    return shape.fields(MODELS[written.kind]).get(path, ())


def _slug(type: str) -> str:
    return type.replace("_", "-")


def _name(location: Location) -> str:
    """The fields on the way, as `participants.role`; the line tells which item of a list it is."""
    return ".".join(step for step in location if isinstance(step, str)) or "the entry"


def _described(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"the text '{value}'" if isinstance(value, str) else f"the number {value}"
