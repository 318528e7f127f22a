"""Cut words: a passage begins and ends at the edges of words, where the text lies beside the dossier."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.layout import TEXTS, leads_out
from app.entries.sources import SourceEntry
from app.values.anchors import inside_word


def cut_words(draft: Draft) -> Iterator[Finding]:
    """Anchors in texts that are at hand byte for byte; `onrecord verify` looks at the texts of any folder."""
    texts = {digest: text for dossier in draft.dossiers for digest, text in _texts(Path(dossier.origin.folder))}
    for written in draft.of("claim") if texts else ():
        for number, evidence in enumerate(written.entry.evidence):
            source = draft.entry(evidence.source)
            text = texts.get(source.sha256 or "") if isinstance(source, SourceEntry) else None
            for member, at in (("start", evidence.start), ("end", evidence.end)):
                if text is not None and at is not None and inside_word(text, at):
                    message = f"the passage {evidence.start} to {evidence.end} {member}s inside a word"
                    yield written.finding("anchor-inside-word", ("evidence", number, member), message)


def _texts(dossier: Path) -> Iterator[tuple[str, str]]:
    folder = dossier / TEXTS
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        raw = path.read_bytes() if path.is_file() and not leads_out(path, dossier) else b""
        try:
            yield hashlib.sha256(raw).hexdigest(), raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
