"""A list below a record answers for its parent first, then as the list with that filter."""

from typing import Any

import pytest

from app.resources import MAIN, RESOURCES
from app.resources.base import Inverse, Resource
from contract.orders import Documents
from visitor import BASE, Visitor

INVERSES = [
    pytest.param(parent, inverse, id=f"{parent.name}-{inverse.path}") for parent in MAIN for inverse in parent.inverses
]
BELOW = pytest.mark.parametrize(("parent", "inverse"), INVERSES)


def walked(visitor: Visitor, url: str, **parameters: Any) -> list[Any]:
    """The documents of every page."""
    page = visitor.data(url, **parameters)
    found: list[Any] = page["data"]
    while page["links"]["next"]:
        page = visitor.data(page["links"]["next"])
        found += page["data"]
    return found


@BELOW
def test_it_is_the_filtered_list(visitor: Visitor, documents: Documents, parent: Resource, inverse: Inverse) -> None:
    filled = 0
    for each in documents[parent.name][:60]:
        below = visitor.data(f"/{parent.name}/{each['id']}/{inverse.path}", limit=500)
        beside = visitor.data(f"/{inverse.collection}", limit=500, **{inverse.filter: each["id"]})
        assert below["data"] == beside["data"]
        assert below["page"] == beside["page"]
        assert below["links"]["self"] == f"{BASE}/{parent.name}/{each['id']}/{inverse.path}?limit=500"
        filled += bool(below["data"])
    assert filled


@BELOW
def test_it_takes_the_parameters_of_the_list(
    visitor: Visitor, documents: Documents, parent: Resource, inverse: Inverse
) -> None:
    paths = (f"/{parent.name}/{each['id']}/{inverse.path}" for each in documents[parent.name])
    path = next(path for path in paths if visitor.data(path, limit=0)["page"]["total"] > 1)
    wanted = [each["id"] for each in walked(visitor, path, sort="-id", limit=500)]
    assert [each["id"] for each in walked(visitor, path, sort="-id", limit=1)] == wanted == sorted(wanted, reverse=True)
    assert [each["id"] for each in visitor.data(path, id=wanted[-1])["data"]] == wanted[-1:]


@BELOW
def test_the_parents_own_parameter_is_unknown_there(
    visitor: Visitor, documents: Documents, parent: Resource, inverse: Inverse
) -> None:
    id = documents[parent.name][0]["id"]
    answer = visitor.get(f"/{parent.name}/{id}/{inverse.path}", **{inverse.filter: id})
    assert answer.status_code == 400
    assert answer.json()["type"] == f"{BASE}/problems/unknown-parameter"
    assert answer.json()["errors"][0]["parameter"] == inverse.filter


@BELOW
def test_an_absent_parent_is_404_before_anything_else(visitor: Visitor, parent: Resource, inverse: Inverse) -> None:
    for id in ("no-such-record", "Not!An-Id"):
        answer = visitor.get(f"/{parent.name}/{id}/{inverse.path}", limit="x")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == f"{BASE}/problems/not-found"


@BELOW
def test_a_parent_of_another_kind_is_404_that_names_the_place(
    visitor: Visitor, documents: Documents, parent: Resource, inverse: Inverse
) -> None:
    other = next(each for each in MAIN if each.kind != parent.kind)
    id = documents[other.name][0]["id"]
    answer = visitor.get(f"/{parent.name}/{id}/{inverse.path}")
    assert answer.status_code == 404
    assert f"{BASE}/{other.name}/{id}" in answer.json()["detail"]


def test_a_former_parent_leads_to_the_list_of_the_new_one(visitor: Visitor) -> None:
    answer = visitor.get("/events/hallvik-ferry-walkout/claims", limit=2, sort="-id")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{BASE}/events/hallvik-ferry-strike/claims?limit=2&sort=-id"
    assert visitor.data(answer.headers["location"])["page"]["count"] == 2


def test_a_removed_parent_is_410_with_the_reason(visitor: Visitor) -> None:
    for path in ("/events/hallvik-overtime-ban/claims", "/actors/odd-mistake/events", "/actors/odd-mistake/claims"):
        answer = visitor.get(path)
        assert answer.status_code == 410
        assert answer.json()["type"] == f"{BASE}/problems/removed"


@pytest.mark.parametrize("view", [each for each in RESOURCES if each.view_of], ids=lambda view: view.name)
def test_a_view_has_no_lists_below_it_and_its_records_link_to_those_of_the_main_one(
    visitor: Visitor, documents: Documents, view: Resource
) -> None:
    id = documents[view.name][0]["id"]
    links = visitor.data(f"/{view.name}/{id}")["links"]
    for inverse in view.inverses:
        assert visitor.get(f"/{view.name}/{id}/{inverse.path}").status_code == 404
        assert links[inverse.path] == f"{BASE}/{view.home}/{id}/{inverse.path}"
        assert visitor.get(links[inverse.path]).status_code == 200
