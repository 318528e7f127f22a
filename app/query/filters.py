"""The exact kinds of filter: ids, terms, words, names, flags, identifiers and pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import ClassVar, Final

from pyroaring import BitMap

from app.query import suggestions
from app.query.base import Filter, Labels, Lookup, Refused, Schema, read_each
from app.query.index import Inverted, Row, Rows, inverted
from app.query.operators import negated
from app.query.pattern import Pattern
from app.query.phrases import FLAGS
from app.query.text import WHOLE_NAMES, corrected
from app.query.typed import sought
from app.values.folding import name_keys, whole_names
from app.values.identity import Identity
from app.values.slugs import SLUG, is_slug, slugify
from app.vocabularies import load

KINDS_ASK: Final[Mapping[tuple[str, ...], str]] = {("actor",): "who", ("place",): "where"}  # beside "what"
FLAG_WORDS: Final = {"true": True, "1": True, "false": False, "0": False}
TERMS_ASK: Final = {  # beside "what"
    "participation-roles": "who",
    "participation-sides": "who",
    "countries": "where",
    "place-precisions": "where",
    "place-statuses": "where",
    "measures": "figures",
}
TOLD_TERMS = 60  # of a vocabulary that a refusal lists, as the form of a page does
LISTED_TERMS = 100  # of a vocabulary; the countries would swell every description that names them


@dataclass(frozen=True)
class Terms(Filter[tuple[str, ...]]):
    """Terms of a vocabulary: `type=coerce,assault`. An unknown term is refused with the nearest."""

    vocabulary: str = ""

    @property
    def group(self) -> str:
        return TERMS_ASK.get(self.vocabulary, super().group)

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(sorted(set(read_each(values, self._term))))

    def _term(self, value: str) -> str:
        """The term, in whatever case it is written; raises Refused."""
        known = load(self.vocabulary).as_written(value)
        if known is None:
            raise self._refused(value)
        return known

    def match(self, reading: tuple[str, ...], rows: Rows) -> BitMap:
        return rows.having(self.inverted[0].name, load(self.vocabulary).narrowed(reading))

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        terms = load(self.vocabulary).terms
        return {value: terms[value].label for value in values if value in terms}

    def _refused(self, value: str) -> Refused:
        terms, called = list(load(self.vocabulary).terms), load(self.vocabulary).called(value)
        listed = (
            f"one of {', '.join(terms)}" if len(terms) <= TOLD_TERMS else f"a term of /vocabularies/{self.vocabulary}"
        )
        told = f"; it is called {called} here" if called else ""  # also where no record has it, and it is no hint
        return Refused(f"'{value}' is not {listed}{told}.", value, lambda: suggestions.term(self.vocabulary, value))

    def schema(self) -> Schema:
        vocabulary = load(self.vocabulary)
        if vocabulary.closed:
            return {"type": "string", "enum": list(vocabulary.terms)}
        known = ", ".join(f"`{term}`" for term in vocabulary.terms)
        listed = f": {known}" if len(vocabulary.terms) <= LISTED_TERMS else ""
        added = " Dossiers may add terms." if vocabulary.open else ""
        return {
            "type": "string",
            "maxLength": 100,
            "description": f"A term of /vocabularies/{self.vocabulary}{listed}.{added}",
        }


@dataclass(frozen=True)
class Ids(Filter[tuple[str, ...]]):
    """Ids of records of the given kinds; former ids are followed, unknown ones refused with the nearest."""

    kinds: tuple[str, ...] = ()
    stands_for: tuple[str, str] = ("", "")  # a kind whose ids are sent too, and what to ask for them instead

    @property
    def group(self) -> str:
        return KINDS_ASK.get(self.kinds, super().group)

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        known = lookup.identify(values)
        return tuple(sorted(set(read_each(values, lambda value: self.resolve(value, known.get(value), lookup)))))

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
        there = partial(lookup.look_up, self.kinds, label)
        return Refused(message, value, partial(lookup.nearest, self.kinds, label), there)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": 100}


@dataclass(frozen=True)
class OwnIds(Ids):
    """Ids of the records themselves: a batch in one call."""

    @property
    def group(self) -> str:
        return "what"

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        return ()

    def match(self, reading: tuple[str, ...], rows: Rows) -> BitMap:
        return rows.index.numbered(reading)

    def known(self, rows: Rows) -> BitMap:
        return rows.everything


@dataclass(frozen=True)
class Words(Filter[tuple[str, ...]]):
    """Values that curators coined, such as aspects: a value that no record has is refused with the nearest.

    `coined` is the stored column, as `table.column`, of words that are known although this filter may select nothing.
    """

    coined: str = ""

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(sorted(set(read_each(values, lambda value: self._known(value, lookup)))))

    def _known(self, value: str, lookup: Lookup) -> str:
        """The value, which some record has; raises Refused."""
        if any(lookup.holds(index.name, value) for index in self.inverted):
            return value
        near = (lookup.nearest_value(index.name, value) for index in self.inverted)
        raise Refused(f"No record has the {self.name} '{value}'.", value, lambda: next(filter(None, near), None))

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        if not self.coined:
            return (inverted(self.columns[0]),)
        table, _, column = self.coined.partition(".")
        return (inverted(self.columns[0]), inverted(self.table.metadata.tables[table].c[column]))

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 100}


@dataclass(frozen=True)
class Posts(Filter[tuple[str, ...]]):
    """Offices by the name of the post, folded: `president-of-kosovo` and `President of Kosovo` are one."""

    @property
    def group(self) -> str:
        return "who"

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        whole, index = slugify(",".join(values)), self.inverted[0].name
        if len(values) > 1 and lookup.holds(index, whole):
            text = ",".join(values)
            raise Refused(f"'{text}' is cut at its comma: write the post as '{whole}'.", text, whole)
        return tuple(sorted(set(read_each(values, lambda value: self._post(value, lookup)))))

    def labels(self, values: Sequence[str], lookup: Lookup) -> Mapping[str, str]:
        return {value: value.replace("-", " ") for value in values}

    def _post(self, value: str, lookup: Lookup) -> str:
        slug = slugify(value)
        index = self.inverted[0].name
        if negated(value) or not lookup.holds(index, slug):
            message = f"No record has the {self.name} '{value}'."
            raise Refused(message, value, lambda: lookup.nearest_value(index, slug))
        return slug

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 100}


@dataclass(frozen=True)
class Named(Filter[tuple[str, ...] | Pattern]):
    """A whole name, folded, any alias: `Vucic` and `Вучић` are one."""

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>", "in", "isNull", "like"})

    @property
    def group(self) -> str:
        return "words"

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        """The whole keys, and those of names of few words without their blanks."""
        (column,) = self.columns
        whole = Inverted(WHOLE_NAMES, column.table, lambda row: whole_names([row[column.name]]))
        return (inverted(column), whole)

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for value in values for key in name_keys(value)))

    def compared(self, operator: str, value: str, lookup: Lookup) -> tuple[str, ...] | Pattern:
        return Pattern(value) if operator == "like" else super().compared(operator, value, lookup)

    def match(self, reading: tuple[str, ...] | Pattern, rows: Rows) -> BitMap:
        if isinstance(reading, Pattern):
            return rows.index.like(self.inverted[0].name, reading.folded)
        keys, whole = (index.name for index in self.inverted)
        return rows.having(keys, reading) | rows.having(whole, whole_names(reading))

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 200}

    def otherwise(
        self, reading: tuple[str, ...] | Pattern, values: Sequence[str], lookup: Lookup
    ) -> Iterator[Mapping[str, str]]:
        yield {"q": values[0]}
        yield from ({"q": text} for text in corrected(sought(values[0]), lookup))

    def phrase(self, reading: tuple[str, ...] | Pattern, labels: Labels) -> str:
        if isinstance(reading, Pattern):
            return f"with a whole name that in plain letters is like “{reading.folded}”"
        return f"with a whole name that in plain letters reads “{'” or “'.join(reading)}”"

    def values(self, reading: tuple[str, ...] | Pattern) -> Sequence[str]:
        return ()


@dataclass(frozen=True)
class Flags(Filter[bool]):
    """A yes or no: `true` or `false`, also as Python and R write them, `True` and `TRUE`, or as `1` and `0`."""

    multiple: ClassVar[bool] = False

    def read(self, values: Sequence[str], lookup: Lookup) -> bool:
        said = FLAG_WORDS.get(values[0].lower())
        if said is None:
            raise Refused(f"'{values[0]}' is neither true nor false.", values[0], suggestions.flag(values[0]))
        return said

    def schema(self) -> Schema:
        return {"type": "boolean"}

    def canonical(self, reading: bool) -> str:
        return str(reading).lower()

    def phrase(self, reading: bool, labels: Labels) -> str:
        words = self.name.replace("_", " ")
        return FLAGS.get(self.name, (f"that are {words}", f"that are not {words}"))[not reading]

    def example(self, row: Row) -> str:
        return str(bool(row[self.columns[0].name])).lower()
