"""GeoJSON and JSON-LD: the server sends both in pages, and all pages together make one document."""

import json
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, BinaryIO, ClassVar
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from onrecord_client.exchange import Exchange, Flow
from onrecord_client.models import PageNumbers
from onrecord_client.question import Question

LARGEST_PAGE = 500


class Bundled(BaseModel):
    """One page of such a format, and what it gives to the document of all."""

    model_config = ConfigDict(extra="allow")

    member: ClassVar[str]  # of the document of all: what holds the parts

    @property
    @abstractmethod
    def cursor(self) -> str | None:
        """Of the next page; None on the last."""

    @abstractmethod
    def head(self) -> dict[str, Any]:
        """What the first page says of all."""

    @abstractmethod
    def parts(self) -> list[dict[str, Any]]:
        """What this page adds."""


class Link(BaseModel):
    """A link as GeoJSON has it here."""

    rel: str
    href: str


class FeaturePage(Bundled):
    """RFC 7946: the features of all pages make one collection."""

    member = "features"

    type: str
    features: list[dict[str, Any]]
    links: list[Link]

    @property
    def cursor(self) -> str | None:
        """In the link to the next page."""
        queries = [parse_qs(urlsplit(link.href).query) for link in self.links if link.rel == "next"]
        return queries[0]["cursor"][0] if queries else None

    def head(self) -> dict[str, Any]:
        """The foreign members, save for those that tell of one page."""
        return self.model_dump(exclude={"features", "links", "numberReturned"})

    def parts(self) -> list[dict[str, Any]]:
        """The features."""
        return self.features


class LinkedPage(Bundled):
    """JSON-LD 1.1: the pages make one graph, since each is a node of its own that holds its records."""

    member = "@graph"

    context: Any = Field(alias="@context")
    page: PageNumbers

    @property
    def cursor(self) -> str | None:
        """As in plain JSON."""
        return self.page.next

    def head(self) -> dict[str, Any]:
        """The context."""
        return {"@context": self.context}

    def parts(self) -> list[dict[str, Any]]:
        """The page as it came."""
        return [self.model_dump(exclude={"context"})]


BUNDLED: dict[str, type[Bundled]] = {"geojson": FeaturePage, "jsonld": LinkedPage}


def in_memory(exchange: Exchange, question: Question, format: str) -> Flow[dict[str, Any]]:
    """The document of everything that matches."""
    pages: list[Bundled] = []
    yield from _each_page(exchange, question, format, pages.append)
    return {**pages[0].head(), pages[0].member: [part for page in pages for part in page.parts()]}


def into_file(exchange: Exchange, question: Question, format: str, file: BinaryIO) -> Flow[None]:
    """The same as text, a part a line; one page at a time is in memory."""

    def take(page: Bundled) -> None:
        before = f'{_text(page.head())[:-1]}, "{page.member}": [\n' if file.tell() == 0 else ",\n"
        file.write((before + ",\n".join(map(_text, page.parts()))).encode())

    yield from _each_page(exchange, question, format, take)
    file.write(b"\n]}\n")


def _each_page(exchange: Exchange, question: Question, format: str, take: Callable[[Bundled], None]) -> Flow[None]:
    given = dict(question.parameters).get("limit", "0")
    following: Question | None = question.but(format=format, limit=LARGEST_PAGE if given == "0" else given)
    while following:
        page = yield from exchange.get(following, BUNDLED[format])
        take(page)
        following = following.but(cursor=page.cursor) if page.cursor else None


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
