"""The tables that all kinds share: the release itself, its records and their documents, names and identifiers."""

from collections.abc import Iterable, Iterator

from app.entries.base import Entry
from app.resources import columns
from app.resources.columns import Stored, TableRow
from app.values.folding import name_keys
from app.values.searched import searched_text


class ReleaseRow(TableRow, table=True):
    """The one row that says which release this is, and by which rules its keys and hashes were made."""

    __tablename__ = "release"

    id: str = columns.text(primary=True)
    label: str = columns.text()
    issued: str = columns.text()
    schema_version: str = columns.text()
    folding_version: str = columns.text()
    match_version: str = columns.text()
    document: str = columns.text()


class RecordRow(TableRow, table=True):
    """Every id that the release knows: live, merged into `target`, or removed with a reason.

    Live records are numbered from 1, collection after collection, each in its default order; then come the others.
    """

    __tablename__ = "record"

    number: int = columns.number(primary=True)
    id: str = columns.text()
    kind: str = columns.text()
    state: str = columns.text()
    label: str | None = columns.text(null=True, folded=True)
    dossier: str | None = columns.text(null=True)
    layer: str | None = columns.text(null=True)
    target: str | None = columns.text(null=True)
    reason: str | None = columns.text(null=True)
    last_release: str | None = columns.text(null=True)


class DocumentRow(TableRow, table=True):
    """The public JSON document of a record, all but its `url`."""

    __tablename__ = "document"

    number: int = columns.reference("record.number", primary=True)
    document: str = columns.text()


class PartRow(TableRow, table=True):
    """Derived documents below records, such as the matrices of events: some of one name, by the first record's number.

    One line for each, the number of the record before it; compressed (zlib, RFC 1950).
    """

    __tablename__ = "part"

    name: str = columns.text(primary=True)
    first: int = columns.number(primary=True)
    lines: bytes = columns.binary()


class EntryRow(TableRow, table=True):
    """The curated input, some hundred canonical JSON texts a row, one a line, in order; compressed (zlib, RFC 1950)."""

    __tablename__ = "entry"

    position: int = columns.number(primary=True)
    lines: bytes = columns.binary()


class TextRow(TableRow, table=True):
    """The folded words that a record is found by (see `app.values.searched`)."""

    __tablename__ = "text"

    number: int = columns.reference("record.number", primary=True)
    words: str = columns.text()


class NameRow(TableRow, table=True):
    """Every name of every record under each of its folded keys."""

    __tablename__ = "name"
    __table_args__ = columns.KEYED

    record: int = columns.owner("record.number")
    value: str = columns.text(primary=True)
    key: str = columns.text(primary=True)


class IdentifierRow(TableRow, table=True):
    """Identifiers elsewhere."""

    __tablename__ = "identifier"
    __table_args__ = columns.KEYED

    record: int = columns.owner("record.number")
    scheme: str = columns.text(primary=True)
    value: str = columns.text()


def register_rows(kind: str, entry: Entry, label: str, dossier: str) -> Iterator[Stored]:
    """What every entry puts into the shared tables: its id with what it is called, and its identifiers."""
    values = {"id": entry.id, "kind": kind, "state": "live", "label": label, "dossier": dossier, "layer": entry.layer}
    yield RecordRow, {"number": entry.id, **values}
    for scheme, value in entry.identifiers.items():
        yield IdentifierRow, {"record": entry.id, "scheme": scheme, "value": value}


def former_rows(kind: str, entry: Entry) -> Iterator[Stored]:
    """The ids that a record had before."""
    for old in entry.formerly:
        yield RecordRow, {"id": old, "kind": kind, "state": "merged", "target": entry.id}


def text_rows(id: str, names: Iterable[str], texts: Iterable[str | None], also: Iterable[str] = ()) -> Iterator[Stored]:
    """A row for each folded key of each name, and one of all words that the record is found by.

    `also` is what stands in no name or text of its own: the names of its speaker, the digits of its figures.
    """
    named = list(dict.fromkeys(names))
    for value in named:
        for key in name_keys(value):
            yield NameRow, {"record": id, "value": value, "key": key}
    others = [*(value for value in texts if value), *also]
    yield TextRow, {"number": id, "words": searched_text(named, others)}
