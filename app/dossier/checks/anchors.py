"""Anchors: each names a passage that its source's text can have, and no longer than it must be."""

from collections.abc import Iterator
from shlex import quote

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written
from app.entries.claims import MAX_ANCHOR, ClaimEntry, Evidence
from app.entries.sources import SourceEntry

Fault = tuple[str, str, str]  # kind of finding, member of the evidence, message


def anchors(draft: Draft) -> Iterator[Finding]:
    """Evidence against what its source says of the text; the text itself is not needed."""
    for written in draft.of("claim"):
        for number, evidence in enumerate(written.entry.evidence):
            source = draft.entry(evidence.source)
            if evidence.words is not None:
                yield _words(written, number)
            elif isinstance(source, SourceEntry):
                for slug, member, message in _faults(written.entry, evidence, source):
                    yield written.finding(slug, ("evidence", number, member), message)


def _words(written: Written, number: int) -> Finding:
    command = f"onrecord anchor --write {quote(written.origin.folder)} --texts FOLDER"
    cure = f"run: {command}, with the text of the source in FOLDER"
    return written.finding("words-not-anchored", ("evidence", number, "words"), "words stand for an anchor", cure)


def _faults(claim: ClaimEntry, evidence: Evidence, source: SourceEntry) -> Iterator[Fault]:
    if not evidence.anchored:
        if source.at_hand and claim.layer == "text":
            yield "no-anchor", "source", f"no passage of '{source.id}' is named"
        return
    yield from _length(evidence)
    if not source.at_hand:
        yield "anchor-without-text", "start", f"'{source.id}' describes no text that a passage could be in"
    elif (evidence.end or 0) > (source.length or 0):
        message = f"the passage ends at {evidence.end}, the text of '{source.id}' at {source.length}"
        yield "anchor-outside-text", "end", message
    else:
        yield from _paragraph(evidence, source)


def _length(evidence: Evidence) -> Iterator[Fault]:
    length = (evidence.end or 0) - (evidence.start or 0)
    if length > MAX_ANCHOR and evidence.whole is None:
        yield "anchor-too-long", "end", f"the passage has {length} characters, more than {MAX_ANCHOR}"


def _paragraph(evidence: Evidence, source: SourceEntry) -> Iterator[Fault]:
    start, end, number = evidence.start or 0, evidence.end or 0, evidence.paragraph or 0
    if number > len(source.paragraphs):
        message = f"'{source.id}' has {len(source.paragraphs)} paragraphs and no paragraph {number}"
        yield "anchor-outside-paragraph", "paragraph", message
        return
    paragraph = source.paragraphs[number - 1]
    if not paragraph.start <= start <= end <= paragraph.end:
        bounds = f"paragraph {number} runs from {paragraph.start} to {paragraph.end}"
        yield "anchor-outside-paragraph", "paragraph", f"{bounds}, the passage from {start} to {end}"
