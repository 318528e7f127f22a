"""The contents of the room: which store is opened for what a setting says."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.releases.database import SECONDS
from app.releases.sqlite import SqliteStore

if TYPE_CHECKING:
    from app.releases.postgres.store import PostgresStore


def open_store(store: Path | str, seconds: float = SECONDS, prepares: bool = False) -> "SqliteStore | PostgresStore":
    """Open a folder, or a database given by its DSN, in which statements may be prepared; one may take `seconds`."""
    if isinstance(store, Path):
        return SqliteStore(store, seconds)
    # Who serves a folder needs no driver for PostgreSQL.
    from app.releases.postgres.server import PreparingServer, Server
    from app.releases.postgres.store import PostgresStore

    return PostgresStore(PreparingServer(store, seconds) if prepares else Server(store, seconds))
