"""Conditions: which parts one and the same row has to meet, and that a missing value is no trap."""

import pytest

from app.query.base import Lookup
from app.query.condition import Absent, All, Condition, Either, Meets, Not, joined
from app.releases.sqlite import SqliteStore
from app.resources import by_name
from visitor import Visitor

EVENTS = by_name("events")


@pytest.fixture(scope="module")
def lookup(store: SqliteStore) -> Lookup:
    """The release of the three dossiers."""
    return store.current()


def meets(lookup: Lookup, name: str, value: str) -> Meets:
    """One filter of the events, read."""
    each = EVENTS.filter(name)
    return Meets(each, each.read((value,), lookup))


def names(groups: list[list[Condition]]) -> list[list[str]]:
    """What the groups are about."""
    return [[part.filter.name if isinstance(part, Meets) else type(part).__name__ for part in each] for each in groups]


def test_filters_over_one_side_table_are_met_by_one_row(lookup: Lookup) -> None:
    role, actor = meets(lookup, "role", "initiator"), meets(lookup, "participant", "kosovo-police")
    kind, mode = meets(lookup, "type", "coerce"), meets(lookup, "mode", "arrest")
    assert names(joined((role, kind, mode, actor), EVENTS)) == [["type"], ["participant", "role"], ["mode"]]


def test_a_name_twice_takes_its_row_apart(lookup: Lookup) -> None:
    one, other = meets(lookup, "participant", "kosovo-police"), meets(lookup, "participant", "unmik")
    role = meets(lookup, "role", "initiator")
    assert names(joined((one, other, role), EVENTS)) == [["participant"], ["participant"], ["role"]]


def test_what_is_nested_stands_by_itself(lookup: Lookup) -> None:
    role, side = meets(lookup, "role", "initiator"), meets(lookup, "side", "side-a")
    parts = (Not(role), All((role,)), Either((role, side)), Absent(EVENTS.filter("side")), side)
    assert names(joined(parts, EVENTS)) == [["Not"], ["All"], ["Either"], ["Absent"], ["side"]]


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/events", "country", "XK"),
        ("/events", "part_of", "north-kosovo-police-operation-2019-05-28"),
        ("/events", "place", "kosovo"),
        ("/events", "side", "side-a"),
        ("/events", "near", "20.9,42.9,50"),
        ("/events", "date", "2019"),
        ("/events", "measure", "arrested"),
        ("/claims", "speaker", "aleksandar-vucic"),
        ("/claims", "aspect", "arrested"),
        ("/claims", "said", "2019"),
        ("/actors", "office", "president-of-kosovo"),
        ("/actors", "identifier", "wikidata:Q403"),
        ("/sources", "publisher", "agenzia-nova"),
        ("/places", "within", "kosovo"),
    ],
)
def test_with_without_and_missing_add_up(visitor: Visitor, path: str, name: str, value: str) -> None:
    def total(text: str | None = None) -> int:
        return int(visitor.data(path, limit=0, **({"filter": text} if text else {}))["page"]["total"])

    met, unmet, missing = (total(f"{name} {text}") for text in (f"= '{value}'", f"<> '{value}'", "IS NULL"))
    assert met + unmet == total()
    assert missing + total(f"{name} IS NOT NULL") == total()
    assert 0 < missing <= unmet


def test_no_side_is_not_the_same_as_nobody_taking_part(visitor: Visitor) -> None:
    alone = {each["id"] for each in visitor.data("/events", filter="participant IS NULL", limit=500)["data"]}
    sideless = {each["id"] for each in visitor.data("/events", filter="side IS NULL", limit=500)["data"]}
    assert alone < sideless
    assert "nato-intervention-1999" in sideless - alone


def test_a_filter_and_a_parameter_need_not_mean_one_row(visitor: Visitor) -> None:
    """In the operation those arrested were the target, and somebody else the initiator."""
    arrested = "people-arrested-2019-05-28"
    asked = {"participant": arrested, "id": "north-kosovo-police-operation-2019-05-28"}
    assert visitor.data("/events", filter="role = 'initiator'", **asked)["page"]["total"] == 1
    assert visitor.data("/events", filter=f"participant = '{arrested}' AND role = 'initiator'")["page"]["total"] == 0
