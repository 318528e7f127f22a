"""The parameters that every list understands beside its filters, and how the raw values of any parameter are cut."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.errors import Fault
from app.query import suggestions
from app.query.base import MAX_VALUES, Collection, Refused, Schema, read_each
from app.query.cursor import MAX_CURSOR
from app.query.dates import DATE_MATCHES, UNDATED, Dates
from app.values.integers import number_meant, plain_integer
from app.values.nearest import nearest

MAX_LIMIT = 500
DEFAULT_LIMIT = 50
MAX_VALUE = 200  # characters of one value

LONGEST = {"filter": 1000, "cursor": 2**31}  # characters, where they are not MAX_VALUE; a cursor is judged as a whole
ORDERED = ("fields", "sort")  # their values stand in an order, so that none can stand twice

Given = Mapping[str, Sequence[str]]  # raw values by parameter name, in the order sent


@dataclass(frozen=True)
class Control:
    """A parameter that says how to answer rather than what to select."""

    name: str
    about: str
    schema: Schema = field(repr=False)
    example: str
    multiple: bool = False
    group: str = "page"


RELEASE = Control(
    "release",
    "Answer from that release: its full id, an unambiguous prefix of at least four characters, or its label.",
    {"type": "string", "minLength": 1, "maxLength": 100},
    "2019.1",
)
FORMAT = Control("format", "The representation; without it, the Accept header decides.", {"type": "string"}, "json")
FIELDS = Control(
    "fields",
    "Columns of csv, ndjson and xlsx, in the order asked; default all.",
    {"type": "string", "maxLength": 100},
    "id",
    multiple=True,
)
# No schema here has a `default`: generated clients and forms would send it, and 50 cuts an export short.
LIMIT = Control(
    "limit",
    f"Records a page: 0 to {MAX_LIMIT}, default `{DEFAULT_LIMIT}`; 0 gives the total alone. In csv, ndjson and xlsx: "
    "the first so many, any number; default all.",
    {"type": "integer", "minimum": 0},
    "2",
)
LIMIT_OF_PAGES = Control(
    "limit",
    f"Records a page: 0 to {MAX_LIMIT}, default `{DEFAULT_LIMIT}`; 0 gives the total alone.",
    {"type": "integer", "minimum": 0, "maximum": MAX_LIMIT},
    "2",
)
CURSOR = Control(
    "cursor",
    "Where to go on: `page.next` of the page before, with the same parameters. Simply follow `links.next`.",
    {"type": "string", "maxLength": MAX_CURSOR},
    "",
)
DATE_MATCH = Control(
    "date_match",
    "Beside a date. `possible`: the record's interval and the asked one overlap. `certain`: it lies inside and bears "
    "no qualifier. Default `possible`.",
    {"type": "string", "enum": list(DATE_MATCHES)},
    "certain",
    group="when",
)
UNDATED_CONTROL = Control(
    "undated",
    "Records without a date: `exclude`, `include` or `only`. Default `exclude` beside a date, else `include`.",
    {"type": "string", "enum": list(UNDATED)},
    "include",
    group="when",
)


FILTER = Control(
    "filter",
    "CQL2 text over the names of the filters, for or, not and nesting: `type = 'coerce' AND NOT role = 'victim'`.",
    {"type": "string", "maxLength": 1000},
    "",
    group="words",
)


def sort_control(collection: Collection) -> Control:
    """The `sort` parameter of one collection: its words, each also with a leading minus."""
    words = [sign + word for word in collection.sorts for sign in ("", "-")]
    about = f"The order: words with commas, a minus for descending. Default `{collection.sorts[0]}`; ends with the id."
    return Control("sort", about, {"type": "string", "enum": words}, f"-{collection.sorts[0]}", multiple=True)


def controls(collection: Collection, fixed: Container[str] = ()) -> tuple[Control, ...]:
    """All controls of one collection, in the order that the docs show; a filter that is `fixed` is no facet."""
    dated = (DATE_MATCH, UNDATED_CONTROL) if any(isinstance(f, Dates) for f in collection.filters) else ()
    beside = (_words_control("facets", collection.countable(fixed)), _words_control("include", collection.includes))
    exported = (FIELDS, LIMIT) if collection.document is not None else (LIMIT_OF_PAGES,)
    return (*dated, FILTER, sort_control(collection), *(control for control in beside if control), *exported, *PAGING)


def _words_control(name: str, words: Sequence[str]) -> Control | None:
    schema = {"type": "string", "enum": list(words)}
    return Control(name, ABOUT_WORDS[name], schema, words[0], multiple=True) if words else None


PAGING = (CURSOR, RELEASE, FORMAT)
ABOUT_WORDS = {
    "facets": "Count the values of these filters over everything that matches, not just this page.",
    "include": "Send the documents that these members refer to, or these lists below the records, in `included`.",
}


def unknown(given: Given, names: Iterable[str], path: str) -> list[Fault]:
    """A fault for each parameter that `path` does not have; what was meant may be a name, or `name=value`."""
    known = list(names)
    return [_unknown(name, given, known, path) for name in given if name not in known]


def _unknown(name: str, given: Given, known: Sequence[str], path: str) -> Fault:
    value = given[name][0]
    if needless := suggestions.needless(name, known):
        return Fault(name, value, f"{path} has no parameter '{name}': {needless}", about="parameter")
    near = suggestions.interval(name, given, known) or suggestions.parameter(name, value, known)
    return Fault(name, value, f"{path} has no parameter '{name}'.", near, about="parameter")


def cut(name: str, values: Sequence[str], multiple: bool, required: bool = False) -> list[str]:
    """The values of one parameter, commas cut where it takes several; raises Refused."""
    if not multiple and len(values) > 1:
        raise Refused(f"{name} is given {len(values)} times; it takes one value.", values[1])
    if len(values) == 1 and "," not in values[0] and values[0].strip() and len(values[0]) <= MAX_VALUE:
        return list(values)  # as most are
    cut_values = [part for value in values for part in value.split(",")] if multiple else list(values)
    if len(cut_values) > MAX_VALUES:
        raise Refused(f"{name} has {len(cut_values)} values; at most {MAX_VALUES} are taken.", values[0][:MAX_VALUE])
    read_each(cut_values, lambda value: _check(name, value, required))
    if name in ORDERED and (twice := [value for value in cut_values if cut_values.count(value) > 1]):
        raise Refused(f"'{twice[0]}' is named twice.", twice[0])
    return cut_values


def _check(name: str, value: str, required: bool) -> None:
    if not value.strip():
        instead = "give it one" if required else "leave the parameter out, or give it one"
        raise Refused(f"{name} has an empty value; {instead}.", value)
    if len(value) > (most := LONGEST.get(name, MAX_VALUE)):
        message = f"{name} has a value of {len(value)} characters; at most {most} are taken."
        raise Refused(message, value[:MAX_VALUE])


def one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    """The value, if it is allowed, in whatever case; raises Refused."""
    known = value if value in allowed else value.lower()
    if known not in allowed:
        raise Refused(f"{name} is one of {', '.join(allowed)}; not '{value}'.", value, nearest(value, allowed))
    return known


def read_words(name: str, values: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    """Each of the values, once, if it is allowed; raises Refused."""
    return tuple(dict.fromkeys(read_each(values, lambda value: one_of(name, value, allowed))))


def read_limit(text: str) -> int:
    """The `limit`; raises Refused."""
    try:
        return plain_integer(text, 0, MAX_LIMIT)
    except ValueError as error:
        meant = number_meant(text) or text
        near = f"{min(float(meant), MAX_LIMIT):g}" if meant.isascii() and meant.isdigit() else None
        raise Refused(f"limit is a whole number from 0 to {MAX_LIMIT}, in plain digits.", text, near) from error
