"""The slots of workers: each that runs has a number of its own, the lowest that is free.

A worker takes over the number of one that ended, and with it the files that are named for it. So there are as many of
these as there were workers at once, however many were replaced.
"""

import fcntl
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

ENDING = ".slot"


def take(folder: Path) -> int:
    """Return the lowest free number and keep it; the system frees it when the process ends, however it does."""
    for number in count():
        descriptor = _opened(folder / f"{number}{ENDING}")  # stays open: with it the lock would go
        if _is_locked(descriptor):
            return number
        os.close(descriptor)
    raise AssertionError("numbers do not end")


def free(folder: Path) -> Iterator[int]:
    """Yield the numbers of those that ended; nobody takes one until the next is asked for."""
    for path in sorted(folder.glob(f"*{ENDING}")):
        descriptor = _opened(path)
        try:
            if _is_locked(descriptor):
                yield int(path.stem)
        finally:
            os.close(descriptor)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _is_locked(descriptor: int) -> bool:
    """Whether it is locked by this now, since nobody else has."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
