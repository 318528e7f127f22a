"""The command `doctor`: looks at settings and store, and says what to mend."""

from collections.abc import Iterable
from pathlib import Path

import typer

from app.cli.console import FINDINGS, err, why
from app.releases.examine import Examined, examine
from app.settings import Settings, from_environment

MARKS = {"ok": "green", "warning": "yellow", "error": "red"}


def diagnose(store: Path | None) -> None:
    """Print what was looked at, a line each; end with the code for findings if anything is an error."""
    found = [_settings(store)]
    known = from_environment() if found[0].state == "ok" else Settings.model_construct()
    location = store or known.location
    try:
        found += _examined(location, known)
    except OSError as error:
        found.append(Examined("store", "error", why(error)))
    for examined in found:
        mark = typer.style(f"{examined.state:<8}", fg=MARKS[examined.state])
        typer.echo(f"{mark}{examined.what:<18}{examined.told}")
    errors = sum(examined.state == "error" for examined in found)
    if errors:
        where = location if isinstance(location, Path) else "the database"
        err().print(f"{errors} {'error' if errors == 1 else 'errors'} in {where}", markup=False)
        raise typer.Exit(FINDINGS)


def _examined(location: Path | str, known: Settings) -> Iterable[Examined]:
    if isinstance(location, Path):
        return examine(location)
    from app.cli.postgres import examined_database

    admin = known.admin_store.get_secret_value() if known.admin_store else None
    return examined_database(location, admin)


def _settings(store: Path | None) -> Examined:
    try:
        from_environment()
    except ValueError as error:
        return Examined("settings", "error", str(error))
    where = "--store" if store else "ONRECORD_STORE, else ./onrecord-data"
    return Examined("settings", "ok", f"every name and value is known; the store is that of {where}")
