"""The parser: YAML as a stream of events by libyaml, and in words where and why it gave up."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import YAMLError
from yaml.error import MarkedYAMLError

__all__ = ["HALF_A_CHARACTER", "Flaw", "Parser", "YAMLError", "too_deep"]

DEEPEST = 20  # lists and mappings inside each other
TOO_DEEP = "lists and mappings lie too deep in each other"
HALF_A_CHARACTER = "the text holds half a character: a surrogate without its other half"

# Every wheel of PyYAML has libyaml. Where it was built without, its own parser has to do: ten times as slow, and it
# wants quotes around a text in braces that ends in a question mark.
Event = Any  # of YAML, whose library has no types
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# YAML 1.2, section 5.1; parsers stop there.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile(r"\r\n?|\n")
_TAB_FIRST = re.compile(" *\t")
_ODD_BLANK = re.compile("(?:^|\n) *([\xa0\u2000-\u200b\u202f\u3000])")
_ODD_BLANKS = {"\xa0": "a no-break space (U+00A0)", "\u202f": "a narrow no-break space (U+202F)"}
_MERGE = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
# What YAML 1.1 takes for ends of lines, and a byte order mark, are letters like others to YAML 1.2.
_LETTERS = "\x85\u2028\u2029\ufeff"
_ODD_LETTER = re.compile(f"[{_LETTERS}]")
_HALF_ESCAPE = re.compile("(?:0000)?[dD][89a-fA-F][0-9a-fA-F]{2}")


@dataclass(frozen=True)
class Flaw:
    """Something wrong with the text of a file: the slug of a kind of finding, the line, and what it is."""

    slug: str
    line: int
    message: str
    cure: str = ""  # where more can be said than of all of its kind


class Unprintable(YAMLError):
    """A character that no YAML may hold."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class Parser:
    """The events of one text, whose first line has that number: `next()` returns the next one or raises YAMLError.

    `letters` are the characters that stand for others in what the events hold. Raises YAMLError for a text that no
    parser reads.
    """

    def __init__(self, text: str, first_line: int = 1) -> None:
        if unprintable := _UNPRINTABLE.search(text):
            raise Unprintable(unprintable.start())
        self.text = text
        self.first_line = first_line
        stand_ins = _stand_ins(text)
        self.letters = {ord(mark): chr(letter) for letter, mark in stand_ins.items()}
        self.next: Callable[[], Event] = _LOADER(text.translate(stand_ins) if stand_ins else text).get_event

    def line(self, event: Event) -> int:
        """The line on which what the event tells of begins."""
        return self.first_line + int(event.start_mark.line)

    def original(self, text: str) -> str:
        """The text of a scalar as it stands in the file."""
        return text.translate(self.letters) if self.letters else text

    def extras(self, event: Event) -> Iterator[Flaw]:
        """What makes a value hard to review: anchor, alias and tag."""
        line = self.line(event)
        if isinstance(event, yaml.AliasEvent):
            yield Flaw("alias-used", line, f"'*{event.anchor}' stands for a value written elsewhere")
        elif event.anchor:
            yield Flaw("alias-used", line, f"'&{event.anchor}' names a value for use elsewhere")
        if getattr(event, "tag", None):
            yield Flaw("tag-used", line, f"the tag '{event.tag}' changes how the value is read")

    def rest(self, explicit: bool) -> Iterator[Flaw]:
        """What follows the document; behind an explicit end libyaml takes it for a fault if it has no hyphens."""
        try:
            event = self.next()
            line = None if isinstance(event, yaml.StreamEndEvent) else self.line(event)
        except YAMLError as error:
            if not explicit:
                raise
            line = flaw(error, self.text, self.first_line).line
        if line is not None:
            yield Flaw("yaml-syntax", line, "a second document begins here; a file holds one")


def flaw(error: YAMLError, text: str, first_line: int = 1) -> Flaw:
    """Where and why the parser gave up, in words."""
    if isinstance(error, Unprintable):
        line = first_line + _breaks(text, error.index)
        return Flaw("control-character", line, f"the file holds {text[error.index]!r}")
    if merged := _MERGE.search(text):
        where = first_line + text.count("\n", 0, merged.start())
        return Flaw("merge-marker", where, f"'{merged[0][:7]}' marks a merge that was not finished")
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    if "end of stream" in (getattr(error, "problem", None) or ""):
        marks.reverse()  # a quote that nothing ends is to be sought where it begins
    mark = marks[0] or marks[1]
    index, line = (mark.index, first_line + mark.line) if mark else (0, first_line)
    line = min(
        line, first_line + _breaks(text, len(text))
    )  # a text that ends without a break ends a line later to libyaml
    start = _line_start(text, index)
    if _TAB_FIRST.match(text, start):
        return Flaw("tab-indent", line, "the line is indented with a tab")
    if found := _ODD_BLANK.search(text, _line_start(text, max(start - 1, 0)), index + 1):
        where = line - text.count("\n", found.start(), start)
        return Flaw("tab-indent", where, f"the line is indented with {_ODD_BLANKS.get(found[1], 'an odd blank')}")
    context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or ""
    if "invalid Unicode" in problem and _HALF_ESCAPE.match(text, index):
        return Flaw("control-character", line, HALF_A_CHARACTER)
    problem = problem.replace("in this context", "here")
    problem = problem.replace("character that", f"character {text[index : index + 1]!r} that")
    return Flaw("yaml-syntax", line, ", ".join(filter(None, (context, problem))) or "this is no YAML")


def too_deep(event: Event) -> YAMLError:
    """What to raise where a list or mapping begins that lies too deep in others."""
    return MarkedYAMLError(problem=TOO_DEEP, problem_mark=event.start_mark)


def _stand_ins(text: str) -> dict[int, str]:
    """A character that the text does not hold, for each odd letter in it; empty if it has no odd letter."""
    if text.isascii() or not _ODD_LETTER.search(text):
        return {}
    unused = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)  # of the private use area
    return dict(zip(map(ord, _LETTERS), unused, strict=False))


def _breaks(text: str, end: int) -> int:
    """How many line breaks there are before character `end`."""
    return sum(1 for _ in _BREAK.finditer(text, 0, end))


def _line_start(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
