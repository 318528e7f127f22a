"""The small dossier is sound, its anchors are real, and it has one of everything that other tests look for."""

import hashlib

import pytest

from app.dossier.check import check
from app.entries import ENTRIES
from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.sources import SourceEntry
from app.values.anchors import paragraphs, pin
from dossier.dossiers import SMALL


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    report = check([SMALL])
    assert report.findings == ()
    assert report.corpus is not None
    return report.corpus


def test_every_anchor_is_a_passage_of_the_text(corpus: Corpus) -> None:
    text = (SMALL / "texts" / "note.txt").read_bytes().decode("utf-8")
    source = corpus.entry(SourceEntry, "hallvik-observer-note")
    assert (source.length, source.sha256) == (len(text), hashlib.sha256(text.encode()).hexdigest())
    assert [(each.start, each.end) for each in source.paragraphs] == paragraphs(text)
    anchors = [each for claim in corpus.of(ClaimEntry) for each in claim.evidence if each.anchored]
    assert len(anchors) == 5
    for each in anchors:
        assert each.start is not None
        assert each.end is not None
        passage = pin(text, each.start, each.end)
        assert (passage.paragraph, passage.sha256) == (each.paragraph, each.sha256)
        assert each.match is not None
        assert (passage.match_length, passage.match_sha256) == (each.match.length, each.match.sha256)


def test_it_has_one_of_everything(corpus: Corpus) -> None:
    assert {each.type for each in corpus.kind("actor")} == {"person", "organisation", "group"}
    assert any(place.within for place in corpus.kind("place"))
    assert any(event.date is None for event in corpus.kind("event"))
    assert any(event.formerly for event in corpus.kind("event"))
    assert any(each.type == "office" and each.to is None for each in corpus.kind("relation"))
    relations = {link.relation for claim in corpus.of(ClaimEntry) for link in claim.relations}
    assert relations == {"disputes", "confirms"}
    assert [each.id for each in corpus.tombstones] == ["hallvik-overtime-ban"]
    assert corpus.by_kind.keys() == ENTRIES.keys()
