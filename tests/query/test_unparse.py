"""What a `filter` is refused for is shown as its writer wrote it, and never as the parser or Python keep it."""

import re

import pytest

from app.query.parentheses import tree
from app.query.unparse import LONGEST, unparse
from problems import faults
from visitor import Visitor


@pytest.mark.parametrize(
    ("text", "value", "near"),
    [
        ("type = coerce", "coerce", "type = 'coerce'"),
        ("participant = kosovo-police", "kosovo-police", "participant = 'kosovo-police'"),
        ("disputed", "disputed", "disputed = TRUE"),
        ("disputed = 'yes'", "yes", "disputed = 'true'"),
        ("1 = 1", "1", None),
        ("1.5 = type", "1.5", None),
        ("TRUE", "TRUE", None),
        ("'O''Brien' = type", "'O''Brien'", None),
        ("date = 2019-05-28", "2019-5-28", None),
        ("date = DATE(2019)", "DATE(2019)", None),
        ("date = INTERVAL(a, b)", "INTERVAL(a, b)", None),
        ("type = 1 + 1", "1+1", None),
        ("type = -1", "-1", None),
        ("type = POINT(0 0)", "POINT", None),
        ("country = NULL", "country = NULL", "country IS NULL"),
        ("casei(type) = 'coerce'", "casei(type)", "type = 'coerce'"),
        ("'type' IS NULL", "'type'", None),
        ("q IS NULL", "q", None),
        ("actor = 'vucic'", "actor", "participant = 'vucic'"),
    ],
)
def test_what_is_wrong_is_shown_as_it_was_written(visitor: Visitor, text: str, value: str, near: str | None) -> None:
    """Nothing of the parser's tree: neither its words (`property`, `isNull`) nor Python's (`None`, `1.0`)."""
    (fault,) = faults(visitor.get("/events", filter=text))
    assert (fault["value"], fault["did_you_mean"]) == (value, near)
    assert not re.search(r"\{|\}|property|isNull|None|True|False|\d\.0\b", f"{fault['message']} {fault['value']}")


@pytest.mark.parametrize("text", ["type = " + "1 - " * 200 + "1", "type = '" + "x" * 900 + "' + 1"])
def test_what_is_deep_or_long_is_cut(text: str) -> None:
    shown = unparse(tree(text))
    assert len(shown) <= LONGEST
    assert shown.startswith(("…-1", "type="))
