"""Python values as the parameters of a URL."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

Scalar = str | bool | int | float | Decimal | date
Value = Scalar | Iterable[Scalar] | None


def query_string(parameters: Mapping[str, Value]) -> str:
    """`type=coerce&with=x`: None leaves a parameter out, a list repeats it, a tuple is one value with commas.

    A trailing underscore goes: `with_` is `with`. Raises TypeError for a value that no parameter can be, and ValueError
    for an empty list, which would otherwise select everything.
    """
    return urlencode([pair for name, value in parameters.items() for pair in _pairs(name.rstrip("_"), value)])


def _pairs(name: str, value: Value) -> Iterator[tuple[str, str]]:
    if name == "format":
        raise TypeError("format is not for this client to choose: it reads JSON.")
    for each in _several(name, value):
        yield name, ",".join(map(_text, each)) if isinstance(each, tuple) else _text(each)


def _several(name: str, value: Value) -> list[object]:
    if value is None:
        return []
    if isinstance(value, tuple) or not isinstance(value, Iterable) or isinstance(value, str):
        return [value]
    if not (values := list(value)):
        raise ValueError(f"{name} has no values: nothing can match it. Leave it out to select everything.")
    return [*values]


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return format(Decimal(repr(value)), "f")  # never 1e-05
        case datetime():
            raise TypeError("Dates have no time of day here: give value.date().")
        case date():
            return value.isoformat()
        case str() | int() | Decimal():
            return str(value)
    raise TypeError(f"No parameter can be {value!r}.")
