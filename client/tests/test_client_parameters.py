"""Python values arrive at the server as its parameters."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

import pytest

from onrecord_client import Client
from onrecord_client.question import Question
from wire import Wire


class Term(str, Enum):  # noqa: UP042  # StrEnum is what str() makes no trap of
    """A user's own list of terms."""

    COERCE = "coerce"


class Whole:
    """A whole number of another library, as numpy has them."""

    def __index__(self) -> int:
        return 3


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
        (("a", "b"), "x=a&x=b"),
        ({"a": 1}.keys(), "x=a"),
        ((20.5, 42, 21, 43.25), "x=20.5%2C42%2C21%2C43.25"),
        ([20.5, Decimal("1E+1")], "x=20.5%2C10"),
        (Term.COERCE, "x=coerce"),
        (Whole(), "x=3"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert str(Question.of("/y", {"x": value, "z": None})) == f"/y?{text}"


def test_a_keyword_of_python_gets_an_underscore() -> None:
    assert str(Question.of("/y", {"with_": "x", "date_match": "certain"})) == "/y?with=x&date_match=certain"


@pytest.mark.parametrize("value", [datetime(2019, 5, 28, 7), object(), [None], b"x"])
def test_what_no_parameter_can_be(value: object) -> None:
    with pytest.raises(TypeError):
        Question.of("/y", {"x": value})


@pytest.mark.parametrize("value", [[], (), iter([])])
def test_an_empty_list_does_not_select_everything(value: object) -> None:
    with pytest.raises(ValueError, match="id has no values"):
        Question.of("/y", {"id": value})


def test_a_question_with_another_cursor() -> None:
    asked = Question.of("/y", {"type": ["a", "b"], "cursor": "1", "limit": 2})
    assert str(asked.but(cursor="2", limit=None)) == "/y?type=a&type=b&cursor=2"


def test_a_generator_lasts_for_all_pages(client: Client) -> None:
    def types() -> Iterator[str]:
        yield from ("coerce", "assault")

    assert [event.id for event in client.events(type=types(), limit=1)] == [
        event.id for event in client.events(type=["coerce", "assault"])
    ]


def test_the_server_reads_them_so(client: Client) -> None:
    events = client.events(type=["coerce", "assault"], date=date(2019, 5, 28), disputed=True, bbox=(20, 42, 21.5, 43.5))
    assert set(events.query.parameters) >= {"type", "date", "disputed", "bbox"}
    assert 0 < events.total < client.events(type=["coerce", "assault"]).total < client.events().total
    related = next(claim for claim in client.claims(relation="contradicts"))
    assert related.id in {claim.id for each in related.relations for claim in client.claims(with_=each.claim.id)}


def test_what_the_client_refuses_by_itself(client: Client, wire: Wire) -> None:
    with pytest.raises(TypeError, match="read JSON"):
        client.events(format="csv")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(TypeError, match="positional"):
        client.events("an-id")  # type: ignore[call-arg]  # as above
    with pytest.raises(ValueError, match="never empty"):
        client.event("")
    assert not wire.requests


def test_an_id_cannot_leave_its_path(client: Client, wire: Wire) -> None:
    for id in ("../actors", "x/claims", "x?limit=1", "x#y"):
        with pytest.raises(Exception, match=r"."):
            client.event(id)
    assert {request.url.raw_path.count(b"/") for request in wire.requests} == {2}
