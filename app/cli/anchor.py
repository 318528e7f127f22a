"""Reading a source's text: what an entry says of it, or the anchor of a passage in it."""

from collections.abc import Sequence
from pathlib import Path

import typer

from app.cli.console import FINDINGS, err, out, read, stop
from app.values.anchors import Passage, digest, occurrences, paragraph_at, paragraphs, pin
from app.values.spans import Span


def print_anchor(text: Path, passage: str | None) -> None:
    """Print the anchor of a passage; without one what describes the text."""
    whole = read(text)
    if passage is None:
        if not whole.strip():
            raise stop(f"{text} has no words")
        _print_text(whole)
        return
    passage = passage.strip()
    if not passage:
        raise stop("the passage has no words")
    found = occurrences(whole, passage)
    if len(found) != 1:
        raise _nothing(_not_once(whole, passage, found, text))
    try:
        _print_members(pin(whole, *found[0]))
    except ValueError as error:
        raise _nothing(str(error)) from error


def _nothing(message: str) -> typer.Exit:
    """One line that says why there is no anchor; to be raised."""
    err.print(f"onrecord: {message}", markup=False)
    return typer.Exit(FINDINGS)


def _not_once(whole: str, passage: str, found: Sequence[Span], text: Path) -> str:
    quoted = f"“{' '.join(passage.split())}”"
    if not found:
        return f"{quoted} is not in {text}"
    numbers = [str(paragraph_at(whole, *each) or "between two") for each in found]
    where = f"paragraph{'s' if len(set(numbers)) > 1 else ''} {', '.join(dict.fromkeys(numbers))}"
    return f"{quoted} is in {text} {len(found)} times, in {where}: take a word more"


def _print_text(whole: str) -> None:
    """As members of an entry in sources.yaml, indented as there."""
    stretches = paragraphs(whole)
    out.print(f"  sha256: {digest(whole)}\n  length: {len(whole)}\n  paragraphs:", markup=False)
    for start, end in stretches:
        out.print(f"    - {{start: {start}, end: {end}}}", markup=False)


def _print_members(found: Passage) -> None:
    out.print(f"paragraph: {found.paragraph}\nstart: {found.start}\nend: {found.end}\nsha256: {found.sha256}")
    out.print(f"match: {{length: {found.match_length}, sha256: {found.match_sha256}}}", markup=False)
