"""The releases in a PostgreSQL database, read through connections that may lead to replicas or to PgBouncer.

This module only reads; `app.releases.postgres.publish` writes.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from time import monotonic

from app.errors import Problem, ReleaseGone, Unavailable
from app.query.reader import Published
from app.releases.catalogue import Catalogue, StoreError
from app.releases.library import Catalogued, keep_few
from app.releases.postgres.catalogue import CatalogueTable, schema_name
from app.releases.postgres.change_log import LogTables
from app.releases.postgres.database import PostgresDatabase
from app.releases.postgres.kept import KeptSchema
from app.releases.postgres.server import Server
from app.releases.reader import SqlReader
from app.releases.schema import HEAD
from app.releases.sqlite import IDLE, schema_mismatch
from app.releases.stored_changes import StoredChanges


class PostgresStore(Catalogued):
    """The protocol `Library` over one database."""

    is_remote = True

    def __init__(self, server: Server) -> None:
        self._server, self._lookout = server, server.lookout()
        self._table = CatalogueTable(self._lookout)
        self._readers: dict[str, SqlReader] = {}
        self._used: dict[str, float] = {}  # when they were asked for last
        self._lock = Lock()

    def catalogue(self) -> Catalogue:
        """Return the catalogue as it was half a second ago or later; raise Unavailable if it never could be read."""
        return self._table.read().catalogue

    def current(self) -> SqlReader:
        needed = self.catalogue().needed()
        if needed.schema_version != HEAD:
            raise Unavailable(f"Release {needed.info.label} {schema_mismatch(needed)}.")
        return self._open(needed)

    def serves(self, release: Published) -> bool:
        return release.withdrawn is None and release.schema_version == HEAD and self._schema(release) is not None

    def is_served(self, id: str) -> bool:
        release = self.catalogue().releases.get(id)
        return release is not None and self.serves(release)

    def _changes(self) -> StoredChanges:
        catalogue = self.catalogue()
        return StoredChanges(LogTables(self._server, catalogue.position), catalogue)

    def database(self, release: str) -> Path | None:
        """Return None, for there is no file; raise Refused or ReleaseGone."""
        self.catalogue().named(release)
        return None

    def curated(self, release: Published) -> Iterator[str]:
        """Yield the curated input of a release of any schema, one canonical JSON text a record; raise StoreError."""
        try:
            yield from self.kept(release).proved(release.info.id)
        except Problem as problem:
            raise StoreError(f"release {release.info.label}: {problem.detail}") from problem

    def keeps(self, release: Published) -> bool:
        return self._schema(release) is not None

    def kept(self, release: Published) -> KeptSchema:
        schema = schema_name(release.info.id, release.schema_version)
        return KeptSchema(PostgresDatabase(self._server, schema), release)

    def verify(self) -> None:
        """Raise StoreError if there is no current release, or it is missing, another one, or of another schema."""
        try:
            current = self._table.look().catalogue.current
            if current is None:
                raise StoreError("no release in this database: run onrecord build DOSSIER")
            if current.schema_version != HEAD:
                raise StoreError(f"release {current.info.label} {schema_mismatch(current)}: run onrecord upgrade")
            stored = self._open(current).stored_id()
        except (Problem, LookupError) as error:
            reason = error.detail if isinstance(error, Problem) else "its schema holds no release"
            raise StoreError(f"the database cannot be served: {reason}") from error
        if stored != current.info.id:
            raise StoreError(f"the schema of release {current.info.label} holds another release")

    def prove(self) -> bool:
        """Let go of releases that nobody has asked for a while; whether pages are whole is for the server to say."""
        long_ago, needed = monotonic() - IDLE, self.catalogue().current
        with self._lock:
            for id in [id for id, used in self._used.items() if used < long_ago]:
                if id in self._readers and (needed is None or id != needed.info.id):
                    self._readers.pop(id)  # who reads it goes on
        return True

    def close(self) -> None:
        """Close every connection."""
        self._table.close()
        self._lookout.close()
        self._server.close()

    def _schema(self, release: Published) -> str | None:
        """Return the name of the schema of a release; None if it is not kept here."""
        name = schema_name(release.info.id, release.schema_version)
        return name if name in self._table.read().schemas else None

    def _open(self, release: Published) -> SqlReader:
        """Return the reader of a release; raise ReleaseGone for one that is not kept or has other tables."""
        if release.schema_version != HEAD:
            raise ReleaseGone(f"Release {release.info.label} {schema_mismatch(release)}, and cannot be read here.")
        if (schema := self._schema(release)) is None:
            raise ReleaseGone(f"Release {release.info.label} is not kept here any more.")
        id = release.info.id
        self._used[id] = monotonic()
        with self._lock:
            if id not in self._readers:
                self._readers[id] = SqlReader(PostgresDatabase(self._server, schema), release)
                keep_few(release, self._readers, self._used, self.catalogue().current)
            return self._readers[id]
