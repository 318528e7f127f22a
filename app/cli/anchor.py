"""The command `anchor`: prints what an entry says of a text, or the anchor of a passage; or anchors whole dossiers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.console import FINDINGS, err, need_texts, out, read, stop, why
from app.values.anchors import digest, paragraph_at, paragraphs, pin, whole_occurrences
from app.values.near_passages import nearest_passage
from app.values.spans import Span

if TYPE_CHECKING:
    from app.dossier.anchoring import Anchoring
    from app.dossier.rewriting import Rewritten


def print_anchor(text: Path | None, passage: str | None) -> None:
    """Print the anchor of a passage; without a passage the members of a source that describe its text."""
    if text is None:
        raise stop("name a text, or a dossier with --write")
    whole = read(text)
    if passage is None:
        if not whole.strip():
            raise stop(f"{text} has no words")
        _print_text(whole)
        return
    passage = passage.strip()
    if not passage:
        raise stop("the passage has no words")
    spans = whole_occurrences(whole, passage)
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


def write_anchors(dossiers: list[Path], texts: Path | None, given: Path | None) -> None:
    """Anchor dossiers in their files, and print what became of it; with a fault print all faults and write nothing."""
    from app.dossier.layout import TEXTS

    folder = texts or dossiers[0] / TEXTS
    if given is not None:
        raise stop("--write takes no TEXT: name the folder of the texts with --texts")
    need_texts(folder)
    try:
        anchoring, files = _written(dossiers, folder)
    except OSError as error:
        raise stop(why(error)) from error
    for id, path in anchoring.described:
        out().print(f"{id}: described by {path}", markup=False)
    for file in files:
        out().print(f"{file.path.as_posix()}: written", markup=False)
    err().print(f"anchors: {_counted(anchoring)}", markup=False)


def _written(dossiers: list[Path], folder: Path) -> "tuple[Anchoring, list[Rewritten]]":
    """Anchor dossiers and write their files; end the command, and write nothing, on a fault."""
    from app.dossier.anchoring import anchored
    from app.dossier.layout import NotADossier
    from app.dossier.rewriting import NotInPlace, changed_meanwhile, write

    try:
        anchoring = anchored(dossiers, folder)
        if anchoring.faults:
            raise _faulty(anchoring)
        files = anchoring.files()
    except (NotADossier, NotInPlace) as error:
        raise stop(str(error)) from error
    if stale := changed_meanwhile(files):
        raise stop(f"{stale[0]} was written meanwhile: run this again")
    write(files)
    return anchoring, files


def _faulty(anchoring: "Anchoring") -> typer.Exit:
    for fault in anchoring.faults:
        for line in fault.lines:
            out().print(line, markup=False)
    err().print(f"nothing is written; faults: {len(anchoring.faults)}")
    return typer.Exit(FINDINGS)


def _counted(anchoring: "Anchoring") -> str:
    """Return `118 as they were, 3 made`."""
    from app.dossier.anchoring import OUTCOMES

    counts = anchoring.counts
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if counts[outcome]) or "none"
