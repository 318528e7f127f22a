"""Ids: what is one, and what one is made of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.values.slugs import MAX_SLUG, Slug, is_slug, slugify

BAD = ["", "-", "a--b", "-a", "a-", "A", "a_b", "a b", "é", "а", "a\n", "abc!", "a/b", "a" * 101]


@pytest.mark.parametrize("text", ["a", "kosovo-police", "2019-05-28-raid", "q222031", "a" * 100])
def test_slugs(text: str) -> None:
    assert is_slug(text)
    assert TypeAdapter(Slug).validate_python(text) == text


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_slug_is_refused(text: str) -> None:
    assert not is_slug(text)
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Slug).validate_python(text)
    assert refused.value.errors()[0]["type"] == "bad_id"


def test_a_refusal_shows_the_id_to_write() -> None:
    with pytest.raises(ValidationError, match="write 'zoran-djindjic'"):
        TypeAdapter(Slug).validate_python("Zoran Đinđić")


def test_of_a_text_as_long_as_a_book_the_beginning_is_read() -> None:
    with pytest.raises(ValidationError, match="write 'a-b-a-b"):
        TypeAdapter(Slug).validate_python("A b " * 1_000_000)


def test_the_schema_carries_pattern_and_length() -> None:
    schema = TypeAdapter(Slug).json_schema()
    assert schema == {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$", "maxLength": 100}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_slugify_makes_is_a_slug_or_nothing_and_stays(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug


def test_slugify_cuts_long_names_at_the_limit() -> None:
    assert slugify("a" * 99 + " bc") == "a" * 99
    assert len(slugify("word " * 50)) <= MAX_SLUG
