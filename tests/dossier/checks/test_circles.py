"""Circles among parents."""

import pytest

from app.dossier.checks.circles import circles


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({}, []),
        ({"a": "b", "b": "c"}, []),
        ({"a": "a"}, [("a",)]),
        ({"c": "b", "b": "a", "a": "c"}, [("a", "c", "b")]),
        ({"d": "a", "a": "b", "b": "a", "e": "d"}, [("a", "b")]),
        ({"a": "b", "b": "a", "y": "x", "x": "y"}, [("a", "b"), ("x", "y")]),
        ({"a": "z", "z": "y", "y": "z"}, [("y", "z")]),
    ],
)
def test_each_circle_is_told_once_from_its_smallest_id(
    parents: dict[str, str], expected: list[tuple[str, ...]]
) -> None:
    assert list(circles(parents)) == expected
