"""A visitor of entries: every value whose type bears a mark, such as that of a term of a vocabulary."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

Mark = TypeVar("Mark")


def marks_of(entry: BaseModel, mark: type[Mark]) -> Iterator[tuple[Mark, str]]:
    """Each marked value of the entry; keys of mappings count as values."""
    for name, annotation in _marked_fields(type(entry), cast(Any, mark)):
        if value := getattr(entry, name):
            yield from _values(annotation, value, mark)


def _values(annotation: Any, value: Any, mark: type[Mark]) -> Iterator[tuple[Mark, str]]:
    if isinstance(value, str):
        for found in _marks(annotation):
            if isinstance(found, mark):
                yield found, value
    elif isinstance(value, BaseModel):
        yield from marks_of(value, mark)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _values(_inner(annotation, 0), key, mark)
            yield from _values(_inner(annotation, 1), item, mark)
    else:
        for item in value:
            yield from _values(_inner(annotation, 0), item, mark)


@cache
def _marked_fields(model: Any, mark: Any) -> tuple[tuple[str, Any], ...]:
    """The fields in which the mark can stand: name and type."""
    found = []
    for name, field in model.model_fields.items():
        annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        if _may_hold(annotation, mark):
            found.append((name, annotation))
    return tuple(found)


def _may_hold(annotation: Any, mark: type[Any]) -> bool:
    """Whether the mark stands somewhere inside a type."""
    if isinstance(annotation, TypeAliasType):
        return _may_hold(annotation.__value__, mark)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_marked_fields(annotation, cast(Any, mark)))
    return isinstance(annotation, mark) or any(_may_hold(part, mark) for part in get_args(annotation))


@cache
def _marks(annotation: Any) -> tuple[Any, ...]:
    """The metadata of a type, through aliases, `Annotated` and optional unions."""
    if isinstance(annotation, TypeAliasType):
        return _marks(annotation.__value__)
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return (*metadata, *_marks(inner))
    origin = get_origin(annotation)
    if origin is None or origin in (list, dict, tuple):
        return ()
    return tuple(found for part in get_args(annotation) for found in _marks(part))


@cache
def _inner(annotation: Any, position: int) -> Any:
    """The type of the items of a list (0), or of the keys (0) and values (1) of a mapping."""
    if isinstance(annotation, TypeAliasType):
        return _inner(annotation.__value__, position)
    origin = get_origin(annotation)
    if origin is Annotated:
        return _inner(get_args(annotation)[0], position)
    if origin in (list, dict, tuple):
        return get_args(annotation)[position]
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return _inner(parts[0], position) if parts else None
