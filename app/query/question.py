"""A question: the parameters of a list, read and checked as a whole, with every fault at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from app.errors import Fault, InvalidCursor, bad_query
from app.query import cql
from app.query.base import Collection, Filter, Fixed, Lookup, Refused
from app.query.condition import Condition, Meets, joined
from app.query.cursor import BadCursor, Cursor, decode, digest
from app.query.dates import ANY_DATE, DATE_MATCHES, UNDATED, Dates
from app.query.figures import of_mixed_money, turned_round
from app.query.other_filters import elsewhere, mended
from app.query.parameters import DEFAULT_LIMIT, Given, controls, cut, one_of, read_limit, read_words, unknown
from app.query.sorting import SortKey, default_order, read_sort
from app.query.text import Text
from app.query.typed import Searched

T = TypeVar("T")

MOST_HINTS = 10  # values of one parameter that get a hint
SHAPES = 1000  # sets of names whose filters are remembered
NONE: Final[tuple[str, ...]] = ()
BESIDE: Final = frozenset({"cursor", "filter", "facets", "include"})  # controls that few questions have


@dataclass(frozen=True)
class Question:
    """What is asked of a collection: what records must meet, a total order, how many, where to go on, what beside.

    `filter` is the text of the parameter of that name, `filtered` what it means.
    """

    collection: Collection
    readings: tuple[Meets, ...]
    order: tuple[SortKey, ...]
    limit: int = DEFAULT_LIMIT
    cursor: Cursor | None = None
    filter: str = ""
    filtered: Condition | None = None
    facets: tuple[str, ...] = ()
    include: tuple[str, ...] = ()

    @cached_property
    def groups(self) -> list[list[Meets]]:
        """The parameters that a record must meet, in one list those that one and the same row has to meet.

        `filtered` stands by itself: its rows need not be those of a parameter.
        """
        return joined(self.readings, self.collection)

    @property
    def searched(self) -> tuple[Text, Searched] | None:
        """The `q`, if there is one."""
        return next(((met.filter, met.reading) for met in self.readings if isinstance(met.filter, Text)), None)

    @cached_property
    def text(self) -> str:
        """The canonical text of what is selected and in which order: equal for questions that mean the same."""
        parts = sorted([met.text for met in self.readings])
        if self.filter:
            parts.append(f"filter={self.filter}")
        return "&".join([self.collection.name, *parts, "sort=" + ",".join([key.text for key in self.order])])

    @property
    def digest(self) -> str:
        """What a cursor keeps of the question."""
        return digest(self.text)

    @property
    def page_text(self) -> str:
        """The canonical text of this very page: `text` with the limit, the position, and what is sent along."""
        after = self.cursor.after if self.cursor else ""
        beside = f"&facets={','.join(self.facets)}&include={','.join(self.include)}"
        return f"{self.text}&limit={self.limit}&after={after}{beside}"


class Place(NamedTuple):
    """Where a list is asked: the path, and the filters that it sets beside those of the collection."""

    path: str
    fixed: Fixed = ()


def ask(
    collection: Collection, given: Given, lookup: Lookup, place: Place | None = None, faults: Sequence[Fault] = ()
) -> Question:
    """The question that raw parameters ask; raises a BadQuery problem that names every fault, `faults` before its own.

    The parameters of filters that the path sets are unknown there.
    """
    place = place or Place(f"/{collection.name}")
    form = _Form(collection, given, lookup, place.fixed)
    question = form.question()
    if faults or form.faults or not form.grammar.multiple.keys() >= given.keys():
        found = [*unknown(given, form.grammar.multiple, place.path), *faults, *form.faults]
        raise bad_query(place.path, [*found, *_unreadable(given, found)])
    return replace(question, cursor=_cursor(given["cursor"][0], question)) if "cursor" in given else question


@dataclass(frozen=True)
class Grammar:
    """What can be asked at a path: each parameter with whether it takes several values, and its place in the order.

    Dates are read also where they are not given: a control may say of them what no date means.
    """

    multiple: Mapping[str, bool]
    filters: Mapping[str, Filter]
    always: tuple[str, ...]

    @cached_property
    def asked(self) -> Callable[[tuple[str, ...]], tuple[Filter, ...]]:
        """The filters to read where parameters of these names are given, as they are declared."""
        places = {name: place for place, name in enumerate(self.filters)}

        def asked(names: tuple[str, ...]) -> tuple[Filter, ...]:
            known = {name for name in (*names, *self.always) if name in places}
            return tuple(self.filters[name] for name in sorted(known, key=places.__getitem__))

        return lru_cache(maxsize=SHAPES)(asked)


@cache
def grammar(collection: Collection, fixed: tuple[str, ...] = ()) -> Grammar:
    """The grammar of a list; the parameters of filters that are `fixed` are unknown there."""
    closed, filters = {*fixed, *(name for name, _ in collection.fixed)}, collection.filters
    multiple = {control.name: control.multiple for control in controls(collection)}
    multiple |= {asked.name: asked.multiple for asked in filters if asked.name not in closed}
    dates = [asked.name for asked in filters if isinstance(asked, Dates)]
    return Grammar(multiple, {asked.name: asked for asked in filters}, (*dates, *closed))


class _Form:
    """The raw parameters of one request, read one by one, with every fault noted on the way."""

    def __init__(self, collection: Collection, given: Given, lookup: Lookup, fixed: Fixed) -> None:
        self.collection, self.given, self.lookup = collection, given, lookup
        self.fixed = dict(collection.fixed + fixed)
        self.grammar = grammar(collection, tuple([name for name, _ in fixed]))
        self.faults: list[Fault] = []

    def question(self) -> Question:
        """The question, as far as it can be read."""
        collection, given, readings = self.collection, self.given, self._readings()
        if (required := collection.requires) and required not in given:
            self._note(required, None, f"/{collection.name} needs {required}.")
        sought = any(met.filter.ranks for met in readings)
        order = default_order(collection, sought)
        if "sort" in given:
            order = self._read("sort", lambda words: read_sort(collection, words, sought), order)
        limit = self._read("limit", lambda values: read_limit(values[0]), DEFAULT_LIMIT) if "limit" in given else None
        question = Question(collection, readings, order, DEFAULT_LIMIT if limit is None else limit)
        return replace(question, **self._beside()) if not BESIDE.isdisjoint(given) else question

    def _beside(self) -> dict[str, Any]:
        """What few questions have: a cursor, which is read last, `filter`, and what is to be sent along."""
        countable = self.collection.countable(self.fixed)
        self._read("cursor", lambda values: values[0], "")
        return {
            "filter": self.given["filter"][0] if "filter" in self.given else "",
            "filtered": self._read("filter", self._condition, None),
            "facets": self._read("facets", lambda words: read_words("facets", words, countable), NONE),
            "include": self._read(
                "include", lambda words: read_words("include", words, self.collection.includes), NONE
            ),
        }

    def _read(self, name: str, read: Callable[[Sequence[str]], T], otherwise: T) -> T:
        """What `read` makes of the values of `name`; `otherwise` if it is not given, or refused: then with a fault.

        A control that the list does not have is unknown, and not read.
        """
        if name not in self.given or name not in self.grammar.multiple:
            return otherwise
        try:
            required = name == self.collection.requires
            return read(cut(name, self.given[name], self.grammar.multiple[name], required))
        except Refused as refused:
            self._refuse(name, refused)
            return otherwise

    def _refuse(self, name: str, refused: Refused) -> None:
        """Note every value that is refused; what was meant by the first of them, for that takes time."""
        for number, fault in enumerate(refused.every):
            if number < MOST_HINTS:
                near = mended(self.collection, name, fault.value, self.lookup) or fault.did_you_mean
                near = near or elsewhere(self.collection, name, fault.value, self.lookup)
                self._note(name, fault.value, fault.told, near)
            else:
                self._note(name, fault.value, fault.message)

    def _note(self, name: str, value: str | None, message: str, did_you_mean: str | None = None) -> None:
        self.faults.append(Fault(name, value, message, did_you_mean))

    def _readings(self) -> tuple[Meets, ...]:
        """A reading for each filter that is given, or fixed; for dates also if a control says what no date means."""
        met = [self._met(asked) for asked in self.grammar.asked(tuple(self.given))]
        found = tuple([each for each in met if each is not None])
        if "min" in self.given or "max" in self.given:
            self._range(found)
        return found

    def _met(self, asked: Filter) -> Meets | None:
        """One filter as it is read, which the release remembers; None if it is not given, or refused."""
        name, values, lookup = asked.name, self.given.get(asked.name), self.lookup
        if name in self.fixed:
            values = [self.fixed[name]]
        elif values and (asked.excludes or asked.needs):
            self._fits(asked)
        if ("date_match" in self.given or "undated" in self.given) and isinstance(asked, Dates):
            return self._dated(asked)
        if values is None:
            return None
        key = (self.collection, name, *values)
        met = lookup.parts.get(key)
        if met is None:
            met = self._newly_met(asked)
            if met is not None:
                lookup.parts.put(key, met)
        return met

    def _newly_met(self, asked: Filter) -> Meets | None:
        def read(values: Sequence[str]) -> Meets:
            return Meets.of(asked, asked.read(values, self.lookup), self.lookup)

        return read((self.fixed[asked.name],)) if asked.name in self.fixed else self._read(asked.name, read, None)

    def _condition(self, values: Sequence[str]) -> Condition:
        """What `filter` asks for."""
        names = {asked.name: asked for asked in self.collection.filters if asked.name not in self.fixed}
        return cql.parse(values[0], self.collection, names, self.lookup)

    def _range(self, readings: Sequence[Meets]) -> None:
        """Note a range of figures that ends before it begins, and one of money in no currency, or in several."""
        for bound, told in turned_round(readings):
            self._note(bound.name, self.given[bound.name][0], told)
        refused = {fault.parameter for fault in self.faults}
        for bound, told in of_mixed_money(readings):
            if bound.of_money not in refused:
                self._note(bound.name, self.given[bound.name][0], told)

    def _fits(self, asked: Filter) -> None:
        """Note a parameter that makes no sense beside, or without, another one."""
        for other in asked.excludes:
            if other in self.given:
                message = f"{other} makes no sense beside {asked.name}: {asked.about_excluded}"
                self._note(other, self.given[other][0], message)
        if asked.needs and asked.needs not in self.given:
            message = f"{asked.name} says nothing without {asked.needs}: give {asked.needs} too."
            self._note(asked.name, self.given[asked.name][0], message)

    def _dated(self, asked: Dates) -> Meets | None:
        """A date as `date_match` and `undated` want it."""
        reading = self._read(asked.name, lambda values: asked.read(values, self.lookup), None)
        match = self._read("date_match", lambda values: one_of("date_match", values[0], DATE_MATCHES), None)
        undated = self._read("undated", lambda values: one_of("undated", values[0], UNDATED), None)
        if match and asked.name not in self.given:
            self._note("date_match", match, f"date_match says how {asked.name} is met: give {asked.name} too.")
        if reading is None and (undated is None or undated == "include"):
            return None
        reading = reading or ANY_DATE
        return Meets.of(
            asked, replace(reading, match=match or reading.match, undated=undated or reading.undated), self.lookup
        )


def _unreadable(given: Given, faults: Sequence[Fault]) -> Iterator[Fault]:
    """A cursor that was altered, beside what else is wrong."""
    if "cursor" in given and "cursor" not in (fault.parameter for fault in faults):
        try:
            decode(given["cursor"][0])
        except BadCursor as error:
            yield Fault("cursor", given["cursor"][0], str(error))


def _cursor(text: str, question: Question) -> Cursor:
    try:
        cursor = decode(text)
    except BadCursor as error:
        raise InvalidCursor(str(error), [Fault("cursor", text, str(error))]) from error
    if cursor.digest != question.digest:
        message = "The cursor belongs to another question: send it with the parameters it was given for."
        raise InvalidCursor(message, [Fault("cursor", text, message)])
    return cursor
