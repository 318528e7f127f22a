"""The command `doctor`: looks at settings and store, and says what to mend."""

from pathlib import Path

import typer

from app.cli.console import FINDINGS, err, stop, why
from app.releases.examine import Examined, examine
from app.settings import Settings, from_environment

MARKS = {"ok": "green", "warning": "yellow", "error": "red"}


def diagnose(store: Path | None) -> None:
    """Print what was looked at, a line each; end with the code for findings if anything is an error."""
    found = [_settings(store)]
    known = from_environment() if found[0].state == "ok" else Settings.model_construct()
    folder = store or known.location
    if not isinstance(folder, Path):
        raise stop("this command works on a folder of releases, and ONRECORD_STORE is a database")
    try:
        found += examine(folder)
    except OSError as error:
        found.append(Examined("store", "error", why(error)))
    for examined in found:
        mark = typer.style(f"{examined.state:<8}", fg=MARKS[examined.state])
        typer.echo(f"{mark}{examined.what:<18}{examined.told}")
    errors = sum(examined.state == "error" for examined in found)
    if errors:
        err().print(f"{errors} {'error' if errors == 1 else 'errors'} in {folder}", markup=False)
        raise typer.Exit(FINDINGS)


def _settings(store: Path | None) -> Examined:
    try:
        from_environment()
    except ValueError as error:
        return Examined("settings", "error", str(error))
    where = "--store" if store else "ONRECORD_STORE, else ./onrecord-data"
    return Examined("settings", "ok", f"every name and value is known; the store is that of {where}")
