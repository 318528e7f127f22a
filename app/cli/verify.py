"""The command `verify`: prints the outcome of every anchor of a dossier, source by source."""

from collections.abc import Iterator
from pathlib import Path

import typer
from rich.markup import escape

from app.cli.check import checked, print_findings
from app.cli.console import FINDINGS, err, need_texts, out
from app.dossier.copied import RUN, copied_runs
from app.dossier.layout import TEXTS
from app.dossier.verify import FOUND, FOUND_TWICE, NOT_FOUND, PROVED, WRONG, Verification, verify
from app.entries.corpus import Corpus
from app.entries.sources import SourceEntry


def verify_dossier(dossier: Path, texts: Path | None) -> None:
    """Prove every anchor against copies of the texts; print the outcomes, and the passages that no claim cites.

    The copies lie in the folder `texts` of the dossier, unless another one is named.

    End the command with exit code 1 if an anchor fails or words of a source are copied.
    """
    report = checked([dossier], None)
    if report.corpus is None:
        print_findings(report)
        raise typer.Exit(FINDINGS)
    verifications = verified(report.corpus, texts or dossier / TEXTS)
    for verification in verifications:
        _print_verification(verification)
    copies = [verification.copy.text for verification in verifications if verification.copy]
    runs = copied_runs(dossier, copies, _printed_titles(report.corpus))
    for run in runs:
        where = f"{run.file.as_posix()}:{run.line}"
        out().print(
            f"{where}: {RUN} words in a row of a source: “{run.words}” (say it in your own words)", markup=False
        )
    err().print(
        f"pieces of evidence in sources whose text is not at hand, so with nothing to prove: {report.unanchored}"
    )
    if runs or any(verification.failed for verification in verifications):
        raise typer.Exit(FINDINGS)


def verified(corpus: Corpus, texts: Path) -> list[Verification]:
    """Every source against the copies in a folder; ends the command if there is no such folder."""
    need_texts(texts)
    return verify(corpus, texts)


def _printed_titles(corpus: Corpus) -> Iterator[str]:
    return (source.title for source in corpus.of(SourceEntry) if source.title_basis == "printed")


def refuse_failed(corpus: Corpus, texts: Path) -> None:
    """Print each anchor that is not in its text; ends the command if there is one. A source without a copy passes."""
    found = [verification for verification in verified(corpus, texts) if verification.copy is not None]
    failed = [(verification.source.id, proof) for verification in found for proof in verification.failed]
    for source, proof in failed:
        out().print(f"{source}: claim {proof.claim}: {proof.reason or proof.outcome}", markup=False)
    proved = sum(len(verification.proofs) for verification in found) - len(failed)
    err().print(f"anchors proved: {proved} in {len(found)} texts, {len(failed)} not")
    if failed:
        raise typer.Exit(FINDINGS)


def _print_verification(verification: Verification) -> None:
    out().print(f"[bold]{verification.source.id}[/]: {escape(_where(verification))}")
    outcomes = (PROVED, FOUND, FOUND_TWICE, NOT_FOUND, WRONG)
    counts = ", ".join(
        f"{verification.count(outcome)} {outcome}" for outcome in outcomes if verification.count(outcome)
    )
    out().print(f"  anchors   {len(verification.proofs)}: {counts or 'none'}")
    for proof in verification.failed:
        out().print(f"  [red]{proof.outcome}[/]  claim {proof.claim}: {proof.reason or 'there is no copy to look in'}")
    if verification.lengths:
        out().print(f"  lengths   median {verification.median:g}, longest {verification.lengths[-1]} characters")
    if verification.identical and verification.copy is not None:
        furniture = f"{verification.furniture_share:.1%} of them declared furniture"
        out().print(f"  coverage  {verification.share:.1%} of the non-blank characters, {furniture}")
        for start, end in verification.unanswered:
            out().print(f"  unclaimed {start} to {end}: {verification.copy.text[start:end].strip()!r}", markup=False)


def _where(verification: Verification) -> str:
    if verification.copy is None:
        return "no copy of its text is there"
    which = "the identical text" if verification.identical else "another copy, searched by hash"
    return f"{verification.copy.path} is {which}"
