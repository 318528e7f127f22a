"""How each kind of problem is met: a request to try, and what this very server answers to it; or when it occurs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.requests import Request

from app.errors import (
    BadQuery,
    ContentTooLarge,
    HeadersTooLarge,
    InternalError,
    InvalidCursor,
    InvalidParameter,
    MalformedRequest,
    Merged,
    MethodNotAllowed,
    Moved,
    NotAcceptable,
    NotFound,
    NotWithThisFormat,
    Overloaded,
    Problem,
    QueryTimeout,
    RangeNotSatisfiable,
    ReleaseGone,
    ReleaseNotHere,
    Removed,
    Unavailable,
    UnknownParameter,
    UrlTooLong,
)
from app.query.cursor import Cursor
from app.web.api.guard import MAX_BODY
from app.web.api.in_process import InProcessAnswer, answer_in_process
from app.web.api.url import MAX_PARAMETERS


@dataclass(frozen=True)
class Example:
    """A request that meets a kind of problem whichever release is served: path and query, method, headers."""

    target: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def link(self) -> str | None:
        """The path and query where following them is enough; None where a method or header makes the problem."""
        return self.target if self.method == "GET" and not self.headers else None


ELSEWHERE = Cursor("0" * 16, 1, "0" * 16, "unknown").encode()  # of a release that no server has
EXAMPLES: Mapping[type[Problem], Example] = {
    BadQuery: Example("/events?participent=x&limit=501"),
    UnknownParameter: Example("/events?participent=x"),
    InvalidParameter: Example("/events?type=protst"),
    NotWithThisFormat: Example("/events?format=csv&facets=type"),
    InvalidCursor: Example("/events?cursor=altered"),
    MalformedRequest: Example("/events?q=%zz"),
    NotFound: Example("/vocabularies/event-type"),
    MethodNotAllowed: Example("/events", method="POST"),
    NotAcceptable: Example("/events", headers={"Accept": "application/xml"}),
    Moved: Example("/events/"),
    ContentTooLarge: Example("/events", headers={"Content-Length": str(MAX_BODY + 1)}),
    UrlTooLong: Example("/events?" + "&".join("a" * (MAX_PARAMETERS + 1))),
    ReleaseNotHere: Example(f"/events?cursor={ELSEWHERE}"),
}
OCCASIONS: Mapping[type[Problem], str] = {
    Merged: "A path names an id that a record was known by before; the record has it in `formerly`.",
    Removed: "A path names an id that curators have taken out. In a filter such an id is a bad query.",
    ReleaseGone: (
        "A cursor or the parameter `release` names a release that was withdrawn, which `/releases` gives the reason "
        "for, or one whose file is kept here no more."
    ),
    RangeNotSatisfiable: (
        "The `Range` of a request for `/releases/{release}/onrecord.sqlite` begins behind the end of the file."
    ),
    HeadersTooLarge: "Most often a browser sends many cookies that other services have set for the same host.",
    InternalError: "No request is meant to lead here. The answer tells no inner detail; our log has it.",
    Overloaded: "So many questions are answered at once that one waits two seconds for its turn.",
    QueryTimeout: "One look-up of a question takes longer than five seconds, as on a store that is far too slow.",
    Unavailable: (
        "Nothing has been published here yet, or the file of the current release is missing. "
        "`/readyz` tells when that is over."
    ),
}
MAX_SHOWN = 140  # characters of a path and query
TOLD = ("Content-Type", "Location", "Allow", "Retry-After")


async def answered(request: Request, kind: type[Problem]) -> InProcessAnswer | None:
    """What the application that got `request` answers to the example; None if that is no such problem just now.

    A very long `instance` is cut.
    """
    if kind not in EXAMPLES:
        return None
    example = EXAMPLES[kind]
    answer = await answer_in_process(request, example.target, example.method, example.headers)
    if not str(answer.body.get("type")).endswith(f"/problems/{kind.slug}"):  # the store does not answer, say
        return None
    return replace(answer, body=answer.body | {"instance": shortened(answer.body["instance"])})


def told_headers(answer: InProcessAnswer) -> dict[str, str]:
    """The headers that tell a client what to do."""
    return {name: answer.headers[name] for name in TOLD if name in answer.headers}


def shortened(target: str) -> str:
    """A path and query as a page can show it."""
    return target if len(target) <= MAX_SHOWN else f"{target[:MAX_SHOWN]}…"
