"""A question: the parameters of a list, read and checked as a whole, with every fault at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from app.errors import Fault, InvalidCursor, bad_query
from app.query.base import Collection, Filter, Fixed, Lookup, Refused
from app.query.cursor import BadCursor, Cursor, decode, digest
from app.query.dates import ANY_DATE, DATE_MATCHES, UNDATED, Dates
from app.query.parameters import DEFAULT_LIMIT, Given, controls, cut, one_of, read_limit, unknown
from app.query.sorting import SortKey, read_sort

T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """What is asked of a collection: readings of its filters, a total order, how many, and where to go on."""

    collection: Collection
    readings: tuple[tuple[Filter, Any], ...]
    order: tuple[SortKey, ...]
    limit: int = DEFAULT_LIMIT
    cursor: Cursor | None = None

    @property
    def text(self) -> str:
        """The canonical text of what is selected and in which order: equal for questions that mean the same."""
        parts = sorted(f"{each.name}={each.canonical(reading)}" for each, reading in self.readings)
        return "&".join([self.collection.name, *parts, "sort=" + ",".join(key.text for key in self.order)])

    @property
    def digest(self) -> str:
        """What a cursor keeps of the question."""
        return digest(self.text)

    @property
    def page_text(self) -> str:
        """The canonical text of this very page: `text` with the limit and the position."""
        return f"{self.text}&limit={self.limit}&after={self.cursor.after if self.cursor else ''}"


def ask(
    collection: Collection, given: Given, lookup: Lookup, fixed: Fixed = (), faults: Sequence[Fault] = ()
) -> Question:
    """The question that raw parameters ask; raises a BadQuery problem that names every fault, `faults` before its own.

    `fixed` are filters that the path sets beside those of the collection; their parameters are unknown there.
    """
    form = _Form(collection, given, lookup, dict(collection.fixed + fixed))
    faults = [*unknown(given, form.names(), f"/{collection.name}"), *faults]
    order = form.read("sort", lambda words: read_sort(collection, words), read_sort(collection, ()))
    limit = form.read("limit", lambda values: read_limit(values[0]), DEFAULT_LIMIT)
    readings = form.readings()
    if faults or form.faults:
        raise bad_query(f"/{collection.name}", [*faults, *form.faults])
    question = Question(collection, readings, order, limit)
    return replace(question, cursor=_cursor(given["cursor"][0], question)) if "cursor" in given else question


def _cursor(text: str, question: Question) -> Cursor:
    try:
        cursor = decode(text)
    except BadCursor as error:
        raise InvalidCursor(str(error), [Fault("cursor", text, str(error))]) from error
    if cursor.digest != question.digest:
        message = "The cursor belongs to another question: send it with the parameters it was given for."
        raise InvalidCursor(message, [Fault("cursor", text, message)])
    return cursor


class _Form:
    """The raw parameters of one request, and the faults found while reading them."""

    def __init__(self, collection: Collection, given: Given, lookup: Lookup, fixed: dict[str, str]) -> None:
        self.collection, self.given, self.lookup, self.fixed = collection, given, lookup, fixed
        self.faults: list[Fault] = []
        self.multiple = {each.name: each.multiple for each in controls(collection)}
        self.multiple |= {each.name: each.multiple for each in collection.filters if each.name not in fixed}

    def names(self) -> list[str]:
        return list(self.multiple)

    def read(self, name: str, read: Callable[[Sequence[str]], T], otherwise: T) -> T:
        """What `read` makes of the values of `name`; `otherwise` if it is not given, or refused: then with a fault."""
        if name not in self.given:
            return otherwise
        try:
            return read(cut(name, self.given[name], self.multiple[name]))
        except Refused as refused:
            self.faults.append(Fault(name, refused.value, refused.message, refused.did_you_mean))
            return otherwise

    def readings(self) -> tuple[tuple[Filter, Any], ...]:
        """A reading for each filter that is given or fixed; faults are noted."""
        self.read("cursor", lambda values: values[0], "")
        found = [(each, self._reading(each)) for each in self.collection.filters]
        return tuple((each, reading) for each, reading in found if reading is not None)

    def _reading(self, each: Filter) -> Any:
        if each.name in self.fixed:
            return each.read((self.fixed[each.name],), self.lookup)
        self._exclude(each)
        reading = self.read(each.name, lambda values: each.read(values, self.lookup), None)
        return self._dated(each, reading) if isinstance(each, Dates) else reading

    def _exclude(self, each: Filter) -> None:
        for other in each.excludes:
            if each.name in self.given and other in self.given:
                message = f"{other} makes no sense beside {each.name}: {each.about_excluded}"
                self.faults.append(Fault(other, self.given[other][0], message))

    def _dated(self, each: Dates, reading: Any) -> Any:
        """The date reading as `date_match` and `undated` want it."""
        match = self.read("date_match", lambda values: one_of("date_match", values[0], DATE_MATCHES), None)
        undated = self.read("undated", lambda values: one_of("undated", values[0], UNDATED), None)
        if match and each.name not in self.given:
            self.faults.append(
                Fault("date_match", match, f"date_match says how {each.name} is met: give {each.name} too.")
            )
        if reading is None:
            return replace(ANY_DATE, undated=undated) if undated and undated != "include" else None
        return replace(reading, match=match or "possible", undated=undated or "exclude")
