"""Reading one dossier: files become entries with line numbers; what cannot be read is a finding and stops nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.dossier.findings import Finding, found
from app.dossier.jsonlines import parse_line
from app.dossier.layout import DOSSIER, DossierFile, files
from app.dossier.nodes import Node, Tree, parse
from app.dossier.parser import Flaw
from app.dossier.written import Written

BYTE_ORDER_MARK = "\ufeff"

_ID = re.compile(r"""^[\s{-]*["']?id["']?\s*:\s*["']?([a-z0-9-]+)""", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Lost:
    """A stretch that could not be read: the ids it seems to define, and every word that may refer to something."""

    kind: str
    ids: frozenset[str]
    words: frozenset[str]


Item = Written | Lost | Finding


def read(folder: Path) -> Iterator[Item]:
    """Everything in a dossier's folder, file by file."""
    for file in files(folder):
        if isinstance(file, Finding):
            yield file
        else:
            yield from (_item(folder, file, part) for part in _parts(file))


Stretch = Flaw | Node | Lost


def _item(folder: Path, file: DossierFile, part: Stretch) -> Item:
    if isinstance(part, Flaw):
        return found(part.slug, file.shown, part.line, part.message)
    return part if isinstance(part, Lost) else Written(file.kind, folder.as_posix(), file.shown, part)


def _parts(file: DossierFile) -> Iterator[Stretch]:
    raw = file.path.read_bytes()
    text = raw.decode("utf-8", "replace")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Flaw("not-utf-8", raw.count(b"\n", 0, error.start) + 1, f"byte {raw[error.start]:#04x} is no UTF-8")
    if text.startswith(BYTE_ORDER_MARK):
        yield Flaw("byte-order-mark", 1, "the file begins with a byte order mark")
    yield from _entries(file, text.removeprefix(BYTE_ORDER_MARK))


def _entries(file: DossierFile, text: str) -> Iterator[Stretch]:
    if file.path.suffix == ".ndjson":
        yield from _lines(file.kind, text)
    elif file.kind == DOSSIER:
        yield from _one(parse(text), text)
    else:
        yield from _list(file.kind, text)


def _one(tree: Tree, text: str) -> Iterator[Stretch]:
    """The one mapping of dossier.yaml."""
    yield from tree.flaws
    if tree.broken:
        yield _lost(DOSSIER, text)
    elif tree.root is None or tree.root.value is None:
        yield Flaw("empty-file", 1, "the file says nothing about the dossier")
    else:
        yield _mapping(tree.root)


def _list(kind: str, text: str) -> Iterator[Stretch]:
    tree = parse(text)
    if tree.broken:
        yield from _pieces(kind, text, tree)
        return
    yield from tree.flaws
    if tree.root is None or tree.root.value in (None, [], {}):
        yield Flaw("empty-file", 1, "the file has no entries")
    else:
        yield from _items(tree.root)


def _items(root: Node) -> Iterator[Stretch]:
    if isinstance(root.value, list):
        yield from map(_mapping, root.value)
        return
    yield Flaw("not-a-list", root.line, "the file is no list of entries")
    if isinstance(root.value, dict):
        yield root


def _mapping(node: Node) -> Stretch:
    return node if isinstance(node.value, dict) else Flaw("not-a-mapping", node.line, "this entry has no fields")


def _pieces(kind: str, text: str, whole: Tree) -> Iterator[Stretch]:
    """Entry by entry, where the file as a whole cannot be read: one that is broken hides no other."""
    trees = [(piece, parse(piece, line)) for line, piece in _cut(text)]
    # Each piece by itself can be sound where the fault lies between two of them.
    if not any(tree.broken for _, tree in trees):
        yield from whole.flaws
    for piece, tree in trees:
        yield from tree.flaws
        if tree.broken:
            yield _lost(kind, piece)
        elif tree.root is not None and isinstance(tree.root.value, list):
            yield from map(_mapping, tree.root.value)


def _cut(text: str) -> list[tuple[int, str]]:
    """What stands before the first hyphen, then each item; with the number of its first line."""
    first = re.search(r"^( *)-(?=\s)", text, re.MULTILINE)
    hyphens = re.finditer(rf"^{first[1]}-(?=\s)", text, re.MULTILINE) if first else ()
    starts = [0, *(found.start() for found in hyphens), len(text)]
    spans = [(start, end) for start, end in pairwise(starts) if start < end]
    return [(text.count("\n", 0, start) + 1, text[start:end]) for start, end in spans]


def _lost(kind: str, text: str) -> Lost:
    return Lost(kind, frozenset(_ID.findall(text)), frozenset(_WORD.findall(text)))


def _lines(kind: str, text: str) -> Iterator[Stretch]:
    lines = [(line, each) for line, each in enumerate(text.split("\n"), 1) if each.strip()]
    if not lines:
        yield Flaw("empty-file", 1, "the file has no entries")
    for line, each in lines:
        tree = parse_line(each, line)
        yield from tree.flaws
        if tree.root is None:
            yield _lost(kind, each)
        else:
            yield _mapping(tree.root)
