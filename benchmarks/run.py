"""`make bench`: make the data, build the release, check every answer, measure in rounds, write the results."""

import argparse
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Final

from benchmarks.check import NotAsExpected, Recording, check
from benchmarks.data import Generator, write_database, write_dossier
from benchmarks.load import Request, drive
from benchmarks.machine import machine, versions
from benchmarks.peers import BARE, ONRECORD, PEERS, Command, Paths, Peer
from benchmarks.process import LOAD_CORE, Response, Server, pin, running
from benchmarks.questions import Truth, Workload, workloads
from benchmarks.report import DOCS, read, tables, write

BENCH: Final = Path(__file__).parent.parent / ".bench"
IDLE: Final = 0.5  # seconds between the first answer and the measurement of memory

Note = Callable[..., None]
"""Writes one result: its kind, and values by name."""

Timed = dict[Workload, dict[Peer, list[Request]]]
"""The requests of each workload to each server whose answers were right."""


@contextmanager
def noting(results: Path) -> Iterator[Note]:
    """What writes results into a file, a line each, as soon as there is one."""
    results.parent.mkdir(exist_ok=True)
    with results.open("w", encoding="utf-8") as file:

        def note(kind: str, **values: object) -> None:
            file.write(f"{json.dumps({'kind': kind, **values})}\n")
            file.flush()

        yield note


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
                for peer, requests in by_peer.items():
                    of_round = requests[number :: size.rounds] or requests
                    spent = measure(servers[peer], workload, of_round, size.seconds)
                    note("run", workload=workload.name, peer=peer.name, round=number, **spent)


def make(size: Size, paths: Paths, note: Note) -> None:
    """Write the dossier and the database, and build the release by `onrecord build`."""
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


def check_all(paths: Paths, loads: list[Workload], truth: Truth, note: Note) -> Timed:
    """Ask every server every question once: onrecord first, since the bare server replays its answers."""
    for workload in loads:
        note("asked", workload=workload.name, title=workload.title, group=workload.group)
    timed: Timed = {workload: {} for workload in loads}
    recording = Recording(paths.answers)
    for peer in sorted(PEERS, key=lambda peer: peer is not ONRECORD):
        say(f"checking what {peer.title} answers")
        with running(peer, paths) as server:
            for workload, by_peer in timed.items():
                ours = by_peer.get(ONRECORD, [])
                answers = recording.replayed(server, ours) if peer is BARE else check(peer, server, workload, truth)
                names = {"workload": workload.name, "peer": peer.name}
                try:
                    by_peer[peer], length = collected(answers, recording if peer is ONRECORD else None)
                    note("checked", **names, bytes=length)
                except NotAsExpected as reason:
                    note("wrong", **names, reason=str(reason))
        recording.close()
    return timed


def collected(answers: Iterable[tuple[Request, Response]], recording: Recording | None) -> tuple[list[Request], float]:
    """Return the requests and the mean length of their answers in bytes; add the answers to a recording, if any."""
    requests, length = list[Request](), 0
    for request, response in answers:
        requests.append(request)
        length += len(response.body)
        if recording:
            recording.add(request, response)
    return requests, length / len(requests)


def measure(server: Server, workload: Workload, requests: list[Request], seconds: float) -> dict[str, float]:
    """Send the requests of one round; return the answers, the seconds, and the CPU seconds of the server."""
    sendable = [request.to_bytes(server.port) for request in requests]
    if workload.group == "repeated":
        server.ask(requests[0].target)  # what is computed once and then cached is not timed
    before = server.cpu()
    if workload.group == "repeated":
        sent = drive(server.port, repeat(sendable[0]), requests[0].status, seconds)
    else:
        sent = drive(server.port, iter(sendable), requests[0].status)
    return {**asdict(sent), "cpu": server.cpu() - before}


def weight(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """Run the benchmark; `--quick` measures less and does not write docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,000 events and short runs, under five minutes")
    quick = parser.parse_args().quick
    size, folder = (QUICK, BENCH / "quick") if quick else (FULL, BENCH / "full")
    if not Path("/proc/self/smaps_rollup").exists():
        sys.exit("make bench needs Linux: it reads CPU and memory of other processes from /proc")
    for number in (signal.SIGINT, signal.SIGTERM):  # raises SystemExit, so that every server is ended
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    pin(LOAD_CORE)
    results = folder.with_suffix(".jsonl")
    with noting(results) as note:
        paths = Paths(Path(sys.executable).parent, BENCH / "venv" / "bin", folder)
        command = "make bench QUICK=1" if quick else "make bench"
        note("about", command=command, day=str(date.today()), **asdict(size), **machine(), versions=versions(paths))
        bench(size, paths, note)
    print(tables(read(results)))
    if not quick:
        write(read(results), DOCS)


if __name__ == "__main__":
    main()
