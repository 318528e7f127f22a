"""Upgrading in PostgreSQL: builds a kept release of another schema anew, from the input that it carries."""

from app.query.reader import Published
from app.releases.build import Progress
from app.releases.postgres.build import build_schema
from app.releases.postgres.catalogue import schema_name
from app.releases.postgres.kept import KeptSchema
from app.releases.postgres.publish import added
from app.releases.postgres.transaction import Within, catalogue_in, transaction
from app.releases.schema import HEAD
from app.releases.upgrade import planned_again


def upgrade(dsn: str, release: Published, progress: Progress = lambda *_: None) -> Published:
    """Build a release anew into a schema of its own, add that to the catalogue, and return the release as it is then.

    The schema of the other version stays until it is pruned. Raise Unfit if the input passes no more, and StoreError
    if it is damaged or makes another release now; nothing is changed then.
    """
    with transaction(dsn) as connection:
        catalogue = catalogue_in(connection)
        known = catalogue.releases[release.info.id]
        if known.withdrawn is not None or known.schema_version == HEAD:  # another process was here first
            return catalogue.known(release.info.id)
        kept = KeptSchema(Within(connection, schema_name(known.info.id, known.schema_version)), known)
        planned = planned_again(known, kept, progress)
        built = build_schema(connection, planned, progress)
        return added(connection, catalogue, "upgrade", known.info.id, {**built, "about": planned.about})
