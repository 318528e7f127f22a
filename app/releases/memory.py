"""The memory of the process, where the C library is glibc: few heaps, and what is free in them given back."""

import ctypes
import sys

M_ARENA_MAX = -8  # mallopt(3)
HEAPS = 2


def share_heaps() -> None:
    """Have all threads share two heaps: with one for each, what a thread frees is lost to the others for long.

    That is `MALLOC_ARENA_MAX` as a call; where there is no such call, nothing is done.
    """
    _call("mallopt", M_ARENA_MAX, HEAPS)


def give_back() -> None:
    """Return what is free inside the heaps to the system (malloc_trim(3)); where there is no such call, do nothing."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)) is not None:
        function(*values)
