"""Ids are for ever: a former one leads on, a removed one says why, one of another kind says where."""

from typing import Any

import pytest

from app.resources import MAIN
from app.resources.base import Resource
from contract.orders import Documents
from registry import COLLECTIONS
from visitor import BASE, Visitor

FORMER = [("events", "hallvik-ferry-walkout", "hallvik-ferry-strike"), ("actors", "dindic", "djindjic-in-latin")]


@pytest.mark.parametrize(("collection", "old", "new"), FORMER)
def test_a_former_id_is_308_to_the_new_one(visitor: Visitor, collection: str, old: str, new: str) -> None:
    answer = visitor.get(f"/{collection}/{old}", format="json")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{BASE}/{collection}/{new}?format=json"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"{BASE}/problems/merged"
    assert old in visitor.data(answer.headers["location"])["data"]["formerly"]


@pytest.mark.parametrize(("collection", "old", "new"), FORMER)
def test_a_batch_follows_former_ids(visitor: Visitor, collection: str, old: str, new: str) -> None:
    assert [each["id"] for each in visitor.data(f"/{collection}", id=old)["data"]] == [new]
    assert [each["id"] for each in visitor.data(f"/{collection}", id=[old, new])["data"]] == [new]


@pytest.mark.parametrize(
    ("path", "parameter", "old", "new"),
    [
        ("/claims", "event", "hallvik-ferry-walkout", "hallvik-ferry-strike"),
        ("/claims", "about", "hallvik-ferry-walkout", "hallvik-ferry-strike"),
        ("/events", "part_of", "hallvik-ferry-walkout", "hallvik-ferry-strike"),
        ("/relations", "actor", "dindic", "djindjic-in-latin"),
        ("/relations", "subject", "dindic", "djindjic-in-latin"),
    ],
)
def test_filters_follow_former_ids(visitor: Visitor, path: str, parameter: str, old: str, new: str) -> None:
    asked: dict[str, Any] = {parameter: old}
    found = visitor.data(path, **asked)
    assert found["page"]["total"] > 0
    assert found["data"] == visitor.data(path, **{parameter: new})["data"]
    assert found["links"]["self"] == f"{BASE}{path}?{parameter}={old}"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/events/hallvik-overtime-ban", "a plan that nobody carried out"), ("/actors/odd-mistake", "never was such")],
)
def test_a_removed_id_is_410_with_the_reason_and_the_last_edition(visitor: Visitor, path: str, reason: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 410
    assert answer.json()["type"] == f"{BASE}/problems/removed"
    assert reason in answer.json()["detail"]
    assert ("hallvik-1" if "hallvik" in path else "odd-0") in answer.json()["detail"]


def test_a_removed_id_in_a_filter_is_400_with_the_reason(visitor: Visitor) -> None:
    answer = visitor.get("/claims", event="hallvik-overtime-ban")
    assert answer.status_code == 400
    assert "a plan that nobody carried out" in answer.json()["errors"][0]["message"]


def test_an_id_of_another_kind_in_a_filter_is_400_that_says_so(visitor: Visitor) -> None:
    answer = visitor.get("/claims", event="ingrid-solem")
    assert answer.status_code == 400
    assert "actor" in answer.json()["errors"][0]["message"]


@COLLECTIONS
def test_a_record_elsewhere_is_404_that_names_where(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    for other in MAIN:
        here = {each["id"] for each in documents[resource.name]}
        for each in (each for each in documents[other.name][:40] if each["id"] not in here):
            answer = visitor.get(f"/{resource.name}/{each['id']}")
            assert answer.status_code == 404
            assert answer.json()["errors"][0]["did_you_mean"] == f"{BASE}/{other.name}/{each['id']}"
