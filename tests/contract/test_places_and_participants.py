"""A place includes all that lies in it; a participant and its role are one participation."""

from itertools import combinations
from typing import Any

import pytest

from contract.orders import Documents
from visitor import Visitor


def listed(visitor: Visitor, **parameters: Any) -> set[str]:
    """The ids of the events that match."""
    return {each["id"] for each in visitor.data("/events", limit=500, **parameters)["data"]}


def test_a_place_includes_what_is_inside(visitor: Visitor, documents: Documents) -> None:
    around = {each["id"]: {each["id"], *(outer["id"] for outer in each["within"])} for each in documents["places"]}
    deep = 0
    for place in around:
        wanted = {each["id"] for each in documents["events"] if each["place"] and place in around[each["place"]["id"]]}
        exactly = {each["id"] for each in documents["events"] if each["place"] and each["place"]["id"] == place}
        assert listed(visitor, place=place) == wanted, place
        deep += wanted > exactly
    assert deep


def test_counts_of_a_place_are_what_its_lists_say(visitor: Visitor, documents: Documents) -> None:
    for place in documents["places"]:
        assert len(listed(visitor, place=place["id"])) == place["counts"]["events"]
        inside = visitor.data("/places", within=place["id"], limit=0)["page"]["total"]
        assert inside == place["counts"]["places"]


def pairs(event: dict[str, Any]) -> set[str]:
    """The participations of an event, as the parameter writes them."""
    return {f"{each['actor']['id']}:{each['role']}" for each in event["participants"]}


def test_actor_and_role_of_a_pair_are_of_one_participation(visitor: Visitor) -> None:
    assert listed(visitor, participant="odd-league:initiator") == {"odd-a-day"}
    assert listed(visitor, participant="odd-league:target") == {"odd-a-day-again"}
    assert listed(visitor, participant="odd-league") == {"odd-a-day", "odd-a-day-again"}
    assert listed(visitor, participant="odd-crowd:supporter") == set()


def test_role_and_side_speak_of_one_participation(visitor: Visitor, documents: Documents) -> None:
    for role, side in [("initiator", "side-a"), ("initiator", "side-b"), ("target", "side-a"), ("target", "side-b")]:
        wanted = {
            each["id"]
            for each in documents["events"]
            if any((one["role"], one["side"]) == (role, side) for one in each["participants"])
        }
        assert wanted
        assert listed(visitor, role=role, side=side) == wanted


def test_two_pairs_mean_either(visitor: Visitor, documents: Documents) -> None:
    every = sorted(set[str]().union(*map(pairs, documents["events"])))
    assert len(every) > 10
    for one, other in list(combinations(every, 2))[::40]:
        wanted = {each["id"] for each in documents["events"] if {one, other} & pairs(each)}
        assert listed(visitor, participant=[one, other]) == listed(visitor, participant=f"{other},{one}") == wanted


@pytest.mark.parametrize(
    "pair", ["odd-league:", "odd-league:boss", ":initiator", "nobody:initiator", "odd-land:initiator", "odd-league:a:b"]
)
def test_a_pair_that_is_none_is_refused(visitor: Visitor, pair: str) -> None:
    answer = visitor.get("/events", participant=pair)
    assert answer.status_code == 400
    assert [each["parameter"] for each in answer.json()["errors"]] == ["participant"]
