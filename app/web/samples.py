"""One problem of each kind, as OpenAPI shows it: made by what makes the real ones."""

from collections.abc import Iterator
from typing import Any

import orjson

from app.errors import (
    Fault,
    HeadersTooLarge,
    InvalidCursor,
    MalformedRequest,
    Merged,
    Moved,
    NotAcceptable,
    NotFound,
    Problem,
    RangeNotSatisfiable,
    ReleaseGone,
    ReleaseNotHere,
    Removed,
    Unavailable,
    UrlTooLong,
    bad_query,
)
from app.formats import FORMATS
from app.query.meant import look_up
from app.web.guard import MAX_HEADER_BYTES, MAX_HEADERS, MAX_URL
from app.web.problems import failure, response

REQUEST_ID = "6a2f41a3c54efc5a4f1d8c1e2b7d9e30"

Sample = tuple[str, Problem]  # the path and query as sent, and what is wrong with them

UNKNOWN = Fault("participent", "x", "/events has no parameter 'participent'.", "participant", about="parameter")
TOO_MANY = Fault("limit", "501", "limit is a whole number from 0 to 500, in plain digits.")
NO_POINT = "/sources cannot be had as geojson; it can be had as json, csv, ndjson, jsonld."
SHORT = "'%zz' in the URL has a broken percent escape: a percent sign itself is %25."
ALTERED = "The cursor is not one that this service gave."
NO_RECORD = "/events has no record 'no-such-event' in release {}. " + look_up("/events", "no-such-event")


def samples(base: str, label: str) -> dict[str, dict[str, Any]]:
    """A problem document by slug; `label` is that of the release that is being served."""
    return {problem.slug: _body(base, target, problem) for target, problem in _made(base, label)}


def _made(base: str, label: str) -> Iterator[Sample]:
    yield from _bad_queries()
    missing = NO_RECORD.format(label)
    yield "/events/no-such-event", NotFound(missing, [Fault("id", "no-such-event", missing)])
    yield from _moved(base)
    yield from _gone()
    media = ", ".join(each.media_type for each in FORMATS.values())
    yield "/events", NotAcceptable(f"/events can be had as {media}.")
    yield from _refused_unread()
    yield "/events", failure({"state": {"request_id": REQUEST_ID}})
    yield "/events", Unavailable("No release has been published here yet.")
    absent = "The cursor belongs to release 0d47c9aa, which this server does not have yet."
    yield "/events?cursor=MGQ0N2M5YWEgMg", ReleaseNotHere(absent)


def _bad_queries() -> Iterator[Sample]:
    yield "/events?participent=x&limit=501", bad_query("/events", [UNKNOWN, TOO_MANY])
    yield "/events?participent=x", bad_query("/events", [UNKNOWN])
    yield "/events?limit=501", bad_query("/events", [TOO_MANY])
    no_point = Fault("format", "geojson", NO_POINT, about="format")
    yield "/sources?format=geojson", bad_query("/sources", [no_point])
    yield (
        "/events?cursor=MGQ0N2M5YWEgMg",
        InvalidCursor(ALTERED, [Fault("cursor", "MGQ0N2M5YWEgMg", ALTERED)]),
    )
    yield "/events?q=%zz", MalformedRequest(SHORT, [Fault("q", "%zz", SHORT)])


def _moved(base: str) -> Iterator[Sample]:
    yield "/events/", Moved(f"This is found at {base}/events.")
    yield "/events/former-id", Merged("'former-id' is now 'present-id'.")


def _gone() -> Iterator[Sample]:
    yield "/events/removed-id", Removed("'removed-id' was removed after edition 2019.1: it repeated another event.")
    yield "/events?release=2019.1", ReleaseGone("Release 2019.1 was withdrawn: a name had to be taken out.")


def _refused_unread() -> Iterator[Sample]:
    yield "/events?id=a,b,c", UrlTooLong(f"The URL is longer than {MAX_URL} bytes.")
    sizes = f"At most {MAX_HEADERS} headers of {MAX_HEADER_BYTES} bytes together are read."
    yield "/events", HeadersTooLarge(sizes)
    file = "/releases/2019.1/onrecord.sqlite"
    yield file, RangeNotSatisfiable("The file has 1069056 bytes.", headers={"Content-Range": "bytes */1069056"})


def _body(base: str, target: str, problem: Problem) -> dict[str, Any]:
    path, _, query = target.partition("?")
    scope = {"path": path, "query_string": query.encode(), "state": {"request_id": REQUEST_ID}}
    known = "" if isinstance(problem, HeadersTooLarge) else base  # refused before any header is read, Host among them
    body: dict[str, Any] = orjson.loads(bytes(response(problem, scope, known).body))
    return body
