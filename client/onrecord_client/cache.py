"""A bounded memory of answers, so that what has not changed is not sent again."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True)
class Kept:
    """The body of an answer, and the ETag that says whether it still holds."""

    etag: str
    body: bytes


class Cache:
    """Answers by URL, up to so many bytes in all; the one not used for longest goes first. Thread-safe.

    Bytes are those of bodies, ETags and URLs: a long question for a total is larger than its answer.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.used = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, url: str) -> Kept | None:
        """What is known of this URL."""
        with self._lock:
            if url in self._kept:
                self._kept.move_to_end(url)
            return self._kept.get(url)

    def keep(self, url: str, answer: Kept) -> None:
        """Remember an answer, unless it alone would fill more than a quarter."""
        with self._lock:
            self._drop(url)
            if 4 * _weight(url, answer) <= self.size:
                self._kept[url] = answer
                self.used += _weight(url, answer)
            while self.used > self.size:
                self._drop(next(iter(self._kept)))

    def _drop(self, url: str) -> None:
        if old := self._kept.pop(url, None):
            self.used -= _weight(url, old)


def _weight(url: str, answer: Kept) -> int:
    return len(url) + len(answer.etag) + len(answer.body)
