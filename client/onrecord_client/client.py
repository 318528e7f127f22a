"""The two clients: the same paths, asked at once or awaited."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from onrecord_client.cache import Cache
from onrecord_client.driving import Awaiting, Blocking
from onrecord_client.exchange import Exchange, Flow
from onrecord_client.files import FilePath, release_file
from onrecord_client.listing import AsyncListing, Listing, Walk
from onrecord_client.paths import AwaitingPaths, BlockingPaths
from onrecord_client.version import VERSION

CACHE = 16 * 2**20  # bytes
TIMEOUT = 30.0  # seconds

T = TypeVar("T")


class Client(BlockingPaths):
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
        self._exchange = Exchange(url.rstrip("/"), release, Cache(cache))
        self._driver = Blocking(httpx.Client(transport=transport, **_options(timeout)))

    def save_release(self, release: str, to: FilePath) -> Path:
        """Write a release into a file: its database (.sqlite) or its curated input (.ndjson), as `to` ends in.

        It gets that name once it is whole and has the sha256 that the release tells. Raises UnexpectedAnswer if it has
        another one, and ValueError for another ending.
        """
        return self._run(release_file(self._exchange, release, to))

    def close(self) -> None:
        """Close its connections."""
        self._driver.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _run(self, flow: Flow[T]) -> T:
        return self._driver.run(flow)

    def _listing(self, walk: Walk[T]) -> Listing[T]:
        return Listing(self._driver, walk)


class AsyncClient(AwaitingPaths):
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
        self._exchange = Exchange(url.rstrip("/"), release, Cache(cache))
        self._driver = Awaiting(httpx.AsyncClient(transport=transport, **_options(timeout)))

    async def save_release(self, release: str, to: FilePath) -> Path:
        """Write a release into a file: its database (.sqlite) or its curated input (.ndjson), as `to` ends in.

        It gets that name once it is whole and has the sha256 that the release tells. Raises UnexpectedAnswer if it has
        another one, and ValueError for another ending.
        """
        return await self._run(release_file(self._exchange, release, to))

    async def aclose(self) -> None:
        """Close its connections."""
        await self._driver.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _run(self, flow: Flow[T]) -> T:
        return await self._driver.run(flow)

    def _listing(self, walk: Walk[T]) -> AsyncListing[T]:
        return AsyncListing(self._driver, walk)


def _options(timeout: float) -> dict[str, Any]:
    agent = f"onrecord-client/{VERSION} python-httpx/{httpx.__version__}"
    return {"timeout": timeout, "headers": {"User-Agent": agent, "Accept": "application/json"}}
