"""Publishing: building a release, and listing what was published."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.table import Table

from app.cli.console import FINDINGS, err, out, print_table, progress, stop, uncollected, why
from app.query.reader import Published
from app.releases.catalogue import StoreError
from app.releases.sqlite import SqliteStore
from app.settings import Settings, from_environment


def build(dossiers: list[Path], store: Path | None, without: Collection[str]) -> None:
    """Build a release of dossiers and publish it."""
    folder = store or settings().store
    with opened(folder) as found:
        published = publish(found, dossiers, without)
        found.verify()
    out.print(f"release   {published.info.id}")
    out.print(f"edition   {published.info.label}, issued {published.info.issued}", markup=False)
    out.print(f"documents {published.documents}")
    err.print(f"published in {folder}", markup=False)


def list_releases(store: Path | None) -> None:
    """Print what was published, latest first."""
    with opened(store or settings().store) as found:
        published = found.published()
    table = Table("", "release", "edition", "issued", "published", "records", box=None)
    for each in published:
        mark = "current" if each.current else "withdrawn" if each.withdrawn else ""
        records = str(sum(each.about["counts"].values()))
        table.add_row(mark, each.info.id[:16], each.info.label, each.info.issued, each.at, records)
    if not table.row_count:
        raise stop("nothing was published here yet: run onrecord build DOSSIER")
    print_table(table)


def settings(store: Path | None = None) -> Settings:
    """The settings of the environment, with this folder of releases if one is given; ends the command if one is bad."""
    try:
        chosen = from_environment()
    except ValueError as error:
        raise stop(f"settings: {error}") from error
    return chosen.model_copy(update={"store": store}) if store else chosen


@contextmanager
def opened(folder: Path) -> Iterator[SqliteStore]:
    """The store of that folder, closed in the end; one that cannot be used as it is ends the command."""
    store = SqliteStore(folder)
    try:
        yield store
    except StoreError as error:
        raise stop(str(error)) from error
    except OSError as error:
        raise stop(why(error)) from error
    finally:
        store.close()


def publish(store: SqliteStore, dossiers: list[Path], without: Collection[str] = ()) -> Published:
    """Check, build and publish; findings end the command."""
    with uncollected():
        return _publish(store, dossiers, without)


def _publish(store: SqliteStore, dossiers: list[Path], without: Collection[str]) -> Published:
    # Imported here: to read a store takes none of what makes a release.
    from app.cli.check import checked, print_findings
    from app.releases.build import plan
    from app.releases.predecessor import ids_before
    from app.releases.publish import publish_release

    report = checked(dossiers, ids_before(store, _say_nothing_to_compare), lines=True)
    print_findings(report)
    if report.corpus is None:
        raise typer.Exit(FINDINGS)
    with progress(lines=True) as shown:
        release = plan(report.corpus)
        return publish_release(store, release, lambda stage, *steps: shown(f"building {stage}", *steps), without)


def _say_nothing_to_compare(reason: str) -> None:
    err.print(f"no ids of the release before to compare with: {reason}", markup=False)
