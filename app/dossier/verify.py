"""Verifying: every anchor of a dossier proved against the copies of the sources' texts that the reader holds."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.sources import SourceEntry
from app.values.anchors import Passage, digest, find, inside_word, normalised, paragraphs
from app.values.spans import Span, union, without

MAX_TEXT = 16 * 2**20  # bytes of a file that is taken for a text

Anchors = Sequence[tuple[str, Passage]]  # of one source, each with the id of its claim

PROVED = "proved"  # in the identical copy: offsets, both hashes and the paragraph are right
FOUND = "found"  # in another copy: one passage has the hash
FOUND_TWICE = "found twice"  # in another copy: several passages have the hash
NOT_FOUND = "not found"
WRONG = "wrong"  # in the identical copy: what stands at the offsets is not what was hashed


@dataclass(frozen=True)
class Copy:
    """One text file of the reader: `text` as its bytes say, with no line end changed."""

    path: Path
    sha256: str
    text: str


@dataclass(frozen=True)
class Proof:
    """What became of one anchor; `reason` says what is wrong with it."""

    claim: str
    passage: Passage
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class Verification:
    """One source against the copy of its text that proves most; without any copy there is nothing to prove."""

    source: SourceEntry
    copy: Copy | None
    proofs: tuple[Proof, ...]

    @property
    def identical(self) -> bool:
        """Whether the copy is the very text that was curated from."""
        return self.copy is not None and self.copy.sha256 == self.source.sha256

    @property
    def failed(self) -> tuple[Proof, ...]:
        """The anchors that are not in the text."""
        return tuple(proof for proof in self.proofs if proof.outcome in (WRONG, NOT_FOUND))

    def count(self, outcome: str) -> int:
        """How many anchors came out so."""
        return sum(proof.outcome == outcome for proof in self.proofs)

    @cached_property
    def lengths(self) -> list[int]:
        """The lengths of the anchors, in code points."""
        return sorted(proof.passage.end - proof.passage.start for proof in self.proofs)

    @property
    def median(self) -> float:
        """The median length of an anchor."""
        return median(self.lengths) if self.lengths else 0

    @cached_property
    def unanswered(self) -> list[Span]:
        """The passages of the identical text that neither a claim nor declared furniture answers for."""
        if self.copy is None or not self.identical:
            return []
        text = self.copy.text
        anchors = [(proof.passage.start, proof.passage.end) for proof in self.proofs]
        open_ = without([(0, len(text))], union([*anchors, *self._furniture]))
        return [span for span in open_ if text[slice(*span)].strip()]

    @property
    def share(self) -> float:
        """The share of the identical text's non-blank characters that is answered for."""
        return 1 - self._part(self.unanswered)

    @property
    def furniture_share(self) -> float:
        """The share of the non-blank characters that is declared furniture."""
        return self._part(union(self._furniture))

    @property
    def _furniture(self) -> list[Span]:
        return [(stretch.start, stretch.end) for stretch in self.source.furniture]

    def _part(self, spans: Sequence[Span]) -> float:
        text = self.copy.text if self.copy else ""
        whole = _ink(text)
        return sum(_ink(text[slice(*span)]) for span in spans) / whole if whole else 0.0


def verify(corpus: Corpus, texts: Path) -> list[Verification]:
    """Each source whose text was at hand, against the copies in a folder (and below it)."""
    sources = [source for source in corpus.of(SourceEntry) if source.at_hand]
    anchors = {source.id: list(_anchors(source, corpus.of(ClaimEntry))) for source in sources}
    copies = {copy.sha256: copy for copy in reversed([*read_copies(texts)])}
    proved = {
        source.id: _identical(source, anchors[source.id], copies) for source in sources if source.sha256 in copies
    }
    searched = _nearest(sources, anchors, [copy for copy in copies.values() if not _is_of(copy, sources)])
    return [proved.get(source.id) or searched[source.id] for source in sources]


