"""YAML as a tree in which every value knows its line: texts, plain numbers, true, false and null, nothing guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yaml import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from app.dossier.parser import DEEPEST, HALF_A_CHARACTER, Flaw, Parser, YAMLError, flaw, too_deep
from app.dossier.scalars import encodable, scalar

NO_HYPHEN = "put a hyphen before it if another entry begins here, else keep one of the two"

Location = tuple[str | int, ...]  # as pydantic writes it: ("participants", 0, "actor")


@dataclass(frozen=True, slots=True)
class Node:
    """`value` is a dict or list of nodes, or a plain value (of any depth, where one line holds all of it)."""

    value: object
    line: int
    key_line: int

    def plain(self) -> Any:
        """The value without lines."""
        if isinstance(self.value, dict):
            return {key: _plain(child) for key, child in self.value.items()}
        return [_plain(child) for child in self.value] if isinstance(self.value, list) else self.value

    def at(self, location: Location) -> "Node":
        """The node at that place, or the innermost around it."""
        node = self
        for step in location:
            inner = _child(node.value, step)
            if not isinstance(inner, Node):
                break
            node = inner
        return node


def _first(pairs: list[tuple[str, Node]], flaws: list[Flaw]) -> dict[str, Node]:
    """The members by key, of two alike the first; where others follow a second `id` too, another entry begins."""
    members: dict[str, Node] = {}
    for number, (key, value) in enumerate(pairs, 1):
        if key not in members:
            members[key] = value
            continue
        begins = key == "id" and any(later in members for later, _ in pairs[number:])
        message = f"'{key}' is already given on line {members[key].key_line}"
        flaws.append(Flaw("duplicate-key", value.key_line, message, NO_HYPHEN if begins else ""))
        if begins:
            break
    return members


def _plain(child: object) -> object:
    return child.plain() if isinstance(child, Node) else child


def _child(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


@dataclass(frozen=True)
class Tree:
    """What a text holds; `broken` if it could not be read to its end, and `root` is None if it holds nothing."""

    root: Node | None
    flaws: list[Flaw]
    broken: bool = False


def parse(text: str, first_line: int = 1) -> Tree:
    """The tree of one YAML document, whose first line has that number."""
    flaws: list[Flaw] = []
    try:
        return Tree(_Builder(Parser(text, first_line), flaws).document(), flaws)
    except YAMLError as error:
        return Tree(None, [*flaws, flaw(error, text, first_line)], broken=True)


@dataclass
class _Builder:
    """Takes the parser's events as they come, so that each flaw is noted and reading goes on."""

    parser: Parser
    flaws: list[Flaw]

    def document(self) -> Node | None:
        """The value of the one document; another one after it is a flaw."""
        root = None
        while not isinstance(event := self.parser.next(), DocumentEndEvent | StreamEndEvent):
            if isinstance(event, NodeEvent):
                root = self._node(event, 0)
        if isinstance(event, DocumentEndEvent):
            self.flaws.extend(self.parser.rest(explicit=bool(event.explicit)))
        return root

    def _note(self, slug: str, event: Event, message: str) -> None:
        self.flaws.append(Flaw(slug, self.parser.line(event), message))

    def _node(self, event: Event, depth: int, key_line: int = 0) -> Node:
        self.flaws.extend(self.parser.extras(event))
        line = self.parser.line(event)
        if isinstance(event, ScalarEvent):
            # The parser places a value that is left empty at the key after it.
            empty = key_line and not event.value and not event.style
            return Node(self._scalar(event), key_line if empty else line, key_line or line)
        if isinstance(event, AliasEvent):
            return Node(None, line, key_line or line)
        if depth >= DEEPEST:
            raise too_deep(event)
        if isinstance(event, SequenceStartEvent):
            items = [self._node(item, depth + 1) for item in self._until(SequenceEndEvent)]
            return Node(items, line, key_line or line)
        return Node(self._members(depth), line, key_line or line)

    def _members(self, depth: int) -> dict[str, Node]:
        pairs: list[tuple[str, Node]] = []
        for event in self._until(MappingEndEvent):
            key = self._key(event, depth)
            value = self._node(self.parser.next(), depth + 1, self.parser.line(event))
            if key is not None:
                pairs.append((key, value))
        return _first(pairs, self.flaws)

    def _key(self, event: Event, depth: int) -> str | None:
        """The text of a key; None if it is none that an entry can have, which is noted."""
        if not isinstance(event, ScalarEvent):
            self._node(event, depth + 1)
            if not isinstance(event, AliasEvent):
                self._note("yaml-syntax", event, "a list or mapping stands where the name of a field belongs")
            return None
        self.flaws.extend(self.parser.extras(event))
        if event.value == "<<" and not event.style:
            self._note("alias-used", event, "'<<' merges another mapping into this one")
            return None
        return self._text(event)

    def _scalar(self, event: ScalarEvent) -> object:
        text = self._text(event)
        return text if event.style or event.tag else scalar(text)

    def _text(self, event: ScalarEvent) -> str:
        text = self.parser.original(event.value)
        whole = encodable(text)
        if whole != text:
            self._note("control-character", event, HALF_A_CHARACTER)
        return whole

    def _until(self, end: type[Event]) -> Iterator[Event]:
        while not isinstance(event := self.parser.next(), end):
            yield event
