"""The columns that a table of one kind may have, read from the entry, and the heads that they go by."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_origin

from app.entries import ENTRIES
from app.entries.base import Moment, Part, Reference, When
from app.entries.visitor import fields_of
from app.vocabularies import Term, load

Form = Literal["text", "number", "flag", "date", "time"]
Path = tuple[str, ...]

_JOINTS = re.compile(r"[\s_-]+")
_NUMBERS = frozenset({int, float})


@dataclass(frozen=True)
class Column:
    """One member of an entry. Up to `listed` steps of the path lead to a list of which a cell may hold several."""

    path: Path
    listed: int
    form: Form
    vocabulary: str
    kinds: tuple[str, ...]
    required: bool
    about: str

    @property
    def name(self) -> str:
        """What it is called in full: `figures.measure`."""
        return ".".join(self.path)

    @property
    def root(self) -> Path:
        """The list that its values belong to; empty if it has one value."""
        return self.path[: self.listed]


class Ambiguous(ValueError):
    """A head that may mean several columns; the message names them."""


@cache
def columns(kind: str) -> tuple[Column, ...]:
    """Every column of one kind of record."""
    return tuple(_columns(ENTRIES[kind], (), 0, True))


def label(kind: str) -> Column:
    """The column of what a record is called."""
    names = ("name", "title", "text")
    return next(column for name in names for column in columns(kind) if column.path == (name,))


def column_of(kind: str, head: str) -> Column | None:
    """The column that a head means; None if none. Raises Ambiguous."""
    wanted = _plain(head)
    for level in _heads(kind):
        found = level.get(wanted, {})
        if len(found) > 1:
            raise Ambiguous(f"'{head}' may be {' or '.join(found)}")
        if found:
            return next(iter(found.values()))
    return None


def names(kind: str) -> Iterator[str]:
    """Every head that a column of this kind goes by."""
    for level in _heads(kind):
        yield from level


@cache
def _heads(kind: str) -> tuple[Mapping[str, Mapping[str, Column]], ...]:
    """The columns by name and by what is short for it; what is found in the first of both is meant."""
    exact: dict[str, dict[str, Column]] = {}
    short: dict[str, dict[str, Column]] = {}
    firsts = _first_members(ENTRIES[kind])
    for column in columns(kind):
        for name in _also(column.path, firsts):
            exact.setdefault(_plain(".".join(name)), {})[column.name] = column
            short.setdefault(_plain(name[-1]), {})[column.name] = column
            if column.listed == len(name) and name[-1].endswith("s"):
                short.setdefault(_plain(name[-1].removesuffix("s")), {})[column.name] = column
    return exact, short


def _also(path: Path, firsts: frozenset[Path]) -> Iterator[Path]:
    """The path, and shorter ones: a part is called for its first member, as `speaker` for `speaker.actor`."""
    yield path
    while path in firsts:
        path = path[:-1]
        yield path


def _first_members(model: type[Part], path: Path = ()) -> frozenset[Path]:
    found: set[Path] = set()
    for name, pieces in fields_of(model):
        for part in _parts(pieces):
            inner = next(field.alias or first for first, field in part.model_fields.items())
            found |= {(*path, name, inner)} | _first_members(part, (*path, name))
    return frozenset(found)


def _columns(model: type[Part], path: Path, listed: int, required: bool) -> Iterator[Column]:
    pieces = dict(fields_of(model))
    for name, field in model.model_fields.items():
        written = field.alias or name
        here, made_of = (*path, written), pieces[written]
        many = get_origin(field.annotation) is list
        if many and listed:
            continue  # a list inside a list: no cell can say which value belongs to which
        at, needed = len(here) if many else listed, required and field.is_required()
        if get_origin(field.annotation) is dict:
            yield from _keys(here, made_of)
        elif part := next(_parts(made_of), None):
            yield from _columns(part, here, at, needed)
        else:
            form = _form(model, name, made_of)
            yield Column(here, at, form, *_marks(made_of), needed, field.description or "")


def _marks(made_of: list[object]) -> tuple[str, tuple[str, ...]]:
    """The vocabulary of a term, and the kinds of record that a reference leads to."""
    term = next((piece.vocabulary for piece in made_of if isinstance(piece, Term)), "")
    return term, next((piece.kinds for piece in made_of if isinstance(piece, Reference)), ())


def _keys(path: Path, made_of: list[object]) -> Iterator[Column]:
    """A column for each key that a mapping may have."""
    for piece in made_of:
        for key, term in load(piece.vocabulary).terms.items() if isinstance(piece, Term) else ():
            yield Column((*path, key), 0, "text", "", (), False, term.definition)


def _form(model: type[Part], name: str, made_of: list[object]) -> Form:
    if issubclass(model, When) and name == "edtf":
        return "time" if issubclass(model, Moment) else "date"
    if bool in made_of:
        return "flag"
    return "number" if any(piece in _NUMBERS for piece in made_of if isinstance(piece, type)) else "text"


def _parts(made_of: list[object]) -> Iterator[type[Part]]:
    return (piece for piece in made_of if isinstance(piece, type) and issubclass(piece, Part))


def _plain(head: str) -> str:
    return _JOINTS.sub("_", head.strip().lower())
