"""A made-up text, and a corpus whose claims are pinned in it, to be verified against copies."""

import hashlib
from collections.abc import Sequence
from typing import Any

from app.dossier.edits import anchor_members
from app.entries.claims import ClaimEntry, Evidence
from app.entries.corpus import Corpus, Curated
from app.entries.sources import Furniture, Paragraph, SourceEntry
from app.values.anchors import paragraphs, pin

TEXT = """Brinmoor, 3 March — The mayor closed the old bridge on Monday.

“It was not safe,” she said; the council’s engineer
agreed. Nobody asked the ferrymen.

The bells rang. The bells rang. Then it was quiet.

Subscribe to the Brinmoor Post.
"""
PASSAGES = (
    "Brinmoor, 3 March",
    "The mayor closed the old bridge",
    "“It was not safe,” she said",
    "the council’s engineer\nagreed",
    "Nobody asked the ferrymen.",
    "Then it was quiet.",
)
FURNITURE = "Subscribe to the Brinmoor Post."


def pinned(text: str, *passages: str, furniture: Sequence[str] = ()) -> Corpus:
    """A source with this text, and a claim `claim-1`, `claim-2` … for each passage where it stands first."""
    claims = [claim(f"claim-{number}", anchor(text, words)) for number, words in enumerate(passages, 1)]
    declared = [Furniture(start=start, end=end, reason="box") for start, end in (span(text, it) for it in furniture)]
    return corpus(source(text, declared), *claims)


def corpus(source: SourceEntry, *claims: ClaimEntry) -> Corpus:
    """Both kinds of entry, of one dossier."""
    return Corpus(
        (Curated("source", "brinmoor", source), *(Curated("claim", "brinmoor", each) for each in claims)),
    )


def source(text: str, furniture: Sequence[Furniture] = ()) -> SourceEntry:
    """The description of a text at hand."""
    return SourceEntry(
        id="post",
        type="news-report",
        title="A bridge is closed",
        language="en",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        length=len(text),
        paragraphs=[Paragraph(start=start, end=end) for start, end in paragraphs(text)],
        furniture=list(furniture),
    )


def claim(id: str, *anchors: dict[str, Any]) -> ClaimEntry:
    """A claim with these passages of the source."""
    evidence = [Evidence.model_validate({"source": "post", **each}) for each in anchors]
    return ClaimEntry(id=id, text="Something.", type="report", narrated=True, evidence=evidence)


def anchor(text: str, passage: str) -> dict[str, Any]:
    """The members of evidence that pin a passage."""
    return dict(anchor_members(pin(text, *span(text, passage))))


def span(text: str, passage: str) -> tuple[int, int]:
    """Where the words stand first."""
    start = text.index(passage)
    return start, start + len(passage)