def read_copies(folder: Path) -> Iterator[Copy]:
    """Every file below the folder that is a text in UTF-8, in the order of their paths."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= MAX_TEXT:
            raw = path.read_bytes()
            try:
                yield Copy(path, hashlib.sha256(raw).hexdigest(), raw.decode("utf-8"))
            except UnicodeDecodeError:
                continue


def _is_of(copy: Copy, sources: Sequence[SourceEntry]) -> bool:
    """Whether it is the very text of a source."""
    return any(copy.sha256 == source.sha256 for source in sources)


def _identical(source: SourceEntry, anchors: Anchors, copies: Mapping[str, Copy]) -> Verification:
    copy = copies[str(source.sha256)]
    return Verification(source, copy, tuple(_proved(*anchor, copy.text) for anchor in anchors))


def _nearest(
    sources: Sequence[SourceEntry], anchors: Mapping[str, Anchors], others: Sequence[Copy]
) -> Mapping[str, Verification]:
    """Each source against the other copy that proves most of it; a copy is that of the one source it proves most of."""
    none = {source.id: _without_copy(source, anchors[source.id]) for source in sources}
    found = dict(none)
    for copy in others:
        tried = [Verification(source, copy, _search(anchors[source.id], copy)) for source in sources]
        best = max(tried, key=_proven, default=None)
        if best is not None and _proven(best) > _proven(found[best.source.id]):
            found[best.source.id] = best
    return found


def _without_copy(source: SourceEntry, anchors: Anchors) -> Verification:
    return Verification(source, None, tuple(Proof(*anchor, NOT_FOUND) for anchor in anchors))


def _search(anchors: Anchors, copy: Copy) -> tuple[Proof, ...]:
    return tuple(_searched(*anchor, copy.text) for anchor in anchors)


def _proven(found: Verification) -> float:
    """The share of the anchors that a copy proves."""
    return 1 - len(found.failed) / len(found.proofs) if found.proofs else 0.0


def _anchors(source: SourceEntry, claims: Sequence[ClaimEntry]) -> Iterator[tuple[str, Passage]]:
    for claim in claims:
        for evidence in claim.evidence:
            if evidence.source == source.id and (passage := evidence.passage) is not None:
                yield claim.id, passage


def _proved(claim: str, passage: Passage, text: str) -> Proof:
    """Prove by offsets, on the identical copy."""
    start, end = passage.start, passage.end
    found = text[start:end]
    number = next((n for n, (a, b) in enumerate(paragraphs(text), 1) if a <= start and end <= b), None)
    match = normalised(found)
    if digest(found) != passage.sha256:
        return Proof(claim, passage, WRONG, f"the passage {start} to {end} has another sha256")
    if (len(match), digest(match)) != (passage.match_length, passage.match_sha256):
        return Proof(claim, passage, WRONG, f"the passage {start} to {end} has another match when normalised")
    if inside_word(text, start) or inside_word(text, end):
        return Proof(claim, passage, WRONG, f"the passage {start} to {end} begins or ends inside a word")
    if number != passage.paragraph:
        return Proof(claim, passage, WRONG, f"the passage {start} to {end} is in paragraph {number}")
    return Proof(claim, passage, PROVED)


def _searched(claim: str, passage: Passage, text: str) -> Proof:
    """Prove by the hash of a sliding window: first in the paragraph of that number, then in the whole copy."""
    within = paragraphs(text)[passage.paragraph - 1 : passage.paragraph]
    for start, end in [*within, (0, len(text))]:
        windows = find(text[start:end], passage.match_length, passage.match_sha256)
        if windows:
            return Proof(claim, passage, FOUND if len(windows) == 1 else FOUND_TWICE)
    return Proof(claim, passage, NOT_FOUND, "no passage of the copy has its hash")


def _ink(text: str) -> int:
    """How many characters are not blank."""
    return len("".join(text.split()))
