"""Building: a corpus becomes numbered rows, documents and indexes in an empty database."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
from pydantic import BaseModel
from sqlalchemy import Connection, Index, MetaData

from app.derive import derive
from app.entries.corpus import Corpus, Curated
from app.releases.canonical import Line, canonical
from app.releases.indexing import Indexes
from app.releases.migrate import create_tables
from app.releases.numbering import numbered
from app.releases.packing import pack_text
from app.releases.schema import HEAD
from app.releases.sink import Sink
from app.resources import MAIN, by_kind
from app.resources.base import Resource
from app.resources.columns import Stored, table_of
from app.resources.register import (
    DocumentRow,
    EntryRow,
    PartRow,
    RecordRow,
    ReleaseRow,
    former_rows,
    register_rows,
)
from app.values.anchors import MATCH_VERSION
from app.values.folding import FOLDING_VERSION

LINES = 256  # of the curated input in one row
PARTS = 16  # derived documents in one row

Progress = Callable[[str, int, int], None]  # stage, done, of how many


@dataclass(frozen=True)
class Plan:
    """A release about to be built: what it will be called is known before a row is written.

    `entries` is its curated input, packed as the table of that name keeps it.
    """

    corpus: Corpus
    entries: tuple[bytes, ...]
    id: str
    label: str
    issued: str

    @property
    def about(self) -> dict[str, Any]:
        """What a catalogue says of the release: its dossiers, and how many records of each kind."""
        members = {"id", "title", "licence", "citation", "edition"}
        dossiers = [dossier.model_dump(include=members) for dossier in self.dossiers]
        counts = {resource.name: len(self.corpus.kind(resource.kind)) for resource in MAIN}
        return {"counts": counts, "dossiers": dossiers}

    @property
    def dossiers(self) -> tuple[Any, ...]:
        """The dossier entries, by id."""
        return self.corpus.kind("dossier")


def plan(corpus: Corpus) -> Plan:
    """The release that a checked corpus makes; its label and date are its dossiers' editions, so every copy agrees."""
    digest, dossiers = hashlib.sha256(), corpus.kind("dossier")
    entries = tuple(_packed(canonical(corpus), digest.update))
    label = "~".join(dossier.edition.label for dossier in dossiers)
    return Plan(corpus, entries, digest.hexdigest(), label, max(dossier.edition.issued for dossier in dossiers))


def _packed(lines: Iterable[Line], note: Callable[[bytes], object]) -> Iterator[bytes]:
    """The lines some hundred at once, compressed; `note` gets every byte before that."""
    left = iter(lines)
    while text := "".join(f"{line.text}\n" for line in islice(left, LINES)):
        note(text.encode())
        yield pack_text(text)


def fill(connection: Connection, release: Plan, progress: Progress = lambda *_: None) -> str:
    """Write the whole release into an empty database; return the sha256 over all documents in order."""
    create_tables(connection)
    ordered = list(numbered(release.corpus))
    numbers = {curated.entry.id: number for number, curated in enumerate(ordered, 1)}
    head = Sink(connection, numbers)
    head.add(_head_rows(release, len(ordered)))
    head.flush()
    filling = _Filling(release.corpus, numbers, connection)
    for number, curated in enumerate(ordered, 1):
        filling.record(number, curated)
        progress("records", number, len(ordered))
    filling.finish(progress)
    _check_references(connection)
    _create_indexes(connection)
    return filling.digest.hexdigest()


class _Filling:
    """A release while it is written, record by record."""

    def __init__(self, corpus: Corpus, numbers: Mapping[str, int], connection: Connection) -> None:
        self.corpus, self.facts = corpus, derive(corpus)
        self.indexes = Indexes()
        self.sink, self.written = Sink(connection, numbers, self.indexes), Sink(connection, numbers)
        self.parts: dict[str, list[tuple[int, str]]] = {}
        self.digest = hashlib.sha256()

    def record(self, number: int, curated: Curated) -> None:
        """Write one record: its document, its rows, and what the indexes want of them."""
        entry, resource = curated.entry, by_kind(curated.kind)
        derived = self.facts[entry.id]
        document = resource.describe(entry, derived, self.corpus)
        text = document.stored()
        self.digest.update(text.encode() + b"\n")
        self.sink.add(register_rows(curated.kind, entry, document.label, curated.dossier))
        self.sink.add(resource.store(entry, document, self.corpus))
        self.written.add([(DocumentRow, {"number": number, "document": text})])
        self.written.add(self._parts(resource, number, derived))

    def _parts(self, resource: Resource, number: int, derived: BaseModel) -> Iterator[Stored]:
        """The derived documents below a record, as soon as there are enough of one name for a row."""
        for below in resource.subdocuments:
            if (part := below.of(derived)) is not None:
                waiting = self.parts.setdefault(below.path, [])
                waiting.append((number, part.model_dump_json(by_alias=True)))
                if len(waiting) == PARTS:
                    yield _part_row(below.path, waiting)
                    waiting.clear()

    def finish(self, progress: Progress) -> None:
        """Write what waits, the indexes and the orders."""
        progress("indexes", 0, 1)
        self.sink.flush()  # what waits is noted by the indexes only when it is written
        self.written.add(_part_row(name, waiting) for name, waiting in self.parts.items() if waiting)
        self.written.add(self.indexes.rows())
        self.written.flush()
        progress("indexes", 1, 1)


def _head_rows(release: Plan, live: int) -> Iterator[Stored]:
    """The release itself, its curated input, and the ids that are live no more, which are numbered last."""
    names = {"id": release.id, "label": release.label, "issued": release.issued, "schema_version": HEAD}
    rules = {"folding_version": FOLDING_VERSION, "match_version": MATCH_VERSION}
    yield ReleaseRow, {**names, **rules, "document": orjson.dumps(release.about).decode()}
    for position, lines in enumerate(release.entries, 1):
        yield EntryRow, {"position": position, "lines": lines}
    for number, (model, values) in enumerate(_gone(release.corpus), live + 1):
        yield model, {"number": number, **values}


def _gone(corpus: Corpus) -> Iterator[Stored]:
    for curated in corpus.curated:
        yield from former_rows(curated.kind, curated.entry)
    for tombstone in corpus.tombstones:
        values = {"id": tombstone.id, "kind": tombstone.kind, "state": "removed", "reason": tombstone.reason}
        yield RecordRow, values | {"last_release": tombstone.last_release}


def _part_row(name: str, parts: Sequence[tuple[int, str]]) -> Stored:
    lines = pack_text("".join(f"{number} {text}\n" for number, text in parts))
    return PartRow, {"name": name, "first": parts[0][0], "lines": lines}


def _check_references(connection: Connection) -> None:
    """Check now what was deferred: PostgreSQL makes no index on a table whose rows still wait for it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")


def _create_indexes(connection: Connection) -> None:
    """Make the index by which an id is found."""
    # On a copy of the table: an Index belongs to its table for good, and the declared ones stay as they are.
    records = table_of(RecordRow).to_metadata(MetaData())
    Index("ix_record_id", records.c.id, unique=True).create(connection)
