"""The items of a YAML list one after another, as plain values; the line of each value is found when it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from yaml import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from app.dossier.parser import DEEPEST, Event, Flaw, Parser, too_deep
from app.dossier.scalars import encodable, scalar


@dataclass(slots=True)
class Item:
    """One item, and where it stands: its first line, and the characters from `start` to `end` of the text.

    `odd` if something in it is a flaw or changes its value; `parse` tells what.
    """

    value: object
    line: int
    start: int = 0
    end: int = 0
    column: int = 0
    odd: bool = False


class Items:
    """The items of a text whose first line has that number; reading on raises YAMLError where it is no YAML.

    The items before character `end`, which is on line `line`, were read by then.
    """

    parser: Parser

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.first_line = first_line
        self.end = 0
        self.line = first_line
        self.flaws: list[Flaw] = []

    def begin(self) -> bool:
        """Read up to the first item; False if the text is no list."""
        self.parser = Parser(self.text, self.first_line)
        self._next = self.parser.next
        while isinstance(event := self._next(), StreamStartEvent | DocumentStartEvent):
            pass
        if not isinstance(event, SequenceStartEvent):
            return False
        self.flaws.extend(self.parser.extras(event))
        return True

    def __iter__(self) -> Iterator[Item]:
        """Each item, once it is sure to end where it seems to; in the end `flaws` are those of the list itself."""
        read: Item | None = None
        while not isinstance(event := self._next(), SequenceEndEvent):
            if read is not None:
                self.end, self.line = read.end, self._line
                yield read
            read = self._item(event)
        self.flaws.extend(self.parser.rest(explicit=bool(self._next().explicit)))
        if read is not None:
            yield read

    def _item(self, event: Event) -> Item:
        self._odd = False
        value, start, end = self._value(event, 1), event.start_mark, self._last.end_mark
        self._line = self.first_line + end.line
        if self.parser.letters:
            value = self._original(value)
        return Item(value, self.parser.line(event), start.index, end.index, start.column, self._odd)

    def _value(self, event: Event, depth: int) -> object:
        """The value that begins with this event; `_last` is the event that it ends with."""
        self._last = event
        if event.__class__ is ScalarEvent:
            return self._scalar(event)
        if depth >= DEEPEST:
            raise too_deep(event)
        if event.anchor or event.__class__ not in (MappingStartEvent, SequenceStartEvent) or event.tag:
            self._odd = True
        if event.__class__ is MappingStartEvent:
            return self._members(depth)
        return self._list(depth) if event.__class__ is SequenceStartEvent else None

    def _members(self, depth: int) -> dict[str, object]:
        following, members = self._next, dict[str, object]()
        while (event := following()).__class__ is not MappingEndEvent:
            key: str = event.value if event.__class__ is ScalarEvent else str(self._value(event, depth + 1))
            if event.__class__ is not ScalarEvent or event.anchor or event.tag or key in members or key == "<<":
                self._odd = True
            event = following()
            members[key] = self._scalar(event) if event.__class__ is ScalarEvent else self._value(event, depth + 1)
        self._last = event
        return members

    def _list(self, depth: int) -> list[object]:
        items = []
        while (event := self._next()).__class__ is not SequenceEndEvent:
            items.append(self._value(event, depth + 1))
        self._last = event
        return items

    def _scalar(self, event: Event) -> object:
        text = event.value
        if event.anchor or event.tag:
            self._odd = True
        elif not event.style:
            return scalar(text)
        elif encodable(text) != text:  # of PyYAML's own parser only
            self._odd = True
        return text

    def _original(self, value: object) -> object:
        """The value with the characters that stand for others put back."""
        if isinstance(value, dict):
            return {self.parser.original(key): self._original(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._original(inner) for inner in value]
        return self.parser.original(value) if isinstance(value, str) else value
