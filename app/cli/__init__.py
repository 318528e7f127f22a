"""The command line: one call per command."""

import typer

from app.cli.curate import anchor_command, check_command, new_command, schema_command, verify_command
from app.cli.publish import build_command, releases_command, serve_command

app = typer.Typer(
    name="onrecord",
    help="Who did what, who said what, and where it is written: hand-curated dossiers as a read-only REST API.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve_command)
app.command("build")(build_command)
app.command("releases")(releases_command)
app.command("check")(check_command)
app.command("verify")(verify_command)
app.command("anchor")(anchor_command)
app.command("new")(new_command)
app.command("schema")(schema_command)
