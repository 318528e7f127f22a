"""Offices of people and the bodies that organisations are part of, from relations."""

from typing import Any

from app.derive.offices import offices, part_of
from app.entries.relations import RelationEntry
from derive.tiny import actors, entry, links

ANA, STATE, BODY = actors("ana", "state", "body")


def office(id: str, subject: str = "ana", /, **period: str) -> RelationEntry:
    return entry(RelationEntry, id, type="office", subject=subject, object="state", post=f"Post {id}", **period)


def part(id: str, object: str, /, **members: Any) -> RelationEntry:
    return entry(RelationEntry, id, type="part-of", subject="ana", object=object, **members)


def test_offices_come_latest_first_and_undated_last() -> None:
    periods = {"a": "2008", "b": "2012-03", "c": "../2019", "e": "2012-03-01", "f": "2012-03-02"}
    relations = [office("z"), office("d"), *(office(id, **{"from": since}) for id, since in periods.items())]
    found = offices(ANA, links(ANA, STATE, *relations))
    assert [each.relation.id for each in found] == ["f", "b", "e", "a", "c", "d", "z"]


def test_offices_from_one_day_go_by_id() -> None:
    for order in ("ab", "ba"):
        relations = [office(id, **{"from": "2012-03"}) for id in order]
        assert [each.relation.id for each in offices(ANA, links(ANA, STATE, *relations))] == ["a", "b"]


def test_of_offices_from_one_first_day_the_one_that_may_begin_later_comes_first() -> None:
    periods = {"a": "2012-01-01", "b": "2012", "c": "2012-01"}
    relations = [office(id, **{"from": since}) for id, since in periods.items()]
    assert [each.relation.id for each in offices(ANA, links(ANA, STATE, *relations))] == ["b", "c", "a"]


def test_an_office_says_what_where_and_when() -> None:
    [found] = offices(ANA, links(ANA, STATE, office("one", **{"from": "2008", "to": "2012"})))
    assert found.model_dump(include={"post", "organisation", "relation"}) == {
        "post": "Post one",
        "organisation": {"id": "state", "label": "state"},
        "relation": {"id": "one", "label": "ana, Post one, state"},
    }
    assert found.since is not None
    assert found.until is not None
    assert (found.since.edtf, found.until.edtf) == ("2008", "2012")


def test_only_the_subject_of_an_office_holds_it() -> None:
    found = links(ANA, STATE, BODY, office("one"), part("two", "body"))
    assert offices(STATE, found) == []
    assert len(offices(ANA, found)) == 1


def test_part_of_names_each_larger_body_once_latest_first_even_where_it_ended() -> None:
    relations = [
        part("one", "state", **{"from": "2001"}),
        part("two", "body", **{"from": "2005", "to": "2008"}),
        part("three", "state"),
    ]
    found = links(ANA, STATE, BODY, office("office"), *relations)
    assert [each.id for each in part_of(ANA, found)] == ["body", "state"]
    assert part_of(STATE, found) == []
