"""Mistyped words and the known ones they are nearest to."""

import pytest

from app.values.nearest import nearest

NAMES = ("country", "participant", "place", "date", "date_match", "sort", "limit")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("participent", "participant"),
        ("contry", "country"),
        ("Country", "country"),
        ("LIMIT", "limit"),
        ("qarticipant", "participant"),
        ("datematch", "date_match"),
        ("zzzz", None),
        ("", None),
        ("participant" * 10, None),
    ],
)
def test_the_nearest_name(word: str, meant: str | None) -> None:
    assert nearest(word, NAMES) == meant
    assert nearest(word, iter(NAMES)) == meant


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("date", "undated"),
        ("search", "near"),
        ("year", "near"),
        ("since", "side"),
        ("page", "place"),
        ("order", "mode"),
        ("place", "layer"),
        ("arrest", "request"),
        ("ZZ", "ZW"),
        ("max", "mix"),
        ("negotiate", "investigate"),
    ],
)
def test_words_that_are_alike_by_chance_are_not_near(word: str, known: str) -> None:
    assert nearest(word, [known]) is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [("typ", "type"), ("onli", "only"), ("event", "events"), ("sotr", "sort"), ("imit", "limit"), ("ids", "id")],
)
def test_short_words_are_near_by_nearly_all_or_their_first_letters(word: str, meant: str) -> None:
    assert nearest(word, [meant]) == meant


def test_the_candidate_is_given_in_its_own_case() -> None:
    assert nearest("fr", ["DE", "FR", "XK"]) == "FR"
    assert nearest("FR", ["de", "fr"]) == "fr"


def test_without_candidates_nothing_is_near() -> None:
    assert nearest("country", []) is None
