"""Checked entries in a third of the memory: what many of them have alike is held once. Their texts are in NFC."""

from collections.abc import Iterable
from typing import Any, TypeVar
from unicodedata import normalize

from app.entries.base import Part
from app.entries.visitor import parts

P = TypeVar("P", bound=Part)

_LONGEST = 100  # characters of a text that others may repeat: ids, terms, dates

# Which members were written makes no difference once an entry is checked; entries are frozen, so that none changes
# what others hold too.
_MEMBERS_WRITTEN: set[str] = set()
_NO_ITEMS: list[object] = []
_NO_KEYS: dict[str, object] = {}

_set = object.__setattr__  # entries are frozen


class Compact:
    """Makes entries compact; it knows every text that it met, so that one of them serves all."""

    def __init__(self, models: Iterable[type[Part]]) -> None:
        self._known: dict[str, str] = {}
        self._parts = frozenset(part for model in models for _, part in parts(model))
        # Python lays out the members of all instances alike, without a table for each, where the first one was made
        # member by member; pydantic makes a table.
        for part in self._parts:
            first = _made(part)
            for name in part.model_fields:
                _set(first, name, None)

    def __call__(self, entry: P) -> P:
        """The same entry; its texts are in NFC, as in the canonical input, so that one input makes one release."""
        made, value_of = _made(type(entry)), self._value
        members = made.__dict__  # the same as setting each, which asks the class every time
        for name, value in entry.__dict__.items():
            if value is None or value is False:
                members[name] = value
            elif value.__class__ is str:
                members[name] = self._text(value)
            else:
                members[name] = value_of(value)
        return made

    def _value(self, value: Any) -> object:
        kind = value.__class__
        if kind is list:
            return [self._value(item) for item in value] if value else _NO_ITEMS
        # Not isinstance, which asks pydantic: of all that happens here it would take the longest.
        if kind in self._parts:
            return self(value)
        if kind is dict:
            return {self._text(key): self._value(inner) for key, inner in value.items()} if value else _NO_KEYS
        return self._text(value) if kind is str else value

    def _text(self, text: str) -> str:
        text = text if text.isascii() else normalize("NFC", text)
        return self._known.setdefault(text, text) if len(text) <= _LONGEST and " " not in text else text


def _made(model: type[P]) -> P:
    """A new instance without members."""
    part = object.__new__(model)
    _set(part, "__pydantic_fields_set__", _MEMBERS_WRITTEN)
    _set(part, "__pydantic_extra__", None)
    _set(part, "__pydantic_private__", None)
    return part
