"""The heaps of the C library: two for all threads, and what is free in them is given back."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from app.releases.memory import give_back

ROOT = Path(__file__).parent.parent.parent
THREADS = """
import ctypes, sys
from threading import Barrier, Thread
from app.releases.memory import share_heaps
share_heaps()
barrier = Barrier(9)
def work():
    kept = [bytearray(1000) for _ in range(100)]
    barrier.wait()  # all have memory
    barrier.wait()  # until it is counted
threads = [Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
barrier.wait()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
barrier.wait()
"""

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


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc has heaps")
def test_threads_share_heaps(tmp_path: Path) -> None:
    told = tmp_path / "heaps.xml"
    subprocess.run([sys.executable, "-c", THREADS, str(told)], cwd=ROOT, check=True)
    assert told.read_text(encoding="ascii").count("<heap nr=") == 2
