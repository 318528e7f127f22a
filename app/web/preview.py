"""Previews: marks every answer of a server whose data is not published, in a header and on pages in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.formats.html.environment import render

HEADER = "Onrecord-Preview"
MASTHEAD = b'<header class="masthead">'  # what every page has: the mark stands before it
SHOWN = 20  # findings on a page


@dataclass(frozen=True)
class State:
    """What a preview serves: the label of the release, none at first, and what the last check of the files found.

    It is `current` if it is what the files say now, and not what they said before the last errors.
    """

    label: str = ""
    findings: Sequence[str] = ()
    current: bool = False


class Preview:
    """ASGI middleware around the whole app; `state` is replaced by whoever follows the files.

    Nothing may be kept by a client, since the next request may be answered from other files.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.state = app, State()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # A page that came compressed could not be marked.
        headers = [header for header in scope["headers"] if header[0] not in (b"accept-encoding", b"if-none-match")]
        await self.app({**scope, "headers": headers}, receive, _Marking(self.state, send).send)


class _Marking:
    """One answer under way; a page is held back until all of it is there."""

    def __init__(self, state: State, send: Send) -> None:
        self._state, self._send = state, send
        self._page: Message | None = None  # the start of the answer, if it is a page
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass the message on with the mark."""
        if message["type"] == "http.response.start":
            await self._start(message)
        elif self._page is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._page)

    async def _start(self, message: Message) -> None:
        headers = MutableHeaders(raw=list(message["headers"]))
        headers[HEADER] = "current" if self._state.current else "outdated"
        headers["Cache-Control"] = "no-store"
        headers["Access-Control-Expose-Headers"] += f", {HEADER}"
        del headers["ETag"]
        started = {**message, "headers": headers.raw}
        if headers.get("content-type", "").startswith("text/html"):
            self._page = started
        else:
            await self._send(started)

    async def _finish(self, page: Message) -> None:
        mark = render("preview.html", state=self._state, shown=SHOWN)
        body = self._body.replace(MASTHEAD, mark + MASTHEAD, 1)
        headers = MutableHeaders(raw=page["headers"])
        if body:  # HEAD has none, and may leave the length out (RFC 9110 section 8.6)
            headers["Content-Length"] = str(len(body))
        else:
            del headers["Content-Length"]
        await self._send(page)
        await self._send({"type": "http.response.body", "body": body})
