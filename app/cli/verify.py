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
    for verification in found:
        _print_verification(verification)
    runs = copied_runs(dossier, [verification.copy.text for verification in found if verification.copy])
    for run in runs:
        where = f"{run.file.as_posix()}:{run.line}"
        out.print(f"{where}: {RUN} words in a row of a source: “{run.words}” (say it in your own words)", markup=False)
    err.print(f"pieces of evidence in sources whose text is not at hand, so with nothing to prove: {report.unanchored}")
    if runs or any(verification.failed for verification in found):
        raise typer.Exit(FINDINGS)


def _print_verification(found: Verification) -> None:
    out.print(f"[bold]{found.source.id}[/]: {escape(_where(found))}")
    outcomes = (PROVED, FOUND, FOUND_TWICE, NOT_FOUND, WRONG)
    counts = ", ".join(f"{found.count(outcome)} {outcome}" for outcome in outcomes if found.count(outcome))
    out.print(f"  anchors   {len(found.proofs)}: {counts or 'none'}")
    for proof in found.failed:
        out.print(f"  [red]{proof.outcome}[/]  claim {proof.claim}: {proof.reason or 'there is no copy to look in'}")
    if found.lengths:
        out.print(f"  lengths   median {found.median:g}, longest {found.lengths[-1]} characters")
    if found.identical and found.copy is not None:
        furniture = f"{found.furniture_share:.1%} of them declared furniture"
        out.print(f"  coverage  {found.share:.1%} of the non-blank characters, {furniture}")
        for start, end in found.unanswered:
            out.print(f"  unclaimed {start} to {end}: {found.copy.text[start:end].strip()!r}", markup=False)


def _where(found: Verification) -> str:
    if found.copy is None:
        return "no copy of its text is there"
    return f"{found.copy.path} is {'the identical text' if found.identical else 'another copy, searched by hash'}"
