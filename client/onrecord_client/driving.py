"""The only I/O on the network: a flow's requests sent and its responses handed back, blocking or awaiting."""

import asyncio
import time
from contextlib import closing
from typing import TypeVar

import httpx

from onrecord_client.exchange import Flow, Request

T = TypeVar("T")

PIECE = 64 * 2**10  # bytes of a download that are held at once


class Blocking:
    """Drives flows in the calling thread; several threads may."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def run(self, flow: Flow[T]) -> T:
        """What the flow comes to; one that does not come to its end is closed."""
        with closing(flow):
            try:
                request = next(flow)
                while True:
                    time.sleep(request.after)
                    request = flow.send(self._sent(request))
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]  # typeshed: a generator's result is Any here

    def _sent(self, request: Request) -> httpx.Response:
        with self.http.stream("GET", request.url, headers=request.headers) as response:
            if request.into and response.status_code == 200:
                for piece in response.iter_bytes(PIECE):
                    request.into.write(piece)
            else:
                response.read()
        return response


class Awaiting:
    """Drives flows on the running event loop of asyncio."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def run(self, flow: Flow[T]) -> T:
        """What the flow comes to; one that does not come to its end is closed, and one that is cancelled."""
        with closing(flow):
            try:
                request = next(flow)
                while True:
                    await asyncio.sleep(request.after)
                    request = flow.send(await self._sent(request))
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]  # as above

    async def _sent(self, request: Request) -> httpx.Response:
        async with self.http.stream("GET", request.url, headers=request.headers) as response:
            if request.into and response.status_code == 200:
                async for piece in response.aiter_bytes(PIECE):
                    request.into.write(piece)
            else:
                await response.aread()
        return response
