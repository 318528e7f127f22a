"""The bundled dossier: without a finding, and with the text at hand every anchor of it is proved.

The text itself is no part of the project: ONRECORD_TEXTS names a folder that has a copy of it.
"""

import os
import re
from pathlib import Path

import pytest

from app.dossier.check import Report, check
from app.dossier.copied import copied_runs
from app.dossier.verify import FOUND, PROVED, Verification, verify
from app.entries.corpus import Corpus
from app.values.anchors import paragraphs
from releases.publishing import BUNDLED

SOURCE = "time-2019-05-28"
STRAIGHT = str.maketrans("“”‘’—", "\"\"''-")


@pytest.fixture(scope="module")
def report() -> Report:
    return check([BUNDLED])


@pytest.fixture(scope="module")
def corpus(report: Report) -> Corpus:
    assert report.corpus is not None
    return report.corpus


@pytest.fixture(scope="module")
def proved(corpus: Corpus) -> Verification:
    """The main source against the identical text; skips where nobody has it."""
    folder = os.environ.get("ONRECORD_TEXTS")
    if not folder:
        pytest.skip("the text is not at hand: ONRECORD_TEXTS names no folder")
    (found,) = verify(corpus, Path(folder))
    return found


@pytest.fixture(scope="module")
def text(proved: Verification) -> str:
    assert proved.copy is not None, "the folder that ONRECORD_TEXTS names has no copy of the text"
    return proved.copy.text


def test_it_has_no_finding(report: Report) -> None:
    assert [each.text for each in report.findings] == []
    assert report.counts["claim"] > 0


def test_only_the_main_source_is_at_hand(corpus: Corpus) -> None:
    assert [each.id for each in corpus.kind("source") if each.at_hand] == [SOURCE]
    assert {each.layer for each in corpus.kind("source") if not each.at_hand} == {"background"}


def test_every_claim_of_the_layer_text_is_anchored_and_no_other_one(corpus: Corpus, report: Report) -> None:
    for claim in corpus.kind("claim"):
        of_text = claim.layer == "text"
        assert {(each.source == SOURCE, each.anchored) for each in claim.evidence} == {(of_text, of_text)}, claim.id
    pieces = [each for claim in corpus.kind("claim") for each in claim.evidence]
    assert report.unanchored == sum(not each.anchored for each in pieces)


def test_every_anchor_is_proved(proved: Verification) -> None:
    assert proved.identical
    assert [f"{each.claim}: {each.reason}" for each in proved.proofs if each.outcome != PROVED] == []
    assert len(proved.proofs) > 0


def test_the_source_describes_the_text(proved: Verification, text: str) -> None:
    assert proved.source.length == len(text)
    assert [(each.start, each.end) for each in proved.source.paragraphs] == paragraphs(text)


def test_every_character_is_answered_for(proved: Verification, text: str) -> None:
    assert [text[slice(*each)] for each in proved.unanswered] == []
    assert proved.share == 1
    assert proved.furniture_share < 0.08


def test_anchors_are_short(proved: Verification) -> None:
    assert proved.median < 120


def test_nothing_is_copied(text: str) -> None:
    assert [f"{each.file}:{each.line}: {each.words}" for each in copied_runs(BUNDLED, [text])] == []


def test_another_copy_has_every_anchor_once(proved: Verification, corpus: Corpus, text: str, tmp_path: Path) -> None:
    beginning = proved.source.furniture[0].end
    blanks_and_quotes = re.sub(r"[ \t]+", "\n ", text[beginning:].translate(STRAIGHT))
    (tmp_path / "copy.txt").write_text(f"Another first line\n{blanks_and_quotes}", encoding="utf-8")
    (found,) = verify(corpus, tmp_path)
    assert not found.identical
    assert [each.claim for each in found.proofs if each.outcome != FOUND] == []
