"""A small HTTP client that knows when an answer is whole, on a connection of its own for each request."""

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

PATIENCE = 60.0  # seconds that an answer may take
GZIP = 31  # window bits that tell zlib of a gzip header


@dataclass(frozen=True)
class Answer:
    """A whole answer, its body decoded."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def ask(port: int, method: str, target: str, headers: Mapping[str, str]) -> Answer:
    """Send one request; raise OSError or EOFError if the answer breaks off, TimeoutError if it takes too long."""
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request(port, method, target, headers))
            return await _answer(reader, method)
        finally:
            writer.close()


def request(port: int, method: str, target: str, headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a request after which the server closes the connection."""
    sent = {"Host": f"127.0.0.1:{port}", "Connection": "close", **(headers or {})}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


async def _answer(reader: asyncio.StreamReader, method: str) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ")[1])
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = b"" if method == "HEAD" or status in (204, 304) else await _body(reader, headers)
    if headers.get("content-encoding") == "gzip":
        body = zlib.decompress(body, GZIP) if body else b""
    return Answer(status, headers, body)


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers["content-length"]))
    pieces = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(pieces)
