"""The only I/O of this package: a flow's requests sent and its responses handed back, blocking or awaiting."""

import asyncio
import time
from typing import TypeVar

import httpx

from onrecord_client.exchange import Exchange, Flow

T = TypeVar("T")


class Blocking:
    """Drives flows in the calling thread."""

    exchange: Exchange
    http: httpx.Client

    def run(self, flow: Flow[T]) -> T:
        """What the flow comes to."""
        try:
            request = next(flow)
            while True:
                time.sleep(request.after)
                request = flow.send(self.http.get(request.url, headers=request.headers))
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]  # typeshed: a generator's result is Any here


class Awaiting:
    """Drives flows on the running event loop of asyncio."""

    exchange: Exchange
    http: httpx.AsyncClient

    async def run(self, flow: Flow[T]) -> T:
        """What the flow comes to."""
        try:
            request = next(flow)
            while True:
                await asyncio.sleep(request.after)
                request = flow.send(await self.http.get(request.url, headers=request.headers))
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]  # as above
