"""Verifying: every anchor proved in the identical copy, found in any other one, and what no claim answers for shown."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossier.verify import FOUND, FOUND_TWICE, MAX_TEXT, NOT_FOUND, PROVED, WRONG, Verification, verify
from app.entries.corpus import Corpus, Curated
from app.entries.sources import SourceEntry
from dossier.pinned import FURNITURE, PASSAGES, TEXT, anchor, claim, corpus, pinned, source

STRAIGHT = str.maketrans("“”‘’—", "\"\"''-")


def verified(folder: Path, held: Corpus, *copies: str | bytes) -> Verification:
    """The one source, against these copies."""
    for number, each in enumerate(copies):
        (folder / f"copy-{number}.txt").write_bytes(each.encode() if isinstance(each, str) else each)
    (found,) = verify(held, folder)
    return found


def outcomes(found: Verification) -> list[str]:
    return [each.outcome for each in found.proofs]


def test_in_the_identical_copy_every_anchor_is_proved(tmp_path: Path) -> None:
    found = verified(tmp_path, pinned(TEXT, *PASSAGES), TEXT)
    assert found.identical
    assert outcomes(found) == [PROVED] * len(PASSAGES)
    assert found.failed == ()
    assert (found.count(PROVED), found.count(FOUND)) == (len(PASSAGES), 0)
    assert [each.claim for each in found.proofs] == [f"claim-{number}" for number in range(1, len(PASSAGES) + 1)]


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"sha256": "0" * 64}, "the passage {start} to {end} has another sha256"),
        ({"match": {"length": 26, "sha256": "0" * 64}}, "the passage {start} to {end} has another match"),
        ({"match": {"length": 25, "sha256": "…"}}, "the passage {start} to {end} has another match"),
        ({"paragraph": 1}, "the passage {start} to {end} is in paragraph 2"),
        ({"paragraph": 9}, "the passage {start} to {end} is in paragraph 2"),
        ({"start": 117}, "the passage 117 to {end} has another sha256"),
        ({"end": 9_999}, "the passage {start} to 9999 has another sha256"),
    ],
)
def test_what_is_not_as_pinned_is_wrong_and_says_why(tmp_path: Path, spoilt: dict[str, Any], reason: str) -> None:
    right = anchor(TEXT, "Nobody asked the ferrymen.")
    if spoilt.get("match", {}).get("sha256") == "…":
        spoilt = {"match": spoilt["match"] | {"sha256": right["match"]["sha256"]}}
    held = corpus(source(TEXT), claim("sound", right), claim("spoilt", right | spoilt))

    found = verified(tmp_path, held, TEXT)

    assert outcomes(found) == [PROVED, WRONG]
    assert [(each.claim, each.outcome) for each in found.failed] == [("spoilt", WRONG)]
    assert found.failed[0].reason.startswith(reason.format(**right))


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.replace("\n", "\r\n"),
        re.sub(r"\s+", " ", TEXT),
        TEXT.replace(" ", "\n"),
        TEXT.translate(STRAIGHT),
        TEXT.replace("Brinmoor, 3 March — ", "BRINMOOR POST\n\nBrinmoor, 3 March — ", 1),
        "A headline that the curators never saw\n\n" + re.sub(r"\s+", "  ", TEXT.translate(STRAIGHT)),
    ],
    ids=["line-ends", "one-paragraph", "one-word-a-line", "straight-quotes", "first-line", "all-at-once"],
)
def test_in_another_copy_every_anchor_is_found(tmp_path: Path, copy: str) -> None:
    found = verified(tmp_path, pinned(TEXT, *PASSAGES), copy)
    assert not found.identical
    assert outcomes(found) == [FOUND] * len(PASSAGES)
    assert found.copy is not None
    assert found.copy.path == tmp_path / "copy-0.txt"


@given(
    blanks=st.lists(st.sampled_from([" ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", " \n\t "]), min_size=60),
    straight=st.booleans(),
)
def test_a_copy_wrapped_anew_with_straight_quotes_has_every_anchor(blanks: list[str], straight: bool) -> None:
    fresh = iter(blanks)
    copy = re.sub(r"\s+", lambda _: next(fresh), TEXT)
    with TemporaryDirectory() as folder:
        found = verified(Path(folder), pinned(TEXT, *PASSAGES), copy.translate(STRAIGHT) if straight else copy)
    assert found.failed == ()
    assert set(outcomes(found)) == ({PROVED} if found.identical else {FOUND})


def test_a_passage_that_stands_twice_in_another_copy_is_found_twice(tmp_path: Path) -> None:
    held = pinned(TEXT, "The bells rang.", "Then it was quiet.")
    found = verified(tmp_path, held, TEXT + "\n")
    assert outcomes(found) == [FOUND_TWICE, FOUND]
    assert found.failed == ()


def test_of_two_places_the_one_in_the_paragraph_of_that_number_is_the_passage(tmp_path: Path) -> None:
    found = verified(
        tmp_path, pinned(TEXT, "The mayor closed the old bridge"), TEXT + "\nThe mayor closed the old bridge."
    )
    assert outcomes(found) == [FOUND]


def test_a_passage_that_another_copy_lacks_is_not_found(tmp_path: Path) -> None:
    found = verified(tmp_path, pinned(TEXT, *PASSAGES), TEXT.replace("Nobody asked", "Somebody asked"))
    assert outcomes(found) == [FOUND, FOUND, FOUND, FOUND, NOT_FOUND, FOUND]
    assert [(each.claim, each.reason) for each in found.failed] == [("claim-5", "no passage of the copy has its hash")]


@pytest.mark.parametrize(
    "copies",
    [
        [],
        ["Another text altogether.\n"],
        [TEXT.encode("utf-16")],
        [TEXT.encode() + b"\xff"],
        [b" " * MAX_TEXT + TEXT.encode()],
    ],
    ids=["nothing", "another-text", "utf-16", "no-text", "too-large"],
)
def test_without_a_copy_nothing_is_proved(tmp_path: Path, copies: list[str | bytes]) -> None:
    found = verified(tmp_path, pinned(TEXT, *PASSAGES), *copies)
    assert found.copy is None
    assert not found.identical
    assert outcomes(found) == [NOT_FOUND] * len(PASSAGES)
    assert len(found.failed) == len(PASSAGES)
    assert found.unanswered == []


def test_of_several_copies_the_identical_one_is_taken_else_the_one_with_most(tmp_path: Path) -> None:
    most = TEXT.replace("Then it was quiet.", "")
    less = most.replace("Nobody asked", "Somebody asked")
    found = verified(tmp_path, pinned(TEXT, *PASSAGES), less, most)
    assert found.copy is not None
    assert found.copy.path.name == "copy-1.txt"
    assert found.count(NOT_FOUND) == 1

    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "the-very-one.md").write_text(TEXT)
    (again,) = verify(pinned(TEXT, *PASSAGES), tmp_path)
    assert again.identical
    assert again.failed == ()


def test_a_source_without_anchors_or_without_a_text_has_nothing_to_prove(tmp_path: Path) -> None:
    absent = SourceEntry(id="minutes", type="transcript", title="Minutes", language="en")
    assert verify(corpus(absent), tmp_path) == []
    assert verified(tmp_path, pinned(TEXT)).proofs == ()
    found = verified(tmp_path, pinned(TEXT), TEXT)
    assert (found.identical, found.proofs, found.lengths, found.median) == (True, (), [], 0)


def test_coverage_is_counted_in_characters_that_are_not_blank(tmp_path: Path) -> None:
    text = "Ten ships left.\n\nNine  came back, it is said.\n\nSubscribe!\n"
    held = pinned(text, "Ten ships", "ships left.", "came back", furniture=["Subscribe!"])

    found = verified(tmp_path, held, text)

    # Ten ships left. 13, Nine 4, came back 8, the comma 1, it is said. 9, Subscribe! 10: 45 in all.
    assert [text[slice(*each)].strip() for each in found.unanswered] == ["Nine", ", it is said."]
    assert found.unanswered == [(15, 23), (32, 47)]
    assert found.share == pytest.approx((13 + 8 + 10) / 45)
    assert found.furniture_share == pytest.approx(10 / 45)


def test_all_of_the_text_is_answered_for_when_only_blanks_are_left(tmp_path: Path) -> None:
    text = "Ten ships left.\n\nNine came back.\n"
    found = verified(tmp_path, pinned(text, "Ten ships left.", "Nine came back."), text)
    assert (found.share, found.furniture_share, found.unanswered) == (1, 0, [])


def test_in_another_copy_coverage_is_not_told(tmp_path: Path) -> None:
    found = verified(tmp_path, pinned(TEXT, *PASSAGES, furniture=[FURNITURE]), TEXT + "\n")
    assert found.unanswered == []


def test_lengths_are_those_of_the_passages_as_written(tmp_path: Path) -> None:
    text = "A bc.\n\nDe  fgh ij.\n"
    found = verified(tmp_path, pinned(text, "A bc.", "De  fgh", "De  fgh ij.", "ij"), text)
    assert found.lengths == [2, 5, 7, 11]
    assert found.median == 6


def test_the_text_of_one_source_is_no_copy_of_another(tmp_path: Path) -> None:
    """Two reports share a sentence; the text of one is at hand, that of the other is not."""
    other = "Elsewhere, 4 March. Nobody asked the ferrymen. And so on."
    sources = [source(TEXT), source(other).model_copy(update={"id": "other"})]
    claims = [claim("one", anchor(TEXT, "Nobody asked the ferrymen.")), claim("two", *_of_other(other))]
    held = Corpus(
        (*(Curated("source", "d", each) for each in sources), *(Curated("claim", "d", each) for each in claims))
    )
    (tmp_path / "post.txt").write_bytes(TEXT.encode())

    found = {each.source.id: each for each in verify(held, tmp_path)}
    assert (found["post"].identical, outcomes(found["post"])) == (True, [PROVED])
    assert (found["other"].copy, outcomes(found["other"])) == (None, [NOT_FOUND] * 2)

    (tmp_path / "other.txt").write_bytes(f"{other}\n".encode())
    found = {each.source.id: each for each in verify(held, tmp_path)}
    assert outcomes(found["post"]) == [PROVED]
    assert outcomes(found["other"]) == [FOUND] * 2


def _of_other(text: str) -> list[dict[str, Any]]:
    passages = ("Nobody asked the ferrymen.", "Elsewhere, 4 March")
    return [{**anchor(text, passage), "source": "other"} for passage in passages]
