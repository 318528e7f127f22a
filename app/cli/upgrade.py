"""The command `upgrade`: builds kept releases of another schema anew."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.check import print_findings
from app.cli.console import FINDINGS, err, out, progress, uncollected
from app.cli.publish import settings
from app.cli.store import named, published
from app.query.reader import Published
from app.releases.build import Progress
from app.releases.catalogue import StoreError
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore
from app.releases.upgrade import Unfit, outdated, upgrade

if TYPE_CHECKING:
    from app.releases.postgres.store import PostgresStore


def upgrade_releases(store: Path | None) -> None:
    """Upgrade every kept release that has another schema; end the command with exit code 1 if one stays as it was."""
    with published(store) as releases:
        waiting = outdated(releases)
        stayed = [release for release in waiting if not _tried(releases, release)]
    if not waiting:
        err().print(f"every release kept here has schema {HEAD}")
    if stayed:
        raise typer.Exit(FINDINGS)


def upgrade_current(releases: "SqliteStore | PostgresStore") -> None:
    """Upgrade the current release if it is kept here and has another schema; raise StoreError if that cannot be."""
    for release in outdated(releases)[:1]:
        if release.current:
            _upgrade(releases, release)


def _tried(releases: "SqliteStore | PostgresStore", release: Published) -> bool:
    """Upgrade a release; return whether that was possible, and print why not."""
    try:
        _upgrade(releases, release)
    except StoreError as error:
        err().print(f"onrecord: {error}", markup=False)
        return False
    return True


def _upgrade(releases: "SqliteStore | PostgresStore", release: Published) -> None:
    """Upgrade a release and print it, or every finding about it."""
    try:
        with uncollected(), progress(lines=True) as shown:
            _built_anew(releases, release, lambda stage, *steps: shown(f"{release.info.label}: {stage}", *steps))
    except Unfit as unfit:
        print_findings(unfit.report)
        raise
    out().print(f"{named(release)}, has schema {HEAD} now, had {release.schema_version}", markup=False)


def _built_anew(releases: "SqliteStore | PostgresStore", release: Published, progress: Progress) -> Published:
    if isinstance(releases, SqliteStore):
        return upgrade(releases, release, progress)
    from app.cli.postgres import admin_dsn
    from app.releases.postgres.upgrade import upgrade as upgrade_there

    return upgrade_there(admin_dsn(settings()), release, progress)
