"""`python -m benchmarks.databases [EVENTS ...]`: both stores side by side, beside the tutorial's app on PostgreSQL.

For each number of events it builds the release into a folder and into PostgreSQL, checks what every server answers, and
asks them in turns, one question at a time. It needs a PostgreSQL on the machine, and writes docs/performance.md.
"""

import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import islice, repeat
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from benchmarks.check import NotAsExpected, check
from benchmarks.data import SEED, Generator, write_database, write_dossier
from benchmarks.databases_report import write
from benchmarks.load import LONGEST, Connection, Request
from benchmarks.machine import machine, versions
from benchmarks.peers import Paths, Peer
from benchmarks.postgres import Postgres, running_postgres
from benchmarks.process import LOAD_CORE, Server, pin, running
from benchmarks.questions import FIRST_PAGE, Count, Page, Record, Truth, Workload, new_pages
from benchmarks.report import DOCS, read
from benchmarks.run import BENCH, Note, Timed, noting, say
from benchmarks.stores import STORES, Built, build_database, build_folder, build_rows

SIZES: Final = (1_000, 5_000, 20_000, 100_000)  # events
ROUNDS: Final = 5
EACH: Final = 40  # questions of a kind to a server in a round


def measure(events: int, folder: Path, note: Note) -> None:
    """Measure one size: the builds, then the questions."""
    with running_postgres() as postgres:
        paths = Paths(Path(sys.executable).parent, BENCH / "venv" / "bin", folder, postgres.url)
        shutil.rmtree(folder, ignore_errors=True)
        for store, built in _builds(events, paths, postgres):
            note("build", events=events, store=store, **asdict(built))
        truth = Truth(paths.database)
        timed = _check_all(paths, asked(truth.values()), truth, partial(note, events=events))
        with ExitStack() as stack:
            servers = {peer: stack.enter_context(running(peer, paths)) for peer in STORES}
            for number in range(ROUNDS):
                say(f"questions, round {number + 1} of {ROUNDS}")
                for workload, peer, spent in _round(number, servers, timed, postgres):
                    note("run", events=events, workload=workload.name, peer=peer.name, round=number, **spent)


def _builds(events: int, paths: Paths, postgres: Postgres) -> Iterator[tuple[str, Built]]:
    """Make the data, and everything that is built of it."""
    say(f"making {events:,} events and their releases")
    rows = Generator(events).rows()
    write_dossier(rows, paths.folder / "dossier")
    write_database(rows, paths.database)
    yield "folder", build_folder(paths)
    yield "database", build_database(paths, postgres)
    yield "tutorial-postgres", build_rows(rows, postgres)


def asked(values: dict[str, list[str]]) -> list[Workload]:
    """Return the questions; each of those that are new is sent once to each server."""
    ids, random, number = values["id"], Random(SEED), ROUNDS * EACH
    records = tuple(Record(random.choice(ids)) for _ in range(number))
    counts = (Count(page.by, page.value, page.since, page.until) for page in new_pages("type", values, number))
    return [
        Workload("first", "First page, 20 events", (FIRST_PAGE,)),
        Workload("record", "One event, new each time", records),
        Workload("type", "A type between two days, new each time", new_pages("type", values, number)),
        Workload("actor", "An actor from a day on, new each time", new_pages("actor", values, number)),
        Workload("count", "How many of a type between two days, new each time", tuple(counts)),
        Workload("word", "A word from a day on, new each time", new_pages("word", values, number)),
        Workload("deep", "A page after nine tenths of all", (Page(skip=len(ids) * 9 // 10),)),
    ]


def _check_all(paths: Paths, loads: list[Workload], truth: Truth, note: Note) -> Timed:
    """Ask every server every question once, in a process of its own; return the requests that were answered rightly."""
    timed: Timed = {workload: {} for workload in loads}
    for workload in loads:
        note("asked", workload=workload.name, title=workload.title, group=workload.group)
    for peer in STORES:
        say(f"checking what {peer.title} answers")
        with running(peer, paths) as server:
            for workload, by_peer in timed.items():
                try:
                    by_peer[peer] = [request for request, _ in check(peer, server, workload, truth)]
                except NotAsExpected as reason:
                    note("wrong", workload=workload.name, peer=peer.name, reason=str(reason))
    return timed


def _round(
    number: int, servers: dict[Peer, Server], timed: Timed, postgres: Postgres
) -> Iterator[tuple[Workload, Peer, dict[str, float]]]:
    """Ask the questions of one round; yield what each kind took of each server and of the database."""
    for workload, by_peer in timed.items():
        for peer, requests in by_peer.items():
            server = servers[peer]
            of_round = requests[number::ROUNDS] if len(requests) > 1 else repeat(requests[0])
            before, database = server.cpu(), postgres.cpu()
            took = [*_latencies(server.port, islice(of_round, EACH))]
            spent = {"cpu": server.cpu() - before, "database_cpu": postgres.cpu() - database}
            yield workload, peer, {"answers": len(took), "latency": median(took), **spent}


def _latencies(port: int, requests: Iterator[Request]) -> Iterator[float]:
    """Send requests one after the other on one connection; yield the seconds that each answer took."""
    with closing(socket.create_connection(("127.0.0.1", port), LONGEST)) as opened:
        connection = Connection(opened)
        for request in requests:
            begun = time.perf_counter()
            opened.sendall(request.to_bytes(port))
            while not connection.answered(request.status):
                pass
            yield time.perf_counter() - begun


def main() -> None:
    """Measure the sizes that are named, and write the page."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    pin(LOAD_CORE)
    results = BENCH / "databases.jsonl"
    with noting(results) as note:
        paths = Paths(Path(sys.executable).parent, BENCH / "venv" / "bin", BENCH)
        command = " ".join(["python -m benchmarks.databases", *sys.argv[1:]])
        note("about", command=command, day=str(date.today()), rounds=ROUNDS, **machine(), versions=versions(paths))
        for events in sizes:
            measure(events, BENCH / "databases", note)
    write(read(results), DOCS / "performance.md")


if __name__ == "__main__":
    main()
