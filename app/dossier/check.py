"""Checking dossiers: everything is read, every check is made, and all findings are reported at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.dossier.checks import OF_DRAFTS, OF_ENTRIES
from app.dossier.compact import Compact
from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.kept import kept_entries
from app.dossier.layout import NotADossier, dossiers
from app.dossier.own_terms import OwnTerms, own_terms
from app.dossier.predecessor import Before
from app.dossier.read import Lost, read
from app.dossier.written import MODELS, Written
from app.entries import ENTRIES
from app.entries.corpus import Corpus, Curated, Tombstone
from app.entries.sources import SourceEntry
from app.vocabularies import CORE, Vocabularies, using

Progress = Callable[[str, int, int], None]

__all__ = ["NotADossier", "Progress", "Report", "check", "check_items", "check_kept"]


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
        return sum(finding.kind.severity == "error" for finding in self.findings)

    @property
    def summary(self) -> str:
        """One line: how much was checked, what was found, and what was not checked against a text."""
        counted = ", ".join(_count(self.counts[kind], kind) for kind in ENTRIES)
        found = f"{_count(self.errors, 'error')}, {_count(len(self.findings) - self.errors, 'warning')}"
        return (
            f"{counted}: {found}; {_count(self.unanchored, 'piece')} of evidence in sources whose text is not at hand"
        )


def check(
    folders: Sequence[Path], before: Before | None = None, progress: Progress = lambda stage, done, total: None
) -> Report:
    """Check the dossiers of one build; every id that a release before it knew of them must still lead somewhere.

    `progress` gets the stage, how much of it is done, and of how much (0 if nobody knows). Raises NotADossier.
    """
    folders = dossiers(folders)
    written = (item for folder in folders for item in read(folder))
    return check_items(written, own_terms(folders), progress, before)


def check_kept(
    lines: Iterable[str],
    name: str,
    vocabularies: Vocabularies = CORE,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Check the canonical lines of a release as `check` does the dossiers; findings tell `name` and the line.

    `vocabularies` are the vocabularies with the terms that the lines define, and those of an earlier version.
    """
    return check_items(kept_entries(lines, name), OwnTerms(base=vocabularies), progress)


def check_items(
    items: Iterable[Written | Lost | Finding], terms: OwnTerms, progress: Progress, before: Before | None = None
) -> Report:
    """Check whatever was read, from files or not, and the terms that come with it, as `check` does the dossiers."""
    with using(terms.vocabularies()):
        return _check(items, terms, before or {}, progress)


def _check(items: Iterable[Written | Lost | Finding], terms: OwnTerms, before: Before, progress: Progress) -> Report:
    reading = _Reading(findings=[*terms.findings])
    for done, item in enumerate(items):
        progress("reading", done, 0)
        reading.take(item)
    draft = Draft(tuple(reading.written), tuple(reading.lost), before or {})
    findings = reading.findings
    for done, examine in enumerate(OF_DRAFTS, 1):
        findings.extend(examine(draft))
        progress("checking", done, len(OF_DRAFTS))
    return _report(draft, terms, findings)


@dataclass
class _Reading:
    """What was read so far; each entry is checked by itself as it comes, and then made compact."""

    written: list[Written] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    compact: Compact = field(default_factory=lambda: Compact(MODELS.values()))

    def take(self, item: Written | Lost | Finding) -> None:
        """Keep what is needed of one item."""
        if isinstance(item, Written):
            for examine in OF_ENTRIES:
                self.findings.extend(examine(item))
            if item.entry is not None:
                item.entry, item.value = self.compact(item.entry), None
            self.written.append(item)
        elif isinstance(item, Lost):
            self.lost.append(item)
        else:
            self.findings.append(item)


def _report(draft: Draft, terms: OwnTerms, findings: list[Finding]) -> Report:
    kinds = Counter(written.kind for written in draft.written)
    errors = any(finding.kind.severity == "error" for finding in findings)
    return Report(
        findings=tuple(sorted(set(findings), key=_in_order)),
        corpus=None if errors else _corpus(draft, terms),
        counts={kind: kinds[kind] for kind in ENTRIES},
        unanchored=_unanchored(draft),
    )


def _in_order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.file, finding.line, finding.kind.slug, finding.message


def _corpus(draft: Draft, terms: OwnTerms) -> Corpus:
    dossier = {written.origin.folder: written.id for written in draft.dossiers}
    curated = (Curated(written.kind, dossier[written.origin.folder], written.entry) for written in draft.written)
    removed = (
        Tombstone(dossier=dossier[written.origin.folder], **written.entry.model_dump())
        for written in draft.removed.values()
    )
    return Corpus(
        tuple(sorted(curated, key=lambda entry: (entry.kind, entry.entry.id))),
        tuple(sorted(removed, key=lambda tombstone: tombstone.id)),
        terms.vocabularies(dossier),
    )


def _unanchored(draft: Draft) -> int:
    sources = (draft.entry(evidence.source) for claim in draft.of("claim") for evidence in claim.entry.evidence)
    return sum(isinstance(source, SourceEntry) and not source.at_hand for source in sources)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
