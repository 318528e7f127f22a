"""The command line `onrecord`: registers its commands."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from app import __version__
from app.cli import commands
from app.cli.console import CANNOT_RUN, stop, why


class Command(TyperCommand):
    """A command with the usage line `[OPTIONS] DOSSIER...`; Typer puts braces around arguments that are required."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # Typer keeps the type of ctx in a private module
        """Refuse a path of no text, as of a variable that is not set: it would be the working folder."""
        values = [given.partition("=")[2] if given.startswith("--") and "=" in given else given for given in args]
        blank = {Path(value) for value in values if not value.strip()}
        rest = super().parse_args(ctx, args)
        for param in ctx.params.values():
            if not blank.isdisjoint(param if isinstance(param, list) else [param]):
                raise stop("a path is blank: name a file or folder, or leave it out")
        return rest

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]


class Commands(TyperGroup):
    """All commands: what they print is written in any encoding, and what the system refuses is one line."""

    def main(self, *given: Any, **named: Any) -> Any:
        """Run a command; end with exit code 2 where a file cannot be read or written, standard output too."""
        for stream in sys.stdout, sys.stderr:
            if isinstance(stream, TextIOWrapper):  # not if it is closed
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().main(*given, **named)
        except OSError as error:
            with suppress(OSError):  # standard error cannot be written either
                stop(why(error))
            sys.exit(CANNOT_RUN)


# To look for plugins, pydantic reads the metadata of every package installed: a tenth of what a short command takes.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

app = typer.Typer(
    name="onrecord",
    cls=Commands,
    help="Who did what, who said what, and where it is written: hand-curated dossiers as a read-only REST API.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve", cls=Command)(commands.serve_command)
app.command("build", cls=Command)(commands.build_command)
app.command("releases", cls=Command)(commands.releases_command)
app.command("diff", cls=Command)(commands.diff_command)
app.command("roll-back", cls=Command)(commands.roll_back_command)
app.command("withdraw", cls=Command)(commands.withdraw_command)
app.command("prune", cls=Command)(commands.prune_command)
app.command("copy", cls=Command)(commands.copy_command)
app.command("doctor", cls=Command)(commands.doctor_command)
app.command("upgrade", cls=Command)(commands.upgrade_command)
app.command("check", cls=Command)(commands.check_command)
app.command("preview", cls=Command)(commands.preview_command)
app.command("verify", cls=Command)(commands.verify_command)
app.command("anchor", cls=Command)(commands.anchor_command)
app.command("new", cls=Command)(commands.new_command)
app.command("import", cls=Command)(commands.import_command)
app.command("vocabulary", cls=Command)(commands.vocabulary_command)
app.command("schema", cls=Command)(commands.schema_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that come before a command. The help is given above, so this docstring is not shown."""
