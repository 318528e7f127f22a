"""The command `anchor`: prints what an entry says of a source's text, or the anchor of a passage in it."""

from collections.abc import Sequence
from pathlib import Path

import typer

from app.cli.console import FINDINGS, err, out, read, stop
from app.values.anchors import digest, inside_word, occurrences, paragraph_at, paragraphs, pin
from app.values.near_passages import nearest_passage
from app.values.spans import Span


def print_anchor(text: Path, passage: str | None) -> None:
    """Print the anchor of a passage; without a passage the members of a source that describe its text."""
    whole = read(text)
    if passage is None:
        if not whole.strip():
            raise stop(f"{text} has no words")
        _print_text(whole)
        return
    passage = passage.strip()
    if not passage:
        raise stop("the passage has no words")
    anywhere = occurrences(whole, passage)
    spans = [span for span in anywhere if not any(inside_word(whole, edge) for edge in span)] or anywhere
    if len(spans) != 1:
        raise _no_anchor(_not_once(whole, passage, spans, text))
    try:
        pinned = pin(whole, *spans[0])
    except ValueError as error:
        raise _no_anchor(str(error)) from error
    out().print(f"paragraph: {pinned.paragraph}\nstart: {pinned.start}\nend: {pinned.end}\nsha256: {pinned.sha256}")
    out().print(f"match: {{length: {pinned.match_length}, sha256: {pinned.match_sha256}}}", markup=False)


def _no_anchor(message: str) -> typer.Exit:
    """Print why there is no anchor, in one line; return the exception that ends the command."""
    err().print(f"onrecord: {message}", markup=False)
    return typer.Exit(FINDINGS)


def _not_once(whole: str, passage: str, spans: Sequence[Span], text: Path) -> str:
    """Return the message for a passage that is not in the text, or several times."""
    quoted = f"“{' '.join(passage.split())}”"
    if not spans:
        near = nearest_passage(whole, passage)
        return f"{quoted} is not in {text}{f'; nearest is “{near}”' if near else ''}"
    numbers = [str(paragraph_at(whole, *span) or "between two") for span in spans]
    where = f"paragraph{'s' if len(set(numbers)) > 1 else ''} {', '.join(dict.fromkeys(numbers))}"
    return f"{quoted} is in {text} {len(spans)} times, in {where}: take a word more"


def _print_text(whole: str) -> None:
    """Print the text's hash, length and paragraphs as members of an entry in sources.yaml, indented as there."""
    out().print(f"  sha256: {digest(whole)}\n  length: {len(whole)}\n  paragraphs:", markup=False)
    for start, end in paragraphs(whole):
        out().print(f"    - {{start: {start}, end: {end}}}", markup=False)
