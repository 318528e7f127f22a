"""The command line: one call per command."""

from typing import Annotated

import typer

from app import __version__
from app.cli.anchor import anchor_command
from app.cli.console import Command, out
from app.cli.curate import check_command, new_command, schema_command, verify_command
from app.cli.publish import build_command, releases_command
from app.cli.serve import serve_command

app = typer.Typer(
    name="onrecord",
    help="Who did what, who said what, and where it is written: hand-curated dossiers as a read-only REST API.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve", cls=Command)(serve_command)
app.command("build", cls=Command)(build_command)
app.command("releases", cls=Command)(releases_command)
app.command("check", cls=Command)(check_command)
app.command("verify", cls=Command)(verify_command)
app.command("anchor", cls=Command)(anchor_command)
app.command("new", cls=Command)(new_command)
app.command("schema", cls=Command)(schema_command)


def _print_version(asked: bool) -> None:
    if asked:
        out.print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Before every command; its docstring is not shown, the help above is."""
