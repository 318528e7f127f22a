"""Child processes that end with the one that started them, whatever becomes of it."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, Signals

PATIENCE = 60.0  # seconds for whatever should take less than one


@dataclass
class Child:
    """One of them, the first of a group of its own; `signal` ends it in order."""

    name: str
    process: "subprocess.Popen[bytes]"
    signal: Signals

    def kill(self) -> None:
        """End it and what it started, without a word."""
        os.killpg(self.process.pid, SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        """End it in order."""
        if self.process.poll() is None:
            self.process.send_signal(self.signal)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()


class Children:
    """All of them, each with its log in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._started: list[Child] = []

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        user: str | None = None,
        ending: Signals = Signals.SIGTERM,
        variables: Mapping[str, str] | None = None,
    ) -> Child:
        """Start one, as that user where we are root, with these variables in its environment."""
        with (self.folder / f"{name}.log").open("ab") as out:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", ending.name.removeprefix("SIG"), "--", *map(str, command)],
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                env={**os.environ, **(variables or {})},
                user=user,
                process_group=0,
            )
        child = Child(name, process, ending)
        self._started.append(child)
        return child

    def end(self) -> None:
        """End all that are left, the last one first."""
        while self._started:
            self._started.pop().stop()


def until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"waited too long: {what}")
        time.sleep(0.05)


def run(command: Sequence[str | Path], user: str | None = None, variables: Mapping[str, str] | None = None) -> str:
    """Run a command to its end; return what it printed, raise RuntimeError with that if it failed."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, user=user, env={**os.environ, **(variables or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words[:6])} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout
