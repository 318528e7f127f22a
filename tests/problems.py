"""What every answer other than success must look like (RFC 9457)."""

from typing import Any

import httpx

from visitor import BASE

MEMBERS = {"type", "title", "status", "detail", "instance", "request_id", "errors"}
FAULT = {"parameter", "value", "message", "did_you_mean"}


def problem(answer: httpx.Response, status: int, slug: str, base: str = BASE) -> Any:
    """The body, once it is sure that it is this very problem."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"
    body = answer.json()
    assert set(body) >= MEMBERS
    assert body["type"] == f"{base}/problems/{slug}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["instance"].startswith("/")
    assert body["request_id"] == answer.headers["x-request-id"]
    assert all(set(fault) == FAULT for fault in body["errors"])
    return body


def faults(answer: httpx.Response, slug: str = "invalid-parameter") -> list[Any]:
    """The faults of a bad query."""
    found: list[Any] = problem(answer, 400, slug)["errors"]
    return found


def at_fault(answer: httpx.Response, slug: str = "invalid-parameter") -> list[str]:
    """The parameters that a bad query is refused for."""
    return [fault["parameter"] for fault in faults(answer, slug)]
