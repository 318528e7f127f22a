"""A build that kills itself: `python killed_build.py steps:1000 build DOSSIER --store FOLDER` is `onrecord build …`.

A step is a call of a Python or C function, so that the same step is the same place in every run. `reading:N` is N steps
from the start, `steps:N` is N steps from where the new file is opened, `bytes:N` is when that file has N bytes. It is
killed just before the new catalogue gets its name at the latest: nothing is published. `steps:0` is that moment, and
prints how many steps there were, and how many bytes.
"""

import os
import signal
import sys
from pathlib import Path
from threading import Thread
from types import FrameType

CATALOGUE = "catalogue.ndjson"
SWITCH = 1e-5  # seconds after which another thread may go on: the one that looks at the file


def die() -> None:
    """As `kill -9` does it: nothing of this process runs after it."""
    os.kill(os.getpid(), signal.SIGKILL)


class Killer:
    """Sees what the build does, and ends it."""

    def __init__(self, when: str, number: int) -> None:
        self.when, self.number, self.steps = when, number, 0

    def begin(self) -> None:
        """Watch from now on."""
        if self.when == "reading":
            sys.setprofile(self.step)
        sys.addaudithook(self.audit)

    def step(self, frame: FrameType, event: str, _: object) -> None:
        """One step more."""
        if event in ("call", "c_call"):
            self.steps += 1
            if self.steps == self.number:
                die()

    def audit(self, event: str, values: tuple[object, ...]) -> None:
        """Notice the new file when it is opened, and the catalogue when it is about to get its name."""
        if event == "sqlite3.connect" and Path(str(values[0])).name.startswith("."):
            self.opened(Path(str(values[0])))
        elif event == "os.rename" and Path(str(values[1])).name == CATALOGUE:
            file = max(Path(str(values[1])).parent.glob("[!.]*-*.sqlite"), key=lambda path: path.stat().st_mtime)
            os.write(1, f"{self.steps} {file.stat().st_size}\n".encode())
            die()

    def opened(self, file: Path) -> None:
        """Count the steps from here on, or look at how long the file is."""
        if self.when == "steps":
            sys.setprofile(self.step)
        elif self.when == "bytes":
            sys.setswitchinterval(SWITCH)
            Thread(target=self.watch, args=(file,), daemon=True).start()

    def watch(self, file: Path) -> None:
        """Wait until the file is long enough."""
        while not file.exists() or file.stat().st_size < self.number:
            pass
        die()


if __name__ == "__main__":
    when, number = sys.argv.pop(1).split(":")
    Killer(when, int(number)).begin()
    from app.cli import app

    app()
