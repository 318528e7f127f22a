"""Where each value of a YAML text stands, to the character: what an edit in place has to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from yaml import MappingEndEvent, MappingStartEvent, NodeEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from app.dossier.parser import DEEPEST, Event, Parser, too_deep


class Member(NamedTuple):
    """The name of a field, and its value."""

    key: "Position"
    value: "Position"


@dataclass(frozen=True, slots=True)
class Position:
    """A value from character `start` to `end` of a text, without the comment behind it.

    `flow` if it is a list in brackets or a mapping in braces, `column` that of its first character.
    """

    start: int
    end: int
    column: int
    flow: bool = False
    members: Mapping[str, Member] = field(default_factory=dict)
    items: Sequence["Position"] = ()


def positions(text: str, start: int, end: int, column: int) -> Position:
    """The position of the value that stands there in a text, and those of all values in it; raises YAMLError."""
    parser = Parser(" " * column + text[start:end])
    while not isinstance(event := parser.next(), NodeEvent):
        pass
    return _Builder(parser, text, start - column).position(event, 0)


@dataclass(frozen=True)
class _Builder:
    """`shift` is where in the text the first character that the parser sees would stand."""

    parser: Parser
    text: str
    shift: int

    def position(self, event: Event, depth: int) -> Position:
        if depth >= DEEPEST:
            raise too_deep(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth + 1)
        if isinstance(event, SequenceStartEvent):
            return self._list(event, depth + 1)
        start, end = self._start(event), self.shift + int(event.end_mark.index)
        if isinstance(event, ScalarEvent) and event.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())  # the parser counts the line breaks behind a block
        return Position(start, end, event.start_mark.column)

    def _mapping(self, first: Event, depth: int) -> Position:
        members: dict[str, Member] = {}
        while not isinstance(event := self.parser.next(), MappingEndEvent):
            name = self.parser.original(event.value) if isinstance(event, ScalarEvent) else ""
            members[name] = Member(self.position(event, depth), self.position(self.parser.next(), depth))
        end = self._end(first, event, [member.value for member in members.values()])
        return Position(self._start(first), end, first.start_mark.column, bool(first.flow_style), members)

    def _list(self, first: Event, depth: int) -> Position:
        items = []
        while not isinstance(event := self.parser.next(), SequenceEndEvent):
            items.append(self.position(event, depth))
        end = self._end(first, event, items)
        return Position(self._start(first), end, first.start_mark.column, bool(first.flow_style), items=items)

    def _start(self, event: Event) -> int:
        return self.shift + int(event.start_mark.index)

    def _end(self, first: Event, last: Event, inner: Sequence[Position]) -> int:
        """Where a list or mapping ends: to the parser one without brackets ends where the next value begins."""
        if first.flow_style or not inner:
            return self.shift + int(last.end_mark.index)
        return inner[-1].end
