"""The tables that all kinds share: the release itself, every id it knows, its curated input, names and identifiers."""

from collections.abc import Iterator

from sqlmodel import SQLModel

from app.resources import columns
from app.resources.base import Stored
from app.resources.entry import Entry, Name
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


class IdentifierRow(SQLModel, table=True):
    """Identifiers elsewhere."""

    __tablename__ = "identifier"

    record: str = columns.owner("record.id")
    scheme: str = columns.text(primary=True)
    value: str = columns.text()


def register_rows(kind: str, entry: Entry) -> Iterator[Stored]:
    """What every entry puts into the shared tables: its id, former ids, identifiers."""
    yield RecordRow, {"id": entry.id, "kind": kind, "state": "live"}
    for old in entry.formerly:
        yield RecordRow, {"id": old, "kind": kind, "state": "merged", "target": entry.id}
    for scheme, value in entry.identifiers.items():
        yield IdentifierRow, {"record": entry.id, "scheme": scheme, "value": value}


def name_rows(kind: str, id: str, name: str, names: list[Name]) -> Iterator[Stored]:
    """A row for each folded key of each name."""
    for value in dict.fromkeys([name, *(each.value for each in names)]):
        for key in keys(value):
            yield NameRow, {"record": id, "value": value, "key": key, "kind": kind}
