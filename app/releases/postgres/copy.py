"""Moving over: the releases in a folder and their catalogue into a database, each proved by digests of its rows."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Boolean, Connection, Table, select
from sqlmodel import SQLModel

from app.query.reader import Published
from app.releases.base import Row
from app.releases.build import finish
from app.releases.catalogue import Catalogue, Event, StoreError
from app.releases.change_log import files, write_log
from app.releases.files import file_digest, locked
from app.releases.migrate import create_tables
from app.releases.packing import unpack_text
from app.releases.postgres.build import copying, new_schema
from app.releases.postgres.catalogue import OF_FILES, schema_name
from app.releases.postgres.change_log import copy_log
from app.releases.postgres.transaction import ADD, is_there, lines_of, transaction
from app.releases.schema import HEAD
from app.releases.sink import Load
from app.releases.sqlite import SqliteStore
from app.resources.columns import table_of
from app.resources.register import DocumentRow, EntryRow

BATCH = 1000  # rows that are in memory at once


def copy_store(store: SqliteStore, dsn: str) -> Sequence[Published]:
    """Copy what a folder has and a database lacks, in one transaction; return the releases that were copied.

    The catalogue in the database must be the beginning of that in the folder. A release whose file was pruned,
    withdrawn or of other tables is known there, but not kept. Raise StoreError, and change nothing, if a file is not
    what was published or its rows are not the same in both.
    """
    with locked(store.folder), transaction(dsn) as connection:
        catalogue = store.catalogue_file.whole()
        wanted, there = [_without_file(event) for event in catalogue.events], lines_of(connection)
        lines = [event.line() for event in wanted]
        if there != lines[: len(there)]:
            raise StoreError("the database has another catalogue than the folder: copy into an empty one")
        copied = [release for release in _kept(store, catalogue) if not is_there(connection, release)]
        for release in copied:
            _copy(connection, store.path(release), release)
        for event, line in islice(zip(wanted, lines, strict=True), len(there), None):
            connection.exec_driver_sql(ADD, (event.number, line))
        if catalogue.events:
            write_log(store.folder, catalogue)  # nothing, unless it was lost
            copy_log(connection, files(store.folder, catalogue.position)[0][1])
    return copied


def _without_file(event: Event) -> Event:
    """Return the line of the database for one of the folder: the schema in place of the file."""
    if event.op not in OF_FILES:
        return event
    schema = schema_name(event.release, event.members["schema_version"])
    return replace(event, members={**event.members, "file": schema, "sha256": event.members["documents"]})


def _kept(store: SqliteStore, catalogue: Catalogue) -> Iterator[Published]:
    """Yield the releases that the folder can serve; raise StoreError for a damaged file."""
    for release in catalogue.releases.values():
        path = store.path(release)
        if release.withdrawn is None and release.schema_version == HEAD and path.exists():
            if file_digest(path) != release.sha256:
                raise StoreError(f"release file {path} is damaged: copy it back, or run onrecord build DOSSIER")
            yield release


def _copy(connection: Connection, path: Path, release: Published) -> None:
    """Copy the tables of one release; raise StoreError unless every row arrived as it was."""
    with new_schema(connection, schema_name(release.info.id, HEAD)) as within:
        create_tables(within)
        load = copying(within)
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as source:
            sent = {name: _digest(_sent(source, table, load)) for name, table in SQLModel.metadata.tables.items()}
        finish(within)
        for name, table in SQLModel.metadata.tables.items():
            if _digest(_arrived(within, table)) != sent[name]:
                raise StoreError(f"release {release.info.label}: table {name} arrived with other rows")
        _prove(within, release)


def _sent(source: sqlite3.Connection, table: Table, load: Load) -> Iterator[Row]:
    """Yield the rows of a table in the order of its key, each once it was sent."""
    names, key = (", ".join(f'"{column.name}"' for column in some) for some in (table.c, table.primary_key))
    flags = [number for number, column in enumerate(table.c) if isinstance(column.type, Boolean)]
    cursor = source.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {key}')
    while rows := cursor.fetchmany(BATCH):
        typed = [_with_flags(row, flags) for row in rows] if flags else rows
        load(table, typed)
        yield from typed


def _with_flags(row: Row, flags: Sequence[int]) -> Row:
    """Return a row with its truth values, which SQLite keeps as numbers."""
    return tuple(bool(value) if place in flags and value is not None else value for place, value in enumerate(row))


def _arrived(connection: Connection, table: Table) -> Iterator[Row]:
    """Yield the rows of a table as the database has them, in the order of its key."""
    for row in connection.execute(select(table).order_by(*table.primary_key)):
        yield tuple(row)


def _digest(rows: Iterable[Row]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{row!r}\n".encode())
    return digest.hexdigest()


def _prove(connection: Connection, release: Published) -> None:
    """Raise StoreError unless input and documents have the digests by which the release was published."""
    entries, documents = hashlib.sha256(), hashlib.sha256()
    for _, lines in _arrived(connection, table_of(EntryRow)):
        entries.update(unpack_text(lines).encode())
    for _, document in _arrived(connection, table_of(DocumentRow)):
        documents.update(f"{document}\n".encode())
    if (entries.hexdigest(), documents.hexdigest()) != (release.info.id, release.documents):
        raise StoreError(f"release {release.info.label} is not what was published")
