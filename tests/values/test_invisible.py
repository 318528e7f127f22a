"""Characters that nobody sees are no part of a passage, and a passage is cut at the edges of words."""

import unicodedata

import pytest

from app.values.anchors import digest, find, inside_word, normalised, occurrences, pin
from app.values.invisible import BIDI, FORMAT, UNSEEN
from app.values.near_passages import nearest_passage

CLEAN = "The operations began on Tuesday."
SIGNS = ("\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u202a", "\U000e0020")


def test_every_format_character_of_unicode_is_known() -> None:
    found = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"}
    assert {char for char in found if not FORMAT.match(char)} == set()
    known = {chr(code) for code in range(0x110000) if FORMAT.match(chr(code))}
    assert {unicodedata.category(char) for char in known} <= {"Cf", "Cn"}


@pytest.mark.parametrize("sign", SIGNS)
def test_format_characters_are_no_part_of_a_match(sign: str) -> None:
    copy = CLEAN.replace("operations", f"opera{sign}tions")
    assert normalised(copy) == CLEAN
    assert [copy[start:end] for start, end in occurrences(copy, "operations")] == [f"opera{sign}tions"]
    (span,) = occurrences(copy, "The operations began")
    pinned = pin(copy, *span)
    assert pinned.match_sha256 == digest("The operations began")
    assert find(CLEAN, pinned.match_length, pinned.match_sha256) == [(0, 20)]
    assert normalised(f"e{sign}\u0301") == "é"


@pytest.mark.parametrize(
    ("passage", "sound"), [("operations", True), ("operation", False), ("perations", False), ("Tuesday.", True)]
)
def test_a_passage_is_whole_words(passage: str, sound: bool) -> None:
    start = CLEAN.index(passage)
    if sound:
        assert pin(CLEAN, start, start + len(passage))
    else:
        with pytest.raises(ValueError, match="inside a word"):
            pin(CLEAN, start, start + len(passage))


def test_where_no_blanks_part_words_any_place_is_an_edge() -> None:
    assert not any(inside_word("警察の行動", at) for at in range(6))
    assert inside_word("naïve", 3)
    assert not inside_word("tear-gas", 4)
    assert not inside_word("Kosovo's", 6)


@pytest.mark.parametrize(
    ("passage", "near"),
    [
        ("The operation began on tuesday", "The operations began on Tuesday."),
        ("the operations begun", "The operations began"),
        ("nothing of the kind at all here", None),
        ("zzz", None),
    ],
)
def test_the_nearest_passage_of_a_text(passage: str, near: str | None) -> None:
    assert nearest_passage(f"Before.\n\n{CLEAN}\n\nAfter.", passage) == near


def test_which_characters_no_text_needs() -> None:
    assert all(UNSEEN.search(f"a{sign}b") for sign in ("\u00ad", "\u200b", "\u200c", "\u2060", "\ufeff"))
    assert not UNSEEN.search("می\u200cخواهم")  # Persian parts words so
    assert not UNSEEN.search("👩\u200d🚒")
    assert BIDI.search("\u202e")
    assert BIDI.search("\u2066")
