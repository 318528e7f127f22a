"""What the type of a document is made of: its members, with what each one means, and the models and terms inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.entries.base import Ref
from app.values.days import Iso
from app.vocabularies import Term, load

Leaf = Term | Iso | type[BaseModel]


@dataclass(frozen=True)
class Member:
    """A member of a document that is no object of members: its path, its type, and what it and those above it mean."""

    path: tuple[str, ...]
    annotation: object
    about: tuple[str | Term, ...] = ()
    optional: bool = False  # whether it or one above it may be null
    model: type[BaseModel] | None = None  # that has it

    @property
    def name(self) -> str:
        """Return its path as one word: `date_edtf`."""
        return "_".join(self.path)

    @property
    def description(self) -> str:
        """Return what it means, after what those above it mean; a term means what its vocabulary says."""
        return " ".join(load(part.vocabulary).about if isinstance(part, Term) else part for part in self.about)

    @property
    def is_day(self) -> bool:
        """Say whether its values are days."""
        return any(isinstance(leaf, Iso) for leaf in leaves(self.annotation, lists=False))

    @property
    def is_list(self) -> bool:
        """Say whether it is a list or a mapping."""
        return get_origin(self.annotation) in (list, dict)


def members(model: type[BaseModel], above: Member | None = None, refs: bool = True) -> Iterator[Member]:
    """Yield the members of a model, those of the objects inside it in place of these; lists are not entered.

    Without `refs` a reference is one member.
    """
    path, about, optional = (above.path, above.about, above.optional) if above else ((), (), False)
    for name, field in model.model_fields.items():
        annotation: object = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        terms = (leaf for leaf in leaves(annotation) if isinstance(leaf, Term))
        meaning = (field.description,) if field.description else tuple(terms)
        here = (*path, field.serialization_alias or field.alias or name)
        member = Member(here, annotation, (*about, *meaning), optional or NoneType in get_args(annotation), model)
        inner = None if member.is_list else next(models(annotation), None)
        if inner is None or (inner is Ref and not refs):
            yield member
        else:
            yield from members(inner, member, refs)


def models(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a type names, looking through aliases, `Annotated` and unions, not into lists."""
    yield from (leaf for leaf in leaves(annotation, lists=False) if isinstance(leaf, type))


def leaves(annotation: object, lists: bool = True) -> Iterator[Leaf]:
    """Yield the models, terms and marks of days of a type, looking through aliases, `Annotated`, unions and lists."""
    if isinstance(annotation, TypeAliasType):
        yield from leaves(annotation.__value__, lists)
    elif get_origin(annotation) in (Annotated, Union, UnionType, *((list,) if lists else ())):
        for part in get_args(annotation):
            yield from leaves(part, lists)
    elif isinstance(annotation, Term | Iso) or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        yield annotation


def value_at(document: object, path: tuple[str, ...]) -> object:
    """Return the value that a path of members leads to; None where one of them is null or is not there."""
    for member in path:
        document = document.get(member) if isinstance(document, dict) else None
    return document
