"""Building: writes the rows, documents and indexes of a corpus into an empty database."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Index, MetaData

from app.derive import derive
from app.entries.corpus import Corpus, Curated
from app.entries.dossiers import DossierEntry
from app.query.reader import Published
from app.releases.canonical import canonical
from app.releases.indexing import Indexes
from app.releases.migrate import create_tables
from app.releases.numbering import numbered
from app.releases.packing import pack_text
from app.releases.schema import HEAD
from app.releases.sink import Load, Sink, inserting
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
from app.values.batches import batched
from app.values.folding import FOLDING_VERSION
from app.values.members import JsonObject, Members
from app.vocabularies import using

LINES = 256  # of the curated input in one row
PARTS = 16  # derived documents in one row

Progress = Callable[[str, int, int], None]  # stage, steps done, steps in all


@dataclass(frozen=True)
class Plan:
    """A release that is not built yet; its id, label and date of issue are known already.

    `entries` is its curated input: packed lines, as the table `entry` stores them. `digests` has the sha256 of the
    lines of each dossier.
    """

    corpus: Corpus
    entries: tuple[bytes, ...]
    id: str
    digests: Mapping[str, str]
    label: str
    issued: str

    @property
    def about(self) -> JsonObject:
        """What the catalogue says of the release: its dossiers, and the number of records in each collection."""
        members = {"id", "title", "licence", "citation", "edition"}
        dossiers = [
            {**dossier.model_dump(include=members, exclude_none=True), "sha256": self.digests[dossier.id]}
            for dossier in self.dossiers
        ]
        counts = {resource.name: len(self.corpus.kind(resource.kind)) for resource in MAIN}
        return {"counts": counts, "dossiers": dossiers}

    def published(self, current: Published | None, built: Members) -> JsonObject:
        """The members of the catalogue's line that publishes it after `current`; `built` are those of where it is."""
        before = current.info.id if current and current.info.id != self.id else None
        return {"label": self.label, "issued": self.issued, **built, "about": self.about, "predecessor": before}

    @property
    def dossiers(self) -> tuple[DossierEntry, ...]:
        """The dossier entries, by id."""
        return self.corpus.kind("dossier")


def plan(corpus: Corpus) -> Plan:
    """Return the release of a checked corpus. Its label and date of issue follow from the editions of its dossiers."""
    digest, digests = hashlib.sha256(), defaultdict[str, Any](hashlib.sha256)
    entries = list[bytes]()
    for some in batched(canonical(corpus), LINES):
        for line in some:
            digests[line.dossier].update(f"{line.text}\n".encode())
        text = "".join([f"{line.text}\n" for line in some])
        digest.update(text.encode())
        entries.append(pack_text(text))
    of_dossiers = {dossier: found.hexdigest() for dossier, found in digests.items()}
    editions = [dossier.edition for dossier in corpus.kind("dossier")]
    label, issued = "~".join(edition.label for edition in editions), max(edition.issued for edition in editions)
    return Plan(corpus, tuple(entries), digest.hexdigest(), of_dossiers, label, issued)


def fill(connection: Connection, release: Plan, progress: Progress = lambda *_: None, load: Load | None = None) -> str:
    """Write a release into an empty database; return the sha256 of all documents, each with a line feed, in order.

    `load` writes the rows, where not by inserting them into SQLite.
    """
    with using(release.corpus.vocabularies):
        return _fill(connection, release, progress, load or inserting(connection))


def _fill(connection: Connection, release: Plan, progress: Progress, load: Load) -> str:
    create_tables(connection)
    ordered = list(numbered(release.corpus))
    numbers = {curated.entry.id: number for number, curated in enumerate(ordered, 1)}
    head = Sink(load, numbers)
    head.add(_head_rows(release, len(ordered)))
    head.flush()
    filling = _Filling(release.corpus, numbers, load)
    for number, curated in enumerate(ordered, 1):
        filling.record(number, curated)
        progress("records", number, len(ordered))
    filling.finish(progress)
    finish(connection)
    return filling.digest.hexdigest()


