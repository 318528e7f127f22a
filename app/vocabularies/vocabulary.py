"""A vocabulary: its terms, in the order of its file.

People write the YAML files beside this module. `make vocabularies` compiles them to compiled.json, which is read here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Literal

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_serializer, model_validator

from app.values.folding import fold
from app.values.members import JsonObject, Members


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class TermEntry(_Frozen):
    """One term: what it is called, what it means, and the members that only some vocabularies have."""

    id: str
    label: str
    definition: str
    aliases: tuple[str, ...] = Field((), description="Other words for it, that people write.")
    exact_match: str | None = Field(None, description="The same notion in another vocabulary, as an address.")
    inverse: str | None = Field(None, description="How a relation reads from its other end.")
    symmetric: bool = Field(False, description="The relation reads the same from both ends.")
    point: Literal["own", "centroid", "none"] | None = Field(None, description="Which point a place of it is drawn as.")
    code: str | None = Field(None, description="The alpha-3 code of a country.")
    numeric: str | None = Field(None, description="The three-digit code of a country.")
    status: Literal["official", "user-assigned", "withdrawn"] | None = None
    unit: str | None = Field(None, description="What a measure counts in.")
    applies_to: tuple[str, ...] = Field(
        (), alias="for", description="The event types that a mode fits; in YAML and JSON the member is called for."
    )
    pattern: str | None = Field(None, description="A regular expression that the whole identifier matches.")
    any_case: bool = Field(False, description="Capitals and small letters of an identifier are one.")
    url: str | None = Field(None, description="An address in which {value} stands for the identifier.")


class Terms(dict[str, TermEntry]):
    """Terms by id. One that an earlier version had, and a release made then still uses, is called by its id."""

    def __missing__(self, id: str) -> TermEntry:
        definition = "A term of an earlier version."
        return TermEntry.model_validate({"id": id, "label": id.replace("-", " "), "definition": definition})


class Work(_Frozen):
    """A published work that a vocabulary follows."""

    title: str
    url: str


class Vocabulary(_Frozen):
    """The terms of one file by id, in the order of the file; `document()` has the shape of the file again."""

    name: str
    title: str
    version: str
    about: str
    closed: bool = Field(False, description="Whether no term can be added: the program gives each one its meaning.")
    sources: tuple[Work, ...] = Field((), alias="source")
    terms: Annotated[Mapping[str, TermEntry], AfterValidator(Terms)]

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, raw: Members) -> JsonObject:
        """Take a file's members: `source` is one work or a list, `defaults` are members that its terms share."""
        members = {key: value for key, value in raw.items() if key != "defaults"}
        if isinstance(raw.get("source"), dict):
            members["source"] = [raw["source"]]
        terms = {term["id"]: raw.get("defaults", {}) | term for term in raw["terms"]}
        if len(terms) < len(raw["terms"]):
            raise ValueError("two terms share an id")
        return members | {"terms": terms}

    @field_serializer("terms")
    def _as_list(self, terms: Mapping[str, TermEntry]) -> list[TermEntry]:
        return list(terms.values())

    def as_written(self, text: str) -> str | None:
        """The id of the term that the text is, whatever its case and whatever joins its words; None for none or two."""
        return text if text in self.terms else _by_plain_id(self.name).get(_plain(text))

    def called(self, text: str) -> str | None:
        """The id of the term of this very label, code or other word, folded; None for none."""
        return _by_words(self.name).get(fold(text)) or self.as_written(text)

    def document(self) -> dict[str, object]:
        """Return the vocabulary as JSON, in the shape of its file; members that have their default are left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _plain(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", text.lower()))


@cache
def _by_plain_id(name: str) -> dict[str, str]:
    plain = {id: _plain(id) for id in _own(name).terms}
    often = Counter(plain.values())
    return {text: id for id, text in plain.items() if often[text] == 1}


@cache
def _by_words(name: str) -> dict[str, str]:
    """The terms by their folded labels, codes and other words; of two that share one, the first."""
    found: dict[str, str] = {}
    for id, term in _own(name).terms.items():
        for text in (term.label, term.code or term.label, *term.aliases):
            found.setdefault(fold(text), id)
    return found


_changed: ContextVar[Mapping[str, Vocabulary]] = ContextVar("_changed", default=MappingProxyType({}))
"""Vocabularies with terms of an earlier version, while a release that uses them is built again."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of all vocabularies, in alphabetical order."""
    return tuple(sorted(_documents()))


def load(name: str) -> Vocabulary:
    """Return a vocabulary by its name; raise KeyError if there is none."""
    return _changed.get().get(name) or _own(name)


@contextmanager
def with_terms(terms: Mapping[str, Iterable[Members]]) -> Iterator[None]:
    """Have vocabularies hold terms of an earlier version meanwhile, each given by its id, label and definition.

    A term that is still there keeps its other members. A vocabulary that is not there any more is passed over.
    """
    token = _changed.set({name: _with(load(name), found) for name, found in terms.items() if name in names()})
    try:
        yield
    finally:
        _changed.reset(token)


def _with(vocabulary: Vocabulary, terms: Iterable[Members]) -> Vocabulary:
    known = {id: term.model_dump(by_alias=True) for id, term in vocabulary.terms.items()}
    added = {term["id"]: TermEntry.model_validate({**known.get(term["id"], {}), **term}) for term in terms}
    return vocabulary.model_copy(update={"terms": Terms({**vocabulary.terms, **added})})


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Return all vocabularies by name."""
    return {name: _own(name) for name in names()}


@cache
def _own(name: str) -> Vocabulary:
    return Vocabulary.model_validate(_documents()[name])


@cache
def _documents() -> dict[str, object]:
    documents: dict[str, object] = orjson.loads(files(__package__).joinpath("compiled.json").read_bytes())
    return documents
