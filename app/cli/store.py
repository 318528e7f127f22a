"""The commands `roll-back`, `withdraw` and `prune`: what happens to releases after they are published."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.console import err, out, stop
from app.cli.publish import opened_any, settings
from app.query.reader import Published
from app.releases.life import roll_back, withdraw
from app.releases.pruning import GRACE, prune
from app.releases.sqlite import SqliteStore
from app.values.invisible import BIDI, UNSEEN

if TYPE_CHECKING:
    from app.releases.postgres.store import PostgresStore

LONGEST_REASON = 1000  # characters
MEGABYTE = 10**6


def go_back(reference: str, store: Path | None) -> None:
    """Make an earlier release the current one; end the command if that cannot be."""
    with published(store) as releases:
        before = releases.catalogue().current
        release = _rolled_back(releases, reference)
    if before is not None and before.info == release.info:
        out().print(f"{named(release)}, is current already", markup=False)
        return
    out().print(f"{named(release)}, is current again", markup=False)
    if left_out := _left_out(before, release):
        err().print(f"not served any more: {', '.join(left_out)}", markup=False)


def withdraw_release(reference: str, reason: str, store: Path | None) -> None:
    """Withdraw a release; end the command if that cannot be."""
    reason = " ".join(reason.split())
    hidden = BIDI.search(reason) or UNSEEN.search(reason) or not reason.isprintable()
    if not reason or len(reason) > LONGEST_REASON or hidden:
        raise stop(f"--reason is for people: 1 to {LONGEST_REASON} characters, none that is not seen")
    with published(store) as releases:
        release, current = _withdrawn(releases, reference, reason)
    out().print(f"{named(release)}, is withdrawn", markup=False)
    if current is None:
        err().print("no release is left to serve: build an edition without what was wrong")
    else:
        out().print(f"{named(current)}, is current", markup=False)


def prune_releases(keep: int, at_once: bool, dry_run: bool, store: Path | None) -> None:
    """Delete what need not be kept, and print it."""
    grace = timedelta() if at_once else GRACE
    with published(store) as releases:
        if isinstance(releases, SqliteStore):
            what, (gone, size) = "files", _pruned_files(releases, keep, grace, dry_run)
        else:
            from app.cli.postgres import pruned_schemas

            what, (gone, size) = "schemas", pruned_schemas(keep, grace, dry_run)
    for name, release in gone.items():
        out().print(f"{name}  {release}", markup=False)
    err().print(f"{len(gone)} {what} {'would be deleted' if dry_run else 'deleted'}, {size / MEGABYTE:.1f} MB")


def _pruned_files(store: SqliteStore, keep: int, grace: timedelta, dry_run: bool) -> tuple[dict[str, str], int]:
    """Delete files; return the names of them with what each held, and the bytes that they took."""
    pruned = prune(store, keep, grace, dry_run)
    labels = {store.path(release): named(release) for release in pruned.releases}
    return {file.name: labels.get(file, "named by no release") for file in pruned.files}, pruned.size


@contextmanager
def published(store: Path | None) -> "Iterator[SqliteStore | PostgresStore]":
    """Open the store in which something was published; end the command if it is none."""
    with opened_any(store) as releases:
        if not releases.catalogue().events:
            raise stop("nothing was published here yet: run onrecord build DOSSIER")
        yield releases


def named(release: Published) -> str:
    """Return what people call a release, its id first."""
    return f"release {release.info.id[:16]}, edition {release.info.label}"


def _rolled_back(releases: "SqliteStore | PostgresStore", reference: str) -> Published:
    if isinstance(releases, SqliteStore):
        return roll_back(releases, reference)
    from app.cli.postgres import admin_dsn
    from app.releases.postgres import publish

    return publish.roll_back(admin_dsn(settings()), reference)


def _withdrawn(
    releases: "SqliteStore | PostgresStore", reference: str, reason: str
) -> tuple[Published, Published | None]:
    if isinstance(releases, SqliteStore):
        return withdraw(releases, reference, reason)
    from app.cli.postgres import admin_dsn
    from app.releases.postgres import publish

    return publish.withdraw(admin_dsn(settings()), reference, reason)


def _left_out(before: Published | None, release: Published) -> list[str]:
    """Return the ids of the dossiers that were served before and are not in this release."""
    served = [] if before is None else [dossier["id"] for dossier in before.about["dossiers"]]
    kept = {dossier["id"] for dossier in release.about["dossiers"]}
    return [id for id in served if id not in kept]
