"""What is wrong with the request itself is told before anything is said of a record; then where to look one up."""

import pytest

from app.resources import MAIN
from app.resources.base import Resource
from contract.orders import Documents
from problems import at_fault, faults, problem
from registry import COLLECTIONS
from visitor import BASE, Visitor

# Every kind of path with a record in it, of a record that is not there, was merged, or was removed.
PATHS = [
    f"/{path}"
    for id in ("no-such-record", "Not!An-Id", "hallvik-ferry-walkout", "hallvik-overtime-ban")
    for path in (f"events/{id}", f"events/{id}/claims", f"events/{id}/matrix")
] + ["/people/kosovo-police", "/actors/kosovo", "/sources/nope/coverage", "/places/nope/events"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("name", "value", "slug"),
    [
        ("release", "nope", "invalid-parameter"),
        ("format", "xml", "invalid-parameter"),
        ("contry", "FR", "unknown-parameter"),
    ],
)
def test_a_fault_of_the_request_comes_before_any_statement_about_a_record(
    visitor: Visitor, path: str, name: str, value: str, slug: str
) -> None:
    assert at_fault(visitor.get(path, **{name: value}), slug) == [name]
    assert visitor.get(path).status_code in (308, 404, 410)


def test_all_faults_of_the_request_are_told_at_once(visitor: Visitor) -> None:
    for path in ("/events/nope", "/events/nope/claims", "/events/nope/matrix"):
        answer = visitor.get(path, release="nope", format="xml", contry="FR")
        assert sorted(at_fault(answer, "bad-query")) == ["contry", "format", "release"]


def test_below_a_record_that_is_there_the_values_of_filters_are_told_with_them(visitor: Visitor) -> None:
    answer = visitor.get("/events/hallvik-ferry-strike/claims", release="nope", limit="x")
    assert sorted(at_fault(answer)) == ["limit", "release"]
    problem(visitor.get("/events/no-such-record/claims", limit="x"), 404, "not-found")


@COLLECTIONS
def test_an_unknown_record_can_be_looked_up(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    label = documents[resource.name][0]["label"]
    body = problem(visitor.get(f"/{resource.name}/no_such_record"), 404, "not-found")
    (fault,) = body["errors"]
    there = body["detail"].partition(" Look it up: ")[2]
    assert there == f"/{resource.home}"  # those words find nothing
    assert (fault["parameter"], fault["value"], fault["message"]) == (
        resource.path_id,
        "no_such_record",
        body["detail"],
    )
    assert visitor.get(there).status_code == 200
    assert visitor.data(f"/{resource.name}", q=label)["page"]["total"] > 0  # what is looked up so is found


@pytest.mark.parametrize("main", MAIN, ids=lambda each: each.name)
def test_an_unknown_id_in_a_filter_can_be_looked_up(visitor: Visitor, main: Resource) -> None:
    for id, words in (
        ("no-such-record", "no such record"),
        ("Vučić", "vucic"),
        ("odd-ones-2019", "odd ones"),
        ("!!", ""),
    ):
        (fault,) = faults(visitor.get(f"/{main.name}", id=id))
        there = fault["message"].partition(" Look it up: ")[2]
        found = bool(words) and visitor.data(f"/{main.name}", q=words)["page"]["total"] > 0
        assert there == f"/{main.name}{f'?q={words.replace(chr(32), chr(43))}' if found else ''}"
        assert visitor.get(there).status_code == 200


def test_an_id_of_another_kind_says_both_and_where_to_look(visitor: Visitor) -> None:
    (fault,) = faults(visitor.get("/places", within="republic-of-kosovo"))
    assert fault["message"] == (
        "'republic-of-kosovo' is an id of another kind, actor; this takes: place. Look it up: /places?q=kosovo"
    )
    (fault,) = faults(visitor.get("/claims", about="kosovo"))
    assert fault["message"].endswith("place; this takes: actor or event. Look it up: /search?q=kosovo")


def test_a_pair_is_mended_as_a_whole(visitor: Visitor) -> None:
    (fault,) = faults(visitor.get("/events", participant="kosovo-polise:initiator"))
    assert (fault["value"], fault["did_you_mean"]) == ("kosovo-polise:initiator", "kosovo-police:initiator")
    (fault,) = faults(visitor.get("/events", participant="kosovo-police:initiatr"))
    assert (fault["value"], fault["did_you_mean"]) == ("kosovo-police:initiatr", "kosovo-police:initiator")


def test_a_record_that_only_the_main_collection_has_is_suggested_by_its_url(visitor: Visitor) -> None:
    (fault,) = problem(visitor.get("/people/kosovo-polise"), 404, "not-found")["errors"]
    assert fault["did_you_mean"] == f"{BASE}/actors/kosovo-police"
    (fault,) = problem(visitor.get("/organisations/kosovo-polise"), 404, "not-found")["errors"]
    assert fault["did_you_mean"] == "kosovo-police"
