"""`make bench`: make the data, build the release, check every answer, measure in rounds, write what was found."""

import argparse
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from benchmarks.check import Kept, NotAsExpected, check
from benchmarks.data import Generator, write_database, write_dossier
from benchmarks.load import Asked, drive
from benchmarks.machine import machine, versions
from benchmarks.peers import BARE, ONRECORD, PEERS, Command, Paths, Peer
from benchmarks.process import LOAD_CORE, Response, Server, pin, running
from benchmarks.questions import Truth, Workload, workloads
from benchmarks.report import DOCS, read, tables, write

BENCH: Final = Path(__file__).parent.parent / ".bench"
IDLE: Final = 0.5  # seconds between the first answer and the look at memory

Note = Callable[..., None]
"""Writes one result: its kind, and its values by name."""

Timed = dict[Workload, dict[Peer, list[Asked]]]
"""What may be timed: the requests of each workload to each server whose answers were right."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    events: int
    rounds: int
    seconds: float  # of each run of a repeated question
    distinct: int  # new questions of each kind in each round


FULL: Final = Size(events=100_000, rounds=5, seconds=3, distinct=200)
QUICK: Final = Size(events=2_000, rounds=3, seconds=1, distinct=100)


def bench(size: Size, paths: Paths, note: Note) -> None:
    """Measure everything and note each result as soon as it is known."""
    make(size, paths, note)
    truth = Truth(paths.database)
    timed = check_all(paths, workloads(truth.values(), size.distinct * size.rounds), truth, note)
    for number in range(size.rounds):
        say(f"starts, round {number + 1} of {size.rounds}")
        for peer in PEERS:
            with running(peer, paths) as server:
                time.sleep(IDLE)
                note("start", peer=peer.name, round=number, seconds=server.seconds, memory=server.memory())
    with ExitStack() as stack:
        servers = {peer: stack.enter_context(running(peer, paths)) for peer in PEERS}
        for number in range(size.rounds):
            say(f"questions, round {number + 1} of {size.rounds}")
            for workload, by_peer in timed.items():
                for peer, asked in by_peer.items():
                    spent = measure(servers[peer], workload, asked[number :: size.rounds] or asked, size.seconds)
                    note("run", workload=workload.name, peer=peer.name, round=number, **spent)


def make(size: Size, paths: Paths, note: Note) -> None:
    """Make the data anew, and build the release as a curator does."""
    say(f"making {size.events:,} events and their release")
    shutil.rmtree(paths.folder, ignore_errors=True)
    dossier = paths.folder / "dossier"
    rows = Generator(size.events).rows()
    write_dossier(rows, dossier)
    write_database(rows, paths.database)
    begun = time.perf_counter()
    build: Command = [paths.ours / "onrecord", "build", dossier, "--store", paths.store]
    subprocess.run(build, check=True, capture_output=True)
    seconds = time.perf_counter() - begun
    note("build", seconds=seconds, dossier=weight(dossier), store=weight(paths.store))


def check_all(paths: Paths, asked: list[Workload], truth: Truth, note: Note) -> Timed:
    """Ask every server everything once, onrecord first: what it answers, the bare one gives again."""
    for workload in asked:
        note("asked", workload=workload.name, title=workload.title, group=workload.group)
    timed: Timed = {workload: {} for workload in asked}
    kept = Kept(paths.answers)
    for peer in sorted(PEERS, key=lambda peer: peer is not ONRECORD):
        say(f"checking what {peer.title} answers")
        with running(peer, paths) as server:
            for workload, by_peer in timed.items():
                ours = by_peer.get(ONRECORD, [])
                answers = kept.again(server, ours) if peer is BARE else check(peer, server, workload, truth)
                told = {"workload": workload.name, "peer": peer.name}
                try:
                    by_peer[peer], length = collected(answers, kept if peer is ONRECORD else None)
                    note("checked", **told, bytes=length)
                except NotAsExpected as reason:
                    note("wrong", **told, reason=str(reason))
        kept.close()
    return timed


def collected(answers: Iterable[tuple[Asked, Response]], kept: Kept | None) -> tuple[list[Asked], float]:
    """Return the requests and the mean length of their answers, which are kept where somebody keeps them."""
    asked, length = list[Asked](), 0
    for one, response in answers:
        asked.append(one)
        length += len(response.body)
        if kept:
            kept.keep(one, response)
    return asked, length / len(asked)


def measure(server: Server, workload: Workload, asked: list[Asked], seconds: float) -> dict[str, float]:
    """Send what a round has of a workload; return the answers, the seconds, and the CPU seconds of the server."""
    requests = [one.request(server.port) for one in asked]
    if workload.group == "repeated":
        server.ask(asked[0].target)  # what is worked out once for a question, and then kept, is not timed
    before = server.cpu()
    if workload.group == "repeated":
        sent = drive(server.port, repeat(requests[0]), asked[0].status, seconds)
    else:
        sent = drive(server.port, iter(requests), asked[0].status)
    return {**asdict(sent), "cpu": server.cpu() - before}


def weight(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """Run it; `--quick` measures little and leaves docs/performance.md alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,000 events and short runs, under five minutes")
    quick = parser.parse_args().quick
    size, folder = (QUICK, BENCH / "quick") if quick else (FULL, BENCH / "full")
    if not Path("/proc/self/smaps_rollup").exists():
        sys.exit("make bench needs Linux: it reads CPU and memory of other processes from /proc")
    for number in (signal.SIGINT, signal.SIGTERM):  # unwinds, so that every server that was started is ended
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    pin(LOAD_CORE)
    results = folder.with_suffix(".jsonl")
    results.parent.mkdir(exist_ok=True)
    with results.open("w", encoding="utf-8") as file:

        def note(kind: str, **values: Any) -> None:
            file.write(f"{json.dumps({'kind': kind, **values})}\n")
            file.flush()

        paths = Paths(Path(sys.executable).parent, BENCH / "venv" / "bin", folder)
        command = "make bench QUICK=1" if quick else "make bench"
        note("about", command=command, day=str(date.today()), **asdict(size), **machine(), versions=versions(paths))
        bench(size, paths, note)
    print(tables(read(results)))
    if not quick:
        write(read(results), DOCS)


if __name__ == "__main__":
    main()
