"""The two clients: the same paths, asked at once or awaited."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypedDict, TypeVar, Unpack

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
AGENT = f"onrecord-client/{VERSION} python-httpx/{httpx.__version__}"
HEADERS = {"Accept": "application/json"}

T = TypeVar("T")


class Http(TypedDict, total=False):
    """How a client speaks HTTP: by an `http_client`, or by a `transport` and a `timeout` in seconds."""

    transport: httpx.BaseTransport | None
    timeout: float
    http_client: httpx.Client


class AsyncHttp(TypedDict, total=False):
    """The same, awaited."""

    transport: httpx.AsyncBaseTransport | None
    timeout: float
    http_client: httpx.AsyncClient


class Client(BlockingPaths):
    """A service by its URL: `Client("https://…").events(type="coerce", date="2019-05")`. A context manager.

    `release` pins what is asked, `cache` is the most that it remembers of answers, in bytes (0: nothing), `headers` go
    with every request, `timeout` are the seconds that a connection may keep silent. `transport` is any of httpx:
    proxies, certificates, an app in a test; `http_client` a whole client of httpx, which stays open. One client may be
    shared by threads.
    """

    def __init__(
        self,
        url: str,
        *,
        release: str | None = None,
        cache: int = CACHE,
        headers: Mapping[str, str] | None = None,
        **http: Unpack[Http],
    ) -> None:
        self._exchange = Exchange(url.rstrip("/"), release, Cache(cache))
        self._driver = Blocking(_given(http, httpx.Client), {**HEADERS, **(headers or {})})
        self._is_own = "http_client" not in http

    def save_release(self, release: str, to: FilePath) -> Path:
        """Write a release into a file: its database (.sqlite) or its curated input (.ndjson), as `to` ends in.

        It gets that name once it is whole and has the sha256 that the release tells. Raises UnexpectedAnswer if it has
        another one, and ValueError for another ending.
        """
        return self._run(release_file(self._exchange, release, to))

    def get(self, path: str, /, **parameters: object) -> Any:
        """The JSON at a path of the service, or at a URL of it, such as one in `links`: as it is, in no model.

        Only these parameters are sent, and no `release`. Raises ValueError for a URL elsewhere.
        """
        return self._run(self._exchange.read(path, parameters))

    def close(self) -> None:
        """Close its connections."""
        if self._is_own:
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
        release: str | None = None,
        cache: int = CACHE,
        headers: Mapping[str, str] | None = None,
        **http: Unpack[AsyncHttp],
    ) -> None:
        self._exchange = Exchange(url.rstrip("/"), release, Cache(cache))
        self._driver = Awaiting(_given(http, httpx.AsyncClient), {**HEADERS, **(headers or {})})
        self._is_own = "http_client" not in http

    async def save_release(self, release: str, to: FilePath) -> Path:
        """Write a release into a file: its database (.sqlite) or its curated input (.ndjson), as `to` ends in.

        It gets that name once it is whole and has the sha256 that the release tells. Raises UnexpectedAnswer if it has
        another one, and ValueError for another ending.
        """
        return await self._run(release_file(self._exchange, release, to))

    async def get(self, path: str, /, **parameters: object) -> Any:
        """The JSON at a path of the service, or at a URL of it, such as one in `links`: as it is, in no model.

        Only these parameters are sent, and no `release`. Raises ValueError for a URL elsewhere.
        """
        return await self._run(self._exchange.read(path, parameters))

    async def aclose(self) -> None:
        """Close its connections."""
        if self._is_own:
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


def _given(http: Mapping[str, Any], kind: type[Any]) -> Any:
    """The client of httpx that was handed in, or a new one."""
    if "http_client" not in http:
        return kind(**{"timeout": TIMEOUT, "headers": {"User-Agent": AGENT}, **http})
    if len(http) > 1:
        raise TypeError("An http_client has its own transport and timeout.")
    return http["http_client"]