class _Filling:
    """The tables of a release while they are filled, record by record."""

    def __init__(self, corpus: Corpus, numbers: Mapping[str, int], load: Load) -> None:
        self.corpus, self.facts = corpus, derive(corpus)
        self.indexes = Indexes()
        self.indexed, self.unindexed = Sink(load, numbers, self.indexes), Sink(load, numbers)
        self.parts: dict[str, list[tuple[int, str]]] = {}
        self.digest = hashlib.sha256()

    def record(self, number: int, curated: Curated) -> None:
        """Write the document and the rows of one record, and note their values for the indexes."""
        entry, resource = curated.entry, by_kind(curated.kind)
        derived = self.facts[entry.id]
        document = resource.describe(entry, derived, self.corpus)
        text = document.stored()
        self.digest.update(text.encode() + b"\n")
        self.indexed.add(register_rows(curated.kind, entry, document.label, curated.dossier), number)
        self.indexed.add(resource.store(entry, document, self.corpus), number)
        self.unindexed.add([(DocumentRow, {"number": number, "document": text})])
        self.unindexed.add(self._parts(resource, number, derived))

    def _parts(self, resource: Resource, number: int, derived: object) -> Iterator[Stored]:
        """Yield a row as soon as there are enough derived documents of one name for it; the others wait."""
        for below in resource.subdocuments:
            if (part := below.of(derived)) is not None:
                waiting = self.parts.setdefault(below.path, [])
                waiting.append((number, part.written()))
                if len(waiting) == PARTS:
                    yield _part_row(below.path, waiting)
                    waiting.clear()

    def finish(self, progress: Progress) -> None:
        """Write the rows that wait, the indexes and the orders."""
        progress("indexes", 0, 1)
        self.indexed.flush()  # the indexes note rows only when they are written
        self.unindexed.add(_part_row(name, waiting) for name, waiting in self.parts.items() if waiting)
        self.unindexed.add(self.indexes.rows())
        self.unindexed.flush()
        progress("indexes", 1, 1)


def _head_rows(release: Plan, live: int) -> Iterator[Stored]:
    """Yield the rows of the release, its curated input, and the merged and removed ids, which are numbered last."""
    names = {"id": release.id, "label": release.label, "issued": release.issued, "schema_version": HEAD}
    rules = {"folding_version": FOLDING_VERSION, "match_version": MATCH_VERSION}
    yield ReleaseRow, {**names, **rules, "document": orjson.dumps(release.about).decode()}
    for position, lines in enumerate(release.entries, 1):
        yield EntryRow, {"position": position, "lines": lines}
    for number, (model, values) in enumerate(_former(release.corpus), live + 1):
        yield model, {"number": number, **values}


def _former(corpus: Corpus) -> Iterator[Stored]:
    """Yield a row for each id that was merged or removed."""
    for curated in corpus.curated:
        yield from former_rows(curated.kind, curated.entry)
    for tombstone in corpus.tombstones:
        values = {"id": tombstone.id, "kind": tombstone.kind, "state": "removed", "reason": tombstone.reason}
        yield RecordRow, values | {"last_release": tombstone.last_release}


def _part_row(name: str, parts: Sequence[tuple[int, str]]) -> Stored:
    lines = pack_text("".join(f"{number} {text}\n" for number, text in parts))
    return PartRow, {"name": name, "first": parts[0][0], "lines": lines}


def finish(connection: Connection) -> None:
    """Check the references of tables that are filled, and create the index that finds a record by its id."""
    # PostgreSQL makes no index on a table whose checks are pending.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    # The index is made on a copy, because it stays part of its table, and the declared tables must not change.
    records = table_of(RecordRow).to_metadata(MetaData())
    Index("ix_record_id", records.c.id, unique=True).create(connection)
