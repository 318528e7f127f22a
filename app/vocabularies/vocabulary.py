"""A vocabulary: its terms, in the order of its file, and what is asked of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_serializer, model_validator

from app.values.folding import fold
from app.values.members import JsonObject, Members

MEASURES = "measures"
JOINED = re.compile(r"[A-Za-z0-9](?:.*[A-Za-z0-9])?")  # words, and whatever joins them

Rule = Literal["mod-11-2", "mod-97-10", "ean-13", "issn", "imo", "ror"]


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
    coded: Mapping[str, str] = Field({}, description="The same notion elsewhere: the code that each system gives it.")
    broader: str | None = Field(None, description="The term of the same vocabulary that takes this one in.")
    dossier: str | None = Field(None, description="The dossier that defines it; left out for terms of onrecord itself.")
    unit: str | None = Field(
        None, description="What a measure counts in: a code of UCUM; `{person}` counts one by one."
    )
    money: bool = Field(False, description="What is measured is money: each figure names its currency.")
    applies_to: tuple[str, ...] = Field(
        (), alias="for", description="The event types that a mode fits; in YAML and JSON the member is called for."
    )
    pattern: str | None = Field(None, description="A regular expression that the whole identifier matches.")
    any_case: bool = Field(False, description="Capitals and small letters of an identifier are one.")
    check: Rule | None = Field(None, description="The rule by which its check digits follow from the others.")
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
    open: bool = Field(False, description="Whether a dossier may add terms of its own.")
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
        """The id of the term that the text is, whatever its case and whatever joins its words; None for none or two.

        A sign before or behind the words may mean something else than they do: `-fire` is all but fire elsewhere.
        """
        if text in self.terms:
            return text
        return self._by_plain_id.get(_plain(text)) if JOINED.fullmatch(text.strip()) else None

    def called(self, text: str) -> str | None:
        """The id of the term of this very label, code or other word, folded; None for none."""
        return self._by_words.get(fold(text)) or self.as_written(text)

    def broadened(self, id: str) -> Iterator[str]:
        """A term and the broader ones that take it in, nearest first; each once, even in a circle."""
        seen, term = set[str](), self.terms.get(id)
        while term is not None and term.id not in seen:
            seen.add(term.id)
            yield term.id
            term = self.terms.get(term.broader) if term.broader else None

    def narrowed(self, ids: Iterable[str]) -> tuple[str, ...]:
        """These terms and all that they take in. A part of what is measured is no such measure: it stays by itself."""
        if not self._narrower or self.name == MEASURES:
            return tuple(ids)
        return tuple(dict.fromkeys(term for id in ids for term in (id, *self._narrower.get(id, ()))))

    def with_terms(self, terms: Iterable[TermEntry]) -> "Vocabulary":
        """The vocabulary with these terms: one that it has is replaced, a new one stands behind its broader one."""
        both = {**self.terms, **{term.id: term for term in terms}}
        members = {name: getattr(self, name) for name in type(self).model_fields if name != "terms"}
        return Vocabulary.model_construct(**members, terms=Terms({id: both[id] for id in _in_order(both, self.terms)}))

    def document(self) -> dict[str, object]:
        """Return the vocabulary as JSON, in the shape of its file; members that have their default are left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each term in the order of the vocabulary."""
        return {id: place for place, id in enumerate(self.terms)}

    @cached_property
    def _by_plain_id(self) -> Mapping[str, str]:
        plain = {id: _plain(id) for id in self.terms}
        often = Counter(plain.values())
        return {text: id for id, text in plain.items() if often[text] == 1}

    @cached_property
    def _by_words(self) -> Mapping[str, str]:
        """The terms by their folded labels, codes and other words; of two that share one, the first."""
        found: dict[str, str] = {}
        for id, term in self.terms.items():
            for text in (term.label, term.code or term.label, *term.aliases):
                found.setdefault(fold(text), id)
        return found

    @cached_property
    def _narrower(self) -> Mapping[str, tuple[str, ...]]:
        """Everything that a term takes in, at whatever depth."""
        found: dict[str, list[str]] = {}
        for id in self.terms:
            for broader in list(self.broadened(id))[1:]:
                found.setdefault(broader, []).append(id)
        return {id: tuple(narrower) for id, narrower in found.items()}


def _plain(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", text.lower()))


def _in_order(terms: Mapping[str, TermEntry], known: Mapping[str, TermEntry]) -> Iterator[str]:
    """The known terms as they are, behind each the new ones that it takes in by id; those of no known one last."""
    new = sorted(terms.keys() - known.keys())
    inside: dict[str, list[str]] = {}
    for id in new:
        inside.setdefault(terms[id].broader or "", []).append(id)
    placed: dict[str, None] = {}
    alone = [id for id in new if terms[id].broader not in terms]
    waiting = [*reversed((*known, *alone, *new))]  # all of them, so that none in a circle is lost
    while waiting:
        id = waiting.pop()
        if id not in placed:
            placed[id] = None
            waiting += reversed(inside.get(id, ()))
    yield from placed
