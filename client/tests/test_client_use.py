"""What programs do with a client beside asking lists: processes, plain JSON, headers, other clients, empty lists."""

import asyncio
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import httpx
import pytest

from onrecord_client import AsyncClient, Client, NotFound, OtherActor, OtherRecord, Person, Refused, errors, models
from onrecord_client.driving import CONNECTING
from onrecord_client.listing import Page

PROBLEM = models.Problem(
    type="/problems/x", title="X", status=400, detail="So.", instance="/", request_id=None, errors=[]
)
KINDS = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Refused)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_can_be_pickled(kind: type[Refused]) -> None:
    copy = pickle.loads(pickle.dumps(kind(PROBLEM)))
    assert (type(copy), str(copy), copy.problem) == (kind, "So.", PROBLEM)


def missing(url: str) -> None:
    """Fails in another process."""
    with Client(url) as client:
        client.event("no-such-event")


def test_an_error_leaves_a_pool_of_processes(url: str) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool, pytest.raises(NotFound) as refused:
        pool.submit(missing, url).result()
    assert refused.value.problem.status == 404


def test_plain_json_of_a_path_or_of_a_link(client: Client, url: str) -> None:
    body = client.get("/events?limit=1", facets=["type"])
    assert body["page"]["count"] == 1
    assert set(body["facets"]) == {"type"}
    assert client.get(body["links"]["next"])["data"] != body["data"]
    assert client.get("/healthz") == {"status": "ok"}
    with pytest.raises(NotFound):
        client.get("/none")
    for elsewhere in ("https://elsewhere.example/events", "events", ""):
        with pytest.raises(ValueError, match="neither a path"):
            client.get(elsewhere)

    async def ask() -> object:
        async with AsyncClient(url) as asking:
            return await asking.get("/events?limit=1", facets=["type"])

    assert asyncio.run(ask()) == body


def test_headers_go_with_every_request() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={})

    transport = httpx.MockTransport(answer)
    with Client("http://onrecord.test", transport=transport, headers={"Authorization": "x"}) as client:
        client.get("/")
    with httpx.Client(transport=transport, headers={"User-Agent": "mine"}) as http:
        with Client("http://onrecord.test", http_client=http, headers={"traceparent": "t"}) as client:
            client.get("/")
        assert not http.is_closed
    assert [request.headers["accept"] for request in sent] == ["application/json"] * 2
    assert (sent[0].headers["authorization"], sent[1].headers["traceparent"]) == ("x", "t")
    assert sent[0].headers["user-agent"].startswith("onrecord-client/")
    assert sent[1].headers["user-agent"] == "mine"
    with pytest.raises(TypeError, match="its own"):
        Client("http://onrecord.test", http_client=httpx.Client(), timeout=1.0)


@pytest.mark.parametrize("failures", [CONNECTING - 1, CONNECTING])
def test_a_connection_that_fails_is_tried_again(failures: int) -> None:
    tried: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        tried.append(request)
        if len(tried) <= failures:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(200, json={"status": "ok"})

    async def ask() -> object:
        async with AsyncClient("http://onrecord.test", transport=httpx.MockTransport(answer)) as asking:
            return await asking.get("/healthz")

    with Client("http://onrecord.test", transport=httpx.MockTransport(answer)) as client:
        if failures < CONNECTING:
            assert client.get("/healthz") == {"status": "ok"}
            tried.clear()
            assert asyncio.run(ask()) == {"status": "ok"}
        else:
            with pytest.raises(httpx.ConnectError):
                client.get("/healthz")
    assert len(tried) == CONNECTING


def test_a_list_is_true_if_something_matches_and_knows_its_first(client: Client) -> None:
    events, nothing = client.events(limit=2), client.events(q="no-such-word-anywhere")
    assert events
    assert not nothing
    assert (len(events), len(nothing)) == (events.total, 0)
    assert events.first() == next(iter(events))
    assert nothing.first() is None
    assert len(list(events)) == len(events)


def test_the_same_awaited(url: str) -> None:
    async def ask() -> None:
        async with AsyncClient(url) as asking:
            events = asking.events(limit=2)
            with pytest.raises(RuntimeError, match="await"):
                bool(events)
            assert await events.first() == await anext(aiter(events))
            assert len(await events) == events.total > 0
            assert await asking.events(q="no-such-word-anywhere").first() is None

    asyncio.run(ask())


def test_a_newer_kind_of_actor_or_record_is_read(client: Client) -> None:
    person = client.people().first()
    assert person is not None
    told = person.model_dump(by_alias=True)
    page = client.get("/actors?limit=1")
    newer = {**told, "type": "machine", "model": "T"}
    read = Page[models.Actor].model_validate({**page, "data": [told, newer]}).data
    assert [type(each) for each in read] == [Person, OtherActor]
    assert isinstance(read[1], OtherActor)
    assert (read[1].type, read[1].model_extra) == ("machine", {"model": "T", "offices": told["offices"]})
    included = Page[models.Actor].model_validate({**page, "included": [told, {**newer, "kind": "thing"}]}).included
    assert [type(each) for each in included or []] == [Person, OtherRecord]
