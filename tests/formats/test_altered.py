"""What a change altered in one member, for people."""

import pytest

from app.formats.altered import in_words

FIGURE = {"measure": "places-searched", "value": 12}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("One", "Two", ("One", "Two")),
        (None, 3, (None, "3")),
        (True, None, ("true", None)),
        (["a", "b", "c"], ["a", "c", "d", "e"], ("b", "d, e")),
        (["a"], ["a", "b"], (None, "b")),
        (["a", "b"], ["b", "a"], ("a, b", "b, a")),
        (None, ["a", "b"], (None, "a, b")),
        (
            [FIGURE],
            [FIGURE | {"value": 13}],
            ("measure: places-searched, value: 12", "measure: places-searched, value: 13"),
        ),
        ([FIGURE, {"low": 3}], [], ("measure: places-searched, value: 12; low: 3", None)),
        ({"place_basis": ["a"]}, "x", ("place basis: a", "x")),
    ],
)
def test_a_value_is_told_in_words_and_a_list_by_what_differs(
    before: object, after: object, words: tuple[str | None, str | None]
) -> None:
    assert in_words({"before": before, "after": after}) == words
