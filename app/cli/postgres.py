"""What the commands do where ONRECORD_STORE is a database: read by that DSN, write by ONRECORD_ADMIN_STORE."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.console import err, out, progress, stop, uncollected
from app.cli.publish import opened, settings, sound
from app.cli.store import named
from app.errors import Problem
from app.query.reader import Published
from app.releases.catalogue import StoreError
from app.releases.examine import Examined
from app.settings import DSN, Settings

if TYPE_CHECKING:
    from app.releases.postgres.store import PostgresStore


@contextmanager
def opened_database(dsn: str) -> Iterator["PostgresStore"]:
    """Open the store in a database, and close it in the end; end the command if the store cannot be used."""
    if find_spec("psycopg_pool") is None:
        raise stop(
            "ONRECORD_STORE is a database, and no driver for it is here: install onrecord with its extra postgres"
        )
    from app.releases.postgres.server import Server
    from app.releases.postgres.store import PostgresStore

    store = PostgresStore(Server(dsn))
    try:
        yield store
    except StoreError as error:
        raise stop(str(error)) from error
    except Problem as problem:
        raise stop(problem.detail) from problem
    finally:
        store.close()


def refuse_without_driver() -> None:
    """End the command if no driver for PostgreSQL is installed."""
    if find_spec("psycopg_pool") is None:
        raise stop("the store is a database, and no driver for it is here: install onrecord with its extra postgres")


def admin_dsn(chosen: Settings) -> str:
    """Return the DSN of who may write; end the command if there is none."""
    if chosen.admin_store is None:
        raise stop(
            "ONRECORD_STORE only reads the database: set ONRECORD_ADMIN_STORE to the DSN of a role that may write"
        )
    return chosen.admin_store.get_secret_value()


def publish_there(
    chosen: Settings, dossiers: list[Path], without: Collection[str] = (), texts: Path | None = None
) -> Published:
    """Check dossiers, prove their anchors if there are texts, build and publish; end the command on a finding."""
    dsn = admin_dsn(chosen)
    with uncollected(), opened_database(dsn) as store:
        from app.releases.build import plan
        from app.releases.postgres.publish import publish_release
        from app.releases.predecessor import ids_before

        before = ids_before(store, lambda why: err().print(why, markup=False))
        store.close()  # or it would look for new releases all the while
        corpus = sound(dossiers, before, texts)
        with progress(lines=True) as shown:
            release = plan(corpus)
            return publish_release(dsn, release, lambda stage, *steps: shown(f"building {stage}", *steps), without)


def pruned_schemas(keep: int, grace: timedelta, dry_run: bool) -> tuple[dict[str, str], int]:
    """Drop schemas; return the names of them with what each held, and the bytes that they took."""
    from app.releases.postgres.pruning import prune

    dropped = prune(admin_dsn(settings()), keep, grace, dry_run)
    return {name: named(release) for name, release in dropped.schemas.items()}, dropped.size


def examined_database(dsn: str, admin: str | None) -> Iterator[Examined]:
    """Yield what is found in a database, in the order in which to mend it."""
    if find_spec("psycopg_pool") is None:
        yield Examined("database", "error", "no driver for it is here: install onrecord with its extra postgres")
        return
    from app.releases.postgres.examine import examine

    yield from examine(dsn, admin)


def copy_folder(folder: Path, database: str | None) -> None:
    """Copy what a folder has and the database lacks, and print it; end the command if that cannot be."""
    dsn = database or admin_dsn(settings())
    if not DSN.fullmatch(dsn):
        raise stop("--to is a database: it begins with postgresql://")
    refuse_without_driver()
    from app.releases.postgres.copy import copy_store

    with opened(folder) as store:
        copied = copy_store(store, dsn)
    for release in copied:
        out().print(f"{named(release)}, has the same rows in the database", markup=False)
    err().print(f"{len(copied)} {'release' if len(copied) == 1 else 'releases'} copied")
