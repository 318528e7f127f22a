"""Pruning in PostgreSQL: drops the schemas of releases that need not be kept. No line of the catalogue is removed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.query.reader import Published
from app.releases.catalogue import Catalogue
from app.releases.catalogue_lines import REQUIRED
from app.releases.postgres.catalogue import SCHEMAS, schema_name
from app.releases.postgres.transaction import catalogue_in, transaction
from app.releases.pruning import GRACE, kept_ids, time_of
from app.releases.schema import HEAD

PATIENCE = "SET LOCAL lock_timeout = '10s'"  # for whoever reads a schema that is to be dropped
SIZE = """
SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0) FROM pg_catalog.pg_class
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = ANY(%s) AND relkind = 'r'
"""


@dataclass(frozen=True)
class Dropped:
    """The schemas that were dropped, each with its release, and the bytes that they took."""

    schemas: Mapping[str, Published]
    size: int


def prune(dsn: str, keep: int, grace: timedelta = GRACE, trial: bool = False) -> Dropped:
    """Drop the schemas of all but the `keep` releases that were current last; only say which if it is a trial.

    What stays is what `app.releases.pruning.prune` leaves in a folder: to drop what was current a moment ago would
    cancel what still reads it on replicas. Raise StoreError if the database refuses.
    """
    with transaction(dsn) as connection:
        catalogue, before = catalogue_in(connection), datetime.now(UTC) - grace
        there = {name for (name,) in connection.exec_driver_sql(SCHEMAS)}
        named = {**dict(_unkept(catalogue, kept_ids(catalogue, keep, before))), **dict(_replaced(catalogue, before))}
        gone = {name: known for name, known in sorted(named.items()) if name in there}
        size = int(connection.exec_driver_sql(SIZE, (list(gone),)).scalar_one())
        if not trial:
            _drop(connection, gone)
    return Dropped(gone, size)


def _drop(connection: Connection, names: Collection[str]) -> None:
    connection.exec_driver_sql(PATIENCE)
    for name in names:
        connection.exec_driver_sql(f'DROP SCHEMA "{name}" CASCADE')


def _unkept(catalogue: Catalogue, kept: set[str]) -> Iterator[tuple[str, Published]]:
    for known in catalogue.listed():
        if known.info.id not in kept:
            yield schema_name(known.info.id, known.schema_version), known


def _replaced(catalogue: Catalogue, before: datetime) -> Iterator[tuple[str, Published]]:
    """Yield the schemas of versions that an upgrade replaced before that time.

    Those of a later version stay: a newer onrecord serves them.
    """
    built = [event for event in catalogue.events if event.op in REQUIRED]
    last = {event.release: time_of(event) for event in built}
    for event in built:
        known, version = catalogue.releases[event.release], event.members["schema_version"]
        is_later = version > HEAD and known.withdrawn is None
        if version != known.schema_version and not is_later and last[event.release] <= before:
            yield schema_name(event.release, version), known
