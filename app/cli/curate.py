"""Commands for curators: start a dossier, complete and check it, prove every anchor."""

import json
from enum import StrEnum
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from app.cli.console import FINDINGS, err, out, print_table, read, stop, why, writing
from app.dossier.check import NotADossier, Report, check
from app.dossier.copied import RUN, copied_runs
from app.dossier.draft import Before
from app.dossier.findings import KINDS, Finding
from app.dossier.schemas import schemas
from app.dossier.starter import starter
from app.dossier.verify import FOUND, FOUND_TWICE, NOT_FOUND, PROVED, WRONG, Verification, verify
from app.releases.predecessor import NoEntries, known_ids
from app.values.nearest import nearest
from app.values.slugs import slugify


class Format(StrEnum):
    """How findings are printed."""

    text = "text"
    github = "github"


def check_command(
    dossiers: Annotated[
        list[Path] | None, typer.Argument(help="Folders that each hold a dossier.", metavar="DOSSIER")
    ] = None,
    against: Annotated[Path | None, typer.Option(help="entries.ndjson of the release before.")] = None,
    form: Annotated[Format, typer.Option("--format", help="github: as annotations of a workflow.")] = Format.text,
    kinds: Annotated[bool, typer.Option("--list", help="Print the kinds of finding.")] = False,
) -> None:
    """Check dossiers and report every finding at once, as file:line: message (what to do)."""
    if kinds:
        _print_kinds()
        return
    if not dossiers:
        raise stop("name a dossier to check, or --list the kinds of finding")
    report = checked(dossiers, _ids_of(against) if against else None)
    print_findings(report, form)
    if report.corpus is None:
        raise typer.Exit(FINDINGS)


def verify_command(
    dossier: Annotated[Path, typer.Argument(help="A folder that holds a dossier.", metavar="DOSSIER")],
    texts: Annotated[Path, typer.Option(help="The folder with your copies of the sources' texts.")],
) -> None:
    """Prove every anchor against the copies of the texts that you hold, and show what no claim answers for."""
    report = checked([dossier], None)
    if report.corpus is None:
        print_findings(report, Format.text)
        raise typer.Exit(FINDINGS)
    if not texts.is_dir():
        raise stop(f"{texts} is no folder")
    found = verify(report.corpus, texts)
    for each in found:
        _print_verification(each)
    runs = copied_runs(dossier, [each.copy.text for each in found if each.copy])
    for run in runs:
        where = f"{run.file.as_posix()}:{run.line}"
        out.print(f"{where}: {RUN} words in a row of a source: “{run.words}” (say it in your own words)", markup=False)
    err.print(f"pieces of evidence in sources whose text is not at hand, so with nothing to prove: {report.unanchored}")
    if runs or any(each.failed for each in found):
        raise typer.Exit(FINDINGS)


def new_command(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.", metavar="FOLDER")],
) -> None:
    """Start a dossier: a small commented one that passes check, with the schemas that an editor completes by."""
    if folder.exists():
        raise stop(f"{folder} exists already; name a folder that does not")
    with writing():
        folder.mkdir(parents=True)
        for name, text in starter(slugify(folder.resolve().name)).items():
            (folder / name).write_text(text, encoding="utf-8")
        _write_schemas(folder / "schemas")
    out.print(f"{folder} is a dossier. Change it, then: onrecord check {quote(str(folder))}", markup=False)


def schema_command(
    kind: Annotated[
        str | None, typer.Argument(help="The file it is for: events, claims, dossier …", metavar="KIND")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--dir", help="Write all of them into this folder.")] = None,
) -> None:
    """Print the JSON Schema of one kind of file, or write them all."""
    if folder is not None:
        with writing():
            _write_schemas(folder)
    elif kind is None or kind not in schemas():
        near = nearest(kind, schemas()) if kind else None
        hint = f"; did you mean {near}?" if near else ""
        raise stop(f"name one of {', '.join(schemas())}, or a folder with --dir{hint}")
    else:
        out.print(json.dumps(schemas()[kind], indent=2, ensure_ascii=False), markup=False)


def checked(dossiers: list[Path], before: Before | None) -> Report:
    """The report on dossiers; ends the command where a folder holds none."""
    try:
        return check(dossiers, before)
    except NotADossier as error:
        raise stop(str(error)) from error
    except OSError as error:
        raise stop(why(error)) from error


def print_findings(report: Report, form: Format = Format.text) -> None:
    """Findings on standard output, a line each, and a summary on standard error."""
    for finding in report.findings:
        out.print(_annotation(finding) if form == Format.github else finding.text, markup=False)
    err.print(report.summary)


def _annotation(finding: Finding) -> str:
    """As a workflow command of GitHub Actions, which shows it at the line of a pull request."""
    message = f"{finding.message} ({finding.cure})".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    # Of a property, what ends it is escaped too.
    file = finding.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{finding.kind.severity} file={file},line={finding.line},title={finding.kind.slug}::{message}"


def _print_kinds() -> None:
    table = Table("kind", "severity", "what is found", "what to do", box=None)
    for each in KINDS.values():
        table.add_row(each.slug, each.severity, each.title, each.cure)
    print_table(table)


def _print_verification(each: Verification) -> None:
    out.print(f"[bold]{each.source.id}[/]: {escape(_where(each))}")
    outcomes = (PROVED, FOUND, FOUND_TWICE, NOT_FOUND, WRONG)
    counts = ", ".join(f"{each.count(outcome)} {outcome}" for outcome in outcomes if each.count(outcome))
    out.print(f"  anchors   {len(each.proofs)}: {counts or 'none'}")
    for proof in each.failed:
        out.print(f"  [red]{proof.outcome}[/]  claim {proof.claim}: {proof.reason or 'there is no copy to look in'}")
    if each.lengths:
        out.print(f"  lengths   median {each.median:g}, longest {each.lengths[-1]} characters")
    if each.identical and each.copy is not None:
        furniture = f"{each.furniture_share:.1%} of them declared furniture"
        out.print(f"  coverage  {each.share:.1%} of the non-blank characters, {furniture}")
        for start, end in each.unanswered:
            out.print(f"  unclaimed {start} to {end}: {each.copy.text[start:end].strip()!r}", markup=False)


def _where(each: Verification) -> str:
    if each.copy is None:
        return "no copy of its text is there"
    return f"{each.copy.path} is {'the identical text' if each.identical else 'another copy, searched by hash'}"


def _write_schemas(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        (folder / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")


def _ids_of(entries: Path) -> Before:
    try:
        return known_ids(read(entries).splitlines())
    except NoEntries as error:
        raise stop(f"{entries}: {error}") from error
