"""Findings: one thing wrong with a dossier, where it stands, and what to do about it."""

import re
from dataclasses import dataclass

from app.dossier.kinds import KINDS, FindingKind

__all__ = ["KINDS", "Finding", "FindingKind", "found", "of_kind", "printable", "seen"]

LONGEST = 400  # characters of a message: values of the dossier are quoted in it
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may hold: a database refuses NUL, UTF-8 lone surrogates, a terminal obeys the others."""


@dataclass(frozen=True)
class Finding:
    """`file` is the path as the caller gave it, `line` counts from 1."""

    kind: FindingKind
    file: str
    line: int
    message: str
    cure: str

    @property
    def place(self) -> str:
        """`file:line`, as editors and terminals open it."""
        return f"{seen(self.file)}:{self.line}"

    @property
    def text(self) -> str:
        """`file:line: message (what to do)`, a warning with that word; on one line and safe to print."""
        mark = "warning: " if self.kind.severity == "warning" else ""
        return f"{self.place}: {mark}{self.message} ({self.cure})"


def found(slug: str, file: str, line: int, message: str, cure: str = "") -> Finding:
    """A finding of that kind; without `cure` it is what helps against all of its kind."""
    return of_kind(KINDS[slug], file, line, message, cure)


def of_kind(kind: FindingKind, file: str, line: int, message: str, cure: str = "") -> Finding:
    """A finding of a kind that need not be one of a check."""
    return Finding(kind, file, line, printable(message), printable(cure or kind.cure))


def printable(text: str) -> str:
    """What is quoted from a dossier must neither break the line nor steer the terminal, and is seen."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return seen(" ".join(cut.split("\n")))


def seen(text: str) -> str:
    """A text with the escape of each character that is not printed, such as a line break, as names of files have it."""
    return text if text.isprintable() else "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
