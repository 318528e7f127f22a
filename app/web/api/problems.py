"""Problems as responses: one problem document for every answer other than success (RFC 9457), a page for people."""

from dataclasses import asdict
from urllib.parse import quote, urlsplit

import orjson
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Scope

from app.errors import Fault, InternalError, NotFound, Problem
from app.formats.html.environment import render
from app.values.members import JsonObject
from app.web.api.negotiation import PROBLEM, is_for_people
from app.web.api.page_headers import SEARCHING, page_headers

MEDIA_TYPE = PROBLEM


def response(problem: Problem, scope: Scope, base: str) -> Response:
    """The problem as a client sees it; never any text that is not in the problem itself."""
    body: JsonObject = {
        "type": f"{base}/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": urlsplit(base).path + instance(scope),
        "request_id": scope.get("state", {}).get("request_id"),
        **problem.members,
        "errors": [_fault(fault) for fault in problem.errors],
    }
    scope.setdefault("state", {})["problem"] = problem.slug  # for the log
    if is_for_people(scope):
        page = render("problem_met.html", base=urlsplit(base).path, problem=body)
        headers = {**page_headers(SEARCHING), "Cache-Control": "no-store", **problem.headers}
        return Response(page, problem.status, headers, "text/html")
    ours = MutableHeaders({"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", **problem.headers})
    return Response(orjson.dumps(body), problem.status, ours)


def nothing(path: str, did_you_mean: str | None = None) -> NotFound:
    """The problem of a path that is none of ours."""
    message = f"There is nothing at {path}."
    return NotFound(message, [Fault("path", path, message, did_you_mean)])


def failure(scope: Scope) -> InternalError:
    """What a client is told of a failure that nobody thought of: where our log has it, and nothing else."""
    return InternalError(f"The request failed; our log has it as {scope['state']['request_id']}.")


def instance(scope: Scope) -> str:
    """The path and query as sent."""
    path = scope.get("raw_path") or quote(scope["path"]).encode()
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    return (path.split(b"?")[0] + query).decode("ascii", "backslashreplace")


def _fault(fault: Fault) -> dict[str, str | None]:
    members = asdict(fault)
    del members["about"]
    return members
