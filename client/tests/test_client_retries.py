"""A server that is unavailable for a moment is asked again when it says; one that stays so is not asked for ever."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from client_store import publish
from onrecord_client import AsyncClient, Client, Unavailable
from onrecord_client.exchange import TRIES, Request, _answer, _wait
from wire import Wire, serving


def test_a_release_that_is_published_meanwhile(tmp_path: Path) -> None:
    def before() -> None:
        if wire.statuses == [503]:
            publish(tmp_path)

    wire = Wire(before)
    began = time.monotonic()
    with serving(create_app(Settings(store=tmp_path))) as url, Client(url, transport=wire) as client:
        assert client.events().total > 0
    assert wire.statuses == [503, 200]
    assert time.monotonic() - began >= 1  # what Retry-After said


def unavailable(retry_after: str, **more: str) -> httpx.Response:
    """The server's answer."""
    problem = {"type": "/problems/unavailable", "title": "", "status": 503, "detail": "Soon.", "instance": "/"}
    headers = {"Retry-After": retry_after, **more} if retry_after else {}
    return httpx.Response(503, json={**problem, "request_id": None, "errors": []}, headers=headers)


@pytest.mark.parametrize(("retry_after", "tries"), [("0", TRIES), ("3600", 1)])
def test_one_that_stays_unavailable(retry_after: str, tries: int) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return unavailable(retry_after)

    async def ask() -> None:
        async with AsyncClient("http://onrecord.test", transport=httpx.MockTransport(answer)) as client:
            await client.event("x")

    with pytest.raises(Unavailable, match=r"Soon\."):
        asyncio.run(ask())
    assert len(asked) == tries


def test_each_try_waits_as_long_as_it_was_told() -> None:
    flow = _answer(Request("http://onrecord.test/", {}))
    assert next(flow).after == 0
    assert [flow.send(unavailable(told)).after for told in ("7", "0", "")] == [7, 0, 1]
    with pytest.raises(StopIteration):
        flow.send(unavailable("1"))


def test_retry_after_may_be_a_date() -> None:
    now = datetime.now(UTC)
    assert 8 < _wait(unavailable(format_datetime(now + timedelta(seconds=10), usegmt=True))) <= 10
    assert _wait(unavailable(format_datetime(now - timedelta(days=1), usegmt=True))) == 0
    assert [_wait(unavailable(told)) for told in ("soon", "-5", "1.5", "Tue, 28 May 2019 09:00:00 -0000")] == [1] * 4


def test_a_date_is_by_the_clock_of_the_server() -> None:
    told = unavailable("Tue, 28 May 2019 09:00:07 GMT", Date="Tue, 28 May 2019 09:00:00 GMT")
    assert _wait(told) == 7


def test_a_proxy_that_limits_is_asked_again_later() -> None:
    flow = _answer(Request("http://onrecord.test/", {}))
    next(flow)
    assert flow.send(httpx.Response(429, headers={"Retry-After": "2"})).after == 2
    with pytest.raises(StopIteration):
        flow.send(httpx.Response(200))
