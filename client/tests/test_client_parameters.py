"""Python values arrive at the server as its parameters."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from onrecord_client import Client
from onrecord_client.parameters import Value, query_string
from wire import Wire


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a b&c", "x=a+b%26c"),
        ("Вучић", "x=%D0%92%D1%83%D1%87%D0%B8%D1%9B"),
        (True, "x=true"),
        (False, "x=false"),
        (0, "x=0"),
        (0.00001, "x=0.00001"),
        (Decimal("42.90"), "x=42.90"),
        (date(2019, 5, 28), "x=2019-05-28"),
        (["a", "b"], "x=a&x=b"),
        (iter(["a", "b"]), "x=a&x=b"),
        ((20.5, 42, 21, 43.25), "x=20.5%2C42%2C21%2C43.25"),
        (None, ""),
    ],
)
def test_values(value: Value, text: str) -> None:
    assert query_string({"x": value}) == text


def test_a_keyword_of_python_gets_an_underscore() -> None:
    assert query_string({"with_": "x", "date_match": "certain"}) == "with=x&date_match=certain"


@pytest.mark.parametrize("value", [datetime(2019, 5, 28, 7), object(), [None]])
def test_what_no_parameter_can_be(value: Value) -> None:
    with pytest.raises(TypeError):
        query_string({"x": value})


def test_an_empty_list_does_not_select_everything() -> None:
    with pytest.raises(ValueError, match="id has no values"):
        query_string({"id": []})


def test_the_server_reads_them_so(client: Client) -> None:
    events = client.events(type=["coerce", "assault"], date=date(2019, 5, 28), disputed=True, bbox=(20, 42, 21.5, 43.5))
    assert set(events.query.parameters) >= {"type", "date", "disputed", "bbox"}
    assert 0 < events.total < client.events(type=["coerce", "assault"]).total < client.events().total
    related = next(claim for claim in client.claims(relation="contradicts"))
    assert related.id in {claim.id for each in related.relations for claim in client.claims(with_=each.claim.id)}


def test_what_the_client_refuses_by_itself(client: Client, wire: Wire) -> None:
    with pytest.raises(TypeError, match="reads JSON"):
        list(client.events(format="csv"))
    with pytest.raises(TypeError, match="/events takes 0 id"):
        client.events("an-id")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(ValueError, match="never empty"):
        client.event("")
    assert not wire.requests


def test_an_id_cannot_leave_its_path(client: Client, wire: Wire) -> None:
    for id in ("../actors", "x/claims", "x?limit=1", "x#y"):
        with pytest.raises(Exception, match=r"."):
            client.event(id)
    assert {request.url.raw_path.count(b"/") for request in wire.requests} == {2}
