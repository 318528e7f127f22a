"""Publishing: builds a release into a new file of the store, then adds it to the catalogue, in one atomic step."""

import os
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from app.query.reader import Published
from app.releases.admission import admit
from app.releases.build import Plan, Progress, fill
from app.releases.catalogue import Catalogue, StoreError
from app.releases.files import file_digest, locked, now, sweep, sync
from app.releases.line import add_line
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore

PAGE = 8 * 1024  # bytes


def publish_release(
    store: SqliteStore, release: Plan, progress: Progress = lambda *_: None, without: Collection[str] = ()
) -> Published:
    """Build a release, put its file in place, and add it to the catalogue; return it as published.

    Adding it is one atomic step, so a crash before leaves the catalogue and the served release as they were. A release
    whose file is there already is not built again; the catalogue rolls back to it. Raise StoreError for a release
    that is not admitted; `without` are the ids of dossiers of the current release that may be left out.
    """
    store.folder.mkdir(parents=True, exist_ok=True)
    with locked(store.folder):
        catalogue = store.catalogue_file.whole()
        admit(catalogue, release, without)
        return _made_current(store, catalogue, release, progress)


def publish_unadmitted(store: SqliteStore, release: Plan, progress: Progress = lambda *_: None) -> Published:
    """Publish as `publish_release` does, in a store of which nobody relies on anything: no release is refused."""
    with locked(store.folder):
        return _made_current(store, store.catalogue_file.whole(), release, progress)


def _made_current(store: SqliteStore, catalogue: Catalogue, release: Plan, progress: Progress) -> Published:
    """Return the release once it is the current one; the store must be locked."""
    known = catalogue.releases.get(release.id)
    if known is None or not _whole(store, known):
        return _published(store, catalogue, release, build_file(store.folder, release, progress))
    if catalogue.current != known:
        add_line(store.folder, catalogue.then("roll-back", release.id, now(), {}))
    return known


def _whole(store: SqliteStore, release: Published) -> bool:
    """Say whether the file is there, unchanged, and has the current schema."""
    path = store.path(release)
    return release.schema_version == HEAD and path.exists() and file_digest(path) == release.sha256


def _published(store: SqliteStore, catalogue: Catalogue, release: Plan, built: dict[str, str]) -> Published:
    members = release.published(catalogue.current, built)
    add_line(store.folder, catalogue.then("publish", release.id, now(), members))
    return store.catalogue().releases[release.id]


def build_file(folder: Path, release: Plan, progress: Progress) -> dict[str, str]:
    """Build under a temporary name, sync and rename, so that a file with the final name is always complete.

    The store must be locked. Return the members of the catalogue's event that describe the file.
    """
    name = f"{release.id[:16]}-{HEAD}.sqlite"
    temporary = folder / f".{name}.{os.getpid()}"
    sweep(folder)
    try:
        documents = _fill(temporary, release, progress)
        sync(temporary)
        checksum = file_digest(temporary)
        os.replace(temporary, folder / name)
        sync(folder)
    except OperationalError as error:
        if (unwritten := _unwritten(error)) is None:
            raise
        raise StoreError(f"{folder}: {unwritten}: nothing was published; make room there and build again") from error
    finally:
        temporary.unlink(missing_ok=True)
    return {"schema_version": HEAD, "documents": documents, "file": name, "sha256": checksum}


def _unwritten(error: OperationalError) -> str | None:
    """Why the disk did not take what was written, such as `database or disk is full`; None for any other error."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    return str(error.orig) if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR") else None


def _fill(path: Path, release: Plan, progress: Progress) -> str:
    engine = create_engine(f"sqlite+pysqlite:///{path.absolute()}")
    try:
        with engine.begin() as connection:
            # Nobody reads the file before it is complete, and it is synced once at the end.
            connection.exec_driver_sql("PRAGMA journal_mode = OFF")
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
            connection.exec_driver_sql(f"PRAGMA page_size = {PAGE}")  # holds several documents
            return fill(connection, release, progress)
    finally:
        engine.dispose()
