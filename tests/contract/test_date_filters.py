"""Dates are intervals: what `date`, `said`, `date_match`, `undated` and `on` select, read plainly from documents."""

from typing import Any

import pytest

from app.values.days import civil
from app.values.edtf import Edtf
from contract.orders import FIRST, LAST, Day, Documents, bounds, day
from visitor import Visitor

DATED = [("events", "date", "date"), ("claims", "said", "said"), ("sources", "date", "published")]

# A question and the first and the last day that it means.
QUESTIONS: dict[str, tuple[Day, Day]] = {
    "2019-05-28": ((2019, 5, 28), (2019, 5, 28)),
    "2019-05": ((2019, 5, 1), (2019, 5, 31)),
    "2019": ((2019, 1, 1), (2019, 12, 31)),
    "2020-02": ((2020, 2, 1), (2020, 2, 29)),
    "2019-05-28/2019-05-31": ((2019, 5, 28), (2019, 5, 31)),
    "../2008-01-14": (FIRST, (2008, 1, 14)),
    "2019-05-28/..": ((2019, 5, 28), LAST),
    "2008~": ((2008, 1, 1), (2008, 12, 31)),
    "2019-21": ((2019, 3, 1), (2019, 5, 31)),
    "2019-24": ((2019, 12, 1), (2020, 2, 29)),
    "201X": ((2010, 1, 1), (2019, 12, 31)),
    "19XX": ((1900, 1, 1), (1999, 12, 31)),
    "1985": ((1985, 1, 1), (1985, 12, 31)),
    "1985/1987": ((1985, 1, 1), (1987, 12, 31)),
    "-0043": ((-43, 1, 1), (-43, 12, 31)),
    "Y-17000": ((-17000, 1, 1), (-17000, 12, 31)),
    "Y17000": ((17000, 1, 1), (17000, 12, 31)),
    "2021-03-14": ((2021, 3, 14), (2021, 3, 14)),
    "2030": ((2030, 1, 1), (2030, 12, 31)),
}


def met(date: dict[str, Any], asked: tuple[Day, Day], match: str, undated: str) -> bool:
    """Whether a date of a document meets the question; one with an unknown end by the other one, unless included."""
    earliest, latest = bounds(date)
    start, slash, end = date["edtf"].partition("/")
    if match == "possible" and undated == "exclude" and slash and not (start and end):
        known = Edtf.parse(start or end)
        earliest, latest = civil(known.earliest), civil(known.latest)
    if match == "certain":
        return earliest >= asked[0] and latest <= asked[1] and not set("?~%") & set(date["edtf"])
    return earliest <= asked[1] and latest >= asked[0]


def listed(visitor: Visitor, path: str, **parameters: Any) -> set[str]:
    """The ids of the records that match."""
    return {each["id"] for each in visitor.data(path, limit=500, **parameters)["data"]}


WAYS = [(match, undated) for match in ("possible", "certain") for undated in ("exclude", "include", "only")]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("dated", DATED, ids=lambda dated: dated[0])
def test_a_date_selects_what_the_intervals_say(
    visitor: Visitor, documents: Documents, dated: tuple[str, str, str], question: str
) -> None:
    collection, parameter, member = dated
    found = [(each["id"], each[member]) for each in documents[collection]]
    for match, undated in WAYS:
        there = {id for id, date in found if date is not None and met(date, QUESTIONS[question], match, undated)}
        missing = {id for id, date in found if date is None}
        wanted = {"exclude": there, "include": there | missing, "only": missing}[undated]
        asked = {parameter: question, "date_match": match, "undated": undated}
        assert listed(visitor, f"/{collection}", **asked) == wanted, asked


@pytest.mark.parametrize(("collection", "parameter", "member"), DATED)
def test_possible_and_without_undated_is_the_default(
    visitor: Visitor, collection: str, parameter: str, member: str
) -> None:
    said = {parameter: "1985/2019-05"}
    plain = listed(visitor, f"/{collection}", **said)
    assert plain == listed(visitor, f"/{collection}", **said, date_match="possible", undated="exclude")
    assert plain > listed(visitor, f"/{collection}", **said, date_match="certain")


@pytest.mark.parametrize(("collection", "parameter", "member"), DATED)
def test_undated_without_a_date(
    visitor: Visitor, documents: Documents, collection: str, parameter: str, member: str
) -> None:
    dated = {each["id"] for each in documents[collection] if each[member] is not None}
    everything = {each["id"] for each in documents[collection]}
    assert set() < dated < everything
    assert listed(visitor, f"/{collection}", undated="only") == everything - dated
    assert listed(visitor, f"/{collection}", undated="exclude") == dated
    assert listed(visitor, f"/{collection}", undated="include") == everything


@pytest.mark.parametrize(("collection", "parameter", "member"), DATED)
def test_date_match_without_a_date_is_refused(visitor: Visitor, collection: str, parameter: str, member: str) -> None:
    answer = visitor.get(f"/{collection}", date_match="certain")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "date_match"
    assert parameter in answer.json()["errors"][0]["message"]


def held(record: dict[str, Any], on: Day) -> bool:
    """Whether a relation or an office can have held that day: an end that is not known is open."""
    since, until = record["from"], record["to"]
    return day(since and since["earliest"], FIRST) <= on <= day(until and until["latest"], LAST)


DAYS = ["1979-12-31", "1984-01-01", "1985-01-01", "1985-06-30", "1985-07-01", "1988-01-01", "2019-05-28", "2021-03-14"]


@pytest.mark.parametrize("on", DAYS)
def test_relations_that_held_that_day(visitor: Visitor, documents: Documents, on: str) -> None:
    wanted = {each["id"] for each in documents["relations"] if held(each, day(on, FIRST))}
    assert listed(visitor, "/relations", on=on) == wanted


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("office", ["chair-of-the-odd-league", "mayor-of-hallvik", "Mayor of Hallvik"])
def test_an_office_and_a_day_speak_of_one_tenure(visitor: Visitor, documents: Documents, on: str, office: str) -> None:
    post = office.replace("-", " ").lower()
    wanted = {
        person["id"]
        for person in documents["people"]
        if any(each["post"].lower() == post and held(each, day(on, FIRST)) for each in person["offices"])
    }
    assert (
        listed(visitor, "/people", office=office, on=on) == wanted == listed(visitor, "/actors", office=office, on=on)
    )


@pytest.mark.parametrize("on", ["2019-05", "2019-05-28?", "2019-05-28/2019-05-29", "../2019-05-28", "today"])
def test_on_is_one_day(visitor: Visitor, on: str) -> None:
    answer = visitor.get("/relations", on=on)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "on"


def test_an_unknown_end_is_met_by_the_known_one_only(visitor: Visitor) -> None:
    dialogue = "serbia-kosovo-dialogue"
    assert dialogue in listed(visitor, "/events", date="2018-11")
    assert dialogue not in listed(visitor, "/events", date="1950")
    assert dialogue in listed(visitor, "/events", date="1950", undated="include")
    assert dialogue not in listed(visitor, "/events", date="1950", date_match="certain")
    assert dialogue in listed(visitor, "/events", date="../2018-11", date_match="certain")
