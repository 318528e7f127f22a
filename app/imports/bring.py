"""Bringing records into a dossier: checked with all that is in it, and written only if nothing is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from app.dossier.check import Progress, Report, check_items
from app.dossier.cures import WITHOUT_QUOTES
from app.dossier.findings import Finding
from app.dossier.own_terms import own_terms
from app.dossier.read import read
from app.dossier.written import Written
from app.imports.kinds import KINDS
from app.imports.record import NOWHERE, Brought, Placed, PlacedOrigin, Record
from app.imports.staged import Staged

UNFINISHED: Final = frozenset({"words-not-anchored"})
"""Kinds of finding about what the next command finishes: they keep a release from being built, and no import."""


@dataclass(frozen=True)
class Told(Finding):
    """A finding about a file that was brought: `leak.xlsx:claims!B7: message (what to do)`."""

    where: str

    @property
    def place(self) -> str:
        return self.where


@dataclass
class Bringing:
    """One import: what is brought, and the dossier that it goes into, without the files that it replaces."""

    brought: Brought
    folder: Path
    staged: Staged
    _files: set[str] = field(default_factory=set)
    _places: set[tuple[str, int]] = field(default_factory=set)  # that something is told of already
    _origins: dict[tuple[str, str], PlacedOrigin] = field(default_factory=dict)

    def check(self, progress: Progress) -> Report:
        """Check the dossier with what is brought, which is written beside it meanwhile."""
        items = chain(read(self.folder, self.staged.replaced), self._items())
        report = check_items(items, own_terms((self.folder,)), progress)
        findings = [self._told(each) for each in report.findings if not self._repeats(each)]
        return Report(tuple(findings), report.corpus, report.counts, report.unanchored)

    def may_write(self, report: Report) -> bool:
        """Whether nothing is wrong but what the next command finishes."""
        errors = {each.kind.slug for each in report.findings if each.kind.severity == "error"}
        return errors <= UNFINISHED

    def _items(self) -> Iterator[Written | Finding]:
        for item in self.brought.items():
            self._files.add(item.file)
            if isinstance(item, Finding):
                self._places.add((item.file, item.line))
                yield item
            else:
                self.staged.add(item)
                yield self._written(item)

    def _written(self, record: Record) -> Written:
        origin = self._origins.setdefault(
            (record.kind, record.file), PlacedOrigin(record.kind, self.folder.as_posix(), record.file)
        )
        written = Written(origin, record.place, record.value)
        if record.spots:
            origin.placed[written] = Placed(None, record.place, record.place, record.spot)
        return written

    def _repeats(self, finding: Finding) -> bool:
        """Whether it follows from what is told of the place already, or once for all rows."""
        if finding.kind.slug in KINDS or finding.file not in self._files:
            return False
        return finding.line == NOWHERE or (finding.file, finding.line) in self._places

    def _told(self, finding: Finding) -> Finding:
        """The finding with places in place of the numbers that stand for them."""
        message = finding.message
        for file in self._files:
            parts = re.split(f"{re.escape(file)}:([0-9]+)", message)
            places = [self.brought.where(file, int(number)) for number in parts[1::2]]
            message = "".join(part for pair in zip(parts[::2], [*places, ""], strict=True) for part in pair)
        if finding.file not in self._files:
            return Finding(finding.kind, finding.file, finding.line, message, finding.cure)
        cure = finding.cure.replace(WITHOUT_QUOTES, "")
        where = self.brought.where(finding.file, finding.line)
        return Told(finding.kind, finding.file, finding.line, message, cure, where)
