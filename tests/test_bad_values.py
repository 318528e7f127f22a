"""Wrong values whose writers can be told what they meant, and one fault for one cause."""

import pytest

from problems import at_fault, faults
from visitor import Visitor


def test_one_cause_is_one_fault(visitor: Visitor) -> None:
    assert at_fault(visitor.get("/events?cursor=x&format=csv"), "not-with-this-format") == ["cursor"]
    assert at_fault(visitor.get("/search?sort=relevance")) == ["q"]
    assert at_fault(visitor.get("/search?q=&sort=relevance")) == ["q"]


def test_a_column_named_twice(visitor: Visitor) -> None:
    assert at_fault(visitor.get("/events?fields=id,id&format=csv")) == ["fields"]


def test_a_language_without_data_and_one_that_is_none(visitor: Visitor) -> None:
    for tag in ("mk", "mk-Latn", "zh-Hant-TW"):
        assert visitor.data("/sources", language=tag)["page"]["total"] == 0
    assert visitor.data("/sources", language="fr")["page"]["total"] > 0
    for tag, near in (("French", "fr"), ("english", "en"), ("fr_FR", None), ("x", None)):
        (fault,) = faults(visitor.get("/sources", language=tag))
        assert (fault["parameter"], fault["did_you_mean"]) == ("language", near)
        assert "BCP 47" in fault["message"]


@pytest.mark.parametrize("tag", ["sr-latn", "SR-LATN", "Sr-Latn"])
def test_a_language_in_another_case(visitor: Visitor, tag: str) -> None:
    body = visitor.data("/sources", language=tag)
    assert body["query"]["parameters"]["language"] == ["sr-Latn"]
    assert {each["language"] for each in body["data"]} == {"sr-Latn"}
    assert visitor.data("/sources", filter=f"language = '{tag}'")["data"] == body["data"]
    assert (
        visitor.get("/sources", language=tag).headers["etag"]
        == visitor.get("/sources?language=sr-Latn").headers["etag"]
    )


@pytest.mark.parametrize(("value", "near"), [("yes", "true"), ("T", "true"), ("no", "false")])
def test_a_flag_as_others_write_it(visitor: Visitor, value: str, near: str) -> None:
    assert faults(visitor.get("/claims", contested=value))[0]["did_you_mean"] == near


@pytest.mark.parametrize(("name", "code"), [("Kosovo", "XK"), ("Serbia", "RS"), ("NOR", "NO"), ("Nowhere", None)])
def test_a_country_by_its_name(visitor: Visitor, name: str, code: str | None) -> None:
    assert faults(visitor.get("/events", country=name))[0]["did_you_mean"] == code


def test_a_circle_with_its_numbers_swapped_can_be_seen_from_the_sentence(visitor: Visitor) -> None:
    text = visitor.data("/events", near="42.88,20.86,50")["query"]["text"]
    assert "within 50 km of longitude 42.88, latitude 20.86" in text
