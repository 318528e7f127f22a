"""Commands for whoever runs the service: build and publish a release, list them, serve the current one."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.table import Table

from app.cli.console import FINDINGS, Before, err, out, print_table, progress, settings, stop
from app.cli.curate import checked, print_findings
from app.errors import Unavailable
from app.query.reader import Published
from app.releases.build import plan
from app.releases.catalogue import StoreError
from app.releases.migrate import HEAD
from app.releases.predecessor import live_ids
from app.releases.sqlite import SqliteStore

Store = Annotated[Path | None, typer.Option(help="The folder of releases; ONRECORD_STORE, else ./onrecord-data.")]


def build_command(
    dossiers: Annotated[list[Path], typer.Argument(help="Folders that each hold a dossier.", metavar="DOSSIER...")],
    store: Store = None,
) -> None:
    """Build a release of dossiers and publish it; nothing is published if anything is wrong."""
    folder = store or settings().store
    with _opened(folder) as found:
        published = _publish(found, dossiers)
        found.verify()
    out.print(f"release   {published.stamp.id}")
    out.print(f"edition   {published.stamp.label}, issued {published.stamp.issued}")
    out.print(f"documents {published.documents}")
    err.print(f"published in {folder}", markup=False)


def releases_command(store: Store = None) -> None:
    """List what was published, latest first."""
    with _opened(store or settings().store) as found:
        published = found.published()
    table = Table("", "release", "edition", "issued", "published", "records", box=None)
    for each in published:
        mark = "current" if each.current else "withdrawn" if each.withdrawn else ""
        records = str(sum(each.about["counts"].values()))
        table.add_row(mark, each.stamp.id[:16], each.stamp.label, each.stamp.issued, each.at, records)
    if not table.row_count:
        raise stop("nothing was published here yet: run onrecord build DOSSIER")
    print_table(table)


def serve_command(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1)] = 1,
) -> None:
    """Serve the current release; where there is none, build the bundled dossier first."""
    chosen = settings()
    with _opened(chosen.store) as store:
        current = _ready(store)
    shown = f"[{host}]" if ":" in host else host
    _say_where(current, chosen.public_url or f"http://{shown}:{port}")
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # query strings hold people's names
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=10,  # seconds
    )


def bundled() -> list[Path]:
    """The dossiers that come with onrecord."""
    return sorted(Path(str(found)) for found in (files("app") / "fixtures").iterdir() if found.is_dir())


@contextmanager
def _opened(folder: Path) -> Iterator[SqliteStore]:
    """The store of that folder, closed in the end; one that cannot be used as it is ends the command."""
    store = SqliteStore(folder)
    try:
        yield store
    except (StoreError, OSError) as error:
        raise stop(str(error)) from error
    finally:
        store.close()


def _ready(store: SqliteStore) -> Published:
    """The release that is about to be served."""
    if store.catalogue().current is None:
        err.print("no release is here yet: building the bundled dossier")
        _publish(store, bundled())
    store.verify()
    return store.catalogue().needed()


def _publish(store: SqliteStore, dossiers: list[Path]) -> Published:
    """Check, build and publish; findings end the command."""
    report = checked(dossiers, _ids_before(store))
    print_findings(report)
    if report.corpus is None:
        raise typer.Exit(FINDINGS)
    with progress() as shown:
        return store.publish(plan(report.corpus), shown)


def _ids_before(store: SqliteStore) -> Before | None:
    """By dossier, the ids in the current release of the store; none if its file is lost, which a build makes good."""
    current = store.catalogue().current
    if current is None:
        return None
    try:
        if current.schema_version == HEAD:
            store.verify()
        return live_ids(store.current().entries())
    except (StoreError, Unavailable) as error:
        err.print(f"no ids of the release before to compare with: {error}", markup=False)
        return None


def _say_where(current: Published, url: str) -> None:
    err.print(f"[bold]onrecord[/] serves edition {current.stamp.label}, release {current.stamp.id[:16]}")
    err.print("  " + ", ".join(f"{count} {name}" for name, count in current.about["counts"].items()))
    for path, what in (("/docs", "the API reference"), ("/events", "what happened"), ("/actors", "who took part")):
        err.print(f"  {url}{path:<8} {what}")
