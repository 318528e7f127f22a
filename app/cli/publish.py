"""The commands `build` and `releases`: publish a release, and list what was published."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.console import FINDINGS, err, out, print_table, progress, stop, uncollected, why
from app.query.reader import Published
from app.releases.catalogue import StoreError
from app.releases.files import try_writing
from app.releases.sqlite import SqliteStore
from app.settings import Settings, from_environment

if TYPE_CHECKING:
    from app.dossier.predecessor import Before
    from app.entries.corpus import Corpus
    from app.releases.postgres.store import PostgresStore


def build(dossiers: list[Path], store: Path | None, without: Collection[str], texts: Path | None = None) -> None:
    """Build a release of dossiers, publish it in a folder of releases, and print its id and edition."""
    folder = store or settings().location
    if isinstance(folder, Path):
        with opened(folder) as releases:
            published = publish(releases, dossiers, without, texts)
            releases.verify()
    else:
        from app.cli.postgres import publish_there

        published = publish_there(settings(), dossiers, without, texts)
    out().print(f"release   {published.info.id}")
    out().print(f"edition   {published.info.label}, issued {published.info.issued}", markup=False)
    out().print(f"documents {published.documents}")
    err().print(f"published in {folder if isinstance(folder, Path) else 'the database'}", markup=False)


def list_releases(store: Path | None) -> None:
    """Print a table of the releases, latest first; end the command if there is none."""
    with opened_any(store) as releases:
        published = releases.published()
    from rich.table import Table

    table = Table("", "release", "edition", "issued", "published", "records", box=None)
    for release in published:
        mark = "current" if release.current else "withdrawn" if release.withdrawn else ""
        records = str(sum(release.about["counts"].values()))
        table.add_row(mark, release.info.id[:16], release.info.label, release.info.issued, release.at, records)
    if not table.row_count:
        raise stop("nothing was published here yet: run onrecord build DOSSIER")
    print_table(table)


def settings(store: Path | None = None) -> Settings:
    """Return the settings, with this folder of releases if one is given; end the command if a setting is invalid."""
    try:
        chosen = from_environment()
    except ValueError as error:
        raise stop(f"settings: {error}") from error
    return chosen.model_copy(update={"store": store}) if store else chosen


@contextmanager
def opened(folder: Path) -> Iterator[SqliteStore]:
    """Open the store of a folder, and close it in the end; end the command if the store cannot be used."""
    store = SqliteStore(folder)
    try:
        store.catalogue_file.whole()
        yield store
    except StoreError as error:
        raise stop(str(error)) from error
    except OSError as error:
        raise stop(why(error)) from error
    finally:
        store.close()


@contextmanager
def opened_any(store: Path | None) -> "Iterator[SqliteStore | PostgresStore]":
    """Open the store that is given or set, be it a folder or a database, as `opened` does."""
    location = store or settings().location
    if isinstance(location, Path):
        with opened(location) as folder:
            yield folder
        return
    from app.cli.postgres import opened_database

    with opened_database(location) as database:
        yield database


def publish(
    store: SqliteStore, dossiers: list[Path], without: Collection[str] = (), texts: Path | None = None
) -> Published:
    """Check dossiers, prove their anchors if there are texts, build and publish; end the command on a finding.

    Raise OSError at once if nothing can be written in the store.
    """
    try_writing(store.folder)
    with uncollected():
        return _publish(store, dossiers, without, texts)


def _publish(store: SqliteStore, dossiers: list[Path], without: Collection[str], texts: Path | None) -> Published:
    # Imported here, because reading a store needs none of it.
    from app.releases.build import plan
    from app.releases.predecessor import ids_before
    from app.releases.publish import publish_release

    corpus = sound(dossiers, ids_before(store, _warn_not_compared), texts)
    with progress(lines=True) as shown:
        release = plan(corpus)
        return publish_release(store, release, lambda stage, *steps: shown(f"building {stage}", *steps), without)


def sound(dossiers: list[Path], before: "Before", texts: Path | None) -> "Corpus":
    """Check dossiers, and prove their anchors if there are texts; end the command on a finding."""
    from app.cli.check import checked, print_findings
    from app.cli.verify import refuse_failed

    report = checked(dossiers, before, lines=True)
    print_findings(report)
    if report.corpus is None:
        raise typer.Exit(FINDINGS)
    if texts is not None:
        refuse_failed(report.corpus, texts)
    return report.corpus


def _warn_not_compared(reason: str) -> None:
    err().print(f"no ids of the release before to compare with: {reason}", markup=False)
