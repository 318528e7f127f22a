"""The command `preview`: serves dossiers that are not published, and follows their files."""

from pathlib import Path

import typer

from app.cli.console import stop


def preview(dossiers: list[Path], host: str, port: int) -> None:
    """Show dossiers until a signal ends it; end the command if one of the folders holds none."""
    # At once, since what is needed takes a second to load; what is wrong with a folder has a line of its own.
    if all((folder / "dossier.yaml").is_file() for folder in dossiers):
        typer.echo(f"reading {', '.join(map(str, dossiers))} …", err=True)
    from app.dossier.layout import NotADossier
    from app.dossier.layout import dossiers as in_order

    try:
        folders = in_order(dossiers)
    except NotADossier as error:
        raise stop(str(error)) from error
    from app.cli.previewing import serve_preview

    serve_preview(folders, host, port)
