"""The slots of workers: the lowest number that is free, free again when its process ends."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from app.web.slots import free, take
from web.live import ROOT

WORKER = """
import sys
from pathlib import Path
from app.web.slots import take
print(take(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


class Worker:
    """A process that keeps its slot until it is killed."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        command = [sys.executable, "-c", WORKER, str(folder)]
        pipe = subprocess.PIPE
        self._process = stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True))
        assert self._process.stdout is not None
        self.slot = int(self._process.stdout.readline())

    def kill(self) -> None:
        """Without any warning."""
        self._process.kill()
        self._process.wait()


def test_a_worker_takes_the_lowest_slot_that_is_free(tmp_path: Path) -> None:
    with ExitStack() as stack:
        workers = [Worker(tmp_path, stack) for _ in range(3)]
        assert [worker.slot for worker in workers] == [0, 1, 2]
        assert list(free(tmp_path)) == []
        workers[1].kill()
        assert list(free(tmp_path)) == [1]
        assert list(free(tmp_path)) == [1]  # to look takes none
        assert Worker(tmp_path, stack).slot == 1
        assert Worker(tmp_path, stack).slot == 3
        assert list(free(tmp_path)) == []


def test_a_slot_is_taken_once_in_a_process_too(tmp_path: Path) -> None:
    assert [take(tmp_path), take(tmp_path)] == [0, 1]
    assert list(free(tmp_path)) == []
