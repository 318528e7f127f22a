"""The recipes of CONTRIBUTING.md, and how a diff of one is applied to a copy of the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"^### (Add an? .+)$", re.MULTILINE)
FENCED = re.compile(r"^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@.*")


@dataclass(frozen=True)
class Recipe:
    """One recipe: what it adds, and its diffs."""

    title: str
    diff: str

    @property
    def files(self) -> list[str]:
        """The files that it touches, from the root of the tree."""
        return re.findall(r"^\+\+\+ b/(\S+)$", self.diff, re.MULTILINE)

    @property
    def added(self) -> list[str]:
        """Those of the files that it makes."""
        return re.findall(r"^--- /dev/null\n\+\+\+ b/(\S+)$", self.diff, re.MULTILINE)


def recipes(text: str) -> list[Recipe]:
    """Every section `### Add a …` with the diffs inside it."""
    _, *parts = HEADING.split(text)
    sections = zip(parts[::2], parts[1::2], strict=True)
    return [Recipe(title, "".join(FENCED.findall(section.split("\n## ")[0]))) for title, section in sections]


def apply(diff: str, tree: Path) -> None:
    """Apply a unified diff as `patch -p1` does; a hunk that does not fit exactly once is an error."""
    for name, hunks in _files(diff):
        path = tree / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for before, after in hunks:
            assert text.count(before) == 1 or not text, f"{name}: {before!r} is not there once"
            text = text.replace(before, after) if text else after
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _files(diff: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for part in re.split(r"^--- ", diff, flags=re.MULTILINE)[1:]:
        _, target, *lines = part.splitlines()
        assert target.startswith("+++ b/"), target
        yield target.removeprefix("+++ b/"), list(_hunks(lines))


def _hunks(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The text before and after each hunk, whose numbers of lines must be those of its head."""
    starts = [i for i, line in enumerate(lines) if line.startswith("@@")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        head = HUNK.fullmatch(lines[start])
        assert head is not None, lines[start]
        body = _trimmed(lines[start + 1 : end], int(head[1] or 1), int(head[2] or 1))
        before = [line[1:] for line in body if not line.startswith("+")]
        after = [line[1:] for line in body if not line.startswith("-")]
        assert (len(before), len(after)) == (int(head[1] or 1), int(head[2] or 1)), lines[start]
        yield "".join(f"{line}\n" for line in before), "".join(f"{line}\n" for line in after)


def _trimmed(body: list[str], before: int, after: int) -> list[str]:
    """Without the blank line that Markdown may have between two files."""
    while body and not body[-1] and len([line for line in body if not line.startswith("+")]) > before:
        body = body[:-1]
    return body
