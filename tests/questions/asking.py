"""The questions of docs/query-language.md, read from the page: a heading, URLs, and members of their answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from releases.publishing import ROOT

PAGE = ROOT / "docs" / "query-language.md"
QUESTION = re.compile(r"### \d+\. (.+)")
GET = re.compile(r"    GET (/.*)")
MEMBER = re.compile(r"    (\S+)  +(\S.*)")
MORE = re.compile(r"     +(\S.*)")


@dataclass
class Asked:
    """One URL under one question, and what stands under it: a path into the answer, and what is there."""

    question: str
    url: str
    members: dict[str, str]


def questions(page: Path = PAGE) -> Iterator[Asked]:
    """Every URL of the page, with what it is said to answer; raises ValueError for a line that is neither."""
    heading, asked = "", None
    for line in page.read_text("utf-8").splitlines():
        if found := QUESTION.fullmatch(line):
            heading = found[1]
        elif heading and (found := GET.fullmatch(line)):
            if asked:
                yield asked
            asked = Asked(heading, found[1], {})
        elif heading and line.startswith("    "):
            _add(asked, line)
    if asked:
        yield asked


def _add(asked: Asked | None, line: str) -> None:
    if asked and (found := MEMBER.fullmatch(line)):
        asked.members[found[1]] = found[2]
    elif asked and asked.members and (found := MORE.fullmatch(line)):
        path = list(asked.members)[-1]
        asked.members[path] += f" {found[1]}"
    else:
        raise ValueError(f"neither a URL nor a member of its answer: {line}")


def member(body: Any, path: str) -> str:
    """What stands at a path of an answer, as the page writes it."""
    return " | ".join(_written(each) for each in _at(body, path.split(".")))


def _at(value: Any, path: list[str]) -> list[Any]:
    if not path or value is None:
        return [value]
    name, *rest = path
    if name == "*":
        return [each for item in value for each in _at(item, rest)]
    return _at(value[int(name)] if isinstance(value, list) else value[name], rest)


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:.15g}" if isinstance(value, float) else str(value)
