"""The tables that all kinds share: the release itself, every id it knows, its curated input, names and identifiers."""

from collections.abc import Iterable, Iterator

from sqlmodel import SQLModel

from app.resources import columns
from app.resources.columns import Stored
from app.resources.entry import Entry
from app.values.folding import keys


class ReleaseRow(SQLModel, table=True):
    """The one row that says which release this is."""

    __tablename__ = "release"

    id: str = columns.text(primary=True)
    label: str = columns.text()
    issued: str = columns.text()
    schema_version: str = columns.text()
    document: str = columns.text()


class RecordRow(SQLModel, table=True):
    """Every id that the release knows: live, merged into `target`, or removed with a reason."""

    __tablename__ = "record"

    id: str = columns.text(primary=True)
    kind: str = columns.text()
    state: str = columns.text()
    target: str | None = columns.text(null=True)
    reason: str | None = columns.text(null=True)
    last_release: str | None = columns.text(null=True)
    document: str | None = columns.text(null=True)


class EntryRow(SQLModel, table=True):
    """The curated input, one canonical JSON text a record."""

    __tablename__ = "entry"

    kind: str = columns.text(primary=True)
    id: str = columns.text(primary=True)
    canonical: str = columns.text()


class NameRow(SQLModel, table=True):
    """Every name of every record under each of its folded keys."""

    __tablename__ = "name"

    record: str = columns.owner("record.id")
    value: str = columns.text(primary=True)
    key: str = columns.text(primary=True)
    kind: str = columns.text()


class WordRow(SQLModel, table=True):
    """Every folded word that a record is found by, in order; `field` is name (titles too), text or also.

    Where plain transliteration gives other words, those follow as a run of their own, so that either matches.
    """

    __tablename__ = "word"

    record: str = columns.owner("record.id")
    position: int = columns.number(primary=True)
    kind: str = columns.text()
    field: str = columns.text()
    word: str = columns.text()


class PartRow(SQLModel, table=True):
    """A derived document below a record, such as the matrix of an event."""

    __tablename__ = "part"

    record: str = columns.owner("record.id")
    name: str = columns.text(primary=True)
    document: str = columns.text()


class IdentifierRow(SQLModel, table=True):
    """Identifiers elsewhere."""

    __tablename__ = "identifier"

    record: str = columns.owner("record.id")
    scheme: str = columns.text(primary=True)
    value: str = columns.text()


def register_rows(kind: str, entry: Entry, hit: str) -> Iterator[Stored]:
    """What every entry puts into the shared tables: its id with what a search shows of it, former ids, identifiers."""
    yield RecordRow, {"id": entry.id, "kind": kind, "state": "live", "document": hit}
    for old in entry.formerly:
        yield RecordRow, {"id": old, "kind": kind, "state": "merged", "target": entry.id}
    for scheme, value in entry.identifiers.items():
        yield IdentifierRow, {"record": entry.id, "scheme": scheme, "value": value}


def text_rows(
    kind: str, id: str, names: Iterable[str], texts: Iterable[str | None], also: Iterable[str] = ()
) -> Iterator[Stored]:
    """A row for each folded key of each name, and for each word of names, of texts, and of what it is found by besides.

    `also` is what stands in no name or text of its own: the names of its speaker, the digits of its figures.
    """
    named = dict.fromkeys(names)
    for value in named:
        for key in keys(value):
            yield NameRow, {"record": id, "value": value, "key": key, "kind": kind}
    pieces = [*(("name", value) for value in named), *(("text", value) for value in texts if value)]
    yield from _word_rows(kind, id, [*pieces, *(("also", value) for value in also)])


def _word_rows(kind: str, id: str, pieces: Iterable[tuple[str, str]]) -> Iterator[Stored]:
    position = 0
    # Two spellings of one name often fold into one key: it is kept once.
    for field, key in dict.fromkeys((field, key) for field, value in pieces for key in keys(value)):
        for word in key.split():
            yield WordRow, {"record": id, "position": position, "kind": kind, "field": field, "word": word}
            position += 1
        position += 1  # a phrase does not run from one piece into the next
