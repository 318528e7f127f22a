"""The embedded store: a folder with the catalogue and one SQLite file a release, which is never written again.

This module only reads it; `app.releases.publish` writes.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic
from weakref import finalize

from app.errors import ReleaseGone, Unavailable
from app.query.reader import Published
from app.releases.catalogue import Catalogue, StoreError
from app.releases.catalogue_file import CatalogueFile
from app.releases.change_log import LogFiles
from app.releases.database import SECONDS, SqliteDatabase
from app.releases.integrity import Integrity
from app.releases.library import Catalogued, keep_few
from app.releases.memory import give_back
from app.releases.reader import SqlReader
from app.releases.release_file import ReleaseFile
from app.releases.schema import HEAD
from app.releases.stored_changes import StoredChanges

IDLE = 30.0  # seconds after which a release that is not current is let go; opening it again takes milliseconds
AT_ONCE = 256 * 2**20  # bytes of a file that is compared with its sha256 before a server begins; longer ones meanwhile

log = logging.getLogger("onrecord")


class SqliteStore(Catalogued):
    """The releases in one folder. A statement in one of them may take `seconds`."""

    is_remote = False

    def __init__(self, folder: Path, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self.folder, self.catalogue_file = folder, CatalogueFile(folder)
        self._readers: dict[str, SqlReader] = {}
        self._inodes: dict[str, int | None] = {}  # of the files that are open
        self._used: dict[str, float] = {}  # when they were asked for last
        self._integrity = Integrity(folder)
        self._lock = Lock()

    def catalogue(self) -> Catalogue:
        """Return the catalogue, as far as it can be read; its file is read again only when it has changed."""
        return self.catalogue_file.read()

    def current(self) -> SqlReader:
        needed = self.catalogue().needed()
        if (opened := self._readers.get(needed.info.id)) is not None:
            return opened
        if needed.schema_version != HEAD:
            raise Unavailable(f"Release {needed.info.label} {schema_mismatch(needed)}.")
        try:
            return self._open(needed)
        except ReleaseGone as error:
            raise Unavailable(f"The file of release {needed.info.label} is not there at the moment.") from error

    def serves(self, release: Published) -> bool:
        if release.withdrawn is not None or release.schema_version != HEAD:
            return False
        # A server continues with the current release if the file is removed while it is open.
        return self.path(release).exists() or (release.current and release.info.id in self._readers)

    def keeps(self, release: Published) -> bool:
        return self.path(release).exists()

    def kept(self, release: Published) -> ReleaseFile:
        return ReleaseFile(self.path(release))

    def is_served(self, id: str) -> bool:
        catalogue = self.catalogue()
        if catalogue.current is not None and catalogue.current.info.id == id:
            return True
        return id in catalogue.releases and self.serves(catalogue.releases[id])

    def _changes(self) -> StoredChanges:
        catalogue = self.catalogue()
        return StoredChanges(LogFiles(self.folder, catalogue.position), catalogue)

    def database(self, release: str) -> Path:
        """Return the file of a release, given its id, a prefix of it, or its label; raise Refused or ReleaseGone."""
        published = self.catalogue().named(release)
        _refuse_older(published)
        if not self.path(published).exists():
            raise _pruned(published)
        return self.path(published)

    def curated(self, release: Published) -> Iterator[str]:
        """Yield the curated input of a release of any schema, one canonical JSON text a record; raise StoreError."""
        if release.current and release.schema_version == HEAD:
            self.verify()
        yield from self.kept(release).proved(release.info.id)

    def close(self) -> None:
        """Close every opened release."""
        with self._lock:
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()

    def verify(self) -> None:
        """Raise StoreError if there is no current release, or it is missing, damaged or of another schema."""
        current = self.catalogue_file.whole().current
        if current is None:
            raise StoreError(f"no release in {self.folder}: run onrecord build DOSSIER")
        path = self.path(current)
        if not path.exists():
            raise StoreError(f"release file {path} is missing: copy it back, or run onrecord build DOSSIER")
        if current.schema_version != HEAD:
            raise StoreError(f"release {current.info.label} {schema_mismatch(current)}: run onrecord upgrade")
        damaged = StoreError(f"release file {path} is damaged: copy it back, or run onrecord build DOSSIER")
        try:
            stored = self._open(current).stored_id()
        except (sqlite3.DatabaseError, LookupError, Unavailable) as error:
            raise damaged from error
        if stored != current.info.id:
            raise StoreError(f"release file {path} holds another release: copy it back, or run onrecord build DOSSIER")
        if path.stat().st_size <= AT_ONCE and not self._integrity.is_whole(current):
            raise damaged

    def prove(self) -> bool:
        """Compare every open file that is still in place with its sha256 in the catalogue; say whether all are whole.

        One that is damaged is closed, so that its release is Unavailable until it is copied back. A file that was
        removed or replaced under its name changes nothing for who has it open.
        """
        releases = self.published()
        for release in releases:
            if release.info.id in self._readers and self._in_place(release) and not self._integrity.is_whole(release):
                log.error("release file %s is damaged: copy it back, or run onrecord build DOSSIER", self.path(release))
                self._close(release.info.id)
        self._let_go(releases)
        return not any(self._integrity.is_damaged(release) for release in releases)

    def _let_go(self, releases: Sequence[Published]) -> None:
        """Close old releases whose file is gone, and let go of those that nobody has asked for a while.

        These are closed by whoever reads them last: an export may take longer. What is free then is given back, and
        what answers took and left: by itself a heap shrinks only at its end.
        """
        long_ago = monotonic() - IDLE
        for release in releases:
            if release.current:
                continue
            if not self.path(release).exists():
                self._close(release.info.id)
            elif self._used.get(release.info.id, 0.0) < long_ago:
                self._readers.pop(release.info.id, None)
        give_back()

    def _close(self, id: str) -> None:
        with self._lock:
            reader = self._readers.pop(id, None)
        if reader is not None:
            reader.close()

    def _in_place(self, release: Published) -> bool:
        return self._integrity.inode(release) == self._inodes.get(release.info.id)

    def path(self, release: Published) -> Path:
        """Return the path of the file of a release, which may have been removed."""
        return self.folder / str(release.file)

    def _open(self, release: Published) -> SqlReader:
        """Return the reader of a release; raise ReleaseGone.

        A reader that is open is used again. It is closed if the file is gone, unless it is that of the current release.
        """
        _refuse_older(release)
        id, current = release.info.id, self.catalogue().current
        self._used[id] = monotonic()
        with self._lock:
            reader = self._readers.get(id)
            if reader is not None and current is not None and current.info.id == id:
                return reader
            if not self.path(release).exists():
                if reader is not None:
                    self._readers.pop(id).close()  # frees the blocks of the removed file
                raise _pruned(release)
            if reader is None:
                reader = self._readers[id] = self._reader(release)
                keep_few(release, self._readers, self._used, current)
        return reader

    def _reader(self, release: Published) -> SqlReader:
        """Open the file of a release; raise Unavailable if it is damaged."""
        path = self.path(release)
        if self._integrity.is_damaged(release):
            raise Unavailable(f"The file of release {release.info.label} is damaged.")
        self._inodes[release.info.id] = self._integrity.inode(release)
        try:
            database = SqliteDatabase(path, self._seconds)
            reader = SqlReader(database, release)
        except (sqlite3.DatabaseError, ValueError) as error:  # a ValueError for what should be text in UTF-8
            if self._integrity.is_whole(release):
                raise
            raise Unavailable(f"The file of release {release.info.label} is damaged.") from error
        finalize(reader, database.close)
        return reader


def _refuse_older(release: Published) -> None:
    if release.schema_version != HEAD:
        raise ReleaseGone(f"Release {release.info.label} {schema_mismatch(release)}, and cannot be read here.")


def schema_mismatch(release: Published) -> str:
    """Return which schema the release has, and which one is read here."""
    return f"has schema {release.schema_version}, this onrecord reads {HEAD}"


def _pruned(release: Published) -> ReleaseGone:
    return ReleaseGone(f"Release {release.info.label} is not kept here any more.")
