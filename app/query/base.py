"""What a filter is: a parameter that reads its values, and the condition it puts on the rows of a collection."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, cast

from sqlalchemy import Column, ColumnElement, Table

MAX_VALUES = 100  # values in one parameter


class Refused(ValueError):
    """A value that a parameter does not take; the message says what it does take."""

    def __init__(self, message: str, value: str, did_you_mean: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.value = value
        self.did_you_mean = did_you_mean


@dataclass(frozen=True)
class Identity:
    """What a release knows of an id: its kind, and whether it is live, merged (`target`) or removed (`reason`)."""

    id: str
    kind: str
    state: str
    target: str | None = None
    reason: str | None = None
    last_release: str | None = None


class Lookup(Protocol):
    """What reading a question must ask a release: which ids and words it has."""

    def identify(self, ids: Iterable[str]) -> Mapping[str, Identity]:
        """The identities of those ids that the release has ever had."""

    def nearest(self, kinds: Sequence[str], id: str) -> str | None:
        """The live id of these kinds nearest to `id` by prefix."""

    def holds(self, column: Column[Any], value: str) -> bool:
        """Whether any row has this value in the column."""

    def nearest_value(self, column: Column[Any], value: str) -> str | None:
        """The value of the column nearest to this one."""


@dataclass(frozen=True)
class Filter(ABC):
    """One filtering parameter of a collection.

    A column of the collection's own table is compared directly; a column of a side table means *some row of it that
    belongs to the record*. Several filters over one side table speak of one and the same row.
    """

    multiple: ClassVar[bool] = True  # several values, repeated or with commas, meaning "or"

    name: str
    column: Any = field(repr=False)
    about: str = ""
    excludes: tuple[str, ...] = ()  # parameters that make no sense beside this one
    about_excluded: str = ""  # what to write instead

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """The stored columns it reads, in the order of the index it wants."""
        return (as_column(self.column),)

    @property
    def table(self) -> Table:
        """The table whose rows it looks at."""
        return self.columns[0].table

    @abstractmethod
    def read(self, values: Sequence[str], lookup: Lookup) -> Any:
        """The values as one canonical, hashable reading; raises Refused."""

    @abstractmethod
    def where(self, reading: Any) -> ColumnElement[bool]:
        """The condition on one row of `table`."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """JSON Schema of one value, as OpenAPI shows it."""

    def example(self, row: Mapping[str, Any]) -> str | None:
        """A value in the parameter's own form, from one stored row of `table`; None where that row has none."""
        value = row[self.columns[0].name]
        return None if value is None else str(value)

    def canonical(self, reading: Any) -> str:
        """The reading as text: equal for questions that mean the same."""
        return ",".join(reading) if isinstance(reading, tuple) else str(reading)


Fixed = tuple[tuple[str, str], ...]  # filters that a path sets: (("event", "kosovo-war"),)


@dataclass(frozen=True)
class Collection:
    """What the query language needs to know of a collection: its table, and how it may be asked."""

    name: str
    kind: str
    table: Table = field(repr=False)
    filters: tuple[Filter, ...] = field(repr=False)
    sorts: tuple[str, ...] = ("id",)
    fixed: Fixed = ()  # filters that the collection itself sets: /people is the actors whose type is person
    view_of: str = ""  # the main collection, for a view such as /people

    @property
    def home(self) -> str:
        """The collection that the URL of its records names."""
        return self.view_of or self.name

    def filter(self, name: str) -> Filter:
        """The filter of that name; raises KeyError."""
        return {each.name: each for each in self.filters}[name]


def as_column(attribute: Any) -> Column[Any]:
    """The column behind a mapped attribute: typed as its value by SQLModel, a column at run time."""
    element = attribute.__clause_element__() if hasattr(attribute, "__clause_element__") else attribute
    return cast(Column[Any], element.table.c[element.name] if hasattr(element, "table") else element)
