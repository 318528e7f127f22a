"""A cursor comes back as it was given, or is refused."""

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.query.cursor import MAX_CURSOR, BadCursor, Cursor, decode, digest

CURSOR = Cursor("3be34940e32a3ac3", 44, "c0a18de01a4665f9", "odd-since-unknown")
LETTERS = string.ascii_letters + string.digits + "-_"

hexadecimal = st.text("0123456789abcdef", min_size=16, max_size=16)
slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda slug: len(slug) <= 100)


@given(release=hexadecimal, total=st.integers(0, 10**12), question=hexadecimal, after=slugs)
def test_what_is_written_is_read(release: str, total: int, question: str, after: str) -> None:
    cursor = Cursor(release, total, question, after)
    assert decode(cursor.encode()) == cursor
    assert len(cursor.encode()) <= MAX_CURSOR
    assert set(cursor.encode()) <= set(LETTERS)


def test_the_longest_cursor_fits() -> None:
    longest = Cursor("f" * 64, 10**18, "f" * 16, "x" * 100).encode()
    assert len(longest) <= MAX_CURSOR
    assert decode(longest).release == "f" * 16


def test_one_cut_anywhere_is_refused() -> None:
    text = CURSOR.encode()
    for end in range(len(text)):
        with pytest.raises(BadCursor):
            decode(text[:end])
        with pytest.raises(BadCursor):
            decode(text[end + 1 :])


def test_one_with_any_other_letter_is_refused() -> None:
    text = CURSOR.encode()
    for i, letter in enumerate(text):
        for other in set(LETTERS) - {letter}:
            with pytest.raises(BadCursor):
                decode(text[:i] + other + text[i + 1 :])


@pytest.mark.parametrize("more", ["=", "==", " ", "\n", "A", "AAAA", "\x00", "é"])
def test_one_with_anything_more_is_refused(more: str) -> None:
    for text in (CURSOR.encode() + more, more + CURSOR.encode()):
        with pytest.raises(BadCursor):
            decode(text)


@given(st.text(max_size=600))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        decode(text)


def test_more_than_512_characters_are_not_looked_at() -> None:
    with pytest.raises(BadCursor, match="512"):
        decode("A" * (MAX_CURSOR + 1))


@pytest.mark.parametrize("payload", ["", " ", "a b c d e", "00000000 a 1 b c", "x" * 300])
def test_a_payload_that_we_never_wrote_is_refused(payload: str) -> None:
    with pytest.raises(BadCursor):
        decode(base64.urlsafe_b64encode(payload.encode()).decode().rstrip("="))


def test_digests_differ_and_are_short() -> None:
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("a" * 10_000)) == 16
