"""Publishing into PostgreSQL: the schema, the line of the catalogue and what it changed, in one transaction."""

from collections.abc import Collection

from sqlalchemy import Connection

from app.query.reader import Published
from app.releases.admission import admit
from app.releases.build import Plan, Progress
from app.releases.catalogue import Catalogue, StoreError
from app.releases.life import known, refuse_withdrawn
from app.releases.postgres.build import build_schema
from app.releases.postgres.change_log import write_log
from app.releases.postgres.transaction import add_event, catalogue_in, is_there, transaction
from app.releases.schema import HEAD
from app.releases.sqlite import schema_mismatch
from app.values.members import Members


def publish_release(
    dsn: str, release: Plan, progress: Progress = lambda *_: None, without: Collection[str] = ()
) -> Published:
    """Build a release and add it to the catalogue; return it as published.

    Both are done or neither. A release whose schema is there already is not built again; the catalogue rolls back to
    it. Raise StoreError for a release that is not admitted, and if the database refuses.
    """
    with transaction(dsn) as connection:
        catalogue = catalogue_in(connection)
        admit(catalogue, release, without)
        before = catalogue.releases.get(release.id)
        if before is not None and before.schema_version == HEAD and is_there(connection, before):
            is_current = catalogue.current == before
            return catalogue.known(release.id) if is_current else added(connection, catalogue, "roll-back", release.id)
        members = release.published(catalogue.current, build_schema(connection, release, progress))
        return added(connection, catalogue, "publish", release.id, members)


def roll_back(dsn: str, reference: str) -> Published:
    """Make an earlier release the current one, and return it; raise StoreError if that cannot be."""
    with transaction(dsn) as connection:
        catalogue = catalogue_in(connection)
        release = known(catalogue, reference)
        refuse_withdrawn(release)
        if release.schema_version != HEAD:
            raise StoreError(f"release {release.info.label} {schema_mismatch(release)}: run onrecord upgrade")
        if not is_there(connection, release):
            raise StoreError(f"release {release.info.label} is not kept here any more: build its dossiers again")
        return release if release.current else added(connection, catalogue, "roll-back", release.info.id)


def withdraw(dsn: str, reference: str, reason: str) -> tuple[Published, Published | None]:
    """Withdraw a release for a reason; return it, and the one that is current then. Raise StoreError."""
    with transaction(dsn) as connection:
        catalogue = catalogue_in(connection)
        release = known(catalogue, reference)
        refuse_withdrawn(release, " before")
        added(connection, catalogue, "withdraw", release.info.id, {"reason": reason})
        return release, catalogue_in(connection).current


def added(
    connection: Connection, catalogue: Catalogue, op: str, release: str, members: Members | None = None
) -> Published:
    """Add a line to the catalogue, and what it changed to the log; return its release as it is then."""
    after = add_event(connection, catalogue, op, release, members)
    write_log(connection, after)
    return after.known(release)
