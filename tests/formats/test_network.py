"""The network of an actor: every relation on a row of its own, as it is seen from the actor."""

import itertools
from typing import Any

from app.formats.html.network import MOST, ROW, network

ME = {"id": "me", "label": "The Ministry of Internal Affairs of a Republic"}


def relation(type: str, subject: str, object: str, **members: Any) -> dict[str, Any]:
    """A relation as its document has it."""
    ends = {name: {"id": id, "label": id.upper()} for name, id in (("subject", subject), ("object", object))}
    return {"type": type, "post": None, "from": None, "to": None, **ends} | members


def test_a_relation_reads_from_the_actor() -> None:
    found = network(ME, [relation("recognises", "you", "me"), relation("recognises", "me", "them")])
    assert found is not None
    assert [(tie.words, tie.other["id"]) for tie in found.ties] == [
        ("is recognised by", "you"),
        ("recognises", "them"),
    ]


def test_a_post_and_its_time_are_named() -> None:
    dates = {"from": {"edtf": "2017-05-31"}, "to": {"edtf": "2022"}}
    found = network(ME, [relation("office", "me", "state", post="Minister", **dates)])
    assert found is not None
    (tie,) = found.ties
    assert (tie.words, tie.period, tie.open) == ("holds office in (Minister)", "31 May 2017 to 2022", False)


def test_no_two_rows_meet_and_the_table_has_what_is_not_drawn() -> None:
    found = network(ME, [relation("ally-of", "me", f"a{number}") for number in range(MOST + 5)])
    assert found is not None
    assert (len(found.drawn), len(found.ties)) == (MOST, MOST + 5)
    places = [tie.y for tie in found.drawn]
    assert all(below - above >= ROW for above, below in itertools.pairwise(places))
    assert places[-1] < found.height


def test_a_long_name_is_broken() -> None:
    found = network(ME, [relation("ally-of", "me", "you")])
    assert found is not None
    assert found.lines == ["The Ministry", "of Internal", "Affairs of a", "Republic"]


def test_without_relations_there_is_none() -> None:
    assert network(ME, []) is None
