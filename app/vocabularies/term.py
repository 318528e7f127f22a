"""The type of a string that must be a term of one vocabulary. Its JSON Schema lists the terms."""

from dataclasses import dataclass

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.values.nearest import nearest
from app.values.slugs import SLUG
from app.vocabularies.in_use import load
from app.vocabularies.vocabulary import Vocabulary

_LONGEST_ENUM = 100  # most terms that a schema lists; the countries would make every schema too long
_COUNTRY_CODE = "^[A-Z]{2}([A-Z]{2})?$"  # ISO 3166-1 alpha-2 or ISO 3166-3


class UnknownTerm(ValueError):
    """A value that is no term of the vocabulary; `nearest` is the suggested term, if any, `values` are all terms."""

    def __init__(self, value: str, vocabulary: Vocabulary) -> None:
        self.value = value
        self.vocabulary = vocabulary.name
        self.values = tuple(vocabulary.terms)
        self.nearest = nearest(value, self.values)
        hint = f"; did you mean '{self.nearest}'?" if self.nearest else ""
        super().__init__(f"'{value}' is no term of {vocabulary.name}{hint}")


@dataclass(frozen=True)
class Term:
    """Metadata for `Annotated[str, Term("event-types")]`; the vocabulary is read when it is first needed."""

    vocabulary: str

    def check(self, value: str) -> str:
        """Return the value; raise UnknownTerm if it is no term of the vocabulary."""
        known = load(self.vocabulary)
        if value not in known.terms:
            raise UnknownTerm(value, known)
        return value

    def _validate(self, value: str) -> str:
        if value in load(self.vocabulary).terms:  # as nearly all are
            return value
        try:
            return self.check(value)
        except UnknownTerm as error:
            context = {"reason": str(error), "nearest": error.nearest, "vocabulary": error.vocabulary}
            raise PydanticCustomError("unknown_term", "{reason}", context) from error

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._validate, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        known = load(self.vocabulary)
        about = {"title": known.title, "description": f"{known.about} The terms are at /vocabularies/{known.name}."}
        return handler(schema) | about | _values(known, handler.mode)


def _values(known: Vocabulary, mode: str) -> JsonSchemaValue:
    """What a value may be. What curators write may be a term of their own, while an editor completes ours."""
    terms = list(known.terms)
    if len(terms) > _LONGEST_ENUM:
        return {"pattern": _COUNTRY_CODE}
    if known.open and mode == "validation":
        return {"anyOf": [{"enum": terms}, {"pattern": f"^{SLUG.pattern}$"}]}
    return {"enum": terms}
