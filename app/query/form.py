"""The form: the raw parameters of one request, read one by one, with every fault noted on the way."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from app.errors import Fault
from app.query import cql
from app.query.base import Collection, Filter, Lookup, Refused
from app.query.condition import Condition, Meets
from app.query.dates import ANY_DATE, DATE_MATCHES, UNDATED, Dates
from app.query.figures import AtLeast, AtMost
from app.query.parameters import Given, controls, cut, one_of
from app.query.text import Searched, Text

T = TypeVar("T")


class Form:
    """`fixed` are filters that the path sets; their parameters are unknown there."""

    def __init__(self, collection: Collection, given: Given, lookup: Lookup, fixed: dict[str, str]) -> None:
        self.collection, self.given, self.lookup, self.fixed = collection, given, lookup, fixed
        self.faults: list[Fault] = []
        self.open = {name: asked for name, asked in collection.by_name.items() if name not in fixed}
        self.multiple = {control.name: control.multiple for control in controls(collection)}
        self.multiple |= {name: asked.multiple for name, asked in self.open.items()}

    def names(self) -> list[str]:
        """Every parameter that the path has."""
        return list(self.multiple)

    def read(self, name: str, read: Callable[[Sequence[str]], T], otherwise: T) -> T:
        """What `read` makes of the values of `name`; `otherwise` if it is not given, or refused: then with a fault."""
        if name not in self.given:
            return otherwise
        try:
            required = name == self.collection.requires
            return read(cut(name, self.given[name], self.multiple[name], required))
        except Refused as refused:
            self.note(name, refused.value, refused.message, refused.did_you_mean)
            return otherwise

    def note(self, name: str, value: str | None, message: str, did_you_mean: str | None = None) -> None:
        """Note a fault."""
        self.faults.append(Fault(name, value, message, did_you_mean))

    def readings(self) -> tuple[Meets, ...]:
        """A reading for each filter that is given or fixed."""
        wanted = (each for each in self.collection.filters if each.name in self.given or self._is_set(each))
        found = [(each, self._reading(each)) for each in wanted]
        known = tuple(Meets(each, reading) for each, reading in found if reading is not None)
        self._range(known)
        return known

    def complete(self) -> None:
        """Note a parameter that the collection cannot do without."""
        if (name := self.collection.requires) and name not in self.given:
            self.note(name, None, f"/{self.collection.name} needs {name}.")

    def condition(self) -> Condition | None:
        """What `filter` asks for."""
        return self.read("filter", lambda values: cql.parse(values[0], self.collection, self.open, self.lookup), None)

    def _is_set(self, each: Filter) -> bool:
        """Whether the path sets it, or a control says of it what no value of its own would."""
        return each.name in self.fixed or isinstance(each, Dates)

    def _reading(self, each: Filter) -> Any:
        if each.name in self.fixed:
            return each.read((self.fixed[each.name],), self.lookup)
        self._fits(each)
        reading = self.read(each.name, lambda values: each.read(values, self.lookup), None)
        return self._dated(each, reading) if isinstance(each, Dates) else reading

    def _range(self, readings: Sequence[Meets]) -> None:
        """Note a range of figures that ends before it begins: no figure could be asked for."""
        least = next((each.reading for each in readings if isinstance(each.filter, AtLeast)), None)
        most = next((each for each in readings if isinstance(each.filter, AtMost)), None)
        if least is not None and most is not None and least > most.reading:
            name = most.filter.name
            self.note(name, self.given[name][0], f"{name} is less than min: swap the two.")

    def _fits(self, each: Filter) -> None:
        """Note a parameter that makes no sense beside, or without, another one."""
        if each.name not in self.given:
            return
        for other in each.excludes:
            if other in self.given:
                message = f"{other} makes no sense beside {each.name}: {each.about_excluded}"
                self.note(other, self.given[other][0], message)
        if each.needs and each.needs not in self.given:
            message = f"{each.name} says nothing without {each.needs}: give {each.needs} too."
            self.note(each.name, self.given[each.name][0], message)

    def _dated(self, each: Dates, reading: Any) -> Any:
        """The date reading as `date_match` and `undated` want it."""
        match = self.read("date_match", lambda values: one_of("date_match", values[0], DATE_MATCHES), None)
        undated = self.read("undated", lambda values: one_of("undated", values[0], UNDATED), None)
        if match and each.name not in self.given:
            self.note("date_match", match, f"date_match says how {each.name} is met: give {each.name} too.")
        if reading is None:
            return replace(ANY_DATE, undated=undated) if undated and undated != "include" else None
        return replace(reading, match=match or "possible", undated=undated or "exclude")


def searched(readings: Sequence[Meets]) -> tuple[Text, Searched] | None:
    """The `q` of a question, if there is one."""
    return next(((each.filter, each.reading) for each in readings if isinstance(each.filter, Text)), None)
