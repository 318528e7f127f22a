"""What is sent along never changes what is selected: facets add up, and each included document stands there once."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.resources import MAIN, by_name
from laws.asking import LAW, WORLDS, Asked
from laws.trees import TREE, Atom, Tree, text

NUMBER = st.integers(0, WORLDS - 1)
FACETED = [each.name for each in MAIN if each.facets]
INCLUDING = [each.name for each in MAIN if each.includes]
SEVERAL = {
    "mode",
    "context",
    "participant",
    "role",
    "side",
    "place",
    "measure",
    "gap",
    "office",
    "event",
    "source",
    "within",
}
SOUGHT = st.sampled_from(["police", "vucic", "mitr*", "-police", "a*"])


def compared(name: str, value: str) -> str:
    """The comparison in `filter` that means one value."""
    quoted = value.replace("'", "''")
    return f"{name} = {value.upper()}" if value in ("true", "false") else f"{name} = '{quoted}'"


@LAW
@given(number=NUMBER, collection=st.sampled_from(FACETED), q=SOUGHT)
def test_each_count_is_the_total_with_that_filter(asked: list[Asked], number: int, collection: str, q: str) -> None:
    path, names = f"/{collection}", by_name(collection).facets
    body = asked[number].answer(path, q=q, facets=",".join(names), limit=0)
    assert list(body["facets"]) == list(names)
    for name, counted in body["facets"].items():
        assert [each["count"] for each in counted] == sorted((each["count"] for each in counted), reverse=True)
        for each in counted:
            assert asked[number].total(path, q=q, filter=compared(name, each["value"])) == each["count"] > 0, each


@LAW
@given(number=NUMBER, collection=st.sampled_from(FACETED), q=SOUGHT)
def test_facets_of_one_value_add_up_to_the_records_that_have_one(
    asked: list[Asked], number: int, collection: str, q: str
) -> None:
    path = f"/{collection}"
    for name in sorted(set(by_name(collection).facets) - SEVERAL):
        counted = asked[number].answer(path, q=q, facets=name, limit=0)["facets"][name]
        have = asked[number].total(path, q=q, filter=f"{name} IS NOT NULL")
        assert sum(each["count"] for each in counted) == have, name


@LAW
@given(number=NUMBER, tree=TREE)
def test_facets_count_what_a_filter_selects(asked: list[Asked], number: int, tree: Tree | Atom) -> None:
    body = asked[number].answer("/events", filter=text(tree), facets="type,participant")
    types = [each["type"] for each in body["data"]]
    assert {each["value"]: each["count"] for each in body["facets"]["type"]} == {t: types.count(t) for t in set(types)}
    actors = [{each["actor"]["id"] for each in event["participants"]} for event in body["data"]]
    for each in body["facets"]["participant"]:
        assert each["count"] == sum(each["value"] in taking_part for taking_part in actors)
    assert {each["value"] for each in body["facets"]["participant"]} == set().union(*actors)


def references(value: Any) -> Iterator[str]:
    """The ids of every reference in a member."""
    if isinstance(value, list):
        for each in value:
            yield from references(each)
    elif isinstance(value, dict):
        if {"id", "label"} <= set(value):
            yield value["id"]
        for each in value.values():
            yield from references(each)


@LAW
@given(number=NUMBER, collection=st.sampled_from(INCLUDING), size=st.integers(0, 30), data=st.data())
def test_included_is_what_the_page_refers_to_once_and_in_order(
    asked: list[Asked], number: int, collection: str, size: int, data: st.DataObject
) -> None:
    resource, path = by_name(collection), f"/{collection}"
    members = data.draw(st.lists(st.sampled_from(resource.includes), min_size=1, unique=True))
    plain = asked[number].answer(path, limit=size)
    body = asked[number].answer(path, limit=size, include=",".join(members))
    assert (body["data"], body["page"]["total"]) == (plain["data"], plain["page"]["total"])
    assert "included" not in plain

    below = {each.path: each for each in resource.inverses}
    wanted = {id for name in members if name not in below for each in body["data"] for id in references(each[name])}
    for name in set(members) & set(below):
        for each in body["data"]:
            wanted |= asked[number].ids(f"{path}/{each['id']}/{name}")
    order = [(each["kind"], each["id"]) for each in body["included"]]
    assert order == sorted(set(order))
    assert {id for _, id in order} == wanted
    for each in body["included"][:3]:
        assert asked[number].visitor.data(each["url"])["data"] == each
