"""What every command prints with: results on standard output, everything else on standard error."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

Progress = Callable[[str, int, int], None]  # stage, done, of how many; 0 if nobody knows

FINDINGS = 1  # exit code: the command ran, and found something wrong
CANNOT_RUN = 2  # exit code: the command could not do what it was asked to

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)

STRIDE = 100  # steps of a bar that are drawn as one
WIDE = 240  # characters of a line that goes to a file


def print_table(table: Table) -> None:
    """A table as wide as the terminal, or as it needs where there is none."""
    (out if out.is_terminal else Console(width=WIDE, highlight=False)).print(table)


def stop(message: str) -> typer.Exit:
    """One line that says why nothing was done; to be raised."""
    err.print(f"onrecord: {' '.join(message.split())}", markup=False)
    return typer.Exit(CANNOT_RUN)


def why(error: OSError) -> str:
    """What the system refused, as `file: reason`."""
    reason = error.strerror or str(error)
    reason = f"{reason[:1].lower()}{reason[1:]}"
    return f"{error.filename}: {reason}" if error.filename else reason


@contextmanager
def writing() -> Iterator[None]:
    """Ends the command with one line where the disk refuses."""
    try:
        yield
    except OSError as error:
        raise stop(why(error)) from error


def read(file: Path) -> str:
    """The text of a file, no line end changed; ends the command if there is none or it is no UTF-8."""
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise stop(why(error)) from error
    except UnicodeDecodeError as error:
        raise stop(f"{file}: no UTF-8, byte {error.object[error.start]:#04x} at {error.start}") from error


@contextmanager
def progress(lines: bool = False, screen: Console = err) -> Iterator[Progress]:
    """A bar on a terminal; elsewhere one line for each stage, if `lines` are wanted, else nothing."""
    if not screen.is_terminal:
        yield _line_for_each_stage(screen) if lines else lambda stage, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            if done % STRIDE == 0 or done == total:
                bar.update(task, description=stage, completed=done, total=total or None)

        yield show


def _line_for_each_stage(screen: Console) -> Progress:
    told: set[str] = set()

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in told:
            told.add(stage)
            screen.print(f"{stage} …", markup=False)

    return tell


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: among millions of records that are all needed it is most of the work."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
