"""The cache: finished answers kept in memory, and sent again before any other code of ours reads the request.

A question is kept when it is asked for the second time. Whatever the catalogue says next empties the cache, so that no
answer outlives a withdrawal; an answer of a release whose file is gone is not given either.
"""

import gzip
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from threading import Lock

from cachetools import LRUCache
from starlette.types import Scope

from app.errors import Problem, Unavailable
from app.query.reader import Library
from app.web.api.conditional import RENEWED, holds, takes_gzip
from app.web.api.headers import Sent

LONGEST_ACCEPT = 300  # bytes
REMEMBERED = 10_000  # questions that were asked once
LEVEL = 1  # of compression: six times as fast as the usual one, and a fifth larger
SMALLEST = 1000  # bytes of a body that is compressed

Headers = Sequence[tuple[bytes, bytes]]
State = Mapping[str, str]  # of a request that was answered
Key = tuple[str, bytes, bytes, bytes, bytes]  # scheme, host, path, query and Accept, as they were sent

# What every answer has: anybody may read it, from any page (CORS), and nobody shall guess another media type.
EXPOSED = (
    b"ETag, Link, Retry-After, Content-Location, Content-Disposition, X-Request-Id, Accept-Ranges, Content-Range, "
    b"Repr-Digest"
)
COMMON: Headers = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED),
    (b"x-content-type-options", b"nosniff"),
)
UNCHANGED = frozenset(name.encode() for name in RENEWED) | {name for name, _ in COMMON}


class Rendered:
    """One finished answer of a release; `base` is what its URLs begin with, `route` the template of its path."""

    def __init__(self, state: State, headers: Headers, body: bytes) -> None:
        self.release, self.base, self.route = state["release"], state["base"], state["route"]
        self.headers, self.body = headers, body
        self.tag = dict(headers)[b"etag"].decode()
        self.unchanged = [header for header in headers if header[0] in UNCHANGED]  # of a 304

    def answer(self, sent: Sent) -> tuple[int, Headers, bytes]:
        """Status, headers and body for this client: 304 if it holds the answer, compressed where it takes that."""
        if b"if-none-match" in sent and holds(sent, self.tag):
            return 304, self.unchanged, b""
        if len(self.body) >= SMALLEST and takes_gzip(sent):
            return 200, *self._compressed
        return 200, self.headers, self.body

    @cached_property
    def _compressed(self) -> tuple[Headers, bytes]:
        body = gzip.compress(self.body, LEVEL, mtime=0)
        others = [header for header in self.headers if header[0] != b"content-length"]
        length = str(len(body)).encode()
        return [*others, (b"content-length", length), (b"content-encoding", b"gzip")], body


class Cache:
    """Finished answers by what was asked; `size` in bytes, none are kept if it is 0."""

    def __init__(self, size: int, library: Library) -> None:
        self._size, self._library = size, library
        self._kept: LRUCache[Key, Rendered] = LRUCache(max(size, 1), getsizeof=_size)
        self._asked: dict[Key, None] = {}  # in the order that they were asked
        self._version = ""
        self._current: str | None = None
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def version(self) -> str:
        """That of the catalogue when an answer was asked for last."""
        return self._version

    @property
    def size(self) -> int:
        """Bytes that are taken."""
        return int(self._kept.currsize)

    def key(self, scope: Scope, sent: Sent) -> Key | None:
        """What is asked; None for what is never kept."""
        host, accept = sent.get(b"host"), sent.get(b"accept", b"")
        if not self._size or not host or scope["method"] not in ("GET", "HEAD") or len(accept) > LONGEST_ACCEPT:
            return None
        return scope["scheme"], host, scope["raw_path"], scope["query_string"], accept

    def get(self, key: Key) -> Rendered | None:
        """The answer to this, if it was kept and its release is still served."""
        try:
            version = self._library.version()
        except Unavailable:
            return None
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version, self._current = version, self._id_of_current()
            found = self._kept.get(key)
        if found is None or found.release == self._current or self._library.is_served(found.release):
            return found
        return None

    def _id_of_current(self) -> str | None:
        """The release that is served whatever becomes of its file, until the catalogue says otherwise."""
        try:
            return self._library.current().info.id
        except Problem:
            return None

    def offer(self, key: Key, answer: Callable[[], Rendered], version: str) -> None:
        """Keep an answer if its question was asked before.

        `version` is that of the catalogue when it was asked: what was rendered while a line was added may be
        of the release before.
        """
        with self._lock:
            if key not in self._asked:
                self._asked[key] = None
                if len(self._asked) > REMEMBERED:
                    del self._asked[next(iter(self._asked))]
            elif version == self._version and _size(rendered := answer()) <= self._size:
                self._kept[key] = rendered


def _size(answer: Rendered) -> int:
    """With room for the compressed body, which is made later."""
    return len(answer.body) * 2 + 2000
