"""An empty answer says what was near, and only what finds something."""

from typing import Any

import pytest

from visitor import Visitor


def near(visitor: Visitor, path: str, **asked: str) -> Any:
    """What an empty answer says was probably meant; it is tried here once more."""
    body = visitor.data(path, **asked)
    assert body["page"]["total"] == 0
    meant = body["query"]["did_you_mean"]
    if meant is not None:
        left = {name: value for name, value in asked.items() if name not in ("name", "q", "near", "bbox")}
        assert visitor.data(path, **left, **meant)["page"]["total"] > 0
    return meant


@pytest.mark.parametrize(
    ("path", "asked", "meant"),
    [
        ("/search", {"q": "Vucik"}, {"q": "vucic"}),
        ("/actors", {"q": "Vucik"}, {"q": "vucic"}),
        ("/claims", {"q": "Vucik arrested"}, {"q": "vucic arrested"}),
        ("/actors", {"name": "Vucic"}, {"q": "Vucic"}),
        ("/actors", {"name": "Vucik"}, {"q": "vucic"}),
        ("/people", {"name": "Aleksandr Vucic"}, {"q": "aleksandar vucic"}),
        ("/places", {"name": "Mitrovika"}, {"q": "mitrovica"}),
        ("/search", {"q": "zzzzzz"}, None),
        ("/search", {"q": "zzzzzz vucic"}, None),
        ("/places", {"name": "Zzzzzz Mitrovica"}, None),
        ("/search", {"q": "!!"}, None),
        ("/search", {"q": "vucik -vucic"}, None),
        ("/events", {"near": "42.88,20.86,10"}, {"near": "20.86,42.88,10"}),
        ("/places", {"bbox": "42,20,43,21"}, {"bbox": "20,42,21,43"}),
        ("/events", {"near": "0,0,10"}, None),
        ("/events", {"type": "aid", "country": "FR"}, None),
    ],
)
def test_an_empty_answer_says_what_was_near(visitor: Visitor, path: str, asked: dict[str, str], meant: Any) -> None:
    assert near(visitor, path, **asked) == meant


def test_an_answer_with_records_suggests_nothing(visitor: Visitor) -> None:
    assert visitor.data("/search", q="vucic")["query"]["did_you_mean"] is None
    assert visitor.data("/events")["query"]["did_you_mean"] is None


def test_what_else_was_asked_stays(visitor: Visitor) -> None:
    assert near(visitor, "/actors", q="Vucik", type="person") == {"q": "vucic"}
    assert near(visitor, "/actors", q="Vucik", type="organisation", country="FR") is None
