"""What can go wrong: an exception for each kind of problem that the server tells of.

OnrecordError
├── UnexpectedAnswer           what came is no answer of this API, or the models cannot read it
└── Refused                    the server says what is wrong: `.problem`
    ├── BadQuery               400  several kinds of fault in one query
    │   ├── UnknownParameter
    │   ├── InvalidParameter
    │   ├── NotWithThisFormat
    │   ├── InvalidCursor
    │   └── MalformedRequest
    ├── NotFound               404
    ├── MethodNotAllowed       405
    ├── NotAcceptable          406
    ├── Redirected             308  followed by the client; raised only where it leads nowhere
    │   ├── Moved
    │   └── Merged
    ├── Gone                   410
    │   ├── Removed            the record was taken out; the detail says why
    │   └── ReleaseGone        the release was pruned or withdrawn
    ├── ContentTooLarge        413
    ├── UrlTooLong             414
    ├── RangeNotSatisfiable    416
    ├── HeadersTooLarge        431
    ├── InternalError          500
    └── Unavailable            503  still so after all tries
        ├── Overloaded         more questions at once than can be answered in time
        ├── QueryTimeout       a question that takes too long
        └── ReleaseNotHere

A network that fails raises httpx.TransportError, as httpx does.
"""

from collections.abc import Iterator
from typing import ClassVar, Self

import httpx
from pydantic import ValidationError

from onrecord_client.models import Problem, ProblemFault


class OnrecordError(Exception):
    """Every error that this package raises by itself."""


class UnexpectedAnswer(OnrecordError):
    """What came is no answer of this API, such as the error page of a proxy, or is newer than the models."""


class Refused(OnrecordError):
    """The server told what is wrong. `str()` is the whole story, `problem` the document as sent (RFC 9457)."""

    slug: ClassVar[str] = ""
    status: ClassVar[int] = 0

    def __init__(self, problem: Problem) -> None:
        super().__init__(" ".join(_story(problem)))
        self.problem = problem

    def __reduce__(self) -> tuple[type[Self], tuple[Problem]]:
        """So that it leaves a pool of processes whole."""
        return type(self), (self.problem,)


class BadQuery(Refused):
    """Something is wrong with the parameters; every entry of `problem.errors` names one fault."""

    slug = "bad-query"
    status = 400


class UnknownParameter(BadQuery):
    """A parameter that this path does not have; `problem.errors[0].did_you_mean` is the nearest that it has."""

    slug = "unknown-parameter"


class InvalidParameter(BadQuery):
    """A value that the parameter does not take."""

    slug = "invalid-parameter"


class NotWithThisFormat(BadQuery):
    """A parameter that the format asked for cannot honour."""

    slug = "not-with-this-format"


class InvalidCursor(BadQuery):
    """A cursor that was altered, cut, or given with other parameters."""

    slug = "invalid-cursor"


class MalformedRequest(BadQuery):
    """A URL that cannot be read without guessing."""

    slug = "malformed-request"


class NotFound(Refused):
    """No such record in this release, or no such path."""

    slug = "not-found"
    status = 404


class MethodNotAllowed(Refused):
    """A method other than GET."""

    slug = "method-not-allowed"
    status = 405


class NotAcceptable(Refused):
    """The server does not speak JSON here."""

    slug = "not-acceptable"
    status = 406


class Redirected(Refused):
    """A redirection that leads nowhere: without a Location, or in a circle. All others are followed."""

    status = 308


class Moved(Redirected):
    """The path has a slash too many."""

    slug = "moved"


class Merged(Redirected):
    """The record lives under another id."""

    slug = "merged"


class Gone(Refused):
    """What was here is not any more, for good."""

    status = 410


class Removed(Gone):
    """The record was taken out; the detail says why, and which edition last had it."""

    slug = "removed"


class ReleaseGone(Gone):
    """The release was pruned or withdrawn."""

    slug = "release-gone"


class ContentTooLarge(Refused):
    """A body where none is read."""

    slug = "content-too-large"
    status = 413


class UrlTooLong(Refused):
    """The question does not fit into one URL: ask in several."""

    slug = "url-too-long"
    status = 414


class RangeNotSatisfiable(Refused):
    """A range of bytes behind the end of the file."""

    slug = "range-not-satisfiable"
    status = 416


class HeadersTooLarge(Refused):
    """Too many or too long headers."""

    slug = "headers-too-large"
    status = 431


class InternalError(Refused):
    """A fault of the server; `problem.request_id` finds it in its log."""

    slug = "internal-error"
    status = 500


class Unavailable(Refused):
    """The server cannot answer at the moment, and could not during all tries."""

    slug = "unavailable"
    status = 503


class Overloaded(Unavailable):
    """More questions at once than the server can answer in time."""

    slug = "overloaded"


class QueryTimeout(Unavailable):
    """A question that takes longer than the server allows: ask for less."""

    slug = "query-timeout"


class ReleaseNotHere(Unavailable):
    """A walk reached a server that does not have its release yet."""

    slug = "release-not-here"


def error_of(response: httpx.Response) -> OnrecordError:
    """The exception for an answer other than success; a slug not known here gives the kind of its status."""
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        return UnexpectedAnswer(f"{response.request.url} answered {response.status_code} without a problem document.")
    slug = problem.type.rpartition("/")[2]
    alike = [each for each in _kinds(Refused) if response.status_code == each.status]
    kind: type[Refused] = next((each for each in alike if each.slug == slug), [*alike, Refused][0])
    return kind(problem)


def _kinds(kind: type[Refused]) -> Iterator[type[Refused]]:
    """Every kind below this one, parents before children."""
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _story(problem: Problem) -> Iterator[str]:
    yield problem.detail
    for fault in problem.errors:
        yield from _told(fault, problem.detail)


def _told(fault: ProblemFault, detail: str) -> Iterator[str]:
    if fault.message != detail:
        yield fault.message
    if fault.did_you_mean:
        yield f"Did you mean {fault.did_you_mean!r}?"
