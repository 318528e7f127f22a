"""Documents and their parts: made of entries that were checked, and written as JSON without being checked again."""

from collections.abc import Mapping
from typing import Any, ClassVar, get_args

import orjson
from pydantic import BaseModel, PlainSerializer
from pydantic.fields import FieldInfo

from app.values.members import JsonObject

# What pydantic would set otherwise; it asks the class about every name.
_set_members, _set_extra = (vars(BaseModel)[name].__set__ for name in ("__dict__", "__pydantic_extra__"))


class Made(BaseModel):
    """A document or a part of one. To make one checks nothing: its members are those of checked entries, or made too.

    mypy compares their types, and tests check every document of our dossiers with `model_validate`.
    """

    _nothing: ClassVar[Mapping[str, object]] = {}  # every member in its order, with its default or None
    _forms: ClassVar[Mapping[str, Any]] = {}  # of members that have another form in JSON
    _names: ClassVar[Mapping[str, str]] = {}  # those that have another name there

    def __init__(self, **members: Any) -> None:
        _set_members(self, {**self._nothing, **members})
        _set_extra(self, None)

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # `model_validate` goes its own way

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        fields = cls.model_fields
        cls._nothing = {name: None if field.is_required() else field.default for name, field in fields.items()}
        cls._forms = {name: mark.func for name, field in fields.items() for mark in _serializers(field)}
        cls._names = {name: field.serialization_alias for name, field in fields.items() if field.serialization_alias}

    def written(self, without: str = "") -> str:
        """The JSON text, that of `model_dump_json(by_alias=True)`; without one of the members, if it is named."""
        members = {**_members(self)}
        members.pop(without, None)
        return orjson.dumps(members, default=_members).decode()


def _members(part: Made) -> JsonObject:
    """The members as JSON has them; those that are made too stay as they are."""
    members = part.__dict__
    if part._forms:
        members = {**members}
        for name, form in part._forms.items():
            if (value := members[name]) is not None:
                members[name] = form(value)
    if part._names:
        members = {part._names.get(name, name): value for name, value in members.items()}
    return members


def _serializers(field: FieldInfo) -> list[PlainSerializer]:
    """The serializer that the type of a member is marked with, if there is one."""
    marks = [mark for piece in get_args(field.annotation) for mark in getattr(piece, "__metadata__", ())]
    return [mark for mark in (*field.metadata, *marks) if isinstance(mark, PlainSerializer)]
