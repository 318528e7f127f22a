"""Forty thousand records leave the server as CSV and NDJSON, and its memory does not grow with them."""

import os
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from app.entries.dossiers import DossierEntry
from app.entries.places import PlaceEntry
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from derive.tiny import corpus, entry
from patience import PATIENCE
from web.live import Live, running

COUNT = 40_000
MOST = 60 * 1024  # kB that the server may grow by while it writes them
LEAST = 40 * 2**20  # bytes of either export: an answer that is built whole would show
NOTE = "A quay of many, and none of them is anywhere. " * 25

PROC = Path("/proc")
OWN = "RssAnon"  # without the pages of the release's file, which the system keeps for everybody and takes back at will

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not PROC.joinpath("self/status").exists(), reason="memory is read from /proc"),
]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of so many places."""
    folder = tmp_path_factory.mktemp("large")
    places = (entry(PlaceEntry, f"quay-{number}", note=NOTE) for number in range(COUNT))
    publish_release(SqliteStore(folder), plan(corpus(entry(DossierEntry, "dossier"), *places)))
    return folder


def test_memory_is_bounded(large: Path, tmp_path: Path) -> None:
    with running(large, tmp_path / "log") as live:
        server = process(live)
        streamed(live, server, "csv", "&limit=500")  # whatever is loaded once is loaded now
        streamed(live, server, "ndjson", "&limit=500")
        for format, beside in (("csv", 1), ("ndjson", 0)):
            before = figure(server, OWN)
            lines, size, peak = streamed(live, server, format)
            growth = peak - before
            told = f"{lines:,} lines, {size / 2**20:.0f} MiB, server at {before / 1024:.0f} MiB grew by"
            sys.stdout.write(f"\n{format}: {told} {growth / 1024:.1f} MiB\n")
            assert lines == COUNT + beside
            assert size > LEAST
            assert growth < MOST


def streamed(live: Live, server: int, format: str, more: str = "") -> tuple[int, int, int]:
    """How many lines and bytes arrive, and the most memory that the server had meanwhile; nothing is kept."""
    lines, size, peak = 0, 0, 0
    url = f"http://127.0.0.1:{live.port}/places?format={format}&sort=id{more}"
    with urlopen(url, timeout=PATIENCE) as answer:
        while piece := answer.read(2**16):
            lines += piece.count(b"\n")
            size += len(piece)
            peak = max(peak, figure(server, OWN))
    return lines, size, peak


def process(live: Live) -> int:
    """The server's process: a child of ours that listens on its port."""
    for each in PROC.glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes().split(b"\0")
            parent = int(each.with_name("stat").read_text("utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue  # gone meanwhile
        if parent == os.getpid() and str(live.port).encode() in words:
            return int(each.parent.name)
    raise AssertionError("the server has no process")


def figure(server: int, name: str) -> int:
    """One line of its status, in kB."""
    status = PROC.joinpath(str(server), "status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))
