"""Publishing into PostgreSQL: schema and line of the catalogue in one transaction, on one connection to the primary."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.query.reader import Published
from app.releases.admission import admit
from app.releases.build import Plan, Progress
from app.releases.catalogue import Catalogue, StoreError
from app.releases.files import now
from app.releases.life import known
from app.releases.postgres.build import build_schema
from app.releases.postgres.catalogue import TABLES, catalogue_of, schema_name
from app.releases.schema import HEAD
from app.releases.sqlite import schema_mismatch
from app.values.members import Members

LOCK = "SELECT pg_advisory_xact_lock(hashtext('onrecord.catalogue'))"
LINES = "SELECT line FROM onrecord.catalogue ORDER BY number"
ADD = "INSERT INTO onrecord.catalogue (number, line) VALUES (%s, %s)"
THERE = "SELECT to_regnamespace(%s) IS NOT NULL"


def publish_release(
    dsn: str, release: Plan, progress: Progress = lambda *_: None, without: Collection[str] = ()
) -> Published:
    """Build a release and add it to the catalogue; return it as published.

    Both are done or neither. A release whose schema is there already is not built again; the catalogue rolls back to
    it. Raise StoreError for a release that is not admitted, and if the database refuses.
    """
    with transaction(dsn) as connection:
        catalogue = _catalogue(connection)
        admit(catalogue, release, without)
        before = catalogue.releases.get(release.id)
        if before is not None and before.schema_version == HEAD and is_there(connection, before):
            is_current = catalogue.current == before
            return catalogue.known(release.id) if is_current else _added(connection, catalogue, "roll-back", release.id)
        members = release.published(catalogue.current, build_schema(connection, release, progress))
        return _added(connection, catalogue, "publish", release.id, members)


def roll_back(dsn: str, reference: str) -> Published:
    """Make an earlier release the current one, and return it; raise StoreError if that cannot be."""
    with transaction(dsn) as connection:
        catalogue = _catalogue(connection)
        release = known(catalogue, reference)
        if release.withdrawn is not None:
            raise StoreError(f"release {release.info.label} was withdrawn: {release.withdrawn}")
        if release.schema_version != HEAD:
            raise StoreError(f"release {release.info.label} {schema_mismatch(release)}: build its dossiers again")
        if not is_there(connection, release):
            raise StoreError(f"release {release.info.label} is not kept here any more: build its dossiers again")
        return release if release.current else _added(connection, catalogue, "roll-back", release.info.id)


def withdraw(dsn: str, reference: str, reason: str) -> tuple[Published, Published | None]:
    """Withdraw a release for a reason; return it, and the one that is current then. Raise StoreError."""
    with transaction(dsn) as connection:
        catalogue = _catalogue(connection)
        release = known(catalogue, reference)
        if release.withdrawn is not None:
            raise StoreError(f"release {release.info.label} was withdrawn before: {release.withdrawn}")
        _added(connection, catalogue, "withdraw", release.info.id, {"reason": reason})
        return release, _catalogue(connection).current


def _added(
    connection: Connection, catalogue: Catalogue, op: str, release: str, members: Members | None = None
) -> Published:
    """Add a line to the catalogue; return its release as it is then."""
    event = catalogue.then(op, release, now(), members or {}).events[-1]
    connection.exec_driver_sql(ADD, (event.number, event.line()))
    return _catalogue(connection).known(release)


def lines_of(connection: Connection) -> list[str]:
    """Return the lines of the catalogue."""
    return [line for (line,) in connection.exec_driver_sql(LINES)]


def _catalogue(connection: Connection) -> Catalogue:
    return catalogue_of(lines_of(connection))


def is_there(connection: Connection, release: Published) -> bool:
    """Say whether the schema of a release is there."""
    name = schema_name(release.info.id, release.schema_version)
    return bool(connection.exec_driver_sql(THERE, (name,)).scalar())


@contextmanager
def transaction(dsn: str) -> Iterator[Connection]:
    """One transaction, in which nobody else changes the catalogue; raise StoreError if the database refuses."""
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(LOCK)
            for statement in TABLES:
                connection.exec_driver_sql(statement)
            yield connection
    except (psycopg.Error, DBAPIError) as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise StoreError(f"nothing was changed in the database: {reason}") from error
    finally:
        engine.dispose()
