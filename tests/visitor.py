"""A visitor of the app: sends any request, also one that no HTTP library would send, straight to the ASGI callable."""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlencode, urlsplit

import httpx
from starlette.types import ASGIApp, Message

BASE = "http://testserver"

RawHeaders = Sequence[tuple[bytes, bytes]]


class Visitor:
    """Requests without a network, one event loop for all of them; a context manager."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._runner.close()

    def get(self, url: str, /, headers: Any = None, **parameters: Any) -> httpx.Response:
        """GET of a path, or of an absolute URL of ours; a parameter of several values is sent several times."""
        return self.send("GET", url, headers, **parameters)

    def data(self, url: str, /, **parameters: Any) -> Any:
        """The JSON body of a 200."""
        answer = self.get(url, **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, method: str, url: str, /, headers: Any = None, **parameters: Any) -> httpx.Response:
        """Any method; `headers` are values by name."""
        split = urlsplit(url)
        query = "&".join(part for part in (split.query, urlencode(parameters, doseq=True)) if part)
        target = f"{split.path or '/'}{'?' + query if query else ''}".encode("ascii")
        given = {"host": split.netloc or "testserver", **(headers or {})}
        return self.raw(method, target, [(k.lower().encode(), v.encode("latin-1")) for k, v in given.items()])

    def raw(self, method: str, target: bytes, headers: RawHeaders, body: bytes = b"") -> httpx.Response:
        """The request with exactly this target and these headers."""
        return self._runner.run(_exchange(self.app, _scope(method, target, headers), body))

    def old(self, target: bytes) -> httpx.Response:
        """GET of HTTP/1.0, without any header."""
        return self._runner.run(_exchange(self.app, {**_scope("GET", target, []), "http_version": "1.0"}, b""))


def _scope(method: str, target: bytes, headers: RawHeaders) -> dict[str, Any]:
    path, _, query = target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path.decode("ascii")),  # as uvicorn does it
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": list(headers),
        "client": ("127.0.0.1", 50000),
        "server": ("testserver", 80),
    }


async def _exchange(app: ASGIApp, scope: dict[str, Any], body: bytes) -> httpx.Response:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop() if waiting else await asyncio.Event().wait()  # type: ignore[return-value]  # for ever

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *bodies = sent
    content = b"".join(message.get("body", b"") for message in bodies)
    answer = httpx.Response(start["status"], headers=start["headers"], stream=httpx.ByteStream(content))
    answer.read()  # from a stream: no Content-Length is added that was not sent
    return answer
