"""Printing for all commands: results go to standard output, everything else to standard error."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # a server prints too little to hold all of this in memory
    from rich.console import Console
    from rich.table import Table

Progress = Callable[[str, int, int], None]  # stage, steps done, steps in all or 0 if unknown

FINDINGS = 1  # exit code: the command ran, and found something wrong
CANNOT_RUN = 2  # exit code: the command could not do what it was asked to

STRIDE = 100  # steps after which a bar is drawn again
WIDE = 240  # characters of a line of a table that goes to a file


@cache
def out() -> "Console":
    """Return the standard output."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, emoji=False)


@cache
def err() -> "Console":
    """Return the standard error."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, emoji=False, stderr=True)


def print_table(table: "Table") -> None:
    """Print a table as wide as the terminal; if there is none, up to `WIDE` characters wide."""
    from rich.console import Console

    (out() if out().is_terminal else Console(width=WIDE, highlight=False, emoji=False)).print(table)


def stop(message: str) -> typer.Exit:
    """Print why nothing was done, in one line; return the exception that ends the command."""
    typer.echo(f"onrecord: {' '.join(message.split())}", err=True)
    return typer.Exit(CANNOT_RUN)


def need_texts(folder: Path) -> None:
    """End the command if the folder with copies of texts is not there."""
    if not folder.is_dir():
        raise stop(f"{folder} is no folder: name the one with your copies of the texts with --texts")


def why(error: OSError) -> str:
    """Return what the system refused as `file: reason`."""
    reason = error.strerror or str(error)
    reason = f"{reason[:1].lower()}{reason[1:]}"
    return f"{error.filename}: {reason}" if error.filename else reason


@contextmanager
def writing() -> Iterator[None]:
    """End the command with one line if a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise stop(why(error)) from error


def read(file: Path) -> str:
    """Return the text of a file, with its line ends; end the command if it cannot be read or is not UTF-8."""
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise stop(why(error)) from error
    except UnicodeDecodeError as error:
        raise stop(f"{file}: no UTF-8, byte {error.object[error.start]:#04x} at {error.start}") from error


@contextmanager
def progress(lines: bool = False, screen: "Console | None" = None) -> Iterator[Progress]:
    """Show progress: on a terminal a bar, elsewhere one line a stage if `lines` is true, and else nothing."""
    screen = screen or err()
    if not screen.is_terminal:
        yield _lines_by_stage(screen) if lines else lambda stage, done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            if done % STRIDE == 0 or done == total:
                bar.update(task, description=stage, completed=done, total=total or None)

        yield show


def _lines_by_stage(screen: "Console") -> Progress:
    printed: set[str] = set()

    def show(stage: str, done: int, total: int) -> None:
        if stage not in printed:
            printed.add(stage)
            screen.print(f"{stage} …", markup=False)

    return show


@contextmanager
def uncollected() -> Iterator[None]:
    """Stop the cyclic garbage collector meanwhile: with millions of live records it is most of the work."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
