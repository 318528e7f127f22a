"""How to ask and what to make of the answer, as generators that do no I/O: they yield requests and are sent responses.

Whoever drives one sends each request and hands back its response, blocking or awaiting: see driving.py.
"""

from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urljoin

import httpx
from pydantic import BaseModel, ValidationError

from onrecord_client.cache import Cache, Kept
from onrecord_client.errors import UnexpectedAnswer, error_of
from onrecord_client.parameters import Value, query_string

MAX_REDIRECTS = 5
TRIES = 4  # of one request, while the server is unavailable
LONGEST_WAIT = 30.0  # seconds; a server that wants more is not asked again
USUAL_WAIT = 1.0  # seconds, where the server names none

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Request:
    """One GET, to be sent so many seconds from now."""

    url: str
    headers: Mapping[str, str]
    after: float = 0.0


Flow = Generator[Request, httpx.Response, T]


@dataclass(frozen=True)
class Exchange:
    """Asks one server: `base` is its URL without a slash at the end, `release` pins what is asked of it."""

    base: str
    release: str | None
    cache: Cache

    def get(self, path: str, parameters: Mapping[str, Value], shape: type[Shape]) -> Flow[Shape]:
        """The answer at this path; raises a Refused, or UnexpectedAnswer where it has not this shape."""
        query = query_string(parameters)
        url = f"{self.base}{path}{'?' + query if query else ''}"
        body = yield from self._body(url)
        try:
            return shape.model_validate_json(body)
        except ValidationError as error:
            raise UnexpectedAnswer(f"The models cannot read the answer of {url}: {error}") from error

    def pinned(self, parameters: Mapping[str, Value]) -> Mapping[str, Value]:
        """These parameters, in the release of this client unless they name one."""
        return {"release": self.release, **parameters}

    def _body(self, url: str) -> Flow[bytes]:
        for _ in range(MAX_REDIRECTS + 1):
            kept = self.cache.get(url)
            response = yield from _answer(Request(url, {"If-None-Match": kept.etag} if kept else {}))
            if kept and response.status_code == 304:
                return kept.body
            if response.status_code == 200:
                return self._remembered(url, response)
            if not response.has_redirect_location:
                break
            url = urljoin(url, response.headers["Location"])
        raise error_of(response)

    def _remembered(self, url: str, response: httpx.Response) -> bytes:
        if etag := response.headers.get("ETag"):
            self.cache.keep(url, Kept(etag, response.content))
        return response.content


def _answer(request: Request) -> Flow[httpx.Response]:
    """The response, asked for again while the server is unavailable for a moment."""
    response = yield request
    for _ in range(TRIES - 1):
        if response.status_code != 503 or (wait := _wait(response)) > LONGEST_WAIT:
            break
        response = yield replace(request, after=wait)
    return response


def _wait(response: httpx.Response) -> float:
    """The seconds that Retry-After asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    told = response.headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return float(told)
    with suppress(ValueError, TypeError):  # no date; a date without a zone
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    return USUAL_WAIT
