"""The wire between a client and the real app: what went over it, and a listening server at its other end."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from app.web.api.guard import Guard


class Wire(httpx.BaseTransport):
    """A transport of httpx that keeps what went over it; `before` is called ahead of each request."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.requests: list[httpx.Request] = []
        self.statuses: list[int] = []
        self.before = before
        self._real = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it on."""
        self.before()
        response = self._real.handle_request(request)
        self.requests.append(request)
        self.statuses.append(response.status_code)
        return response

    def close(self) -> None:
        """Close the real one."""
        self._real.close()


@contextmanager
def serving(app: Guard) -> Iterator[str]:
    """The app on a free port: its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:  # it queues requests until uvicorn is up
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", ws="none", log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
