"""The memory of the process, where the C library is glibc: few heaps, and what is free in them given back."""

import ctypes
import sys

M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD = -8, -3, -1  # mallopt(3)
HEAPS = 2
LARGE = 4 * 2**20  # bytes of a block that is taken from the system by itself
SPARE = 16 * 2**20  # bytes that are free at the end of a heap before it is shortened


def share_heaps() -> None:
    """Have all threads share two heaps: with one for each, what a thread frees is lost to the others for long.

    The heaps keep what answers of some hundred kilobytes are made in: to take it from the system for each of them,
    page by page, costs as much as a fifth of the answer. What stays free is given back now and then, by `give_back`.

    These are calls of glibc; where there are none, nothing is done.
    """
    _call("mallopt", M_ARENA_MAX, HEAPS)
    _call("mallopt", M_MMAP_THRESHOLD, LARGE)
    _call("mallopt", M_TRIM_THRESHOLD, SPARE)


def give_back() -> None:
    """Return what is free inside the heaps to the system (malloc_trim(3)); where there is no such call, do nothing."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)) is not None:
        function(*values)
