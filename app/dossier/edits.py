"""Edits of a curator's YAML in place: an anchor, or what describes a text; all that is not edited stays to the byte."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.dossier.positions import Position
from app.values.anchors import Passage, digest, paragraphs

WORDS = "words"  # what curators write in place of an anchor

_COMMENT = re.compile(r"[ \t]*#[^\r\n]*")
_HEADER = re.compile(r"[|>][^\s#]*([ \t]+#[^\r\n]*)")  # of a text in a block, with its comment
_REST = re.compile(r"[^\r\n]*")
_TO_NEXT = re.compile(r"[ \t]*\r?\n[ \t]*")
_LINE = re.compile(r"[ \t]*(?:\r?\n|\Z)")


class Edit(NamedTuple):
    """What stands from character `start` to `end` becomes `text`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all of the edits, none of which overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def anchor_members(passage: Passage) -> Mapping[str, object]:
    """What evidence says of a passage."""
    match = {"length": passage.match_length, "sha256": passage.match_sha256}
    return {
        "paragraph": passage.paragraph,
        "start": passage.start,
        "end": passage.end,
        "sha256": passage.sha256,
        "match": match,
    }


def text_members(text: str) -> Mapping[str, object]:
    """What a source says of its text."""
    runs = [{"start": start, "end": end} for start, end in paragraphs(text)]
    return {"sha256": digest(text), "length": len(text), "paragraphs": runs}


def anchor_edits(text: str, evidence: Position, passage: Passage) -> Iterator[Edit]:
    """Give evidence this passage: in place of its words, or of the anchor that it has."""
    members = anchor_members(passage)
    missing = _missing(members, evidence)
    yield from _given(text, members, evidence)
    if WORDS in evidence.members:
        yield _instead_of_words(text, evidence, missing)


def text_edits(text: str, source: Position, described: str) -> Iterator[Edit]:
    """Let a source describe this text."""
    members = text_members(described)
    missing = _missing(members, source)
    yield from _given(text, members, source)
    if missing and source.members:
        yield _at_the_end(text, source, missing)


def furniture_edits(text: str, furniture: Position, spans: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Move the stretches of a list."""
    for item, (start, end) in zip(furniture.items, spans, strict=True):
        yield from _value(text, item, {"start": start, "end": end})


def _given(text: str, members: Mapping[str, object], position: Position) -> Iterator[Edit]:
    """Replace those of the members that are written there."""
    for name in members.keys() & position.members.keys():
        yield from _value(text, position.members[name].value, members[name])


def _missing(members: Mapping[str, object], position: Position) -> Mapping[str, object]:
    """Those of the members that are not written there."""
    return {name: value for name, value in members.items() if name not in position.members}


def _value(text: str, position: Position, value: object) -> Iterator[Edit]:
    """Replace a value, or only what is different in it."""
    if isinstance(value, dict) and value.keys() <= position.members.keys():
        for name, inner in value.items():
            yield from _value(text, position.members[name].value, inner)
    elif isinstance(value, list) and position.items:
        yield from _items(text, position, value)
    elif text[position.start : position.end] != (written := _flow(value)):
        yield Edit(position.start, position.end, written)


def _items(text: str, position: Position, values: Sequence[object]) -> Iterator[Edit]:
    """Replace the items of a list; more are written behind the last one, and those that are too many go."""
    for item, value in zip(position.items, values, strict=False):
        yield from _value(text, item, value)
    more = [_flow(value) for value in values[len(position.items) :]]
    last = position.items[-1].end
    if more and position.flow:
        yield Edit(last, last, "".join(f", {item}" for item in more))
    elif more:
        end = _end_of_line(text, last)
        yield Edit(end, end, "".join(f"{_break(text)}{' ' * position.column}- {item}" for item in more))
    elif len(values) < len(position.items):
        kept = position.items[len(values) - 1].end
        yield Edit(kept, last, "") if position.flow else Edit(_end_of_line(text, kept), _end_of_line(text, last), "")


def _instead_of_words(text: str, evidence: Position, missing: Mapping[str, object]) -> Edit:
    key, value = evidence.members[WORDS]
    if not missing:
        return _without(text, evidence)
    written = [f"{name}: {_flow(member)}" for name, member in missing.items()]
    comment = _HEADER.match(text, value.start)
    if evidence.flow:
        return Edit(key.start, value.end, _wrapped(written, f",{_break(text)}{' ' * (evidence.column + 1)}"))
    between = f"{_break(text)}{' ' * key.column}"
    return Edit(key.start, value.end, between.join(written) + (comment[1] if comment else ""))


def _wrapped(written: Sequence[str], between: str) -> str:
    """The short members on the line that is begun, each hash on one of its own."""
    hashes = [member for member in written if member.startswith(("sha256", "match"))]
    return between.join(filter(None, (", ".join(written[: len(written) - len(hashes)]), *hashes)))


def _without(text: str, evidence: Position) -> Edit:
    """Take out the words of evidence whose other members are all there; a comment behind them stays."""
    key, value = evidence.members[WORDS]
    after = [member.key.start for member in evidence.members.values() if member.key.start > key.start]
    if evidence.flow:
        before = [member.value.end for member in evidence.members.values() if member.key.start < key.start]
        return Edit(key.start, min(after), "") if after else Edit(max(before), value.end, "")
    if (comment := _COMMENT.match(text, value.end)) or (key.start == evidence.start):
        to_next = None if comment else _TO_NEXT.match(text, value.end)
        return Edit(key.start, to_next.end() if to_next else value.end + _blanks(text, value.end), "")
    line = _LINE.match(text, value.end)
    return Edit(key.start - key.column, line.end() if line else value.end, "")


def _at_the_end(text: str, entry: Position, missing: Mapping[str, object]) -> Edit:
    """Write members behind the last one of an entry."""
    last = max(member.value.end for member in entry.members.values())
    if entry.flow:
        between = f",{_break(text)}{' ' * (entry.column + 1)}"
        return Edit(last, last, "".join(f"{between}{name}: {_flow(value)}" for name, value in missing.items()))
    indent = f"{_break(text)}{' ' * entry.column}"
    written = [
        f"{indent}{name}:" + "".join(f"{indent}  - {_flow(item)}" for item in value)
        if isinstance(value, list)
        else f"{indent}{name}: {_flow(value)}"
        for name, value in missing.items()
    ]
    end = _end_of_line(text, last)
    return Edit(end, end, "".join(written))


def _flow(value: object) -> str:
    """A value in one line: numbers, hashes, and mappings and lists of them."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(inner)}' for name, inner in value.items())}}}"
    return f"[{', '.join(map(_flow, value))}]" if isinstance(value, list) else str(value)


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _end_of_line(text: str, at: int) -> int:
    found = _REST.match(text, at)
    return found.end() if found else at


def _blanks(text: str, at: int) -> int:
    return len(text[at:]) - len(text[at:].lstrip(" \t"))
