"""YAML as a tree in which every value knows its line: texts, plain numbers, true, false and null, nothing guessed."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

Location = tuple[str | int, ...]  # as pydantic writes it: ("participants", 0, "actor")

DEEPEST = 20  # lists and mappings inside each other
HALF_A_CHARACTER = "the text holds half a character: a surrogate without its other half"
LONGEST_NUMBER = 15  # digits that a whole number and a float hold alike

# YAML 1.2, section 10.3.2 (core schema); of booleans and null only the spellings in lower case.
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True)
class Flaw:
    """Something wrong with the text of a file: the slug of a kind of finding, the line, and what it is."""

    slug: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Node:
    """`value` is a dict or list of nodes, or a plain value (of any depth, where one line holds all of it)."""

    value: Any
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


def _plain(child: Any) -> Any:
    return child.plain() if isinstance(child, Node) else child


def _child(value: Any, step: str | int) -> Any:
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
    builder = _Builder(text, first_line)
    try:
        return Tree(builder.document(), builder.flaws)
    except YAMLError as error:
        return Tree(None, [*builder.flaws, builder.flaw(error)], broken=True)


def number(text: str) -> int | float | str:
    """A number that every store and client holds exactly; other texts, and numbers beyond that, stay texts."""
    if _INTEGER.fullmatch(text):
        return text if len(text) > LONGEST_NUMBER else int(text, 0 if text[1:2] in ("o", "x") else 10)
    if _FLOAT.fullmatch(text) and isfinite(float(text)):
        return float(text)
    return text


def encodable(text: str) -> str:
    """The text with a question mark for each lone surrogate, which escapes can spell and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass
class _Builder:
    """Takes the parser's events as they come, so that each flaw is noted and reading goes on."""

    text: str
    first_line: int
    flaws: list[Flaw] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._breaks = [found.start() for found in re.finditer(r"\r\n?|\n", self.text)]
        self._events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(self.text))

    def document(self) -> Node | None:
        root = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                self._note("yaml-syntax", event, "a second document begins here; a file holds one")
                break
            if isinstance(event, NodeEvent):
                root = self._node(event, 0)
        return root

    def flaw(self, error: YAMLError) -> Flaw:
        """Where the parser gave up, in words."""
        if isinstance(error, ReaderError):
            return Flaw("control-character", self._line(error.position), f"the file holds {chr(error.character)!r}")
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = self._line(mark.index) if mark else self.first_line
        source = self.text.split("\n")
        if source[min(line - self.first_line, len(source) - 1)].lstrip(" ").startswith("\t"):
            return Flaw("tab-indent", line, "the line is indented with a tab")
        told = [part for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part]
        return Flaw("yaml-syntax", line, ", ".join(told) or "this is no YAML")

    def _line(self, index: int) -> int:
        return self.first_line + bisect_left(self._breaks, index)

    def _note(self, slug: str, event: Event, message: str) -> None:
        self.flaws.append(Flaw(slug, self._line(event.start_mark.index), message))

    def _node(self, event: Event, depth: int, key_line: int = 0) -> Node:
        self._refuse_extras(event)
        line = self._line(event.start_mark.index)
        if isinstance(event, ScalarEvent):
            # The parser places a value that is left empty at the key after it.
            empty = key_line and not event.value and not event.style
            return Node(self._scalar(event), key_line if empty else line, key_line or line)
        if isinstance(event, AliasEvent):
            return Node(None, line, key_line or line)
        if depth >= DEEPEST:
            raise MarkedYAMLError(
                problem="lists and mappings lie too deep in each other", problem_mark=event.start_mark
            )
        if isinstance(event, SequenceStartEvent):
            items = [self._node(item, depth + 1) for item in self._until(SequenceEndEvent)]
            return Node(items, line, key_line or line)
        return Node(self._members(depth), line, key_line or line)

    def _members(self, depth: int) -> dict[str, Node]:
        members: dict[str, Node] = {}
        for event in self._until(MappingEndEvent):
            key = self._key(event, depth)
            value = self._node(next(self._events), depth + 1, self._line(event.start_mark.index))
            if key is None:
                continue
            if key in members:
                self._note("duplicate-key", event, f"'{key}' is already given on line {members[key].key_line}")
            members.setdefault(key, value)
        return members

    def _key(self, event: Event, depth: int) -> str | None:
        """The text of a key; None if it is none that an entry can have, which is noted."""
        if not isinstance(event, ScalarEvent):
            self._node(event, depth + 1)
            if not isinstance(event, AliasEvent):
                self._note("yaml-syntax", event, "a list or mapping stands where the name of a field belongs")
            return None
        self._refuse_extras(event)
        if event.value == "<<" and not event.style:
            self._note("alias-used", event, "'<<' merges another mapping into this one")
            return None
        return self._text(event)

    def _scalar(self, event: ScalarEvent) -> Any:
        text = self._text(event)
        if event.style or event.tag:
            return text
        return _WORDS[text] if text in _WORDS else number(text)

    def _text(self, event: ScalarEvent) -> str:
        text = str(event.value)
        whole = encodable(text)
        if whole != text:
            self._note("control-character", event, HALF_A_CHARACTER)
        return whole

    def _refuse_extras(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self._note("alias-used", event, f"'*{event.anchor}' stands for a value written elsewhere")
        elif isinstance(event, NodeEvent) and event.anchor:
            self._note("alias-used", event, f"'&{event.anchor}' names a value for use elsewhere")
        tag = getattr(event, "tag", None)
        if tag:
            self._note("tag-used", event, f"the tag '{tag}' changes how the value is read")

    def _until(self, end: type[Event]) -> Iterator[Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event
