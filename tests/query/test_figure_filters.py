"""`measure` with `min` and `max`: one figure of one claim that may lie in the range."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.main import create_app
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from derive.tiny import claim, corpus, entry
from visitor import Visitor

FIGURES: dict[str, list[dict[str, Any]]] = {
    "exactly-20": [{"measure": "arrested", "value": 20}],
    "from-10-to-30": [{"measure": "arrested", "low": 10, "high": 30}],
    "at-least-40": [{"measure": "arrested", "low": 40}],
    "at-most-5": [{"measure": "arrested", "high": 5}],
    "several": [{"measure": "arrested", "approximate": True}],
    "about-20": [{"measure": "arrested", "value": 20, "approximate": True}],  # without bounds: they are the curator's
    "20-killed": [{"measure": "killed", "value": 20}],
    "2-arrested-20-killed": [{"measure": "arrested", "value": 2}, {"measure": "killed", "value": 20}],
    "a-share": [{"measure": "population-share", "value": 2.5}],
    "20-euros": [{"measure": "cost", "value": 20, "currency": "EUR"}],
    "20-kroner": [{"measure": "cost", "value": 20, "currency": "NOK"}],
    "3-euros-500-kroner": [
        {"measure": "cost", "value": 3, "currency": "EUR"},
        {"measure": "fine", "value": 500, "currency": "NOK"},
    ],
}
ARRESTED = {id for id, figures in FIGURES.items() if any(each["measure"] == "arrested" for each in figures)}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The app before a store of these claims, each about an event of its own, and of claims that count for none."""
    said = [claim(id, figures=figures, events=[f"event-{id}"]) for id, figures in FIGURES.items()]
    feared = claim("feared", figures=FIGURES["exactly-20"], events=["event-feared"], modality="conditional")
    denied = claim("denied", figures=FIGURES["exactly-20"], events=["event-denied"], type="denial")
    events = [entry(EventEntry, f"event-{id}") for id in (*FIGURES, "feared", "denied")]
    folder = tmp_path_factory.mktemp("counted")
    publish_release(SqliteStore(folder), plan(corpus(entry(DossierEntry, "dossier"), *said, feared, denied, *events)))
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"measure": "arrested"}, ARRESTED),
        ({"measure": "arrested,killed"}, ARRESTED | {"20-killed"}),
        ({"measure": "arrested", "min": 20}, {"exactly-20", "from-10-to-30", "at-least-40"}),
        ({"measure": "arrested", "min": 21}, {"from-10-to-30", "at-least-40"}),
        ({"measure": "arrested", "min": 1000}, {"at-least-40"}),
        ({"measure": "arrested", "max": 5}, {"at-most-5", "2-arrested-20-killed"}),
        ({"measure": "arrested", "max": -1}, {"at-most-5"}),
        ({"measure": "arrested", "min": 6, "max": 9}, set()),
        ({"measure": "arrested", "min": 30, "max": 40}, {"from-10-to-30", "at-least-40"}),
        ({"measure": "killed", "min": 20, "max": 20}, {"20-killed", "2-arrested-20-killed"}),
        ({"measure": "population-share", "min": "2.5", "max": "2.5"}, {"a-share"}),
        ({"measure": "population-share", "min": "2.51"}, set()),
        ({"measure": "cost"}, {"20-euros", "20-kroner", "3-euros-500-kroner"}),
        ({"currency": "NOK"}, {"20-kroner", "3-euros-500-kroner"}),
        ({"currency": "eur,NOK"}, {"20-euros", "20-kroner", "3-euros-500-kroner"}),
        ({"currency": "CHF"}, set()),
        ({"measure": "cost", "currency": "NOK"}, {"20-kroner"}),
        ({"measure": "cost", "currency": "EUR", "min": 3, "max": 3}, {"3-euros-500-kroner"}),
        ({"measure": "cost", "currency": "EUR", "min": 4}, {"20-euros"}),
        ({"measure": "cost,fine", "currency": "NOK", "min": 20}, {"20-kroner", "3-euros-500-kroner"}),
        ({"measure": "arrested", "currency": "EUR"}, set()),
        ({"filter": "measure = 'cost' AND currency = 'EUR' AND max = 3"}, {"3-euros-500-kroner"}),
    ],
)
def test_which_figures_may_lie_there(counted: Visitor, asked: dict[str, Any], wanted: set[str]) -> None:
    claims = {each["id"] for each in counted.data("/claims", **asked)["data"]} - {"feared", "denied"}
    assert claims == wanted
    assert {each["id"] for each in counted.data("/events", **asked)["data"]} == {f"event-{id}" for id in wanted}


