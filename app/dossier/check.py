"""Checking dossiers: everything is read, every check is made, and all findings are reported at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.dossier.checks import CHECKS
from app.dossier.draft import Before, Draft
from app.dossier.findings import Finding
from app.dossier.layout import NotADossier, dossiers
from app.dossier.read import Lost, read
from app.dossier.written import Written
from app.resources import MAIN
from app.resources.corpus import Corpus, Curated, Tombstone

__all__ = ["NotADossier", "Report", "check"]


@dataclass(frozen=True)
class Report:
    """`corpus` is None as soon as one finding is an error; `counts` are entries as written, by kind.

    `unanchored` counts the evidence that no text at hand can prove: its source describes none.
    """

    findings: tuple[Finding, ...]
    corpus: Corpus | None
    counts: Mapping[str, int]
    unanchored: int

    @property
    def errors(self) -> int:
        """How many findings keep a release from being built."""
        return sum(each.kind.severity == "error" for each in self.findings)

    @property
    def summary(self) -> str:
        """One line: how much was checked, what was found, and what was not checked against a text."""
        counted = ", ".join(_count(self.counts[each.kind], each.kind) for each in MAIN)
        found = f"{_count(self.errors, 'error')}, {_count(len(self.findings) - self.errors, 'warning')}"
        return (
            f"{counted}: {found}; {_count(self.unanchored, 'piece')} of evidence in sources whose text is not at hand"
        )


def check(folders: Sequence[Path], before: Before | None = None) -> Report:
    """Check the dossiers of one build; every id that a release before it knew of them must still lead somewhere.

    Raises NotADossier.
    """
    items = [item for folder in dossiers(folders) for item in read(folder)]
    draft = Draft(
        everything=tuple(item for item in items if isinstance(item, Written)),
        lost=tuple(item for item in items if isinstance(item, Lost)),
        predecessor=before or {},
    )
    findings = [item for item in items if isinstance(item, Finding)]
    findings += [finding for each in CHECKS for finding in each(draft)]
    return _report(draft, findings)


def _report(draft: Draft, findings: list[Finding]) -> Report:
    kinds = Counter(each.kind for each in draft.written)
    errors = any(each.kind.severity == "error" for each in findings)
    return Report(
        findings=tuple(sorted(set(findings), key=lambda each: (each.file, each.line, each.kind.slug, each.message))),
        corpus=None if errors else _corpus(draft),
        counts={each.kind: kinds[each.kind] for each in MAIN},
        unanchored=_unanchored(draft),
    )


def _corpus(draft: Draft) -> Corpus:
    dossier = {each.folder: each.id for each in draft.dossiers}
    curated = (Curated(each.kind, dossier[each.folder], each.entry) for each in draft.written)
    removed = (Tombstone(dossier=dossier[each.folder], **each.entry.model_dump()) for each in draft.removed.values())
    return Corpus(
        tuple(sorted(curated, key=lambda each: (each.kind, each.entry.id))),
        tuple(sorted(removed, key=lambda each: each.id)),
    )


def _unanchored(draft: Draft) -> int:
    sources = (draft.entry(each.source) for claim in draft.of("claim") for each in claim.entry.evidence)
    return sum(source is not None and not source.at_hand for source in sources)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
