"""Verifying a dossier: what became of every anchor, source by source."""

from pathlib import Path

import typer
from rich.markup import escape

from app.cli.check import checked, print_findings
from app.cli.console import FINDINGS, err, out, stop
from app.dossier.copied import RUN, copied_runs
from app.dossier.verify import FOUND, FOUND_TWICE, NOT_FOUND, PROVED, WRONG, Verification, verify


def verify_dossier(dossier: Path, texts: Path) -> None:
    """Prove every anchor against copies of the texts, and print what no claim answers for."""
    report = checked([dossier], None)
    if report.corpus is None:
        print_findings(report)
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
