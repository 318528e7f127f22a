"""Anchoring dossiers: words in evidence become anchors, and anchors in a text that was changed are made anew."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from app.dossier.edits import WORDS, anchor_edits, anchor_members, furniture_edits, text_edits, text_members
from app.dossier.findings import Finding, printable, seen
from app.dossier.held_texts import Described, HeldTexts
from app.dossier.layout import DossierFile, dossiers, files
from app.dossier.nodes import Location
from app.dossier.passages import Former, NoPassage, passage_again, passage_of_words
from app.dossier.positions import Position
from app.dossier.read import read
from app.dossier.rewriting import NotInPlace, Rewriting, Rewritten
from app.dossier.verify import Copy
from app.dossier.written import Written
from app.entries.claims import Evidence
from app.values.anchors import Passage, paragraph_at, whole_occurrences
from app.values.members import Members
from app.values.spans import Span

KINDS = ("claim", "source")  # entries that are edited
SHOWN = 160  # characters of a passage that is shown
AROUND = 30  # those before and behind it
OUTCOMES = KEPT, MADE, RENEWED, LEFT = "as they were", "made", "made anew", "without a text"


@dataclass(frozen=True)
class Fault:
    """What keeps a dossier from being anchored, where, what to do, and the places of a text to look at."""

    file: str
    line: int
    message: str
    cure: str
    places: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """`file:line: message (what to do)`, and below it `text:line: what stands there`, safe to print."""
        first = f"{seen(self.file)}:{self.line}: {printable(self.message)} ({printable(self.cure)})"
        return [first, *map(printable, self.places)]


@dataclass(frozen=True, eq=False)
class Citation:
    """One piece of evidence as somebody wrote it."""

    claim: Written
    number: int
    evidence: Members

    @property
    def location(self) -> Location:
        return ("evidence", self.number)

    @property
    def source(self) -> object:
        return self.evidence.get("source")

    @cached_property
    def passage(self) -> Passage | None:
        """The anchor that it has; None if it has none or a faulty one."""
        try:
            return Evidence.model_validate(
                {name: value for name, value in self.evidence.items() if name != WORDS}
            ).passage
        except ValidationError:
            return None

    @property
    def choice(self) -> tuple[object, object]:
        """The paragraph and the start that choose among the places of its words; those of an old anchor do not."""
        chooses = "sha256" not in self.evidence
        return (self.evidence.get("paragraph"), self.evidence.get("start")) if chooses else (None, None)


@dataclass
class Anchoring:
    """What becomes of the evidence of dossiers: edits of their files, unless there is a fault.

    `counts` are the pieces of evidence by what became of them, `described` the sources whose text is new, with the file
    of it.
    """

    entries: Sequence[Written]
    folder: Path
    rewriting: Rewriting = field(default_factory=Rewriting)
    faults: list[Fault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    described: list[tuple[str, Path]] = field(default_factory=list)

    def files(self) -> list[Rewritten]:
        """The files that change; raises NotInPlace."""
        return [*self.rewriting.files(self.entries)]

    def anchor(self) -> None:
        """Find out what becomes of every piece of evidence, and of each source whose text it is in."""
        sources = {written.id: written for written in reversed(self.entries) if written.kind == "source"}
        cited: dict[object, list[Citation]] = {id: [] for id in sources}
        for citation in self._citations():
            if citation.source in cited:
                cited[citation.source].append(citation)
            elif WORDS in citation.evidence:
                message = f"there is no source '{citation.source}' in the dossier"
                no_source = NoPassage(message, "correct the id, or add the source")
                self.faults.append(fault(citation.claim, (*citation.location, "source"), no_source))
        texts = HeldTexts.read(self.folder, {id: _described(source, cited[id]) for id, source in sources.items()})
        for id, source in reversed(sources.items()):
            _Source(self, source, cited[id], texts).anchor()
        self.faults.sort(key=lambda fault: (fault.file, fault.line))

    def _citations(self) -> Iterator[Citation]:
        for claim in self.entries:
            given = claim.value.get("evidence") if claim.kind == "claim" else None
            for number, evidence in enumerate(given if isinstance(given, list) else ()):
                if isinstance(evidence, dict):
                    yield Citation(claim, number, evidence)


def anchored(folders: Sequence[Path], texts: Path) -> Anchoring:
    """Anchor dossiers in the texts of a folder, without writing anything; raises NotADossier.

    What cannot be read of their claims and sources is among the faults; what else is wrong with them, `check` tells.
    """
    read_, wrong = [], []
    for folder in dossiers(folders):
        files_ = {file.shown for file in files(folder) if isinstance(file, DossierFile) and file.kind in KINDS}
        for item in read(folder):
            if isinstance(item, Written):
                read_.append(item)
            elif isinstance(item, Finding) and item.file in files_ and item.kind.severity == "error":
                wrong.append(Fault(item.file, item.line, item.message, item.cure))
    anchoring = Anchoring(read_, texts, faults=wrong)
    anchoring.anchor()
    return anchoring


def _described(source: Written, cited: Sequence[Citation]) -> Described:
    return Described(source.text("sha256"), [each.passage for each in cited if each.passage is not None])


def fault(written: Written, location: Location, reason: NoPassage, copy: Copy | None = None) -> Fault:
    """The fault of an entry at that place, with the stretches of a text that the reason names."""
    places = tuple(_place(copy, span) for span in reason.spans) if copy else ()
    message = f"{written.kind} '{written.id}': {reason.message}"
    return Fault(written.origin.file, written.at(location).line, message, reason.cure, places)


def _place(copy: Copy, span: Span) -> str:
    """`text:line: paragraph 2, start 180: and [what stands there] with a few words around it`."""
    start, end = span
    line = copy.text.count("\n", 0, start) + 1
    passage = copy.text[start:end] if end - start <= SHOWN else f"{copy.text[start : start + SHOWN]}…"
    before = copy.text[max(0, start - AROUND) : start].partition(" ")[2] if start > AROUND else copy.text[:start]
    after = copy.text[end : end + AROUND].rpartition(" ")[0]
    shown = " ".join(f"{before}[{passage}]{after}".split())
    return f"  {copy.path}:{line}: paragraph {paragraph_at(copy.text, *span) or 'none'}, start {start}: {shown}"


@dataclass(frozen=True)
class _Source:
    """One source, all that cites it, and its text."""

    run: Anchoring
    source: Written
    cited: Sequence[Citation]
    texts: HeldTexts

    def anchor(self) -> None:
        copy = self.texts.by_source.get(self.source.id)
        if copy is None:
            self._without_text()
        elif not copy.text.strip():
            self._fault(self.source, (), NoPassage(f"its text {copy.path} has no words", "save the text there"))
        elif self.source.text("sha256") or any(WORDS in citation.evidence for citation in self.cited):
            self._describe(copy)
            former = self._former(copy)
            for citation in self.cited:
                self._evidence(citation, copy, former)

    def _without_text(self) -> None:
        for citation in self.cited:
            if WORDS in citation.evidence:
                named = self.run.folder / f"{self.source.id}.txt"
                reason = NoPassage(f"there is no text of '{self.source.id}'", f"save your copy of it as {named}")
                self._fault(citation.claim, (*citation.location, WORDS), reason)
            elif citation.passage is not None:
                self.run.counts[LEFT] += 1

    def _describe(self, copy: Copy) -> None:
        """Let the source describe its text, and move its furniture, if the text is new."""
        members = text_members(copy.text)
        if all(self.source.value.get(name) == value for name, value in members.items()):
            return
        rewriting, source = self.run.rewriting, self.source
        with self._in_place(source, ()):
            position = rewriting.position(source)
            rewriting.edits[source].extend(text_edits(source.origin.text, position, copy.text))
            rewriting.value(source).update(members)
            self.run.described.append((source.id, copy.path))
            if "furniture" in position.members and source.text("sha256") not in ("", copy.sha256):
                self._move_furniture(position.members["furniture"].value, copy)

    def _move_furniture(self, position: Position, copy: Copy) -> None:
        before = self.texts.by_digest.get(self.source.text("sha256"))
        spans = []
        for number, item in enumerate(self.source.value["furniture"]):
            words = before.text[item["start"] : item["end"]] if before else ""
            found = whole_occurrences(copy.text, words)
            if len(found) != 1:
                why = (
                    f"stands {len(found)} times in {copy.path}"
                    if before
                    else "was in a text that is not there any more"
                )
                cure = "put the text before beside it, or take the furniture out and describe it again"
                self._fault(self.source, ("furniture", number), NoPassage(f"this furniture {why}", cure))
                continue
            spans.append(found[0])
        if len(spans) == len(position.items):
            edits = furniture_edits(self.source.origin.text, position, spans)
            self.run.rewriting.edits[self.source].extend(edits)
            for item, (start, end) in zip(self.run.rewriting.value(self.source)["furniture"], spans, strict=True):
                item.update(start=start, end=end)

    def _former(self, copy: Copy) -> Former:
        before, length = self.texts.by_digest.get(self.source.text("sha256")), self.source.value.get("length")
        shifts = [len(copy.text) - length] if isinstance(length, int) else []
        return Former(before.text if before else None, [0, *shifts])

    def _evidence(self, citation: Citation, copy: Copy, former: Former) -> None:
        location = (*citation.location, WORDS)
        try:
            passage = self._passage(citation, copy, former)
        except NoPassage as reason:
            self._fault(citation.claim, location, reason, copy)
            return
        if passage is None:
            return
        if passage == citation.passage and WORDS not in citation.evidence:
            self.run.counts[KEPT] += 1
            return
        rewriting, claim = self.run.rewriting, citation.claim
        with self._in_place(claim, location):
            position = rewriting.position(claim).members["evidence"].value.items[citation.number]
            rewriting.edits[claim].extend(anchor_edits(claim.origin.text, position, passage))
            evidence = rewriting.value(claim)["evidence"][citation.number]
            evidence.update(anchor_members(passage))
            self.run.counts[RENEWED if evidence.pop(WORDS, None) is None else MADE] += 1

    def _passage(self, citation: Citation, copy: Copy, former: Former) -> Passage | None:
        """The passage that a piece of evidence means; None if it means none. Raises NoPassage."""
        long = citation.evidence.get("whole") is not None
        if WORDS in citation.evidence:
            words = citation.evidence[WORDS]
            if not isinstance(words, str) or not words.strip():
                raise NoPassage("words has no text", "write the words of the passage, between quotes")
            return passage_of_words(copy.text, words, citation.choice, long)
        claim = citation.claim.text("text")
        return citation.passage and passage_again(copy.text, citation.passage, former, claim, long)

    @contextmanager
    def _in_place(self, written: Written, location: Location) -> Iterator[None]:
        try:
            yield
        except NotInPlace as error:
            self._fault(written, location, NoPassage(str(error), "write the record in a YAML file"))

    def _fault(self, written: Written, location: Location, reason: NoPassage, copy: Copy | None = None) -> None:
        self.run.faults.append(fault(written, location, reason, copy))
