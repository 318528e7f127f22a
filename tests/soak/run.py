"""`make soak`: a live server under every kind of client for so many minutes, with publications and killed workers.

It runs apart from the terminal and stops by itself. A second call follows the one that runs, continues one that was
ended early, or prints the report again; `rm -r .soak` begins anew. Exit code 1 if something failed.
"""

import argparse
import asyncio
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from soak import measure, world
from soak.clients import Clients, everybody
from soak.report import Sample, elapsed, read, report
from web.live import ROOT, Live, running

LONGEST = 120  # minutes
EVERY = 5.0  # seconds between two samples
PUBLISHED = 15.0  # seconds between one change of what is served and the next
KILLED = 20.0  # seconds between two kills of a worker
FULL_SOON = {"ONRECORD_CACHE": "4"}  # MiB; what memory grows by once finished answers fill that is no cache's


class Soak:
    """The soak in one folder: its store, its server's log, and `log.ndjson`, which a later call continues."""

    def __init__(self, folder: Path, minutes: float) -> None:
        self.folder, self.log, self.seconds = folder, folder / "log.ndjson", minutes * 60

    @property
    def left(self) -> float:
        """The seconds that are still to be soaked."""
        return self.seconds - elapsed(read(self.log))

    def run(self) -> None:
        """Do what is left of it."""
        if not (self.folder / "store" / "catalogue.ndjson").exists():
            world.build(self.folder)
        seed = len(read(self.log))
        with running(self.folder / "store", self.folder / "server.log", "--workers", "2", settings=FULL_SOON) as live:
            asyncio.run(self._soak(live, seed))

    async def _soak(self, live: Live, seed: int) -> None:
        supervisor = live.process
        while len(found := measure.workers(supervisor)) < 2:
            await asyncio.sleep(0.1)
        clients = Clients(live.port, ROOT, seed)
        tasks = [asyncio.ensure_future(each) for each in everybody(clients)]
        tasks.append(asyncio.create_task(self._publish(clients)))
        tasks.append(asyncio.create_task(self._kill(clients, supervisor, found[0])))
        end = time.monotonic() + self.left
        while time.monotonic() < end:
            begun = time.monotonic()
            await asyncio.sleep(min(EVERY, end - begun))
            self._note(clients, measure.use(supervisor, found[0], live.port), time.monotonic() - begun)
            if broken := [task for task in tasks if task.done()]:
                raise RuntimeError("a client of the soak ended") from broken[0].exception()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _publish(self, clients: Clients) -> None:
        while True:
            await asyncio.sleep(PUBLISHED)
            try:
                kind = await asyncio.to_thread(world.change, self.folder, clients.random)
                clients.counts[f"{kind}s"] += 1
            except subprocess.CalledProcessError as error:
                clients.failures.append(f"{error.cmd[6:8]} failed: {error.stderr[-500:]!r}")

    async def _kill(self, clients: Clients, supervisor: int, survivor: int) -> None:
        while True:
            await asyncio.sleep(KILLED)
            for worker in measure.workers(supervisor):
                if worker != survivor:
                    clients.kills.append(time.monotonic())
                    os.kill(worker, signal.SIGKILL)
                    clients.counts["killed workers"] += 1

    def _note(self, clients: Clients, use: dict[str, int], seconds: float) -> None:
        """Add a sample to the log; counts and failures are those since the last."""
        sample: Sample = {"seconds": seconds, "use": use, "counts": dict(clients.counts), "failures": clients.failures}
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(sample)}\n")
        clients.counts.clear()
        clients.failures = []


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else soaks in that folder; nobody will until this is left."""
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
        except BlockingIOError:
            yield False


def detach(folder: Path, minutes: float) -> "subprocess.Popen[bytes]":
    """Start what is left of the soak in a session of its own."""
    output: IO[bytes]
    with (folder / "output").open("ab") as output:
        command = [sys.executable, __file__, "--minutes", str(minutes), "--folder", str(folder), "--here"]
        return subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)


def follow(soak: Soak, process: "subprocess.Popen[bytes] | None") -> None:
    """Say each minute how far it is, until nobody soaks any more."""
    told = 0
    while running_still(soak, process):
        time.sleep(1)
        samples = read(soak.log)
        if told < (told := int(elapsed(samples) // 60)):
            print(f"{told} minutes, {len(report(samples).failures)} failures", flush=True)


def running_still(soak: Soak, process: "subprocess.Popen[bytes] | None") -> bool:
    """Whether the soak runs: the one that was started here, or else that of another call."""
    if process is not None:
        return process.poll() is None
    with alone(soak.folder) as free:
        return not free


def main() -> int:
    """Run, follow or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--folder", type=Path, default=ROOT / ".soak")
    parser.add_argument("--here", action="store_true", help="in this process, not apart from the terminal")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    soak = Soak(asked.folder.resolve(), min(asked.minutes, LONGEST))
    if asked.here:
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # so that the server is ended
        with alone(soak.folder) as free:
            if free and soak.left > 0:
                soak.run()
        return 0
    with alone(soak.folder) as free:
        begin = free and soak.left > 0
    process = None
    if begin:
        print(f"soaking for {soak.left / 60:.1f} minutes, also if this is interrupted; log: {soak.log}", flush=True)
        process = detach(soak.folder, asked.minutes)
    follow(soak, process)
    done = report(read(soak.log))
    print(done.text())
    if soak.left > EVERY:
        print(f"it ended early: {soak.folder / 'output'} says why; make soak goes on with it")
        return 1
    return 0 if done.good else 1


if __name__ == "__main__":
    sys.exit(main())
