"""The commands with their arguments and options. Their docstrings are the help.

A command imports what it needs when it is called: `onrecord --version` loads no database, `onrecord check` no server.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def _folder(text: str) -> Path:
    if "://" in text:  # of which a Path leaves one stroke
        from app.cli.console import stop

        raise stop("--store is a folder: name a database by ONRECORD_STORE, for everybody sees arguments")
    return Path(text)


Store = Annotated[
    Path | None,
    typer.Option(
        help="The folder of releases; ONRECORD_STORE, else ./onrecord-data.", parser=_folder, metavar="<path>"
    ),
]


def _address(host: str) -> str:
    if not host.strip():  # which is every address
        from app.cli.console import stop

        raise stop("--host is blank: write an address, 0.0.0.0 for every one, or leave it out")
    return host


Host = Annotated[str, typer.Option(help="The address to listen on.", callback=_address)]


class Format(StrEnum):
    """How findings are printed."""

    text = "text"
    github = "github"


class ImportForm(StrEnum):
    """What the files are that are imported."""

    csv = "csv"
    xlsx = "xlsx"
    ucdp_ged = "ucdp-ged"
    popolo = "popolo"


def serve_command(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1)] = 1,
    upgrade: Annotated[bool, typer.Option("--upgrade", help="Build a release of another schema anew first.")] = False,
    store: Store = None,
) -> None:
    """Serve the current release; where there is none, build the bundled dossier first."""
    from app.cli.serve import serve

    serve(host, port, workers, store, upgrade)


def build_command(
    dossiers: Annotated[list[Path], typer.Argument(help="Folders that each hold a dossier.", metavar="DOSSIER")],
    store: Store = None,
    without: Annotated[
        list[str] | None,
        typer.Option(help="A dossier of the current release that shall not be served any more.", metavar="ID"),
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(help="Your copies of the sources' texts: every anchor is proved first, as by verify.")
    ] = None,
) -> None:
    """Build a release of dossiers and publish it; nothing is published if anything is wrong."""
    from app.cli.publish import build

    build(dossiers, store, without or (), texts)


def releases_command(store: Store = None) -> None:
    """List what was published, latest first."""
    from app.cli.publish import list_releases

    list_releases(store)


def diff_command(
    first: Annotated[str, typer.Argument(help="A release: its id or label.", metavar="RELEASE")],
    second: Annotated[str, typer.Argument(help="A later one.", metavar="RELEASE")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    store: Store = None,
) -> None:
    """Print what curators created, changed, removed and merged from one release to another."""
    from app.cli.diff import print_diff

    print_diff(first, second, store, as_json)


Release = Annotated[str, typer.Argument(help="Its id, four characters of it or more, or its label.", metavar="RELEASE")]


def roll_back_command(release: Release, store: Store = None) -> None:
    """Go back to an earlier release: it becomes the current one again, and nothing is built."""
    from app.cli.store import go_back

    go_back(release, store)


def withdraw_command(
    release: Release,
    reason: Annotated[str, typer.Option(help="What was wrong with it, for people; its addresses tell it.")],
    store: Store = None,
) -> None:
    """Withdraw a release: its addresses answer 410 with the reason from now on."""
    from app.cli.store import withdraw_release

    withdraw_release(release, reason, store)


def prune_command(
    keep: Annotated[int, typer.Option(help="How many releases to keep, those that were current last.", min=1)],
    at_once: Annotated[
        bool, typer.Option("--at-once", help="Also what stopped being current less than an hour ago.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
    store: Store = None,
) -> None:
    """Delete the files of old releases, never that of the current one; the list of releases keeps them all."""
    from app.cli.store import prune_releases

    prune_releases(keep, at_once, dry_run, store)


def copy_command(
    folder: Annotated[Path, typer.Option("--from", help="The folder of releases.")],
    database: Annotated[
        str | None, typer.Option("--to", help="The postgresql:// of the database; ONRECORD_ADMIN_STORE.")
    ] = None,
) -> None:
    """Copy the releases of a folder and its catalogue into a database, and prove that every row arrived."""
    from app.cli.postgres import copy_folder

    copy_folder(folder, database)


def doctor_command(store: Store = None) -> None:
    """Look at settings, catalogue, releases and room, and say what to mend."""
    from app.cli.doctor import diagnose

    diagnose(store)


def upgrade_command(store: Store = None) -> None:
    """Build kept releases of another schema anew, from the input in their files; ids and answers stay."""
    from app.cli.upgrade import upgrade_releases

    upgrade_releases(store)


def check_command(
    dossiers: Annotated[
        list[Path] | None, typer.Argument(help="Folders that each hold a dossier.", metavar="DOSSIER")
    ] = None,
    against: Annotated[Path | None, typer.Option(help="entries.ndjson of the release before.")] = None,
    form: Annotated[Format, typer.Option("--format", help="github: as annotations of a workflow.")] = Format.text,
    kinds: Annotated[bool, typer.Option("--list", help="Print the kinds of finding.")] = False,
) -> None:
    """Check dossiers and report every finding at once, as file:line: message (what to do)."""
    from app.cli.check import check_dossiers, print_kinds

    if kinds:
        print_kinds()
    else:
        check_dossiers(dossiers or [], against, form)


def preview_command(
    dossiers: Annotated[list[Path], typer.Argument(help="Folders that each hold a dossier.", metavar="DOSSIER")],
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8001,
) -> None:
    """Show dossiers that are not published, and follow their files: whatever is saved is checked and shown."""
    from app.cli.preview import preview

    preview(dossiers, host, port)


def verify_command(
    dossier: Annotated[Path, typer.Argument(help="A folder that holds a dossier.", metavar="DOSSIER")],
    texts: Annotated[
        Path | None, typer.Option(help="The folder with your copies of the sources' texts; else DOSSIER/texts.")
    ] = None,
) -> None:
    """Prove every anchor against the copies of the texts that you hold, and show what no claim answers for."""
    from app.cli.verify import verify_dossier

    verify_dossier(dossier, texts)


def anchor_command(
    text: Annotated[Path | None, typer.Argument(help="Your copy of the source's text.", metavar="TEXT")] = None,
    passage: Annotated[
        str | None, typer.Argument(help="The words of the passage, in any typography.", metavar="PASSAGE")
    ] = None,
    write: Annotated[
        list[Path] | None,
        typer.Option(help="Anchor all of a dossier in its files: words in evidence become anchors.", metavar="DOSSIER"),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(help="With --write: your copies of the texts, ID.txt for each source; else DOSSIER/texts."),
    ] = None,
) -> None:
    """Anchor all of a dossier with --write; else print the anchor of a passage, or what a source says of its text."""
    from app.cli.anchor import print_anchor, write_anchors

    if write:
        write_anchors(write, texts, text)
    else:
        print_anchor(text, passage)


def new_command(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.", metavar="FOLDER")],
    csv: Annotated[bool, typer.Option("--csv", help="With its records in tables of CSV, to import.")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="With its records in a workbook, to import.")] = False,
    example: Annotated[
        bool, typer.Option("--example", help="An invented dossier that is complete, with its texts.")
    ] = False,
) -> None:
    """Start a dossier: a small commented one that passes check, with the schemas that an editor completes by."""
    from app.cli.curate import copy_example, new_dossier

    if example:
        copy_example(folder)
    else:
        new_dossier(folder, "csv" if csv else "xlsx" if xlsx else None)


def import_command(
    form: Annotated[
        ImportForm, typer.Argument(help="csv, xlsx, ucdp-ged or popolo: what the files are.", metavar="FORM")
    ],
    files: Annotated[list[Path], typer.Argument(help="The files.", metavar="FILE")],
    dossier: Annotated[Path, typer.Option("--to", help="The folder that holds the dossier.", metavar="DOSSIER")],
    name: Annotated[str, typer.Option("--as", help="What the written files are called.", metavar="NAME")] = "imported",
    replace: Annotated[bool, typer.Option("--replace", help="Write the files of that name anew.")] = False,
) -> None:
    """Bring what stands in tables into a dossier; nothing is written if anything is wrong."""
    from app.cli.imports import import_files

    import_files(form, files, dossier, name, replace)


def vocabulary_command(
    name: Annotated[str | None, typer.Argument(help="countries, measures, event-types …", metavar="NAME")] = None,
    dossiers: Annotated[
        list[Path] | None, typer.Argument(help="Dossiers whose own terms are printed too.", metavar="DOSSIER")
    ] = None,
) -> None:
    """Print the terms of a vocabulary, those that dossiers add to it too; without a name the vocabularies."""
    from app.cli.vocabulary import print_vocabulary

    print_vocabulary(name, dossiers or [])


def schema_command(
    kind: Annotated[
        str | None, typer.Argument(help="The file it is for: events, claims, dossier …", metavar="KIND")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--dir", help="Write all of them into this folder.")] = None,
) -> None:
    """Print the JSON Schema of one kind of file, or write them all."""
    from app.cli.curate import print_schema

    print_schema(kind, folder)
