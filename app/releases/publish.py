"""Publishing: a release is built into a new file of the store, then named in its catalogue: the one atomic step."""

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from app.query.reader import Published
from app.releases.admission import admit
from app.releases.build import Plan, Progress, fill
from app.releases.catalogue import Catalogue
from app.releases.schema import HEAD
from app.releases.sqlite import CATALOGUE, SqliteStore

MEBIBYTE = 2**20
PAGE = 16 * 1024  # bytes


def publish_release(
    store: SqliteStore, release: Plan, progress: Progress = lambda *_: None, without: Collection[str] = ()
) -> Published:
    """Build a release, put its file in place, then name it in the catalogue: the one atomic step.

    A crash before that step leaves the catalogue, and so the served release, as it was. Raises StoreError for what
    is not admitted; `without` are the dossiers of the current release that may be left out.
    """
    store.folder.mkdir(parents=True, exist_ok=True)
    with _locked(store.folder):
        catalogue = store.catalogue()
        admit(catalogue, release, without)
        known = catalogue.releases.get(release.id)
        if known is None or not _whole(store, known):
            return _published(store, catalogue, release, _build(store.folder, release, progress))
        if catalogue.current == known:
            return known
        _write(store.folder, catalogue.then("roll-back", release.id, _now(), {}))
    return known


def _whole(store: SqliteStore, release: Published) -> bool:
    """Whether its file is there as it was published, in the schema that is read now."""
    path = store.path(release)
    return release.schema_version == HEAD and path.exists() and file_digest(path) == release.sha256


def _published(store: SqliteStore, catalogue: Catalogue, release: Plan, built: dict[str, str]) -> Published:
    current = catalogue.current
    members: dict[str, Any] = {
        "label": release.label,
        "issued": release.issued,
        "schema_version": HEAD,
        **built,
        "about": release.about,
        "predecessor": current.info.id if current and current.info.id != release.id else None,
    }
    _write(store.folder, catalogue.then("publish", release.id, _now(), members))
    return store.catalogue().releases[release.id]


def _build(folder: Path, release: Plan, progress: Progress) -> dict[str, str]:
    """Build under a temporary name, sync, rename: what stands under the final name is always whole."""
    name = f"{release.id[:16]}-{HEAD}.sqlite"
    temporary = folder / f".{name}.{os.getpid()}"
    temporary.unlink(missing_ok=True)
    try:
        documents = _fill(temporary, release, progress)
        _sync(temporary)
        checksum = file_digest(temporary)
        os.replace(temporary, folder / name)
        _sync(folder)
    finally:
        temporary.unlink(missing_ok=True)
    return {"documents": documents, "file": name, "sha256": checksum}


def _write(folder: Path, catalogue: Catalogue) -> None:
    temporary = folder / f".{CATALOGUE}.{os.getpid()}"
    temporary.write_text(catalogue.text(), encoding="utf-8")
    _sync(temporary)
    os.replace(temporary, folder / CATALOGUE)
    _sync(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One publisher at a time, also across processes."""
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def file_digest(path: Path) -> str:
    """The sha256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(MEBIBYTE):
            digest.update(block)
    return digest.hexdigest()


def _fill(path: Path, release: Plan, progress: Progress) -> str:
    engine = create_engine(f"sqlite+pysqlite:///{path.absolute()}")
    try:
        with engine.begin() as connection:
            # Nobody reads the file before it is whole, and it is synced once at the end.
            connection.exec_driver_sql("PRAGMA journal_mode = OFF")
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
            connection.exec_driver_sql(f"PRAGMA page_size = {PAGE}")  # several documents to a page
            return fill(connection, release, progress)
    finally:
        engine.dispose()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
