"""A walk gives every record once, typed, whichever client walks and however small its pages are."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.web.api.guard import Guard
from methods import COLLECTIONS
from onrecord_client import Actor, AsyncClient, Client, Event, Group, Organisation, Page, Person
from wire import Wire

BASE = "http://onrecord.test"
ASKED: dict[str, dict[str, str]] = {"search": {"q": "kosovo"}}  # what a list asks for at least

LISTS = pytest.mark.parametrize("name", COLLECTIONS)


def in_process(app: Guard) -> AsyncClient:
    """An asynchronous client without a network."""
    return AsyncClient(BASE, transport=httpx.ASGITransport(app))


def ids(records: Iterator[Any]) -> list[str]:
    """What they are called."""
    return [record.id for record in records]


@LISTS
def test_a_walk_gives_every_record_once(client: Client, name: str) -> None:
    walked = ids(iter(getattr(client, name)(limit=7, **ASKED.get(name, {}))))
    assert walked == ids(iter(getattr(client, name)(limit=500, **ASKED.get(name, {}))))
    assert len(set(walked)) == len(walked) == getattr(client, name)(limit=0, **ASKED.get(name, {})).total > 0


@LISTS
def test_both_clients_give_the_same(client: Client, app: Guard, name: str) -> None:
    async def walk() -> list[str]:
        async with in_process(app) as asking:
            return [record.id async for record in getattr(asking, name)(limit=20, **ASKED.get(name, {}))]

    assert asyncio.run(walk()) == ids(iter(getattr(client, name)(limit=20, **ASKED.get(name, {}))))


def test_nothing_is_asked_before_it_is_needed(client: Client, wire: Wire) -> None:
    events = client.events(limit=1)
    assert not wire.requests
    walk = iter(events)
    first = next(walk)
    assert (len(wire.requests), events.first_page.data) == (1, [first])
    assert next(walk) != first
    assert len(wire.requests) == 2


def test_a_listing_tells_of_itself(client: Client) -> None:
    events = client.events(type="coerce", date="2019-05", facets="mode", limit=2)
    assert events.total == len(list(events)) > 0
    assert "coerce" in str(events.query.parameters["type"]).lower()
    assert events.query.text
    assert sum(each.count for each in events.facets["mode"]) > 0
    assert events.release.id in events.permalink
    assert repr(events) == f"<Listing /events?type=coerce&date=2019-05&facets=mode&limit=2, {events.total} records>"
    assert repr(client.events(q="a b")) == "<Listing /events?q=a+b>"
    assert client.events().facets == {}


def test_pages_carry_what_is_sent_along(client: Client) -> None:
    pages: list[Page[Event]] = list(client.events(include="participants", limit=5).pages())
    assert [len(page.data) for page in pages[:-1]] == [5] * (len(pages) - 1)
    assert {type(each) for page in pages for each in page.included or []} >= {Person, Organisation}


def test_actors_are_of_three_kinds(client: Client) -> None:
    actors: list[Actor] = list(client.actors())
    assert {type(actor) for actor in actors} == {Person, Organisation, Group}
    assert {type(client.actor(actor.id)) for actor in actors[:20]} <= {Person, Organisation, Group}
    assert all(type(person) is Person for person in client.people())


def test_a_record_is_the_same_alone_and_in_a_list(client: Client) -> None:
    event = next(iter(client.events()))
    assert client.event(event.id) == event


def test_lists_below_a_record(client: Client) -> None:
    event = next(event for event in client.events() if event.claims.total)
    claims = client.event_claims(event.id, limit=3)
    assert claims.total == event.claims.total == len(list(claims))
    denials = client.event_claims(event.id, type="denial")
    assert {claim.type for claim in denials} <= {"denial"}


def test_what_is_worked_out_below_a_record(client: Client) -> None:
    event = next(event for event in client.events() if event.claims.total)
    cells = [cell for row in client.event_matrix(event.id).rows for cell in row.cells]
    assert sum(len(cell.claims) for cell in cells) == event.claims.total
    source = next(iter(client.sources()))
    assert client.source_coverage(source.id).share == (source.coverage and source.coverage.share)


def test_releases_and_vocabularies(url: str) -> None:
    with Client(url) as client:
        release = client.releases()[0]
        assert client.release(release.label) == release
    with Client(url, release=release.id) as pinned:
        assert pinned.events(limit=0).permalink == f"{url}/events?limit=0&release={release.id}"
        assert pinned.event(next(iter(pinned.events())).id)
        assert [each.name for each in pinned.vocabularies()]
        assert {term.id for term in pinned.vocabulary("event-types").terms} >= {"coerce"}


def test_an_asynchronous_listing_is_awaited_for_its_numbers(app: Guard) -> None:
    async def ask() -> tuple[int, int, str]:
        async with in_process(app) as client:
            claims = client.claims(contested=True)
            with pytest.raises(RuntimeError, match="await the list first"):
                _ = claims.total
            event, found = await asyncio.gather(client.event("north-kosovo-arrests-2019-05-28"), claims)
            return found.total, len([claim async for claim in claims]), event.id

    total, walked, id = asyncio.run(ask())
    assert total == walked > 0
    assert id


def test_a_former_id_leads_to_its_record(client: Client, wire: Wire) -> None:
    event = client.event("hallvik-ferry-walkout")
    assert "hallvik-ferry-walkout" in event.formerly
    assert wire.statuses == [308, 200]
    assert client.event_claims("hallvik-ferry-walkout").total == event.claims.total
