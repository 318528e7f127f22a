"""Examining a database: everything that can be wrong with the releases in it, each with what mends it."""

import hashlib
from collections.abc import Iterator
from contextlib import closing

import psycopg
from psycopg import OperationalError

from app.errors import Problem, Unavailable
from app.query.reader import Published
from app.releases.catalogue import Catalogue, StoreError
from app.releases.catalogue_lines import read_lines
from app.releases.examine import Examined, examine_catalogue
from app.releases.postgres.catalogue import LINES, SCHEMAS, schema_name
from app.releases.postgres.database import PostgresDatabase
from app.releases.postgres.kept import KeptSchema
from app.releases.postgres.server import NotArrived, Server
from app.releases.steps import steps

ABOUT = """
SELECT current_setting('server_version'), pg_is_in_recovery(), pg_size_pretty(pg_database_size(current_database()))
"""
LOGGED = "SELECT coalesce(max(number), 0) FROM onrecord.step"
DOCUMENTS = "SELECT number, document FROM document WHERE number > ? ORDER BY number LIMIT 1000"


def examine(dsn: str, admin: str | None) -> Iterator[Examined]:
    """Yield what is found by the DSN of who reads and by that of who writes, if there is one."""
    with closing(Server(dsn)) as server:
        try:
            ((version, is_replica, size),) = server.rows(ABOUT)
            yield Examined(
                "database", "ok", f"PostgreSQL {version}, {'a replica' if is_replica else 'the primary'}, {size}"
            )
            yield _builder(admin)
            yield from _catalogue(server)
        except NotArrived:
            yield Examined("catalogue", "error", "there is none here: run onrecord build DOSSIER, or onrecord copy")
        except Problem as problem:
            yield Examined("database", "error", f"{problem.detail} See that ONRECORD_STORE leads to one that runs")


def _builder(admin: str | None) -> Examined:
    """Whether who writes gets at a primary."""
    if admin is None:
        return Examined("builder", "ok", "ONRECORD_ADMIN_STORE is not set: nothing is built from here")
    try:
        with psycopg.connect(admin, connect_timeout=5) as connection:
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    except OperationalError as error:
        return Examined("builder", "error", f"ONRECORD_ADMIN_STORE leads nowhere: {' '.join(str(error).split())}")
    if row == (True,):
        return Examined("builder", "error", "ONRECORD_ADMIN_STORE leads to a replica: name the primary in it")
    return Examined("builder", "ok", "ONRECORD_ADMIN_STORE leads to the primary")


def _catalogue(server: Server) -> Iterator[Examined]:
    lines = read_lines("\n".join(line for (line,) in server.rows(LINES)).encode())
    catalogue = Catalogue(lines.events)
    yield from examine_catalogue(catalogue, lines.faults)
    yield _log(server, catalogue)
    schemas = {name for (name,) in server.rows(SCHEMAS)}
    for release in catalogue.listed():
        yield _release(server, release, schema_name(release.info.id, release.schema_version) in schemas)
    named = {schema_name(event.release, event.members.get("schema_version", "")) for event in catalogue.events}
    if left := sorted(schemas - named):
        yield Examined("left over", "warning", f"{', '.join(left)}: named by no line of the catalogue; drop it by hand")


def _log(server: Server, catalogue: Catalogue) -> Examined:
    """Whether the log of changes has the last step of the catalogue."""
    last = max((step.event.number for step in steps(catalogue)), default=0)
    ((logged,),) = server.rows(LOGGED)
    if logged < last:
        return Examined(
            "log of changes", "warning", f"it goes up to line {logged}, not {last}: the next build tries again"
        )
    return Examined("log of changes", "ok", "it has the last step of the catalogue")


def _release(server: Server, release: Published, is_there: bool) -> Examined:
    """How the schema of a release is; without it only the current one is an error, and a withdrawn one needs none."""
    what = f"edition {release.info.label}"
    if release.withdrawn is not None:
        return Examined(what, "ok", f"withdrawn: {release.withdrawn}")
    schema = schema_name(release.info.id, release.schema_version)
    if not is_there:
        missing = f"{schema} is missing: run onrecord build with its dossiers"
        return Examined(what, "error", missing) if release.current else Examined(what, "ok", "pruned")
    if not _is_whole(PostgresDatabase(server, schema), release):
        return Examined(what, "error", f"{schema} is damaged: drop it, and run onrecord build with its dossiers")
    return Examined(what, "ok", f"{schema} has the input and documents that were published")


def _is_whole(database: PostgresDatabase, release: Published) -> bool:
    """Whether input and documents have the digests by which the release was published."""
    digest, last = hashlib.sha256(), 0
    try:
        for _ in KeptSchema(database, release).proved(release.info.id):
            pass
        while rows := database.rows(DOCUMENTS, (last,)):
            digest.update("".join(f"{document}\n" for _, document in rows).encode())
            last = rows[-1][0]
    except (StoreError, Unavailable, ValueError):
        return False
    return digest.hexdigest() == release.documents
