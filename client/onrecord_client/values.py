"""Python values as the parameters of a URL: their types for those who read, and how each is sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import index
from typing import SupportsIndex

# What the parameters in parameters.py are; None leaves a parameter out.
Text = str | None
Several = str | Iterable[str] | None  # any of them
Day = str | date | None  # a date, or EDTF as text: "2019-05"
Flag = bool | None
Count = int | None
Amount = float | Decimal | None
Coordinates = str | Sequence[float] | None


def pairs(parameters: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """`type=coerce`, `with=x`: None leaves a parameter out, several texts repeat it, several numbers are one value.

    A trailing underscore goes: `with_` is `with`. Raises TypeError for a value that no parameter can be, and ValueError
    for an empty list, which would otherwise select everything.
    """
    for name, value in parameters.items():
        for text in _texts(name, value):
            yield name.rstrip("_"), text


def _texts(name: str, value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return [_text(value)]
    if not (values := list(value)):
        raise ValueError(f"{name} has no values: nothing can match it. Leave it out to select everything.")
    texts = [_text(each) for each in values]
    return [",".join(texts)] if all(isinstance(each, float | int | Decimal) for each in values) else texts


def _text(value: object) -> str:
    match value:
        case str():
            return str.__str__(value)  # of an enum too
        case bool():
            return "true" if value else "false"
        case float():
            return format(Decimal(float.__repr__(value)), "f")  # never 1e-05
        case Decimal():
            return format(value, "f")
        case datetime():
            raise TypeError("Dates have no time of day here: give value.date().")
        case date():
            return value.isoformat()
        case SupportsIndex():
            return str(index(value))  # numpy's whole numbers too
    raise TypeError(f"No parameter can be {value!r}.")
