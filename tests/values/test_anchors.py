"""Passages pinned in one copy of a text are found in it and in every copy that differs in typography only."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.values.anchors import digest, find, normalised, occurrences, paragraph_at, paragraphs, pin

TEXT = "  First “line”\nand second.\n\n \t\nOne — and\u00a0only — \r\n\r\nThird.\n"
WELL_FORMED = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \n\r\t“”—′″e\u0301\u0338"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“a” ‘b’ «c» ‹d› ″e″ ′f´", "\"a\" 'b' \"c\" 'd' \"e\" 'f'"),
        ("a–b—c‐d‑e−f", "a-b-c-d-e-f"),
        ("  a \t\r\n\u00a0\u2003 b\u2028", "a b"),
        ("e\u0301 ﬁ １", "é fi 1"),
        (" \n ", ""),
    ],
)
def test_normalising_leaves_what_copies_of_a_text_share(text: str, expected: str) -> None:
    assert normalised(text) == expected


@given(WELL_FORMED)
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_a_digest_is_the_sha256_of_the_utf8() -> None:
    assert digest("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


def test_paragraphs_are_the_runs_between_blank_lines() -> None:
    assert [TEXT[start:end] for start, end in paragraphs(TEXT)] == [
        "First “line”\nand second.",
        "One — and\u00a0only —",
        "Third.",
    ]
    assert paragraphs("") == paragraphs(" \n\n ") == []
    assert paragraphs("a") == [(0, 1)]


@given(WELL_FORMED)
def test_paragraphs_are_trimmed_ordered_and_leave_out_only_white_space(text: str) -> None:
    runs = paragraphs(text)
    parts = [text[start:end] for start, end in runs]
    assert all(part == part.strip() != "" for part in parts)
    assert all(before[1] < after[0] for before, after in pairwise(runs))
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert len(parts) == sum(
        bool(line.strip()) and (number == 0 or not lines[number - 1].strip())
        for lines in [text.split("\n")]
        for number, line in enumerate(lines)
    )


def test_a_pin_records_offsets_paragraph_and_both_hashes() -> None:
    start = TEXT.index("— and")
    passage = pin(TEXT, start, start + 10)
    assert TEXT[passage.start : passage.end] == "— and\u00a0only"
    assert passage.paragraph == 2
    assert passage.sha256 == digest("— and\u00a0only")
    assert (passage.match_length, passage.match_sha256) == (10, digest("- and only"))


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (-1, 4, "not inside the text"),
        (4, 4, "not inside the text"),
        (5, 4, "not inside the text"),
        (2, 10_000, "not inside the text"),
        (2, TEXT.index("only"), "not inside one paragraph"),
        (0, 5, "not inside one paragraph"),
        (TEXT.index(" “"), TEXT.index("“"), "blank"),
    ],
)
def test_a_passage_that_cannot_be_pinned_is_refused(start: int, end: int, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        pin(TEXT, start, end)


def test_a_letter_is_not_cut_from_its_mark() -> None:
    with pytest.raises(ValueError, match="between a letter and its mark"):
        pin("caffe\u0301 nero", 0, 5)
    assert pin("caffe\u0301 nero", 0, 6).match_length == 5


@given(WELL_FORMED, st.data())
def test_every_pin_resolves_by_its_offsets_and_by_its_match(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        passage = pin(text, start, end)
    except ValueError:
        return
    assert digest(text[passage.start : passage.end]) == passage.sha256
    first, last = paragraphs(text)[passage.paragraph - 1]
    assert first <= start < end <= last
    found = find(text, passage.match_length, passage.match_sha256)
    assert normalised(text[start:end]) in {normalised(text)[begin:stop] for begin, stop in found}


def test_a_pin_is_found_in_a_copy_with_other_typography_and_line_breaks() -> None:
    original = "He said the “live ammunition” was fired — twice — over their heads."
    copy = 'Headline\n\nHe said the\n"live  ammunition" was\nfired - twice - over their heads.'
    passage = pin(original, original.index("“live"), original.index(" over"))
    [(start, end)] = find(copy, passage.match_length, passage.match_sha256)
    assert normalised(copy)[start:end] == '"live ammunition" was fired - twice -'


def test_find_gives_every_window_and_none_where_nothing_fits() -> None:
    assert find("ab ab  ab", 2, digest("ab")) == [(0, 2), (3, 5), (6, 8)]
    assert find("aa-aa", 2, digest("aa")) == [(0, 2), (3, 5)]
    assert find("aaa", 2, digest("aa")) == []  # not inside a word
    assert find("行動行動", 2, digest("行動")) == [(0, 2), (2, 4)]  # where no blanks part words
    assert find("abc", 2, digest("zz")) == find("abc", 4, digest("abc")) == find("abc", 0, digest("")) == []


def test_a_long_text_is_searched() -> None:
    text = "Many words of an unrelated text. " * 3_000 + "Needle."
    assert len(find(text, 7, digest("Needle."))) == 1


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("second", ["second"]),
        ('"line" and  second', ["“line”\nand second"]),
        ("One - and only -", ["One — and\u00a0only —"]),
        ("First", ["First"]),
        ("O", ["O"]),
        ("CAFÉ", []),
        ("Café", ["Cafe\u0301"]),
        ("fine", ["ﬁne"]),
        ("ine.", []),  # would cut a letter in two
        ("a b\n\nc", []),
        ("", []),
        ("on", ["on", "on"]),
    ],
)
def test_a_passage_is_found_literally_or_else_by_its_match(passage: str, expected: list[str]) -> None:
    text = "First “line”\nand second.\n\nOne — and\u00a0only — of Cafe\u0301 ﬁne."
    assert [text[start:end] for start, end in occurrences(text, passage)] == expected


@given(WELL_FORMED, st.data())
def test_every_passage_is_found_by_what_it_normalises_to(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert (start, end) in occurrences(text, text[start:end])
    wanted = normalised(text[start:end])
    found = occurrences(text, wanted)
    assert all(normalised(text[a:b]) == wanted for a, b in found)
    try:
        pin(text, start, end)
    except ValueError:
        return
    assert found


def test_the_paragraph_of_a_stretch_is_the_one_that_holds_all_of_it() -> None:
    assert paragraph_at(TEXT, TEXT.index("One"), TEXT.index(" \r")) == 2
    assert paragraph_at(TEXT, 2, TEXT.index("only")) is None
