"""A hundred thousand records leave the server as CSV and NDJSON, and its memory does not grow with them."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from releases.publishing import SMALL, published
from visitor import Visitor
from web.live import Live, running

COUNT = 100_000
MOST = 60 * 1024  # kB that the server may grow by while it writes them
LEAST = 20 * 2**20  # bytes of either export: an answer that is built whole would show

PROC = Path("/proc")

pytestmark = pytest.mark.skipif(not PROC.joinpath("self/clear_refs").exists(), reason="memory is read from /proc")

# Rows past the build, which would take minutes: each a copy of one place under its own id.
COPIES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)
INSERT INTO place SELECT {columns} FROM place, n WHERE id = :like
"""
MADE = {
    "id": "printf('copy-%06d', i)",
    "document": "replace(document, '\"id\":\"' || id || '\"', '\"id\":\"' || printf('copy-%06d', i) || '\"')",
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of so many places and a few more."""
    folder = tmp_path_factory.mktemp("large")
    published(folder, SMALL)
    (file,) = folder.glob("*.sqlite")
    file.chmod(0o644)
    with closing(sqlite3.connect(file)) as connection, connection:
        names = [name for _, name, *_ in connection.execute("PRAGMA table_info(place)")]
        (like,) = connection.execute("SELECT id FROM place ORDER BY id").fetchone()
        statement = COPIES.format(columns=", ".join(MADE.get(name, name) for name in names))
        connection.execute(statement, {"last": COUNT - 1, "like": like})
    return folder


def test_memory_is_bounded(large: Path, visitor: Visitor, tmp_path: Path) -> None:
    with running(large, tmp_path / "log") as live:
        server = process(live)
        streamed(live, "csv", "&limit=500")  # whatever is loaded once is loaded now
        streamed(live, "ndjson", "&limit=500")
        curated = visitor.data("/places", dossier="hallvik-quay", limit=0)["page"]["total"]
        for format, beside in (("csv", 1), ("ndjson", 0)):
            before = figure(server, "VmRSS")
            PROC.joinpath(str(server), "clear_refs").write_text("5", encoding="ascii")  # the peak counts from here
            lines, size = streamed(live, format)
            growth = figure(server, "VmHWM") - before
            told = f"{lines:,} lines, {size / 2**20:.0f} MiB, server at {before / 1024:.0f} MiB grew by"
            sys.stdout.write(f"\n{format}: {told} {growth / 1024:.1f} MiB\n")
            assert lines == COUNT + curated + beside
            assert size > LEAST
            assert growth < MOST


def streamed(live: Live, format: str, more: str = "") -> tuple[int, int]:
    """How many lines and bytes arrive; nothing is kept."""
    lines, size = 0, 0
    url = f"http://127.0.0.1:{live.port}/places?format={format}&sort=id{more}"
    with urlopen(url, timeout=60) as answer:
        while piece := answer.read(2**16):
            lines += piece.count(b"\n")
            size += len(piece)
    return lines, size


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
