"""Building: a corpus becomes documents and rows in an empty database, with the indexes that it declares."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from app.derive import derive
from app.releases.canonical import Line, canonical, release_id
from app.releases.indexes import create_indexes
from app.releases.migrate import HEAD, create_tables
from app.resources import MAIN, by_kind
from app.resources.base import Resource
from app.resources.columns import Stored
from app.resources.corpus import Corpus, Tombstone
from app.resources.register import EntryRow, PartRow, RecordRow, ReleaseRow, register_rows
from app.resources.search import hit

BATCH = 1000  # rows of one INSERT

Progress = Callable[[str, int, int], None]  # stage, done, of how many


@dataclass(frozen=True)
class Plan:
    """A release about to be built: what it will be called is known before a row is written."""

    corpus: Corpus
    lines: tuple[Line, ...]
    id: str
    label: str
    issued: str

    @property
    def about(self) -> dict[str, Any]:
        """What a catalogue says of the release: its dossiers, and how many records of each kind."""
        members = {"id", "title", "licence", "citation", "edition"}
        dossiers = [each.model_dump(include=members) for each in self.dossiers]
        return {"counts": {each.name: len(self.corpus.kind(each.kind)) for each in MAIN}, "dossiers": dossiers}

    @property
    def dossiers(self) -> tuple[Any, ...]:
        """The dossier entries, by id."""
        return self.corpus.kind("dossier")


def plan(corpus: Corpus) -> Plan:
    """The release that a checked corpus makes; its label and date are its dossiers' editions, so every copy agrees."""
    lines, dossiers = canonical(corpus), corpus.kind("dossier")
    label = "~".join(each.edition.label for each in dossiers)
    return Plan(corpus, lines, release_id(lines), label, max(each.edition.issued for each in dossiers))


def fill(connection: Connection, release: Plan, progress: Progress = lambda *_: None) -> str:
    """Write the whole release into an empty database; returns the sha256 over all documents in order."""
    create_tables(connection)
    _insert(connection, _head_rows(release))
    digest = hashlib.sha256()
    _insert(connection, _record_rows(release, digest.update, progress))
    _check_references(connection)
    create_indexes(connection)
    return digest.hexdigest()


def _check_references(connection: Connection) -> None:
    """Check now what was deferred: PostgreSQL makes no index on a table whose rows still wait for it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")


def _head_rows(release: Plan) -> Iterator[Stored]:
    about = orjson.dumps(release.about).decode()
    names = {"id": release.id, "label": release.label, "issued": release.issued}
    yield ReleaseRow, names | {"schema_version": HEAD, "document": about}
    for line in release.lines:
        yield EntryRow, {"kind": line.kind, "id": line.id, "canonical": line.text}
    yield from map(_removed_row, release.corpus.tombstones)


def _removed_row(each: Tombstone) -> Stored:
    values = {"id": each.id, "kind": each.kind, "state": "removed", "reason": each.reason}
    return RecordRow, values | {"last_release": each.last_release}


def _record_rows(release: Plan, note: Callable[[bytes], None], progress: Progress) -> Iterator[Stored]:
    """The rows of every record; each document is handed to `note` in the order of kind and id."""
    corpus = release.corpus
    facts = derive(corpus)
    ordered = sorted(corpus.curated, key=lambda each: (each.kind, each.entry.id))
    for done, each in enumerate(ordered, 1):
        resource = by_kind(each.kind)
        derived = facts[each.entry.id]
        document = resource.describe(each.entry, derived, corpus)
        note(document.stored().encode() + b"\n")
        yield from register_rows(each.kind, each.entry, hit(each.entry.id, each.kind, document.label))
        yield from resource.store(each.entry, document, corpus)
        yield from _parts(resource, each.entry.id, derived)
        progress("records", done, len(ordered))


def _parts(resource: Resource, id: str, derived: Any) -> Iterator[Stored]:
    for each in resource.subdocuments:
        if (part := each.of(derived)) is not None:
            yield PartRow, {"record": id, "name": each.path, "document": part.model_dump_json(by_alias=True)}


def _insert(connection: Connection, rows: Iterable[Stored]) -> None:
    """Rows table by table in batches; a batch is one statement."""
    waiting: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for table, values in rows:
        batch = waiting.setdefault(table, [])
        batch.append({column: values.get(column) for column in table.model_fields})
        if len(batch) >= BATCH:
            _flush(connection, table, batch)
    for table, batch in waiting.items():
        _flush(connection, table, batch)


def _flush(connection: Connection, table: type[SQLModel], batch: list[dict[str, Any]]) -> None:
    if batch:
        connection.execute(insert(table), batch)
        batch.clear()
