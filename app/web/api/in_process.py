"""What this very application answers, asked from inside: through all its layers, guard and all, over no network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import orjson
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Scope

KEPT = ("type", "asgi", "http_version", "scheme", "server", "client", "root_path")


@dataclass(frozen=True)
class InProcessAnswer:
    """An answer in JSON."""

    status: int
    headers: Headers
    body: Any


async def answer_in_process(request: Request, target: str, method: str, headers: Mapping[str, str]) -> InProcessAnswer:
    """What the application that got `request` answers the same client, at the same host, for a path and query."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}  # there is no body to read

    async def send(message: Message) -> None:
        sent.append(message)

    await request.app.state.whole(_scope(request, target, method, headers), receive, send)
    start, *rest = sent
    body = orjson.loads(b"".join(message.get("body", b"") for message in rest))
    return InProcessAnswer(start["status"], Headers(raw=start["headers"]), body)


def _scope(request: Request, target: str, method: str, headers: Mapping[str, str]) -> Scope:
    path, _, query = target.partition("?")
    host = [header for header in request.scope["headers"] if header[0] == b"host"]
    added = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return {
        **{name: request.scope[name] for name in KEPT if name in request.scope},
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [*host, *added],
        "state": {"example": True},  # nobody met a problem here: the log is not told
    }
