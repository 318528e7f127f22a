"""What is worked out once and remembered for whoever asks next."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

V = TypeVar("V")


class Memory(Generic[V]):
    """Remembers so many values, or so many bytes of them if `size` gives those of one; what was used last stays.

    Threads share it. None is no value.
    """

    def __init__(self, most: int, size: Callable[[V], int] | None = None) -> None:
        self._kept: LRUCache[Hashable, V] = LRUCache(most, size)
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        """What is remembered of this; None if nothing is."""
        with self._lock:
            try:
                return self._kept[key]
            except KeyError:
                return None

    def put(self, key: Hashable, value: V) -> None:
        """Remember this from now on, unless it is larger than all that is kept."""
        with self._lock:
            if self._kept.getsizeof(value) <= self._kept.maxsize:
                self._kept[key] = value
