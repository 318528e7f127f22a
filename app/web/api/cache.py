"""The cache: finished answers kept in memory, and sent again before any other code of ours reads the request.

A question is kept when it is asked for the second time. Whatever the catalogue says next empties the cache, so that no
answer outlives a withdrawal; an answer of a release whose file is gone is not given either.
"""

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from cachetools import LRUCache
from starlette.types import Scope

from app.query.reader import Library
from app.web.api.conditional import RENEWED, is_held

LONGEST_ACCEPT = 300  # bytes
REMEMBERED = 10_000  # questions that were asked once
LEVEL = 1  # of compression: six times as fast as the usual one, and a fifth larger
SMALLEST = 1000  # bytes of a body that is compressed
NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
UNCHANGED = frozenset(name.encode() for name in RENEWED)

Headers = Sequence[tuple[bytes, bytes]]
Key = tuple[str, bytes, bytes, bytes, bytes]  # scheme, host, path, query and Accept, as they were sent


@dataclass
class Kept:
    """One finished answer of a release; `base` is what its URLs begin with."""

    release: str
    base: str
    headers: Headers
    body: bytes
    compressed: bytes | None = field(default=None, repr=False)

    def fresh(self, scope: Scope) -> bool:
        """Whether the client holds it already."""
        tag = next(value for name, value in self.headers if name == b"etag")
        return is_held(scope, tag.decode())

    @property
    def unchanged(self) -> Headers:
        """The headers of a 304."""
        return [header for header in self.headers if header[0] in UNCHANGED]

    def coded(self, scope: Scope) -> tuple[Headers, bytes]:
        """Headers and body, compressed where the client takes that; made once."""
        accepted = b",".join(value.lower() for name, value in scope["headers"] if name == b"accept-encoding")
        if b"gzip" not in accepted or NO_GZIP.search(accepted) or len(self.body) < SMALLEST:
            return self.headers, self.body
        if self.compressed is None:
            self.compressed = gzip.compress(self.body, LEVEL, mtime=0)
        others = [header for header in self.headers if header[0] != b"content-length"]
        length = str(len(self.compressed)).encode()
        return [*others, (b"content-length", length), (b"content-encoding", b"gzip")], self.compressed


class Cache:
    """Finished answers by what was asked; `size` in bytes, none are kept if it is 0."""

    def __init__(self, size: int, library: Library) -> None:
        self._size, self._library = size, library
        self._kept: LRUCache[Key, Kept] = LRUCache(max(size, 1), getsizeof=_size)
        self._asked: LRUCache[Key, None] = LRUCache(REMEMBERED)
        self._position = -1
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def size(self) -> int:
        """Bytes that are taken."""
        return int(self._kept.currsize)

    def key(self, scope: Scope) -> Key | None:
        """What is asked; None for what is never kept."""
        if not self._size or scope["method"] not in ("GET", "HEAD"):
            return None
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        accept = b",".join(value for name, value in scope["headers"] if name == b"accept")
        if len(hosts) != 1 or len(accept) > LONGEST_ACCEPT:
            return None
        return scope["scheme"], hosts[0], scope["raw_path"], scope["query_string"], accept

    def get(self, key: Key) -> Kept | None:
        """The answer to this, if it was kept and its release is still served."""
        position = self._library.position()
        with self._lock:
            if position != self._position:
                self._kept.clear()
                self._position = position
            found = self._kept.get(key)
        return found if found is not None and self._library.is_served(found.release) else None

    def offer(self, key: Key, answer: Kept) -> None:
        """Keep an answer if its question was asked before."""
        with self._lock:
            if key in self._asked and _size(answer) <= self._size:
                self._kept[key] = answer
            self._asked[key] = None


def _size(answer: Kept) -> int:
    """With room for the compressed body, which is made later."""
    return len(answer.body) * 2 + 2000
