"""Which members of a document are terms of a vocabulary, read from the types of documents."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, get_args

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.vocabularies.term import Term


@cache
def terms_of(model: object) -> Mapping[str, str]:
    """The vocabulary of every member whose values are terms, by its path, as `participants.role`.

    `model` is the type of a document, or a union of such types.
    """
    return dict(_terms(model, ""))


def _terms(annotation: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(annotation, TypeAliasType):
        annotation = annotation.__value__
    if isinstance(annotation, Term):
        yield path, annotation.vocabulary
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            inner = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            shown = field.serialization_alias or field.alias or name
            yield from _terms(inner, f"{path}.{shown}" if path else shown)
    else:
        for part in get_args(annotation):
            yield from _terms(part, path)
