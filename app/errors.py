"""The problem tree: all errors that a request can meet, with slug, title, status and cure (RFC 9457).

Problem
├── BadQuery                 400  several kinds of fault in one query
│   ├── UnknownParameter     400
│   ├── InvalidParameter     400
│   ├── NotWithThisFormat    400
│   ├── InvalidCursor        400
│   └── MalformedRequest     400  the URL or a header cannot be read
├── NotFound                 404
├── MethodNotAllowed         405
├── NotAcceptable            406
├── Moved                    308  the path without the slash at its end
├── Merged                   308  the record lives under another id
├── Removed                  410  the record was taken out
├── ReleaseGone              410  the release was pruned or withdrawn
├── ContentTooLarge          413
├── UrlTooLong               414
├── RangeNotSatisfiable      416
├── HeadersTooLarge          431
├── InternalError            500
└── Unavailable              503
    └── ReleaseNotHere       503
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True)
class Fault:
    """One fault of one parameter, with a suggestion if there is one."""

    parameter: str
    value: str | None
    message: str
    did_you_mean: str | None = None
    about: Literal["value", "parameter", "format"] = "value"  # what is wrong


class Problem(Exception):
    """An answer other than success; a subclass has slug, title, status and cure, an instance says what happened."""

    slug: ClassVar[str] = "problem"
    title: ClassVar[str] = "Problem"
    status: ClassVar[int] = 500
    cure: ClassVar[str] = "Read `detail`."  # words in backticks are shown as code

    def __init__(
        self,
        detail: str,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = dict(members or {})


class BadQuery(Problem):
    """Several kinds of fault in one query."""

    slug = "bad-query"
    title = "Bad query"
    status = 400
    cure = (
        "Mend every entry of `errors`: each names a parameter, what is wrong, and the nearest right word in "
        "`did_you_mean`, if there is one."
    )


class UnknownParameter(BadQuery):
    """A parameter this path does not have."""

    slug = "unknown-parameter"
    title = "Unknown parameter"
    cure = (
        "Use the parameter that `did_you_mean` names, or look the path up in `/docs`. Names are lower case and exact."
    )


class InvalidParameter(BadQuery):
    """A value this parameter does not take."""

    slug = "invalid-parameter"
    title = "Invalid parameter value"
    cure = "Give a value of the form that its `message` describes; `/vocabularies` lists all terms and codes."


class NotWithThisFormat(BadQuery):
    """A format that this path does not have, or a parameter that the chosen format cannot honour."""

    slug = "not-with-this-format"
    title = "Not with this format"
    cure = "Choose a `format` that the message names, or leave out the parameter that it names."


class InvalidCursor(BadQuery):
    """A cursor that was altered, cut, or sent with other parameters."""

    slug = "invalid-cursor"
    title = "Invalid cursor"
    cure = "Follow `links.next` as it stands, or start again without `cursor`."


class MalformedRequest(BadQuery):
    """A URL or header that cannot be read without guessing."""

    slug = "malformed-request"
    title = "Malformed request"
    cure = "Send one `Host` header, and a URL in UTF-8 whose percent escapes are complete."


class NotFound(Problem):
    """No such path, or no such record in this release."""

    slug = "not-found"
    title = "Not found"
    status = 404
    cure = "Check the id against the collection; the nearest one there is stands in `did_you_mean`."


class MethodNotAllowed(Problem):
    """A method other than GET, HEAD or OPTIONS."""

    slug = "method-not-allowed"
    title = "Method not allowed"
    status = 405
    cure = "This service is read-only: use GET, HEAD or OPTIONS."


class NotAcceptable(Problem):
    """No media type that the request accepts can be produced here."""

    slug = "not-acceptable"
    title = "Not acceptable"
    status = 406
    cure = "Ask for one of the media types listed in `detail`, or send no `Accept` header."


class Moved(Problem):
    """The path has a slash too many at its end; `Location` leads to the right one."""

    slug = "moved"
    title = "Moved"
    status = 308
    cure = "Follow `Location`; our paths end without a slash."


class Merged(Problem):
    """The record lives under another id; `Location` leads there."""

    slug = "merged"
    title = "Merged into another record"
    status = 308
    cure = "Follow `Location` and keep the new id."


class Removed(Problem):
    """The record was taken out; the reason is curated."""

    slug = "removed"
    title = "Removed record"
    status = 410
    cure = "The record is no longer part of the dossier. The last edition that carried it is named in `detail`."


class ReleaseGone(Problem):
    """The release was pruned or withdrawn."""

    slug = "release-gone"
    title = "Release no longer served"
    status = 410
    cure = "Ask without `release` and without the old cursor; `/releases` lists what is served."


class ContentTooLarge(Problem):
    """A body of more than 64 KB, where none is read."""

    slug = "content-too-large"
    title = "Content too large"
    status = 413
    cure = "Send no body: every question fits the URL."


class UrlTooLong(Problem):
    """A URL of more than 8 KB, or of more than 200 parameters."""

    slug = "url-too-long"
    title = "URL too long"
    status = 414
    cure = "Ask in several requests: fewer ids at a time, fewer parameters."


class RangeNotSatisfiable(Problem):
    """A range of bytes that starts behind the end of the file."""

    slug = "range-not-satisfiable"
    title = "Range not satisfiable"
    status = 416
    cure = "Ask for bytes inside the file; `Content-Range` says how long it is."


class HeadersTooLarge(Problem):
    """More than 100 headers, or more than 32 KB of them."""

    slug = "headers-too-large"
    title = "Request headers too large"
    status = 431
    cure = "Send fewer or shorter headers; this service reads no cookies."


class InternalError(Problem):
    """A fault of ours; the request id finds it in our log."""

    slug = "internal-error"
    title = "Internal error"
    status = 500
    cure = "Try again; if it persists, report the `request_id`."


class Unavailable(Problem):
    """The store cannot answer at the moment."""

    slug = "unavailable"
    title = "Temporarily unavailable"
    status = 503
    cure = "Try again after the seconds in `Retry-After`."

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"Retry-After": "1"})


class Overloaded(Unavailable):
    """More questions at once than can be answered in time."""

    slug = "overloaded"
    title = "Too many questions at once"
    cure = "Try again after the seconds in `Retry-After`, with fewer requests at once."


class QueryTimeout(Unavailable):
    """A question that takes longer than the service allows."""

    slug = "query-timeout"
    title = "Question takes too long"
    cure = "Ask for less: fewer words that only begin so (`k*`), fewer facets, a narrower filter. Then try again."


class ReleaseNotHere(Unavailable):
    """A cursor of a release that this server does not have yet."""

    slug = "release-not-here"
    title = "Release not here yet"
    cure = "Try again after the seconds in `Retry-After`: another server of the same service has published it already."


def problems() -> Iterator[type[Problem]]:
    """Yield every kind of problem, parents before children."""
    waiting: list[type[Problem]] = list(Problem.__subclasses__())
    while waiting:
        kind = waiting.pop(0)
        yield kind
        waiting.extend(kind.__subclasses__())


def bad_query(path: str, faults: Sequence[Fault]) -> BadQuery:
    """Return one problem for all faults of a query: of their common kind, or `bad-query` if they differ."""
    kinds = {"value": InvalidParameter, "parameter": UnknownParameter, "format": NotWithThisFormat}
    classes = {kinds[fault.about] for fault in faults}
    detail = faults[0].message if len(faults) == 1 else f"{len(faults)} faults in the query of {path}."
    return (classes.pop() if len(classes) == 1 else BadQuery)(detail, faults)
