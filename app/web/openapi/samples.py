"""Problems that no request can be sure to meet, as OpenAPI shows them: made by what makes the real ones."""

from collections.abc import Iterator

import orjson

from app.errors import (
    HeadersTooLarge,
    Merged,
    Overloaded,
    Problem,
    QueryTimeout,
    RangeNotSatisfiable,
    ReleaseGone,
    Removed,
    Unavailable,
)
from app.values.members import JsonObject
from app.web.api.headers import MAX_HEADER_BYTES, MAX_HEADERS
from app.web.api.problems import failure, response

REQUEST_ID = "6a2f41a3c54efc5a4f1d8c1e2b7d9e30"

Sample = tuple[str, Problem]  # the path and query as sent, and what is wrong with them


def samples(base: str) -> dict[str, JsonObject]:
    """A problem document by slug, for each kind that `problem_examples` has no request for."""
    return {problem.slug: _body(base, target, problem) for target, problem in _made()}


def _made() -> Iterator[Sample]:
    yield "/events/former-id", Merged("'former-id' is now 'present-id'.")
    yield "/events/removed-id", Removed("'removed-id' was removed after edition 2019.1: it repeated another event.")
    yield "/events?release=2019.1", ReleaseGone("Release 2019.1 was withdrawn: a name had to be taken out.")
    file = "/releases/2019.1/onrecord.sqlite"
    yield file, RangeNotSatisfiable("The file has 1069056 bytes.", headers={"Content-Range": "bytes */1069056"})
    sizes = f"At most {MAX_HEADERS} headers of {MAX_HEADER_BYTES} bytes together are read."
    yield "/events", HeadersTooLarge(sizes)
    yield "/events", failure({"state": {"request_id": REQUEST_ID}})
    yield "/events", Unavailable("No release has been published here yet.")
    yield "/events", Overloaded("Too many questions are being answered at the moment.")
    yield "/events?q=k*", QueryTimeout("The question takes longer than 5 seconds.")


def _body(base: str, target: str, problem: Problem) -> JsonObject:
    path, _, query = target.partition("?")
    scope = {"path": path, "query_string": query.encode(), "state": {"request_id": REQUEST_ID}}
    known = "" if isinstance(problem, HeadersTooLarge) else base  # refused before any header is read, Host among them
    body: JsonObject = orjson.loads(bytes(response(problem, scope, known).body))
    return body
