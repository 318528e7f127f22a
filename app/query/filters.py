"""The exact kinds of filter: ids, terms, words, names, flags, identifiers and pairs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import Column, ColumnElement, and_, or_

from app.query import identifiers, meant
from app.query.base import Filter, Identity, Labels, Lookup, Refused, as_column
from app.query.pattern import Pattern
from app.query.phrases import FLAGS
from app.values.folding import keys
from app.values.slugs import SLUG, is_slug, slugify
from app.vocabularies.vocabulary import load


@dataclass(frozen=True)
class Terms(Filter):
    """Terms of a vocabulary: `type=coerce,assault`. An unknown term is refused with the nearest."""

    vocabulary: str = ""

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        for value in values:
            if value not in load(self.vocabulary).terms:
                raise self._refused(value)
        return tuple(sorted(set(values)))

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        terms = load(self.vocabulary).terms
        return {value: terms[value].label for value in values if value in terms}

    def _refused(self, value: str) -> Refused:
        terms = list(load(self.vocabulary).terms)
        listed = f"one of {', '.join(terms)}" if len(terms) <= 40 else f"a term of /vocabularies/{self.vocabulary}"
        return Refused(f"'{value}' is not {listed}.", value, meant.term(self.vocabulary, value))

    def where(self, reading: tuple[str, ...]) -> ColumnElement[bool]:
        return self.columns[0].in_(reading)

    def schema(self) -> dict[str, Any]:
        terms = list(load(self.vocabulary).terms)
        listed = (
            {"enum": terms} if len(terms) <= 100 else {"description": f"A term of /vocabularies/{self.vocabulary}."}
        )
        return {"type": "string", **listed}


@dataclass(frozen=True)
class Ids(Filter):
    """Ids of records of the given kinds; former ids are followed, unknown ones refused with the nearest."""

    kinds: tuple[str, ...] = ()

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        known = lookup.identify(values)
        return tuple(sorted({self.resolve(value, known.get(value), lookup) for value in values}))

    def resolve(self, value: str, identity: Identity | None, lookup: Lookup) -> str:
        """The live id that `value` stands for; raises Refused."""
        if identity is None or identity.kind not in self.kinds:
            raise self._refused(value, identity, lookup)
        if identity.state == "removed":
            raise Refused(f"'{value}' was removed: {identity.reason}", value)
        return identity.target or identity.id

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        return lookup.labels(values)

    def _refused(self, value: str, identity: Identity | None, lookup: Lookup) -> Refused:
        wanted = " or ".join(self.kinds)
        if identity is not None:
            label = lookup.labels([value]).get(value, value)
            message = f"'{value}' is an id of another kind, {identity.kind}; this takes: {wanted}."
        else:
            label, what = value, f"No {wanted} has the id '{value}'."
            message = what if is_slug(value) else f"'{value}' is no id: ids are lower-case words joined by hyphens."
        there = meant.look_up(lookup.path_of(self.kinds), label)
        return Refused(f"{message} {there}", value, lookup.nearest(self.kinds, label))

    def where(self, reading: tuple[str, ...]) -> ColumnElement[bool]:
        return self.columns[0].in_(reading)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": 100}


@dataclass(frozen=True)
class Words(Filter):
    """Values that curators coined, such as aspects: a value that no record has is refused with the nearest.

    `coined` is the stored column, as `table.column`, of words that are known although this filter may select nothing.
    `standard` is the form of words that need no record, being as good a question without data as the code of a
    country, and what they are called: `BCP 47 tag`.
    """

    coined: str = ""
    standard: tuple[re.Pattern[str], str] | None = None

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        for value in values:
            if not any(lookup.holds(column, value) for column in self._known()):
                self._well_formed(value, lookup)
        return tuple(sorted(set(values)))

    def _well_formed(self, value: str, lookup: Lookup) -> None:
        """Let through only what a record might have by the rules of a standard; raises Refused."""
        form, about = self.standard or (None, "")
        if form is None or not form.fullmatch(value):
            near = (lookup.nearest_value(column, value) for column in self._known())
            message = f"'{value}' is no {about}." if about else f"No record has the {self.name} '{value}'."
            raise Refused(message, value, next(filter(None, near), None))

    def _known(self) -> Iterator[Column[Any]]:
        yield self.columns[0]
        if self.coined:
            table, _, column = self.coined.partition(".")
            yield self.table.metadata.tables[table].c[column]

    def where(self, reading: tuple[str, ...]) -> ColumnElement[bool]:
        return self.columns[0].in_(reading)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 100}


@dataclass(frozen=True)
class Posts(Filter):
    """Offices by the name of the post, folded: `president-of-kosovo` and `President of Kosovo` are one."""

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(sorted({self._post(value, lookup) for value in values}))

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        return {value: value.replace("-", " ") for value in values}

    def _post(self, value: str, lookup: Lookup) -> str:
        slug = slugify(value)
        if not lookup.holds(self.columns[0], slug):
            near = lookup.nearest_value(self.columns[0], slug)
            raise Refused(f"No record has the {self.name} '{value}'.", value, near)
        return slug

    def where(self, reading: tuple[str, ...]) -> ColumnElement[bool]:
        return self.columns[0].in_(reading)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 100}


@dataclass(frozen=True)
class Named(Filter):
    """A whole name, folded, any alias: `Vucic` and `Вучић` are one."""

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>", "in", "isNull", "like"})

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for value in values for key in keys(value)))

    def compared(self, operator: str, value: str, lookup: Lookup) -> Any:
        return Pattern(value) if operator == "like" else super().compared(operator, value, lookup)

    def where(self, reading: "tuple[str, ...] | Pattern") -> ColumnElement[bool]:
        key = self.columns[0]
        return key.like(reading.folded, escape="\\") if isinstance(reading, Pattern) else key.in_(reading)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 200}

    def phrase(self, reading: "tuple[str, ...] | Pattern", labels: Labels) -> str:
        if isinstance(reading, Pattern):
            return f"with a whole name that in plain letters is like “{reading.folded}”"
        return f"with a whole name that in plain letters reads “{'” or “'.join(reading)}”"

    def values(self, reading: "tuple[str, ...] | Pattern") -> Sequence[str]:
        return ()


@dataclass(frozen=True)
class Flags(Filter):
    """A yes or no: `true` or `false`."""

    multiple: ClassVar[bool] = False

    def read(self, values: Sequence[str], lookup: Lookup) -> bool:
        if values[0] not in ("true", "false"):
            raise Refused(f"'{values[0]}' is neither true nor false.", values[0], meant.flag(values[0]))
        return values[0] == "true"

    def where(self, reading: bool) -> ColumnElement[bool]:
        return self.columns[0].is_(reading)

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def canonical(self, reading: bool) -> str:
        return str(reading).lower()

    def phrase(self, reading: bool, labels: Labels) -> str:
        words = self.name.replace("_", " ")
        return FLAGS.get(self.name, (f"that are {words}", f"that are not {words}"))[not reading]

    def example(self, row: Any) -> str:
        return str(bool(row[self.columns[0].name])).lower()


@dataclass(frozen=True)
class Identifiers(Filter):
    """Identifiers elsewhere, as `scheme:value`: `wikidata:Q222031`. `column` is the scheme, `value` the value."""

    value: Any = field(default=None, repr=False)

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        return (as_column(self.column), as_column(self.value))

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        for value in values:
            if wrong := identifiers.wrong(value):
                raise Refused(wrong, value, identifiers.meant(value))
        return tuple(sorted(set(values)))

    def where(self, reading: tuple[str, ...]) -> ColumnElement[bool]:
        scheme, value = self.columns
        return or_(*(and_(scheme == s, value == v) for s, _, v in (item.partition(":") for item in reading)))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[a-z0-9-]+:.+$"}

    def example(self, row: Any) -> str:
        return f"{row[self.columns[0].name]}:{row[self.columns[1].name]}"


@dataclass(frozen=True)
class Pairs(Filter):
    """An id, or an id and a term of one and the same row: `kosovo-police` or `kosovo-police:initiator`."""

    term: Any = field(default=None, repr=False)
    kinds: tuple[str, ...] = ()
    vocabulary: str = ""

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        return (as_column(self.column), as_column(self.term))

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        known = lookup.identify(value.partition(":")[0] for value in values)
        return tuple(sorted({self._pair(value, known, lookup) for value in values}))

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

    def where(self, reading: tuple[str, ...]) -> ColumnElement[bool]:
        id_column, term_column = self.columns
        split = (value.partition(":") for value in reading)
        return or_(
            *(and_(id_column == id, term_column == term) if colon else id_column == id for id, colon, term in split)
        )

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        return lookup.labels(values)

    def values(self, reading: tuple[str, ...]) -> Sequence[str]:
        return [value.partition(":")[0] for value in reading]

    def told(self, reading: tuple[str, ...]) -> list[dict[str, str | None]]:
        split = (value.partition(":") for value in reading)
        return [{"id": id, as_column(self.term).name: term or None} for id, _, term in split]

    def phrase(self, reading: tuple[str, ...], labels: Labels) -> str:
        split = [value.partition(":") for value in reading]
        each = [f"{labels.get(id, id)} takes part{f' as {term}' if term else ''}" for id, _, term in split]
        return f"in which {' or '.join(each)}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{SLUG.pattern}(:[a-z-]+)?$"}

    def example(self, row: Any) -> str:
        return f"{row[self.columns[0].name]}:{row[self.columns[1].name]}"
