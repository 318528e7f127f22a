"""Every problem of the server is an exception of its own, with the problem as it was sent."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

import app.errors
import onrecord_client
from app.web.api.guard import Guard
from onrecord_client import (
    AsyncClient,
    BadQuery,
    Client,
    Gone,
    InvalidParameter,
    Merged,
    NotFound,
    Refused,
    Removed,
    UnexpectedAnswer,
    UnknownParameter,
    UrlTooLong,
)
from onrecord_client.errors import error_of


def test_the_tree_mirrors_the_server() -> None:
    for theirs in app.errors.problems():
        ours = getattr(onrecord_client, theirs.__name__)
        assert (ours.slug, ours.status) == (theirs.slug, theirs.status)
        parents = {each.__name__ for each in theirs.__mro__[1:-4]}
        assert parents <= {each.__name__ for each in ours.__mro__}


def test_an_unknown_parameter_names_the_nearest(client: Client) -> None:
    with pytest.raises(UnknownParameter) as caught:
        list(client.events(participent="x"))  # type: ignore[call-arg]  # that is the point
    assert caught.value.problem.errors[0].did_you_mean == "participant"
    assert str(caught.value) == "/events has no parameter 'participent'. Did you mean 'participant'?"


def test_several_faults_come_together(client: Client) -> None:
    with pytest.raises(BadQuery) as caught:
        _ = client.events(typo="x", type="coerse", date="2019-13").total  # type: ignore[call-arg]  # as above
    assert type(caught.value) is BadQuery
    assert [fault.parameter for fault in caught.value.problem.errors] == ["typo", "type", "date"]
    assert "Did you mean 'coerce'?" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "id"),
    [(NotFound, "north-kosovo-arrests"), (Removed, "hallvik-overtime-ban"), (Gone, "hallvik-overtime-ban")],
)
def test_records_that_are_not_there(client: Client, kind: type[Refused], id: str) -> None:
    with pytest.raises(kind) as caught:
        client.event(id)
    assert caught.value.problem.status == caught.value.status
    assert caught.value.problem.request_id


def test_a_url_too_long(client: Client) -> None:
    with pytest.raises(UrlTooLong):
        list(client.events(id=[f"{n:0>95}" for n in range(99)]))


def test_awaited_errors_are_the_same(app: Guard) -> None:
    async def ask() -> None:
        async with AsyncClient("http://onrecord.test", transport=httpx.ASGITransport(app)) as client:
            with pytest.raises(InvalidParameter, match="coerce"):
                await client.events(type="coerse")
            with pytest.raises(NotFound):
                await client.event("nothing-of-this-name")

    asyncio.run(ask())


def told(status: int, slug: str, **headers: str) -> httpx.Response:
    """A problem of a newer server."""
    problem = {"type": f"/problems/{slug}", "title": "", "status": status, "detail": "It is new.", "instance": "/"}
    body = {**problem, "request_id": None, "errors": [], "newer": 1}
    return httpx.Response(status, json=body, headers=headers, request=httpx.Request("GET", "http://onrecord.test/"))


@pytest.mark.parametrize(("status", "kind"), [(400, "BadQuery"), (410, "Gone"), (308, "Redirected"), (418, "Refused")])
def test_a_new_kind_of_problem_is_that_of_its_status(status: int, kind: str) -> None:
    error = error_of(told(status, "never-heard-of"))
    assert (type(error).__name__, str(error)) == (kind, "It is new.")


def test_a_redirection_in_a_circle_ends() -> None:
    def circle() -> Iterator[httpx.Response]:
        while True:
            yield told(308, "merged", Location="/events/here")

    answers = circle()
    transport = httpx.MockTransport(lambda _: next(answers))
    with Client("http://onrecord.test", transport=transport) as client, pytest.raises(Merged):
        client.event("here")


@pytest.mark.parametrize("status", [200, 404, 502])
def test_what_is_no_answer_of_this_api(status: int) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, html="<h1>Bad gateway</h1>"))
    with (
        Client("http://onrecord.test", transport=transport) as client,
        pytest.raises(UnexpectedAnswer, match="/events"),
    ):
        list(client.events())


def test_a_network_that_fails_is_told_by_httpx() -> None:
    with Client("http://127.0.0.1:1") as client, pytest.raises(httpx.TransportError):
        list(client.events())
