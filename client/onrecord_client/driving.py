"""The only I/O on the network: a flow's requests sent and its responses handed back, blocking or awaiting."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from typing import TypeVar

import httpx

from onrecord_client.exchange import Flow, Request

T = TypeVar("T")

PIECE = 64 * 2**10  # bytes of a download that are held at once
CONNECTING = 3  # tries of a connection: nothing was sent when one failed
PAUSE = 0.2  # seconds before the second try, twice as many before the third
UNCONNECTED = (httpx.ConnectError, httpx.ConnectTimeout)


class Blocking:
    """Drives flows in the calling thread; several threads may."""

    def __init__(self, http: httpx.Client, headers: Mapping[str, str]) -> None:
        self.http, self.headers = http, headers

    def run(self, flow: Flow[T]) -> T:
        """What the flow comes to; one that does not come to its end is closed."""
        with closing(flow):
            try:
                request = next(flow)
                while True:
                    time.sleep(request.after)
                    request = flow.send(self._connected(request))
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]  # typeshed: a generator's result is Any here

    def _connected(self, request: Request) -> httpx.Response:
        for tried in range(1, CONNECTING):
            with suppress(*UNCONNECTED):
                return self._sent(request)
            time.sleep(PAUSE * tried)
        return self._sent(request)

    def _sent(self, request: Request) -> httpx.Response:
        with self.http.stream("GET", request.url, headers={**self.headers, **request.headers}) as response:
            if request.into and response.status_code == 200:
                for piece in response.iter_bytes(PIECE):
                    request.into.write(piece)
            else:
                response.read()
        return response


class Awaiting:
    """Drives flows on the running event loop of asyncio."""

    def __init__(self, http: httpx.AsyncClient, headers: Mapping[str, str]) -> None:
        self.http, self.headers = http, headers

    async def run(self, flow: Flow[T]) -> T:
        """What the flow comes to; one that does not come to its end is closed, and one that is cancelled."""
        with closing(flow):
            try:
                request = next(flow)
                while True:
                    await asyncio.sleep(request.after)
                    request = flow.send(await self._connected(request))
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]  # as above

    async def _connected(self, request: Request) -> httpx.Response:
        for tried in range(1, CONNECTING):
            with suppress(*UNCONNECTED):
                return await self._sent(request)
            await asyncio.sleep(PAUSE * tried)
        return await self._sent(request)

    async def _sent(self, request: Request) -> httpx.Response:
        async with self.http.stream("GET", request.url, headers={**self.headers, **request.headers}) as response:
            if request.into and response.status_code == 200:
                async for piece in response.aiter_bytes(PIECE):
                    request.into.write(piece)
            else:
                await response.aread()
        return response
