"""Own terms as curated: what a dossier adds to a vocabulary."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from app.entries.base import Joint, Violation
from app.values.nearest import nearest
from app.values.slugs import Slug
from app.values.units import CURRENCIES, is_unit
from app.vocabularies import CORE, TermEntry
from app.vocabularies.vocabulary import MEASURES, Rule

ADDED: Final[Mapping[str, tuple[str, ...]]] = {
    "actor-relations": ("inverse", "symmetric"),
    "event-modes": ("for",),
    "identifier-schemes": ("pattern", "url", "any_case", "check"),
    MEASURES: ("unit", "money"),
}
"""What a term of some vocabularies has besides what every term may have."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "actor-relations": ("inverse",),
    "event-modes": ("for",),
    "identifier-schemes": ("pattern",),
}
"""The members without which a term of some vocabularies says nothing."""

COMMON: Final = ("id", "label", "definition", "aliases", "broader", "exact_match", "coded")


_REPEATED = re.compile(r"\)[*+?{]")  # where the time that matching takes can grow without measure


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"'{text}' is no regular expression: {error}") from error
    if _REPEATED.search(text):
        raise ValueError(f"a group of '{text}' repeats, which can take for ever")
    return text


class OwnTerm(Joint):
    """A term that a dossier adds to a vocabulary, because none that is there says it."""

    vocabulary: str = Field(description="The vocabulary that it belongs to.")
    id: Slug
    label: str = Field(min_length=1, max_length=100, description="What people call it.")
    definition: str = Field(min_length=1, max_length=400, description="What it means, in one sentence.")
    aliases: list[str] = Field(default=[], description="Other words for it, that people write.")
    broader: Slug | None = Field(default=None, description="The term of the same vocabulary that takes it in.")
    exact_match: str | None = Field(
        default=None, pattern="^https?://[^ ]+$", description="The same notion in another vocabulary, as an address."
    )
    coded: dict[str, str] = Field(
        default={}, description="The same notion elsewhere: the code that each system gives it."
    )
    inverse: str | None = Field(default=None, min_length=1, description="How a relation reads from its other end.")
    symmetric: bool = Field(default=False, description="The relation reads the same from both ends.")
    for_: list[Slug] = Field(default=[], alias="for", description="The event types that a mode fits.")
    unit: str | None = Field(default=None, description="A code of UCUM, as kg; for things counted one by one {person}.")
    money: bool = Field(default=False, description="It is money: each figure names its currency.")
    pattern: Annotated[str, AfterValidator(_expression)] | None = Field(
        default=None, description="A regular expression that the whole identifier matches; no group in it repeats."
    )
    any_case: bool = Field(default=False, description="Capitals and small letters of an identifier are one.")
    check: Rule | None = Field(default=None, description="The rule by which its check digits follow from the others.")
    url: str | None = Field(
        default=None,
        pattern=r"^https?://[^ {}]*\{value\}[^ {}]*$",
        description="An address in which {value} stands for the identifier.",
    )

    def violations(self) -> Iterator[Violation]:
        yield from self._belongs()
        yield from self._measured()

    def _belongs(self) -> Iterator[Violation]:
        """The vocabulary takes own terms, and has terms with these members."""
        if self.vocabulary not in OPEN:
            near = nearest(self.vocabulary, OPEN)
            what = "takes no own terms" if self.vocabulary in CORE.by_name else "does not exist"
            hint, told = (f"; did you mean {near}?", f"write {near}") if near else ("", "")
            yield Violation("closed_vocabulary", f"the vocabulary {self.vocabulary} {what}{hint}", (), told)
            return
        fitting = (*COMMON, *ADDED.get(self.vocabulary, ()))
        for name, value in self.model_dump(by_alias=True, exclude={"vocabulary"}, exclude_defaults=True).items():
            if name not in fitting:
                message = f"a term of {self.vocabulary} has no {name}, and this one has {value}"
                yield Violation("member_of_other_vocabulary", message, (name,))
        given = self.model_dump(by_alias=True, exclude_defaults=True)
        for name in NEEDED.get(self.vocabulary, ()):
            if name not in given:
                yield Violation("missing_field", f"'{name}' is missing: terms of {self.vocabulary} have one")

    def _measured(self) -> Iterator[Violation]:
        """A measure has a unit, or is money."""
        if self.vocabulary == MEASURES and (self.unit is None) != self.money:
            told = "add unit, such as kg or {person}, or money: true" if self.unit is None else "take unit or money out"
            yield Violation("bad_unit", "a measure has a unit, or is money", (), told)
        if self.unit is not None and not is_unit(self.unit):
            told = "write money: true in its place: each figure names its currency" if self.unit in CURRENCIES else ""
            yield Violation("bad_unit", f"unit: '{self.unit}' is no code of UCUM that is known here", ("unit",), told)

    def entry(self, dossier: str) -> TermEntry:
        """The term as a vocabulary has it."""
        members = self.model_dump(by_alias=True, exclude={"vocabulary"}, exclude_defaults=True)
        return TermEntry.model_validate({**members, "dossier": dossier})


OPEN: Final = tuple(name for name, vocabulary in CORE.by_name.items() if vocabulary.open)
"""The vocabularies that take own terms."""
