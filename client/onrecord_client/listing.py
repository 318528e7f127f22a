"""Lists: records one after the other, the pages fetched as they are needed."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from onrecord_client import bundles, files
from onrecord_client.driving import Awaiting, Blocking
from onrecord_client.exchange import Exchange, Flow
from onrecord_client.models import AnyRecord, FacetCount, ListLinks, PageNumbers, Query, Release
from onrecord_client.question import Question
from onrecord_client.values import Several

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """One page of a list; `facets` and `included` are there if they were asked for."""

    model_config = ConfigDict(extra="allow")

    data: list[T]
    page: PageNumbers
    links: ListLinks
    release: Release
    query: Query
    facets: dict[str, list[FacetCount]] | None = None
    included: list[AnyRecord] | None = None


@dataclass
class Walk(Generic[T]):
    """One list of one server, and its first page once that is here."""

    exchange: Exchange
    question: Question
    shape: type[Page[T]]
    first: Page[T] | None = None

    def begin(self) -> Flow[Page[T]]:
        """The first page, fetched once."""
        if self.first is None:
            self.first = yield from self.exchange.get(self.question, self.shape)
        return self.first

    def after(self, page: Page[T]) -> Flow[Page[T] | None]:
        """The page behind this one; None behind the last."""
        if page.page.next is None:
            return None
        return (yield from self.exchange.get(self.question.but(cursor=page.page.next), self.shape))


class Listed(ABC, Generic[T]):
    """What the first page says about the whole list."""

    _walk: Walk[T]

    @property
    @abstractmethod
    def first_page(self) -> Page[T]:
        """The first page."""

    @property
    def total(self) -> int:
        """How many records match, exactly."""
        return self.first_page.page.total

    def __len__(self) -> int:
        return self.total

    @property
    def query(self) -> Query:
        """How the server read the question: `query.text` is one sentence."""
        return self.first_page.query

    @property
    def release(self) -> Release:
        """The release that answers; a walk stays in it."""
        return self.first_page.release

    @property
    def permalink(self) -> str:
        """The URL of this very answer, for ever."""
        return self.first_page.links.permalink

    @property
    def facets(self) -> Mapping[str, list[FacetCount]]:
        """How many of all matching records have each value, by the facets that were asked for."""
        return self.first_page.facets or {}

    def __repr__(self) -> str:
        first = self._walk.first
        return f"<{type(self).__name__} {self._walk.question}{f', {first.page.total} records' if first else ''}>"


class Listing(Listed[T]):
    """Iterate over it for all records. Nothing is asked before it is needed."""

    def __init__(self, driver: Blocking, walk: Walk[T]) -> None:
        self._driver = driver
        self._walk = walk

    @property
    def first_page(self) -> Page[T]:
        """The first page."""
        return self._driver.run(self._walk.begin())

    def first(self) -> T | None:
        """The first record; None where nothing matches."""
        return next(iter(self), None)

    def pages(self) -> Iterator[Page[T]]:
        """Page by page, with what each sends along."""
        page: Page[T] | None = self.first_page
        while page:
            yield page
            page = self._driver.run(self._walk.after(page))

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.data

    def save(self, to: files.FilePath, *, format: str | None = None, fields: Several = None) -> Path:
        """Write everything that matches into a file, which has `to` as its name once it is whole; the path of it.

        The name ends in .csv, .ndjson, .geojson or .jsonld, or `format` names one. `fields` are the columns of csv and
        ndjson, in their order. `limit` is the size of pages in a walk, and no bound here. Memory does not grow with the
        file. Raises ValueError for another ending, OSError where the file cannot be written, and NotWithThisFormat.
        """
        return self._driver.run(files.list_file(self._walk.exchange, self._walk.question, to, format, fields))

    def geojson(self) -> dict[str, Any]:
        """Everything that matches as one FeatureCollection (RFC 7946), for events and places."""
        return self._driver.run(bundles.in_memory(self._walk.exchange, self._walk.question, "geojson"))


class AsyncListing(Listed[T]):
    """Iterate over it with `async for`. `await` it for what it says of itself: `(await listing).total`."""

    def __init__(self, driver: Awaiting, walk: Walk[T]) -> None:
        self._driver = driver
        self._walk = walk

    @property
    def first_page(self) -> Page[T]:
        """The first page; raises RuntimeError before the list was awaited or iterated over."""
        if self._walk.first is None:
            raise RuntimeError("Nothing was asked yet: await the list first.")
        return self._walk.first

    def __await__(self) -> Generator[Any, None, "AsyncListing[T]"]:
        return self._begun().__await__()

    async def first(self) -> T | None:
        """The first record; None where nothing matches."""
        return await anext(aiter(self), None)

    async def _begun(self) -> "AsyncListing[T]":
        await self._driver.run(self._walk.begin())
        return self

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Page by page, with what each sends along."""
        page: Page[T] | None = await self._driver.run(self._walk.begin())
        while page:
            yield page
            page = await self._driver.run(self._walk.after(page))

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for record in page.data:
                yield record

    async def save(self, to: files.FilePath, *, format: str | None = None, fields: Several = None) -> Path:
        """Write everything that matches into a file, which has `to` as its name once it is whole; the path of it.

        The name ends in .csv, .ndjson, .geojson or .jsonld, or `format` names one. `fields` are the columns of csv and
        ndjson, in their order. `limit` is the size of pages in a walk, and no bound here. Memory does not grow with the
        file. Raises ValueError for another ending, OSError where the file cannot be written, and NotWithThisFormat.
        """
        return await self._driver.run(files.list_file(self._walk.exchange, self._walk.question, to, format, fields))

    async def geojson(self) -> dict[str, Any]:
        """Everything that matches as one FeatureCollection (RFC 7946), for events and places."""
        return await self._driver.run(bundles.in_memory(self._walk.exchange, self._walk.question, "geojson"))
