"""The entry: one record as curators write it, and the pieces that several kinds of entry share."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Protocol, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from app.entries.made import Made
from app.values.edtf import Edtf, EdtfText
from app.values.languages import LANGUAGE
from app.values.members import JsonObject
from app.values.slugs import Slug
from app.values.times import TimeOfDay
from app.vocabularies import DateBasis, IdentifierScheme, Layer, NameType


@dataclass(frozen=True)
class Reference:
    """Marks a member of an entry as the id of a record of one of these kinds."""

    kinds: tuple[str, ...]

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core_schema), "x-reference": list(self.kinds)}


ActorId = Annotated[Slug, Reference(("actor",))]
EventId = Annotated[Slug, Reference(("event",))]
ClaimId = Annotated[Slug, Reference(("claim",))]
SourceId = Annotated[Slug, Reference(("source",))]
PlaceId = Annotated[Slug, Reference(("place",))]


@dataclass(frozen=True)
class Violation:
    """Members of one part that do not go together: the kind of fault, what is wrong, and the member to look at.

    `cure` is what to do, where more can be said than of all faults of the kind.
    """

    fault: str
    message: str
    at: tuple[str | int, ...] = ()
    cure: str = ""


def unexplained(term: str, note: str | None, at: tuple[str | int, ...] = ("type",)) -> Iterator[Violation]:
    """`other` says nothing without a note."""
    if term == "other" and note is None:
        yield Violation("other_without_note", f"{at[-1]}: other needs a note that says what it is", at)


class Part(BaseModel):
    """A piece of an entry: strict, so that a wrong type or an unknown field is a finding and never a guess."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True, str_min_length=1)

    def members(self, *names: str) -> JsonObject:
        """Some members as they are, by name: unlike a dump it copies and converts nothing."""
        members = self.__dict__
        return {name: members[name] for name in names}


class Joint(Part):
    """A piece whose members must also go together; there are pieces without such a rule, and to ask them takes time."""

    def violations(self) -> Iterator[Violation]:
        """What is wrong although each member by itself is right."""
        return iter(())

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        found = tuple(self.violations())
        if found:
            context = {"reason": "; ".join(violation.message for violation in found), "violations": found}
            raise PydanticCustomError(found[0].fault, "{reason}", context)
        return self


E = TypeVar("E", bound="Entry")


class Labels(Protocol):
    """Whoever knows every record, and what it is called."""

    def label(self, id: str) -> str:
        """What people call the record of this id."""

    def entry(self, model: "type[E]", id: str) -> "E":
        """The record of this id as curated, which is of that kind."""


class Entry(Joint):
    """One record as curators write it."""

    kind: ClassVar[str]
    collection: ClassVar[str]  # the file that entries stand in and the list that records are in: events
    views: ClassVar[tuple[str, ...]] = ()  # the same of some of them: people.yaml, /people
    named_by: ClassVar[tuple[str, ...]] = ("title",)  # what an import makes an id of, where it is given none

    id: Slug = Field(description="Human slug, unique over the whole release, stable for ever.")
    layer: Layer = Field(default="text", description="From the dossier's main sources, or known otherwise.")
    formerly: list[Slug] = Field(default=[], description="Ids that this record had before; they answer 308.")
    identifiers: dict[IdentifierScheme, str] = Field(default={}, description="Its identifiers elsewhere, by scheme.")
    note: str | None = Field(default=None, description="What a reader should know: what stays open, and why.")

    def label(self, labels: Labels) -> str:
        """What people call the record; `labels` gives that of the records it refers to."""
        raise NotImplementedError


class Ref(Made):
    """Another record of the same release."""

    id: str = Field(description="Its id.")
    label: str = Field(description="What people call it.")


def _short(value: float) -> int | float:
    return int(value) if value.is_integer() else value


# A count or share: written without a fraction where it has none.
Number = Annotated[float, PlainSerializer(_short, return_type=int | float), WithJsonSchema({"type": "number"})]


class When(Part):
    """A date as curators write it: `2019-05-28` alone, or with how it is known."""

    edtf: EdtfText = Field(description="EDTF level 1.")
    basis: DateBasis = Field(default="stated", description="Stated by the source, or inferred by the curator.")

    @property
    def bounds(self) -> Edtf:
        """The date as whole days."""
        return Edtf.parse(self.edtf)


def _dated(value: object) -> object:
    return {"edtf": value} if isinstance(value, str) else value


Date = Annotated[When, BeforeValidator(_dated, json_schema_input_type=EdtfText | When)]


class Moment(When, Joint):
    """A date as curators write it, with the time of day where it is known: `2019-05-28T17:09+02:00`."""

    time: TimeOfDay | None = Field(default=None, description="Hours, minutes and the offset from UTC: `17:09+02:00`.")

    def violations(self) -> Iterator[Violation]:
        if self.time is not None and (self.bounds.precision != "day" or self.bounds.qualified):
            yield Violation("time_without_day", f"{self.time} goes with one day, and not with {self.edtf}", ("time",))


def _timed(value: object) -> object:
    """The day and the time of `2019-05-28T17:09+02:00` apart."""
    given = _dated(value)
    text = given.get("edtf") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(text, str) or "T" not in text:
        return given
    day, _, time = text.partition("T")
    return {**given, "edtf": day, "time": time}


Time = Annotated[Moment, BeforeValidator(_timed, json_schema_input_type=str | Moment)]


class Name(Part):
    """One more name of a record, or more of its main one: its language, its script, where it is from."""

    value: str = Field(min_length=1, max_length=200)
    lang: str | None = Field(default=None, pattern=f"^{LANGUAGE.pattern}$", description="BCP 47 language tag.")
    script: str | None = Field(default=None, pattern=r"^[A-Z][a-z]{3}$", description="ISO 15924 script code.")
    type: NameType = "alias"
    layer: Layer | None = Field(default=None, description="Where the name is from, if not from where the record is.")


def main_name(name: str, names: list[Name]) -> Iterator[Violation]:
    """What is wrong with the names of the type main: there is one main name, and it is `name`."""
    mains = [(i, other.value) for i, other in enumerate(names) if other.type == "main"]
    for number, (i, value) in enumerate(mains):
        if value != name or number > 0:
            yield Violation("main_name", f"the main name is '{name}', and '{value}' is called it here", ("names", i))
