"""The command `upgrade`: builds kept releases of another schema anew."""

from pathlib import Path

import typer

from app.cli.check import print_findings
from app.cli.console import FINDINGS, err, out, progress, uncollected
from app.cli.publish import folder_of
from app.cli.store import named, published
from app.query.reader import Published
from app.releases.catalogue import StoreError
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore
from app.releases.upgrade import Unfit, outdated, upgrade


def upgrade_releases(store: Path | None) -> None:
    """Upgrade every kept release that has another schema; end the command with exit code 1 if one stays as it was."""
    with published(folder_of(store)) as releases:
        assert isinstance(releases, SqliteStore), "it is a folder"
        waiting = outdated(releases)
        stayed = [release for release in waiting if not _tried(releases, release)]
    if not waiting:
        err().print(f"every release kept here has schema {HEAD}")
    if stayed:
        raise typer.Exit(FINDINGS)


def upgrade_current(releases: SqliteStore) -> None:
    """Upgrade the current release if its file is here and has another schema; raise StoreError if that cannot be."""
    for release in outdated(releases)[:1]:
        if release.current:
            _upgrade(releases, release)


def _tried(releases: SqliteStore, release: Published) -> bool:
    """Upgrade a release; return whether that was possible, and print why not."""
    try:
        _upgrade(releases, release)
    except StoreError as error:
        err().print(f"onrecord: {error}", markup=False)
        return False
    return True


def _upgrade(releases: SqliteStore, release: Published) -> None:
    """Upgrade a release and print it, or every finding about it."""
    try:
        with uncollected(), progress(lines=True) as shown:
            upgrade(releases, release, lambda stage, *steps: shown(f"{release.info.label}: {stage}", *steps))
    except Unfit as unfit:
        print_findings(unfit.report)
        raise
    out().print(f"{named(release)}, has schema {HEAD} now, had {release.schema_version}", markup=False)
