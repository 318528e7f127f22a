"""The command `check`: prints findings on standard output, a line each, and a summary on standard error."""

from pathlib import Path

import typer

from app.cli.commands import Format
from app.cli.console import FINDINGS, err, out, print_table, progress, read, stop, uncollected, why
from app.dossier.check import NotADossier, Report, check
from app.dossier.findings import KINDS, Finding
from app.dossier.predecessor import Before, NoEntries, known_ids


def check_dossiers(dossiers: list[Path], against: Path | None, form: Format) -> None:
    """Check dossiers and print every finding; end the command with exit code 1 if one of them is an error."""
    if not dossiers:
        raise stop("name a dossier to check, or --list the kinds of finding")
    report = checked(dossiers, _known_ids(against) if against else None)
    print_findings(report, form)
    if report.corpus is None:
        raise typer.Exit(FINDINGS)


def checked(dossiers: list[Path], before: Before | None, lines: bool = False) -> Report:
    """Return the report on dossiers; end the command if a folder holds none or cannot be read."""
    try:
        with uncollected(), progress(lines) as shown:
            return check(dossiers, before, shown)
    except NotADossier as error:
        raise stop(str(error)) from error
    except OSError as error:
        raise stop(why(error)) from error


def print_findings(report: Report, form: Format = Format.text) -> None:
    """Print findings on standard output, a line each, and a summary on standard error."""
    for finding in report.findings:
        out().print(_annotation(finding) if form == Format.github else finding.text, markup=False)
    err().print(report.summary)


def _annotation(finding: Finding) -> str:
    """Return a finding as a workflow command of GitHub Actions, which shows it at its line in a pull request."""
    message = _escaped(f"{finding.message} ({finding.cure})")
    # In a property, colon and comma are escaped too, since they would end it.
    file = _escaped(finding.file).replace(":", "%3A").replace(",", "%2C")
    return f"::{finding.kind.severity} file={file},line={finding.line},title={finding.kind.slug}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def print_kinds() -> None:
    """Print the kinds of finding, a row each."""
    from rich.table import Table

    table = Table("kind", "severity", "what is found", "what to do", box=None)
    for kind in KINDS.values():
        table.add_row(kind.slug, kind.severity, kind.title, kind.cure)
    print_table(table)


def _known_ids(entries: Path) -> Before:
    """Return the ids in entries.ndjson of an earlier release; end the command if the file has none."""
    try:
        return known_ids(read(entries).splitlines())
    except NoEntries as error:
        raise stop(f"{entries}: {error}") from error
