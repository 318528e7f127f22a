"""Memory of closed releases is given back."""

import ctypes
from pathlib import Path

import pytest

from app.releases.memory import give_back

BLOCKS, SIZE = 20_000, 5_000  # below the size from which glibc maps a block by itself


def private() -> int:
    """Bytes of memory that only this process has."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc keeps it")
def test_what_is_freed_between_blocks_in_use_is_given_back() -> None:
    blocks = [bytearray(SIZE) for _ in range(BLOCKS)]
    del blocks[:-1]  # the last one keeps the heap from shrinking at its end
    freed = private()
    give_back()
    assert freed - private() > BLOCKS * SIZE // 2
