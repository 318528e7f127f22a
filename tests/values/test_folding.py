"""Names typed in one script, spelling or Unicode form find the same name in another."""

import string
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.folding import fold, keys, sort_key, words

WELL_FORMED = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (["Vucic", "Vučić", "Вучић", "VUČIĆ"], "vucic"),
        (["Mitrovica", "Митровица"], "mitrovica"),
        (["Mitrovicë", "Mitrovice"], "mitrovice"),
        (["Đinđić", "Ђинђић", "Djindjic", "ĐINĐIĆ"], "djindjic"),
        (["Ljubljana", "Љубљана", "Ǉubǉana"], "ljubljana"),
        (["Njegoš", "Његош"], "njegos"),
        (["Džafer", "Џафер", "ǅafer", "Dzafer"], "dzafer"),
        (["Hašim", "Хашим"], "hasim"),
        (["Željko", "Жељко"], "zeljko"),
        (["Straße", "STRASSE", "strasse", "STRAẞE"], "strasse"),
        (["Kosovo-Metohija", "  Kosovo — Metohija!"], "kosovo metohija"),
        (["Зеленський", "Zelenskii"], "zelenskii"),
        (["İstanbul", "istanbul", "ıstanbul"], "istanbul"),
        (["٢٠١٩", "2019"], "2019"),
        (["...", "", "\x00"], ""),
    ],
)
def test_spellings_of_one_name_have_one_main_key(spellings: list[str], key: str) -> None:
    assert {fold(spelling) for spelling in spellings} == {key}
    assert {sort_key(spelling) for spelling in spellings} == {key}


@pytest.mark.parametrize("typed", ["Ђинђић", "Djindjic", "Dindic", "ĐINĐIĆ"])
def test_every_way_to_type_it_matches_the_name(typed: str) -> None:
    assert set(keys(typed)) & set(keys("Đinđić"))


def test_the_main_key_comes_first_and_plain_anyascii_only_if_it_differs() -> None:
    assert keys("Đinđić") == ("djindjic", "dindic")
    assert keys("Вучић") == ("vucic", "vuchic")
    assert keys("Vučić") == ("vucic",)
    assert keys("") == ("",)


def test_different_names_keep_different_keys() -> None:
    names = ["Vučić", "Vučević", "Vukić", "Đinđić", "Mitrovica", "Mitrović"]
    for one, other in combinations(names, 2):
        assert not set(keys(one)) & set(keys(other))


def test_words_are_those_of_the_main_key_as_often_as_they_occur() -> None:
    assert words("Зоран Ђинђић, Зоран") == ("zoran", "djindjic", "zoran")
    assert words("—") == ()


@pytest.mark.parametrize("text", ["Тольятти", "объект", "العربية"])
def test_a_letter_that_ascii_writes_as_a_sign_does_not_cut_its_word(text: str) -> None:
    assert len(words(text)) == 1
    assert all(" " not in key for key in keys(text))


@given(WELL_FORMED)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(WELL_FORMED)
def test_unicode_forms_of_one_text_have_the_same_keys(text: str) -> None:
    assert keys(unicodedata.normalize("NFD", text)) == keys(unicodedata.normalize("NFC", text)) == keys(text)


@given(WELL_FORMED)
def test_keys_are_words_of_ascii_letters_and_digits_one_blank_apart(text: str) -> None:
    for key in keys(text):
        assert set(key) <= {*string.ascii_lowercase, *string.digits, " "}
        assert key == " ".join(key.split())
