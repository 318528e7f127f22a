"""Identifiers elsewhere have the form of their scheme, and a near one is told."""

import pytest

from app.query.identifiers import meant, wrong
from visitor import Visitor


@pytest.mark.parametrize(
    "text", ["wikidata:Q222031", "geonames:831053", "url:https://example.org/a?b=c:d", "doi:10.1000/182", "plover:SRB"]
)
def test_what_has_the_form_of_its_scheme_is_one(text: str) -> None:
    assert wrong(text) == ""


@pytest.mark.parametrize(
    ("text", "says", "near"),
    [
        ("wikidata:banana", "'banana' is no identifier of Wikidata", None),
        ("wikidata:q222031", "'q222031' is no identifier of Wikidata", "wikidata:Q222031"),
        ("wikidata:Q1 ", "'Q1 ' is no identifier of Wikidata", "wikidata:Q1"),
        ("wikidata:https://www.wikidata.org/wiki/Q1", "is no identifier of Wikidata", "wikidata:Q1"),
        ("url:javascript:x", "'javascript:x' is no identifier of Web address", None),
        ("wikidat:Q1", "'wikidat' is not one of wikidata, geonames", "wikidata:Q1"),
        ("wikidat:banana", "'wikidat' is not one of wikidata, geonames", None),
        ("Q222031", "has not the form scheme:value", "wikidata:Q222031"),
        ("831053", "has not the form scheme:value", None),  # of several schemes
        ("wikidata:", "has not the form scheme:value", None),
        (":Q1", "'' is not one of wikidata", None),
        ("https://example.org/", "'https' is not one of wikidata", "url:https://example.org/"),
    ],
)
def test_what_has_not_is_refused(visitor: Visitor, text: str, says: str, near: str | None) -> None:
    assert says in wrong(text)
    assert meant(text) == near
    (fault,) = visitor.get("/actors", identifier=text).json()["errors"]
    held = near and visitor.data("/actors", identifier=near)["page"]["total"]
    assert (fault["parameter"], fault["value"], fault["did_you_mean"]) == ("identifier", text, near if held else None)
