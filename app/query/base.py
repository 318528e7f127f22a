"""What a filter is: a parameter that reads its values, and the condition it puts on the rows of a collection."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final, Generic, Protocol

from pyroaring import BitMap
from sqlalchemy import Column, Table
from typing_extensions import TypeVar

from app.query import phrases
from app.query.index import Inverted, Ranged, Row, Rows, inverted
from app.values.identity import Identity
from app.values.members import JsonObject
from app.values.memory import Memory

T = TypeVar("T")
R = TypeVar("R", default=Any)  # what a filter reads its values as; of filters taken together nobody can say it

Schema = JsonObject  # a JSON Schema

MAX_VALUES = 100  # values in one parameter
GROUPS: Final = ("what", "who", "when", "where", "figures", "words", "page")  # of parameters, as the docs order them


Hint = str | Callable[[], str | None] | None  # what was probably meant


class Refused(ValueError):
    """A value that a parameter does not take; the message says what it does take.

    `also` are further such values. `hint` and `there`, where to look, may be worked out only if they are told.
    """

    def __init__(self, message: str, value: str, hint: Hint = None, there: Callable[[], str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.value = value
        self.also: tuple[Refused, ...] = ()
        self._hint, self._there = hint, there

    @property
    def did_you_mean(self) -> str | None:
        """What was probably meant."""
        return self._hint() if callable(self._hint) else self._hint

    @property
    def told(self) -> str:
        """The message, and where to look for what was meant."""
        return f"{self.message} {self._there()}" if self._there else self.message

    @property
    def every(self) -> "tuple[Refused, ...]":
        """This one and the further ones."""
        return (self, *self.also)

    def inside(self, before: str, after: str) -> "Refused":
        """The same of a value that this one is a part of; what is meant by a pair `name=value` stands alone."""

        def meant() -> str | None:
            near = self.did_you_mean
            return near if near is None or "=" in near else f"{before}{near}{after}"

        return Refused(self.message, f"{before}{self.value}{after}", meant, self._there)


def read_each(values: Iterable[str], read: Callable[[str], T]) -> list[T]:
    """What each of the values is read as; raises Refused for all that are refused."""
    if isinstance(values, list) and len(values) == 1:
        return [read(values[0])]
    found, refused = list[T](), list[Refused]()
    for value in dict.fromkeys(values):
        try:
            found.append(read(value))
        except Refused as wrong:
            refused.append(wrong)
    if refused:
        refused[0].also = tuple(refused[1:])
        raise refused[0]
    return found


class Lookup(Protocol):
    """What reading a question must ask a release: which ids and words it has."""

    @property
    def parts(self) -> Memory[Any]:
        """The parameters that were read for this release, by collection, name and values, each as a `Meets`."""

    def identify(self, ids: Iterable[str]) -> Mapping[str, Identity]:
        """The identities of those ids that the release has ever had."""

    def nearest(self, kinds: Sequence[str], id: str) -> str | None:
        """The live id of these kinds that a text was probably meant for: a name, a part of one, or a mistyped id."""

    def labels(self, ids: Iterable[str]) -> Mapping[str, str]:
        """What people call those of the ids that are live records."""

    def look_up(self, kinds: Sequence[str], text: str) -> str:
        """Where to look for a record of these kinds by words of a text; only the list where they find nothing."""

    def holds(self, index: str, value: str) -> bool:
        """Whether an index has this value."""

    def nearest_value(self, index: str, value: str) -> str | None:
        """The value of an index nearest to this one."""


Labels = Mapping[str, str]  # what people call values; those without a name of their own are left out


@dataclass(frozen=True)
class Filter(ABC, Generic[R]):
    """One filtering parameter of a collection.

    A column of a side table means *some row of it that belongs to the record*. Several filters over one side table
    speak of one and the same row.
    """

    multiple: ClassVar[bool] = True  # several values, repeated or with commas, meaning "or"
    ranks: ClassVar[bool] = False  # whether records meet it more or less well, which is an order of them
    reads: ClassVar[bool] = False  # whether it may have to read the texts of records; then it is asked last
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>", "in", "isNull"})  # what `filter` may compare it by

    name: str
    column: object = field(repr=False)  # the mapped attribute, see `as_column`
    about: str = ""
    excludes: tuple[str, ...] = ()  # parameters that make no sense beside this one
    about_excluded: str = ""  # what to write instead
    needs: str = ""  # a parameter without which it says nothing

    @property
    def beside(self) -> tuple[str, ...]:
        """The parameters that it may say nothing without: the one that it needs, and what some values of that need."""
        return (self.needs,) if self.needs else ()

    @property
    def group(self) -> str:
        """Which of the groups of parameters it belongs to, by what it asks."""
        return "what"

    @cached_property
    def columns(self) -> tuple[Column[object], ...]:
        """The stored columns that it reads."""
        return (as_column(self.column),)

    @cached_property
    def table(self) -> Table:
        """The table whose rows it looks at."""
        return self.columns[0].table

    @cached_property
    def is_side(self) -> bool:
        """Whether a record may have several rows in that table."""
        return is_side(self.table)

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        """The inverted indexes that it reads; a facet counts the values of the first."""
        return (inverted(self.columns[0]),)

    @property
    def ranged(self) -> tuple[Ranged, ...]:
        """The range indexes that it reads."""
        return ()

    @abstractmethod
    def read(self, values: Sequence[str], lookup: Lookup) -> R:
        """The values as one canonical, hashable reading; raises Refused."""

    def match(self, reading: R, rows: Rows) -> BitMap:
        """The records that the reading selects, of whatever kind."""
        return rows.having(self.inverted[0].name, self.values(reading))

    def is_slow(self, reading: R) -> bool:
        """Whether matching the reading takes more than a few look-ups of whole keys."""
        return False

    def known(self, rows: Rows) -> BitMap:
        """The records that have any value here."""
        return rows.present(self.inverted[0].name)

    @abstractmethod
    def schema(self) -> Schema:
        """JSON Schema of one value, as OpenAPI shows it."""

    def example(self, row: Row) -> str | None:
        """A value in the parameter's own form, from one stored row of `table`; None where that row has none."""
        value = row[self.columns[0].name]
        return None if value is None else str(value)

    def compared(self, operator: str, value: str, lookup: Lookup) -> R:
        """The reading of one comparison in `filter`; raises Refused."""
        return self.read((value,), lookup)

    def otherwise(self, reading: R, values: Sequence[str], lookup: Lookup) -> Iterator[Mapping[str, str]]:
        """The parameters that may have been meant where nothing is found: instead of this one, best first."""
        return iter(())

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        """What people call the values; those without a name of their own may be left out."""
        return {}

    def values(self, reading: R) -> Sequence[str]:
        """The values of a reading, as `labels` takes them."""
        return reading if isinstance(reading, tuple) else (self.canonical(reading),)

    def explained(self, reading: R) -> object:
        """How the parameter was read, as JSON."""
        return list(reading) if isinstance(reading, tuple) else reading

    def phrase(self, reading: R, labels: Labels) -> str:
        """How a sentence about the question puts it; true of exactly the records that match."""
        return phrases.phrase(self.table.name, self.name, self.named(reading, labels))

    def further(self, reading: R, labels: Labels) -> str:
        """How the sentence goes on where another filter about the same row comes before."""
        return phrases.further(self.name, self.named(reading, labels))

    def named(self, reading: R, labels: Labels) -> list[str]:
        """What people call the values of a reading."""
        return [labels.get(value, value) for value in self.values(reading)]

    def canonical(self, reading: R) -> str:
        """The reading as text: equal for questions that mean the same."""
        return ",".join(reading) if isinstance(reading, tuple) else str(reading)


