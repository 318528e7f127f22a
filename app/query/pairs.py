"""Filters over two columns of one row: identifiers under their scheme, and ids in a role."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyroaring import BitMap
from sqlalchemy import Column

from app.query import identifiers
from app.query.base import Filter, Labels, Lookup, Refused, Schema, as_column, read_each
from app.query.filters import Ids, Terms
from app.query.index import Inverted, Row, Rows, inverted
from app.values.identity import Identity
from app.values.slugs import SLUG
from app.vocabularies import load


@dataclass(frozen=True)
class Identifiers(Filter[tuple[str, ...]]):
    """Identifiers elsewhere, as `scheme:value`: `wikidata:Q222031`. `column` is the scheme, `value` the value."""

    value: object = field(default=None, repr=False)

    @cached_property
    def columns(self) -> tuple[Column[object], ...]:
        return (as_column(self.column), as_column(self.value))

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        return (_joined(self.columns, identifiers.canonical),)

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(sorted(set(read_each(values, _identifier))))

    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[a-z0-9-]+:.+$"}

    def example(self, row: Row) -> str:
        return f"{row[self.columns[0].name]}:{row[self.columns[1].name]}"


@dataclass(frozen=True)
class Pairs(Filter[tuple[str, ...]]):
    """An id, or an id and a term of one and the same row: `kosovo-police` or `kosovo-police:initiator`."""

    term: object = field(default=None, repr=False)
    kinds: tuple[str, ...] = ()
    vocabulary: str = ""

    @property
    def group(self) -> str:
        return "who"

    @cached_property
    def columns(self) -> tuple[Column[object], ...]:
        return (as_column(self.column), as_column(self.term))

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        return (inverted(self.columns[0]), _joined(self.columns))

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        known = lookup.identify(value.partition(":")[0] for value in values)
        return tuple(sorted(set(read_each(values, lambda value: self._pair(value, known, lookup)))))

    def _pair(self, value: str, known: Mapping[str, Identity], lookup: Lookup) -> str:
        """The pair with the live id; raises Refused."""
        id, colon, term = value.partition(":")
        try:
            live = Ids(self.name, self.column, kinds=self.kinds).resolve(id, known.get(id), lookup)
        except Refused as refused:
            raise refused.inside("", colon + term) from refused
        try:
            Terms(self.name, self.term, vocabulary=self.vocabulary).read((term,) if colon else (), lookup)
        except Refused as refused:
            raise refused.inside(f"{id}:", "") from refused
        return live + colon + term

    def match(self, reading: tuple[str, ...], rows: Rows) -> BitMap:
        alone, paired = self.inverted
        ids, pairs = ([value for value in reading if (":" in value) is with_term] for with_term in (False, True))
        return rows.having(alone.name, ids) | rows.having(paired.name, self._narrowed(pairs))

    def _narrowed(self, pairs: Sequence[str]) -> list[str]:
        """The pairs with their term, and with each that it takes in."""
        known, split = load(self.vocabulary), (pair.partition(":") for pair in pairs)
        return [f"{id}:{narrower}" for id, _, term in split for narrower in known.narrowed((term,))]

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        return lookup.labels(values)

    def values(self, reading: tuple[str, ...]) -> Sequence[str]:
        return [value.partition(":")[0] for value in reading]

    def explained(self, reading: tuple[str, ...]) -> list[dict[str, str | None]]:
        split = (value.partition(":") for value in reading)
        return [{"id": id, as_column(self.term).name: term or None} for id, _, term in split]

    def phrase(self, reading: tuple[str, ...], labels: Labels) -> str:
        split = [value.partition(":") for value in reading]
        parts = [f"{labels.get(id, id)} takes part{f' as {term}' if term else ''}" for id, _, term in split]
        return f"in which {' or '.join(parts)}"

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{SLUG.pattern}(:[a-z-]+)?$"}

    def example(self, row: Row) -> str:
        return f"{row[self.columns[0].name]}:{row[self.columns[1].name]}"


def _identifier(value: str) -> str:
    """The identifier as it is compared; raises Refused."""
    canonical = identifiers.canonical(value)
    if wrong := identifiers.wrong(canonical):
        raise Refused(wrong, value, lambda: identifiers.meant(value))
    return canonical


def _joined(columns: tuple[Column[object], ...], canonical: Callable[[str], str] = str) -> Inverted:
    """The index of the values of two columns of one row, joined by a colon."""
    one, other = (column.name for column in columns)

    def values(row: Row) -> tuple[str, ...]:
        return () if row[one] is None else (canonical(f"{row[one]}:{row[other]}"),)

    return Inverted(f"{columns[0].table.name}.{one}:{other}", columns[0].table, values)
