"""A client that stops to read is cut off; one that reads gets everything."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn

from app.web.protocol import Protocol
from patience import PATIENCE

PIECE = bytes(2**16)
PIECES = 1000


class Impatient(Protocol):
    """Waits less long than the server does."""

    stalled = 0.2


class Download:
    """An application that sends 64 MB; `ended` says how."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self.sent = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for number in range(PIECES):
                await send({"type": "http.response.body", "body": PIECE, "more_body": number < PIECES - 1})
                self.sent += 1
        finally:
            self.ended.set()


@contextmanager
def serving(app: Download, protocol: type[Protocol]) -> Iterator[tuple[asyncio.AbstractEventLoop, int]]:
    """Its server on a thread: the loop that it runs on, and the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=protocol, lifespan="off", log_config=None, loop="asyncio")
    server, loop = uvicorn.Server(config), asyncio.new_event_loop()
    thread = Thread(target=lambda: loop.run_until_complete(server.serve([listener])))
    thread.start()
    try:
        yield loop, listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        loop.close()
        listener.close()


def ask(port: int) -> socket.socket:
    """A connection on which the download was asked for."""
    made = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    made.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    return made


def test_an_answer_that_nobody_reads_ends() -> None:
    app = Download()
    with serving(app, Impatient) as (loop, port), ask(port):
        asyncio.run_coroutine_threadsafe(app.ended.wait(), loop).result(PATIENCE)  # else it would wait for ever


def test_a_client_that_reads_gets_everything() -> None:
    app = Download()
    with serving(app, Protocol) as (loop, port), ask(port) as connection:
        got = 0
        while got < PIECES * len(PIECE):
            read = connection.recv(2**20)
            assert read, "cut off"
            got += len(read)
        asyncio.run_coroutine_threadsafe(app.ended.wait(), loop).result(PATIENCE)
    assert app.sent == PIECES
