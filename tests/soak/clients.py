"""Who asks during a soak: readers, walkers over all pages, and clients that stall, leave or send half a request."""

import asyncio
import json
import re
import socket
import struct
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from urllib.parse import quote

from soak.wire import PATIENCE, Answer, ask, request

GUIDES = ("README.md", "docs/*.md", "docs/recipes/*.md")
TICKED = re.compile(r"`(/[^`\s{}…]*)`|^ +GET (/\S*)$", re.MULTILINE)
ASCII = bytes(range(0x21, 0x7F)).decode()
EXPORTS = (
    *(f"/{name}?format={form}" for name in ("events", "claims", "actors") for form in ("csv", "ndjson", "jsonld")),
    "/places?format=geojson",
    "/events?format=geojson",
    "/releases",
    "/sitemap.xml",
)
HEADERS: tuple[dict[str, str], ...] = ({}, {}, {"Accept-Encoding": "gzip"}, {"Accept": "text/html"}, {"Accept": "*/*"})
STALLING = "/claims?format=ndjson"
STALLED = 8  # clients that read nothing of an export; a worker sends twice as many
WINDOW = 4096  # bytes that may be on their way to one of these


def documented(root: Path) -> list[str]:
    """Every path that the documentation names, as it has to be sent."""
    pages = (page.read_text(encoding="utf-8") for pattern in GUIDES for page in sorted(root.glob(pattern)))
    found = {first or second for page in pages for first, second in TICKED.findall(page)}
    return [quote(path, safe=ASCII) for path in sorted(found)]


class Clients:
    """All of them before one server; what they saw is in `counts` and `failures`."""

    def __init__(self, port: int, root: Path, seed: int) -> None:
        self.port, self.random = port, Random(seed)
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.kills: list[float] = []  # when a worker was killed
        self.targets = [*documented(root), *EXPORTS]
        self._statuses: dict[tuple[str, str], int] = {}
        self._tags: dict[tuple[str, str], str] = {}

    async def read(self) -> None:
        """Ask for something documented; the same question always has the same status."""
        target, headers = self.random.choice(self.targets), dict(self.random.choice(HEADERS))
        key = (target, headers.get("Accept", ""))
        if key in self._tags and self.random.random() < 0.2:
            headers["If-None-Match"] = self._tags[key]
        answer = await self._asked("HEAD" if self.random.random() < 0.1 else "GET", target, headers)
        if answer is None:
            return
        expected = self._statuses.setdefault(key, answer.status)
        if answer.status != expected and not (answer.status == 304 and "If-None-Match" in headers):
            self.failures.append(f"{target} {headers}: {answer.status}, before {expected}")
        if tag := answer.headers.get("etag"):
            self._tags[key] = tag

    async def walk(self) -> None:
        """Go through all pages of a list: they are of one release, or it was pruned meanwhile."""
        target, release = "/events?limit=60", ""
        while target:
            answer = await self._asked("GET", target, {})
            if answer is None or answer.status == 410:
                return
            page = json.loads(answer.body)
            if answer.status != 200 or page["release"]["id"] != (release or page["release"]["id"]):
                self.failures.append(f"{target}: {answer.status}, of another release")
                return
            release, next_ = page["release"]["id"], page["links"]["next"]
            target = next_.split(str(self.port), 1)[1] if next_ else ""
            await asyncio.sleep(1)
        self.counts["walks"] += 1

    async def stall(self) -> None:
        """Begin an export and read nothing until the server closes the connection."""
        loop = asyncio.get_running_loop()
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
            client.setblocking(False)
            await loop.sock_connect(client, ("127.0.0.1", self.port))
            await loop.sock_sendall(client, request(self.port, "GET", STALLING))
            await asyncio.sleep(self.random.uniform(5, 40))
        self.counts["stalled"] += 1

    async def leave(self) -> None:
        """Reset the connection in the middle of an answer."""
        await self._begin(request(self.port, "GET", self.random.choice(EXPORTS)), 10)
        self.counts["left"] += 1

    async def send_half(self) -> None:
        """Send half a request, wait, and go away."""
        await self._begin(request(self.port, "GET", "/events")[: self.random.randint(1, 40)], 0)
        self.counts["halves"] += 1

    async def _begin(self, sent: bytes, bytes_read: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        try:
            await (reader.readexactly(bytes_read) if bytes_read else asyncio.sleep(self.random.uniform(1, 15)))
        finally:
            client = writer.get_extra_info("socket")
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.close()

    async def _asked(self, method: str, target: str, headers: dict[str, str]) -> Answer | None:
        """The answer, or None where there was none; a request is under way at a kill, or its failure counts."""
        begun = time.monotonic()
        try:
            answer = await ask(self.port, method, target, headers)
        except TimeoutError:
            self.failures.append(f"{target}: no answer in {PATIENCE:g} s")
            return None
        except (OSError, EOFError) as error:
            if any(begun <= kill <= time.monotonic() for kill in self.kills):
                self.counts["in flight at a kill"] += 1
            else:
                self.failures.append(f"{target}: {error!r} after {time.monotonic() - begun:.1f} s")
            return None
        self.counts["answers"] += 1
        self.counts["slowest ms"] = max(self.counts["slowest ms"], round(1000 * (time.monotonic() - begun)))
        if answer.status >= 500:
            self.failures.append(f"{target}: {answer.status} {answer.body[:200]!r}")
            return None
        return answer


async def again(what: Callable[[], Awaitable[None]], pause: Callable[[], float]) -> None:
    """Do it again and again; a connection that breaks is no failure of those who are no readers."""
    while True:
        with suppress(OSError, EOFError):
            await what()
        await asyncio.sleep(pause())


def everybody(clients: Clients) -> Iterable[Awaitable[None]]:
    """All clients, each with the seconds that it waits at most before it comes again."""
    kinds: list[tuple[int, Callable[[], Awaitable[None]], float]] = [
        (4, clients.read, 0.2),
        (2, clients.walk, 3),
        (STALLED, clients.stall, 1),
        (2, clients.leave, 1),
        (4, clients.send_half, 1),
    ]
    pauses = {most: partial(clients.random.uniform, 0, most) for _, _, most in kinds}
    return [again(what, pauses[most]) for count, what, most in kinds for _ in range(count)]
