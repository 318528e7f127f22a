"""How to ask and what to make of the answer, as generators that do no I/O: they yield requests and are sent responses.

Whoever drives one sends each request and hands back its response, blocking or awaiting: see driving.py.
"""

import json
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urljoin

import httpx
from pydantic import BaseModel, ValidationError

from onrecord_client.cache import Cache, Kept
from onrecord_client.errors import UnexpectedAnswer, error_of
from onrecord_client.question import Question

MAX_REDIRECTS = 5
BUSY = {429, 503}  # the server's own, or what a proxy before it says
TRIES = 4  # of one request, while the server is busy
LONGEST_WAIT = 30.0  # seconds; a server that wants more is not asked again
USUAL_WAIT = 1.0  # seconds, where the server names none

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)


class Sink(Protocol):
    """Where a body goes that is not to be held in memory."""

    def write(self, piece: bytes, /) -> object:
        """Take the next piece."""


@dataclass(frozen=True)
class Request:
    """One GET, to be sent so many seconds from now; the body of a 200 goes `into` a sink, if there is one."""

    url: str
    headers: Mapping[str, str]
    into: Sink | None = None
    after: float = 0.0


Flow = Generator[Request, httpx.Response, T]


class Envelope(BaseModel, Generic[T]):
    """What stands around an answer that has no pages."""

    data: T


@dataclass(frozen=True)
class Exchange:
    """Asks one server: `base` is its URL without a slash at the end, `release` pins what is asked of it."""

    base: str
    release: str | None
    cache: Cache

    def get(self, question: Question, shape: type[Shape]) -> Flow[Shape]:
        """The answer; raises a Refused, or UnexpectedAnswer where it has not this shape."""
        body = yield from self.body(question)
        try:
            return shape.model_validate_json(body)
        except ValidationError as error:
            raise UnexpectedAnswer(f"The models cannot read the answer of {question}: {error}") from error

    def read(self, path: str, parameters: Mapping[str, object]) -> Flow[Any]:
        """The JSON at a path, or at a URL of this server, as it is; raises ValueError for a URL elsewhere."""
        question = Question.at(path.removeprefix(self.base), parameters)
        body = yield from self.body(question)
        try:
            return json.loads(body)
        except ValueError as error:
            raise UnexpectedAnswer(f"The answer of {question} is no JSON: {error}") from error

    def body(self, question: Question) -> Flow[bytes]:
        """The bytes of the answer, from memory where they still hold."""
        url = f"{self.base}{question}"
        for _ in range(MAX_REDIRECTS + 1):
            kept = self.cache.get(url)
            response = yield from _answer(Request(url, {"If-None-Match": kept.etag} if kept else {}))
            if kept and response.status_code == 304:
                return kept.body
            if response.status_code == 200:
                return self._remembered(url, response)
            url = _location(url, response)
        raise error_of(response)

    def download(self, question: Question, into: Sink) -> Flow[None]:
        """The bytes of the answer, piece by piece into the sink and never remembered."""
        url = f"{self.base}{question}"
        for _ in range(MAX_REDIRECTS + 1):
            response = yield from _answer(Request(url, {"Accept": "*/*"}, into))
            if response.status_code == 200:
                return _no_page(response)
            url = _location(url, response)
        raise error_of(response)

    def _remembered(self, url: str, response: httpx.Response) -> bytes:
        if etag := response.headers.get("ETag"):
            self.cache.keep(url, Kept(etag, response.content))
        return response.content


def _location(url: str, response: httpx.Response) -> str:
    """Where a redirection leads; every other answer is an error, and raised."""
    if not response.has_redirect_location:
        raise error_of(response)
    return urljoin(url, response.headers["Location"])


def _no_page(response: httpx.Response) -> None:
    """What a proxy shows to browsers, such as a form to log in, is 200 too, and no file of this API."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise UnexpectedAnswer(f"{response.request.url} answered a page for browsers.")


def _answer(request: Request) -> Flow[httpx.Response]:
    """The response, asked for again while the server is busy for a moment."""
    response = yield request
    for _ in range(TRIES - 1):
        if response.status_code not in BUSY or (wait := _wait(response)) > LONGEST_WAIT:
            break
        response = yield replace(request, after=wait)
    return response


def _wait(response: httpx.Response) -> float:
    """The seconds that Retry-After asks for, as a number or as a date (RFC 9110, 10.2.3) by the server's own clock."""
    told = response.headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return float(told)
    with suppress(ValueError, TypeError):  # no date; a date without a zone
        return max(0.0, (parsedate_to_datetime(told) - _now(response)).total_seconds())
    return USUAL_WAIT


def _now(response: httpx.Response) -> datetime:
    with suppress(ValueError, TypeError):
        return parsedate_to_datetime(response.headers.get("Date", ""))
    return datetime.now(UTC)