Fixed = tuple[tuple[str, str], ...]  # filters that a path sets: (("event", "kosovo-war"),)


@dataclass(frozen=True, eq=False)  # compared, and kept in caches, by identity
class Collection:
    """What the query language needs to know of a collection: its table, and how it may be asked."""

    name: str
    kind: str
    table: Table = field(repr=False)
    filters: tuple[Filter, ...] = field(repr=False)
    sorts: tuple[str, ...] = ("id",)
    fixed: Fixed = ()  # filters that the collection itself sets: /people is the actors whose type is person
    facets: tuple[str, ...] = ()  # filters whose values can be counted
    columns: tuple[str, ...] = ("label",)  # of the table of a page: members, `counts.claims` inside another one
    includes: tuple[str, ...] = ()  # members, or lists below a record, whose documents can be sent along
    title: str = "Records"
    document: Any = field(default=None, repr=False)  # the type of its documents, or a named union of them
    point: tuple[str, ...] | None = None  # where its documents keep their point; None if they have none
    requires: str = ""  # a parameter without which nothing can be asked
    searches_all: bool = False  # records of every kind, each shown with the name that matched
    view_of: str = ""  # the main collection, for a view such as /people
    moment: Callable[..., object] | None = field(default=None, repr=False)  # the date of an entry that orders its list

    @property
    def dated(self) -> bool:
        """Whether its default order is by date, and not by label."""
        return self.moment is not None

    @property
    def home(self) -> str:
        """The collection that the URL of its records names."""
        return self.view_of or self.name

    def countable(self, fixed: Container[str] = ()) -> list[str]:
        """The facets without the filters that the collection or the path sets: what they count cannot be asked."""
        return [name for name in self.facets if name not in fixed and name not in dict(self.fixed)]

    @cached_property
    def by_name(self) -> Mapping[str, Filter]:
        """The filters by their names."""
        return {declared.name: declared for declared in self.filters}

    def filter(self, name: str) -> Filter:
        """The filter of that name; raises KeyError."""
        return self.by_name[name]


def is_side(table: Table) -> bool:
    """Whether a record may have several rows in the table."""
    return any(column.info.get("owner") for column in table.c)


def as_column(attribute: object) -> Column[object]:
    """The column behind a mapped attribute: typed as its value by SQLModel, a column at run time."""
    element: Any = attribute.__clause_element__() if hasattr(attribute, "__clause_element__") else attribute
    column: Column[object] = element.table.c[element.name] if hasattr(element, "table") else element
    return column
