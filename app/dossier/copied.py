"""Copied runs: eight words of a source's text in a row that stand in a dossier; it holds facts in our own words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.dossier.layout import leads_out

RUN = 8  # words; a quoted term is shorter

WORD = re.compile(r"[^\W_]+")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")  # of a JSON string, or of a YAML one in double quotes
FILES = (".yaml", ".yml", ".ndjson", ".md")


@dataclass(frozen=True)
class CopiedRun:
    """Where the run begins in the dossier, and its words."""

    file: Path
    line: int
    words: str


def copied_runs(folder: Path, texts: Sequence[str], titles: Iterable[str] = ()) -> list[CopiedRun]:
    """Every place in the files of a dossier, comments too, where a run of the texts begins.

    `titles` are what the sources are called in print: naming one is no copying, however long it is.
    """
    known = _runs_of(texts) - _runs_of(titles)
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in FILES and not leads_out(path, folder)]
    return [found for path in paths for found in _in_file(path, known)]


def _in_file(path: Path, known: set[tuple[str, ...]]) -> Iterator[CopiedRun]:
    raw = path.read_text(encoding="utf-8", errors="replace")
    text = _composed(ESCAPE.sub(lambda found: chr(int(found[1] or "20", 16)), raw))
    words = list(_words(text))
    for i, run in enumerate(_runs([word for word, _ in words])):
        if run in known:
            yield CopiedRun(path, text.count("\n", 0, words[i][1]) + 1, " ".join(run))


def _runs_of(texts: Iterable[str]) -> set[tuple[str, ...]]:
    return {run for text in texts for run in _runs([word for word, _ in _words(_composed(text))])}


def _composed(text: str) -> str:
    """Every letter with its marks in one; line feeds stay."""
    return unicodedata.normalize("NFKC", text)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Each word casefolded, and where it begins."""
    return ((found[0].casefold(), found.start()) for found in WORD.finditer(text))


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
