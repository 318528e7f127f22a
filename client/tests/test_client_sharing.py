"""One client for several threads, its end, and what it says of itself."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.web.api.guard import Guard
from onrecord_client import AsyncClient, Client
from test_client_walks import in_process


@pytest.mark.thorough
def test_threads_share_a_client(url: str) -> None:
    with Client(url, cache=40_000) as client, ThreadPoolExecutor(8) as threads:  # a cache that drops all the time

        def walk(limit: int) -> list[str]:
            return [claim.id for claim in client.claims(limit=limit)]

        walks = list(threads.map(walk, [7, 20, 500] * 8))
        assert client._exchange.cache.used <= 40_000
    assert all(each == walks[0] for each in walks)


def test_threads_share_a_listing(client: Client) -> None:
    events = client.events(limit=5)
    with ThreadPoolExecutor(8) as threads:
        walks = list(threads.map(lambda _: [event.id for event in events], range(8)))
    assert all(each == walks[0] and len(each) == events.total for each in walks)


def test_a_closed_client_asks_nothing(url: str) -> None:
    with Client(url) as client:
        events = client.events()
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        list(events)


def test_a_closed_asynchronous_client_asks_nothing(app: Guard) -> None:
    async def ask() -> None:
        async with in_process(app) as client:
            events = client.events()
        await client.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await events

    asyncio.run(ask())


def test_what_a_client_says_of_itself() -> None:
    with Client("https://reader:secret@onrecord.example/api/", release="2019.1") as client:
        assert repr(client) == "<Client URL('https://reader:[secure]@onrecord.example/api'), release='2019.1'>"
    assert repr(AsyncClient("https://onrecord.example")) == "<AsyncClient URL('https://onrecord.example')>"
