"""Reading one dossier: files become entries; what cannot be read is a finding and stops nothing."""

import codecs
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.dossier.findings import Finding, found
from app.dossier.items import Item, Items
from app.dossier.jsonlines import parse_line
from app.dossier.layout import DOSSIER, TERM, VOCABULARIES, files, leads_out
from app.dossier.nodes import NO_HYPHEN, Node, parse
from app.dossier.parser import Flaw, YAMLError, flaw
from app.dossier.written import Origin, Written
from app.values.invisible import BIDI

BYTE_ORDER_MARK = "\ufeff"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what some editors and shells write, and call it Unicode
LONGEST_ENTRY = 1_000_000  # characters
REPLACED = "\ufffd"  # what stands in a decoded text for bytes that are no UTF-8

_ID = re.compile(r"""^[ \t\r{-]*["']?id["']?\s*:\s*["']?([a-z0-9-]+)""", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Lost:
    """A stretch that could not be read: the ids it seems to define, and every word that may refer to something."""

    kind: str
    ids: frozenset[str]
    words: frozenset[str]


Stretch = Written | Lost | Flaw


def read(folder: Path, passed_over: Container[Path] = ()) -> Iterator[Written | Lost | Finding]:
    """Everything in a dossier's folder but its own terms, file by file, but for the files that are passed over."""
    for file in files(folder):
        if isinstance(file, Finding):
            yield file
        if isinstance(file, Finding) or file.kind == TERM:
            continue
        if file.path in passed_over:
            continue
        origin = Origin(file.kind, folder.as_posix(), file.shown)
        yield from _told((_lines if file.path.suffix == ".ndjson" else _yaml)(origin, file.path), origin)


def read_terms(folder: Path) -> Iterator[Written | Lost | Finding]:
    """The terms that a dossier adds to vocabularies: what else it holds can only be checked once they are known."""
    path = folder / f"{VOCABULARIES}.yaml"
    if path.is_file() and not leads_out(path, folder):
        yield from _told(_yaml(origin := Origin(TERM, folder.as_posix(), path.as_posix()), path), origin)


def _told(parts: Iterator[Stretch], origin: Origin) -> Iterator[Written | Lost | Finding]:
    for part in parts:
        if isinstance(part, Flaw):
            yield found(part.slug, origin.file, part.line, part.message, part.cure)
        else:
            yield part


def _lines(origin: Origin, path: Path) -> Iterator[Stretch]:
    """An entry a line, without holding the whole file."""
    empty, sound = True, True
    with path.open("rb") as file:
        lines: Iterable[bytes] = file
        if file.peek(2).startswith(UTF_16):
            yield _utf_16()
            lines = file.read().decode("utf-16", "replace").encode().splitlines(keepends=True)
        for number, raw in enumerate(lines, 1):
            text = raw.removesuffix(b"\n").decode("utf-8", "replace")
            if sound and REPLACED in text and (flaws := [*_encoding(raw, number)]):
                sound = False  # the first one is told
                yield from flaws
            if number == 1 and text.startswith(BYTE_ORDER_MARK):
                yield Flaw("byte-order-mark", 1, "the file begins with a byte order mark")
                text = text.removeprefix(BYTE_ORDER_MARK)
            if text.strip():
                empty = False
                yield from _line(origin, text, number)
    if empty:
        yield Flaw("empty-file", 1, "the file has no entries")


def _line(origin: Origin, text: str, number: int) -> Iterator[Stretch]:
    if len(text) > LONGEST_ENTRY:
        yield from _too_long(origin.kind, text, number)
        return
    tree = parse_line(text, number)
    yield from tree.flaws
    if tree.root is None:
        yield _lost(origin.kind, text)
    else:
        yield _entry(Item(tree.root.value, number), origin)


def _yaml(origin: Origin, path: Path) -> Iterator[Stretch]:
    raw = path.read_bytes()
    if raw.startswith(UTF_16):
        yield _utf_16()
        raw = raw.decode("utf-16", "replace").encode()
    yield from _encoding(raw, 1)
    text = raw.decode("utf-8", "replace")
    del raw
    if text.startswith(BYTE_ORDER_MARK):
        yield Flaw("byte-order-mark", 1, "the file begins with a byte order mark")
    origin.text = text.removeprefix(BYTE_ORDER_MARK)
    yield from _turned(origin.text)
    yield from _SHAPES.get(origin.kind, _list)(origin)


def _turned(text: str) -> Iterator[Flaw]:
    """Each line with a control of direction, in comments too: a reviewer would read something else."""
    for number, line in enumerate(text.split("\n"), 1) if BIDI.search(text) else ():
        if found := BIDI.search(line):
            yield Flaw("bidi-control", number, f"the line holds U+{ord(found[0]):04X}, which turns its direction")


def _utf_16() -> Flaw:
    """What a file is told to be that can be read all the same, so that nothing in it is missed elsewhere."""
    return Flaw("not-utf-8", 1, "the file is UTF-16")


def _encoding(raw: bytes, line: int) -> Iterator[Flaw]:
    """The first byte that is no UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        where = line + raw.count(b"\n", 0, error.start)
        yield Flaw("not-utf-8", where, f"byte {raw[error.start]:#04x} is no UTF-8")


def _one(origin: Origin) -> Iterator[Stretch]:
    """The one mapping of dossier.yaml."""
    tree = parse(origin.text)
    yield from tree.flaws
    if tree.broken:
        yield _lost(DOSSIER, origin.text)
    elif tree.root is None or tree.root.value is None:
        told = "write its id, title and what else it has: onrecord new makes one to go by"
        yield Flaw("empty-file", 1, "the file says nothing about the dossier", told)
    elif len(origin.text) > LONGEST_ENTRY:
        yield from _too_long(DOSSIER, origin.text, tree.root.line)
    else:
        yield _whole(origin, tree.root)


def _terms(origin: Origin) -> Iterator[Stretch]:
    """The items of each list of vocabularies.yaml, each with the name of its list as its vocabulary."""
    tree = parse(origin.text)
    yield from tree.flaws
    if tree.broken or tree.root is None:
        yield _lost(origin.kind, origin.text) if tree.broken else Flaw("empty-file", 1, "the file has no terms")
    elif not isinstance(tree.root.value, dict):
        told = "put the name of a vocabulary above its terms, as in event-types:"
        yield Flaw("not-a-mapping", tree.root.line, "the file names no vocabulary", told)
    else:
        for vocabulary, listed in tree.root.value.items():
            yield from _listed(origin, vocabulary, listed)


def _listed(origin: Origin, vocabulary: str, listed: Node) -> Iterator[Stretch]:
    if not isinstance(listed.value, list):
        yield Flaw("not-a-list", listed.line, f"{vocabulary} is no list of terms")
        return
    for item in listed.value:
        if isinstance(item.value, dict):
            # Each remembers its own lines: a text is not read again by halves.
            apart = Origin(origin.kind, origin.folder, origin.file)
            term = Written(apart, item.line, {**item.plain(), "vocabulary": vocabulary})
            apart.knows(term, item)
            yield term
        else:
            yield _no_mapping(item.line)


def _list(origin: Origin) -> Iterator[Stretch]:
    """Item by item; where the text is broken, what follows is cut into pieces."""
    items, empty = Items(origin.text), True
    try:
        if not items.begin():
            yield from _no_list(origin)
            return
        for item in items:
            empty = False
            yield from _item(origin, item)
    except YAMLError as error:
        yield from _pieces(origin, items, flaw(error, origin.text))
        return
    yield from items.flaws
    if empty:
        yield Flaw("empty-file", 1, "the file has no entries")


def _no_list(origin: Origin) -> Iterator[Stretch]:
    tree = parse(origin.text)
    if tree.broken:
        yield from _pieces(origin, Items(origin.text), *tree.flaws)
        return
    yield from tree.flaws
    if tree.root is None or tree.root.value in (None, {}):
        yield Flaw("empty-file", 1, "the file has no entries")
        return
    yield Flaw("not-a-list", tree.root.line, "the file is no list of entries")
    if isinstance(tree.root.value, dict):
        yield _whole(origin, tree.root)


def _whole(origin: Origin, root: Node) -> Stretch:
    """The one value of a text as an entry."""
    if isinstance(root.value, dict):
        return Written(origin, 1, root.plain(), end=len(origin.text))
    return _no_mapping(root.line)


def _item(origin: Origin, item: Item) -> Iterator[Stretch]:
    if item.end - item.start > LONGEST_ENTRY:
        yield from _too_long(origin.kind, origin.text[item.start : item.end], item.line)
        return
    if item.odd:
        tree = origin.tree(item)
        yield from tree.flaws
        if tree.root is not None:
            item.value = tree.root.plain()
        if any(each.cure == NO_HYPHEN for each in tree.flaws):
            yield _lost(origin.kind, origin.text[item.start : item.end])
    yield _entry(item, origin)


def _entry(item: Item, origin: Origin) -> Stretch:
    if isinstance(item.value, dict):
        return Written(origin, item.line, item.value, item.start, item.end, item.column)
    return _no_mapping(item.line)


def _no_mapping(line: int) -> Flaw:
    return Flaw("not-a-mapping", line, "this entry has no fields")


def _pieces(origin: Origin, read: Items, *flaws: Flaw) -> Iterator[Stretch]:
    """Entry by entry, where the file as a whole cannot be read on: one that is broken hides no other."""
    sound = True
    for line, text in _cut(origin.text[read.end :], read.line):
        for part in _piece(Origin(origin.kind, origin.folder, origin.file, text), line):
            sound = sound and not isinstance(part, Lost)
            yield part
    # Each piece by itself can be sound where the fault lies between two of them.
    if sound:
        yield from flaws


def _piece(origin: Origin, line: int) -> Iterator[Stretch]:
    items = Items(origin.text, line)
    try:
        sound = [*items] if items.begin() else None
    except YAMLError:
        sound = None
    if sound is not None:
        yield from items.flaws
        for item in sound:
            yield from _item(origin, item)
        return
    tree = parse(origin.text, line)
    yield from tree.flaws
    if tree.broken:
        yield _lost(origin.kind, origin.text)


def _cut(text: str, line: int) -> Iterator[tuple[int, str]]:
    """What stands before the first hyphen, then each item; with the number of its first line."""
    first = re.search(r"^( *)-(?=\s)", text, re.MULTILINE)
    hyphens = re.finditer(rf"^{first[1]}-(?=\s)", text, re.MULTILINE) if first else ()
    for start, end in pairwise([0, *(hyphen.start() for hyphen in hyphens), len(text)]):
        if start < end:
            yield line, text[start:end]
            line += text.count("\n", start, end)


def _too_long(kind: str, text: str, line: int) -> Iterator[Stretch]:
    yield Flaw("invalid-value", line, f"this entry has {len(text):,} characters; at most {LONGEST_ENTRY:,} are read")
    yield _lost(kind, text)


def _lost(kind: str, text: str) -> Lost:
    ids = frozenset(match[1] for match in _ID.finditer(text))
    return Lost(kind, ids, frozenset(match[0] for match in _WORD.finditer(text)))


_SHAPES: Mapping[str, Callable[[Origin], Iterator[Stretch]]] = {DOSSIER: _one, TERM: _terms}