def test_what_is_feared_or_denied_is_a_claims_figure_and_no_events(counted: Visitor) -> None:
    claims = {each["id"] for each in counted.data("/claims", measure="arrested", min=20, max=20)["data"]}
    assert claims >= {"feared", "denied"}
    events = {each["id"] for each in counted.data("/events", measure="arrested", min=20, max=20)["data"]}
    assert not events & {"event-feared", "event-denied"}


@pytest.mark.parametrize("path", ["/events", "/claims"])
@pytest.mark.parametrize("name", ["min", "max"])
def test_a_bound_without_a_measure_is_refused(counted: Visitor, path: str, name: str) -> None:
    answer = counted.get(path, **{name: 20})
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert fault["parameter"] == name
    assert "measure" in fault["message"]


@pytest.mark.parametrize("value", ["", "twenty", "1e3", "+5", "1_0", "0x10", "٢٠", "NaN", "inf", "20,30", "1" * 40])
def test_a_bound_is_a_plain_number(counted: Visitor, value: str) -> None:
    answer = counted.get("/claims", measure="arrested", min=value)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "min")


@pytest.mark.parametrize("number", ["1000000000000000", "9007199254740991", "0.00001", "0.30000000000000004"])
def test_a_number_in_filter_is_that_of_the_parameter(counted: Visitor, number: str) -> None:
    asked = counted.data("/claims", measure="arrested", min=number)
    filtered = counted.data("/claims", filter=f"measure = 'arrested' AND min = {number}")
    assert filtered["data"] == asked["data"]
    assert f"possibly {number} or more" in asked["query"]["text"]
    assert f"possibly {number} or more" in filtered["query"]["text"]


def test_the_sentence_says_one_figure(counted: Visitor) -> None:
    told = counted.data("/events", measure="arrested,killed", min=20, max="30.5")["query"]
    assert "with a figure for “Arrested” or “Killed”, possibly 20 or more, possibly 30.5 or less" in told["text"]
    assert told["parameters"]["min"] == 20


def test_a_range_that_ends_before_it_begins_is_refused(counted: Visitor) -> None:
    answer = counted.get("/claims", measure="arrested", min=40, max=30)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "max")


@pytest.mark.parametrize("path", ["/events", "/claims"])
@pytest.mark.parametrize("bound", ["min", "max"])
@pytest.mark.parametrize("currency", [{}, {"currency": "EUR,NOK"}])
@pytest.mark.parametrize("measure", ["cost", "arrested,cost"])
def test_money_is_compared_in_one_currency(
    counted: Visitor, path: str, bound: str, currency: dict[str, str], measure: str
) -> None:
    answer = counted.get(path, measure=measure, **{bound: 20}, **currency)
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert (fault["parameter"], fault["value"]) == (bound, "20")
    assert fault["message"] == f"cost is money: give one currency beside {bound}, such as EUR."


@pytest.mark.parametrize(
    "asked",
    [
        "measure = 'cost' AND min = 3",
        "measure IN ('cost', 'fine') AND currency IN ('EUR', 'NOK') AND min = 3",
        "measure = 'cost' AND currency <> 'EUR' AND min = 3",
        "measure = 'cost' AND currency = 'EUR' AND currency = 'NOK' AND min = 3",
    ],
)
def test_money_is_compared_in_one_currency_in_a_filter_too(counted: Visitor, asked: str) -> None:
    answer = counted.get("/claims", filter=asked)
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert (fault["parameter"], "cost is money: give one currency beside min" in fault["message"]) == ("filter", True)


@pytest.mark.parametrize(("value", "meant"), [("EURO", "EUR"), ("KN", None), ("EU", None)])
def test_what_is_no_currency_is_told_once(counted: Visitor, value: str, meant: str | None) -> None:
    answer = counted.get("/events", measure="cost", currency=value, min=3)
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert (fault["parameter"], fault["value"]) == ("currency", value)
    assert fault["message"] == f"'{value}' is no currency of ISO 4217, such as EUR."
    assert meant is None or fault["did_you_mean"] == meant


def test_the_sentence_says_the_currency(counted: Visitor) -> None:
    told = counted.data("/claims", measure="cost", currency="EUR", min=3)["query"]["text"]
    assert "with a figure for “Cost” in EUR, possibly 3 or more" in told
    assert "with a figure in NOK" in counted.data("/events", currency="NOK")["query"]["text"]
