"""What the type of a document is made of: its members, with what each one means, and the models and terms inside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.entries.base import Ref
from app.vocabularies import Term, load

Leaf = Term | type[BaseModel]


@dataclass(frozen=True)
class Member:
    """A member of a document that is no object of members: its path, its type, and what it and those above it mean."""

    path: tuple[str, ...]
    type: object
    about: tuple[str, ...] = ()
    optional: bool = False  # whether it or one above it may be null

    @property
    def name(self) -> str:
        """Return its path as one word: `date_edtf`."""
        return "_".join(self.path)

    @property
    def description(self) -> str:
        """Return what it means, after what those above it mean; of a term what its vocabulary is of."""
        own = self.about or tuple(load(leaf.vocabulary).about for leaf in leaves(self.type) if isinstance(leaf, Term))
        return " ".join(own)

    @property
    def is_list(self) -> bool:
        """Say whether it is a list or a mapping."""
        return get_origin(self.type) in (list, dict)


def members(model: type[BaseModel], above: Member | None = None, refs: bool = True) -> Iterator[Member]:
    """Yield the members of a model, those of the objects inside it in place of these; lists are not entered.

    Without `refs` a reference is one member.
    """
    path, about, optional = (above.path, above.about, above.optional) if above else ((), (), False)
    for name, field in model.model_fields.items():
        annotation: object = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        meaning = (field.description,) if field.description else ()
        here = (*path, field.serialization_alias or field.alias or name)
        member = Member(here, annotation, (*about, *meaning), optional or NoneType in get_args(annotation))
        inner = None if member.is_list else next(models(annotation), None)
        if inner is None or (inner is Ref and not refs):
            yield member
        else:
            yield from members(inner, member, refs)


def models(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a type names, looking through aliases, `Annotated` and unions, not into lists."""
    yield from (leaf for leaf in leaves(annotation, lists=False) if not isinstance(leaf, Term))


def leaves(annotation: object, lists: bool = True) -> Iterator[Leaf]:
    """Yield the models and terms that a type names, looking through aliases, `Annotated`, unions and lists."""
    if isinstance(annotation, TypeAliasType):
        yield from leaves(annotation.__value__, lists)
    elif get_origin(annotation) in (Annotated, Union, UnionType, *((list,) if lists else ())):
        for part in get_args(annotation):
            yield from leaves(part, lists)
    elif isinstance(annotation, Term) or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        yield annotation


def value_at(document: object, path: tuple[str, ...]) -> object:
    """Return the value that a path of members leads to; None where one of them is null or is not there."""
    for member in path:
        document = document.get(member) if isinstance(document, Mapping) else None
    return document
