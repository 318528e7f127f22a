"""What every command prints with: results on standard output, everything else on standard error."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from app.releases.build import Progress
from app.settings import Settings, from_environment

FINDINGS = 1  # exit code: the command ran, and found something wrong
CANNOT_RUN = 2  # exit code: the command could not do what it was asked to

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)

WIDE = 240  # characters of a line that goes to a file

Before = Mapping[str, Mapping[str, str]]  # by dossier, the kind of each id that a release had


def print_table(table: Table) -> None:
    """A table as wide as the terminal, or as it needs where there is none."""
    (out if out.is_terminal else Console(width=WIDE, highlight=False)).print(table)


def stop(message: str) -> typer.Exit:
    """One line that says why nothing was done; to be raised."""
    err.print(f"onrecord: {' '.join(message.split())}", markup=False)
    return typer.Exit(CANNOT_RUN)


@contextmanager
def writing() -> Iterator[None]:
    """Ends the command with one line where the disk refuses."""
    try:
        yield
    except OSError as error:
        raise stop(str(error)) from error


def settings() -> Settings:
    """The settings of the environment; ends the command if they cannot be read."""
    try:
        return from_environment()
    except ValueError as error:
        raise stop(f"settings: {error}") from error


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task("building", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)
