"""Memory of releases that were closed: given back to the system, which the C library does not do by itself."""

import ctypes
import sys


def give_back() -> None:
    """Have glibc return what is free inside its heaps (malloc_trim(3)); where there is no such call, do nothing."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)
