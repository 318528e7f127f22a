"""The two clients: the same paths, asked at once or awaited."""

from types import TracebackType
from typing import Any, Self

import httpx

from onrecord_client.cache import Cache
from onrecord_client.driving import Awaiting, Blocking
from onrecord_client.exchange import Exchange
from onrecord_client.paths import Paths
from onrecord_client.version import VERSION

CACHE = 16 * 2**20  # bytes
TIMEOUT = 30.0  # seconds


class Client(Paths, Blocking):
    """A service by its URL: `Client("https://…").events(type="coerce", date="2019-05")`. A context manager.

    `release` pins what is asked, `cache` is the most that it remembers of answers, in bytes (0: nothing), `timeout` are
    the seconds that a connection may keep silent. `transport` is any of httpx: proxies, certificates, an app in a test.
    One client may be shared by threads.
    """

    def __init__(
        self,
        url: str,
        *,
        transport: httpx.BaseTransport | None = None,
        release: str | None = None,
        cache: int = CACHE,
        timeout: float = TIMEOUT,
    ) -> None:
        self.exchange = Exchange(url.rstrip("/"), release, Cache(cache))
        self.http = httpx.Client(transport=transport, **_options(timeout))

    def close(self) -> None:
        """Close its connections."""
        self.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class AsyncClient(Paths, Awaiting):
    """The same on an event loop of asyncio: `async for event in AsyncClient("https://…").events()`."""

    def __init__(
        self,
        url: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        release: str | None = None,
        cache: int = CACHE,
        timeout: float = TIMEOUT,
    ) -> None:
        self.exchange = Exchange(url.rstrip("/"), release, Cache(cache))
        self.http = httpx.AsyncClient(transport=transport, **_options(timeout))

    async def aclose(self) -> None:
        """Close its connections."""
        await self.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.aclose()


def _options(timeout: float) -> dict[str, Any]:
    agent = f"onrecord-client/{VERSION} python-httpx/{httpx.__version__}"
    return {"timeout": timeout, "headers": {"User-Agent": agent, "Accept": "application/json"}}
