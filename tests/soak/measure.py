"""What a server uses: memory, open files and connections of its processes, as Linux tells them."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ESTABLISHED = "01"


@dataclass(frozen=True)
class Use:
    """Of the supervisor and its workers together, and of the worker that nobody kills; memory in KiB."""

    pss: int
    uss: int  # what is in no file
    files: int
    connections: int
    survivor_uss: int
    survivor_files: int


def workers(supervisor: int) -> list[int]:
    """The processes that answer, oldest first."""
    found = [child for child in _children(supervisor) if "spawn_main" in _read(Path(f"/proc/{child}/cmdline"))]
    return sorted(found, key=_started)


def use(supervisor: int, survivor: int, port: int) -> dict[str, int]:
    """What they use now; a process that has just ended uses nothing."""
    family = [supervisor, *_children(supervisor)]
    memory = [_memory(process) for process in family]
    return asdict(
        Use(
            pss=sum(pss for pss, _ in memory),
            uss=sum(uss for _, uss in memory),
            files=sum(_files(process) for process in family),
            connections=_connections(port),
            survivor_uss=_memory(survivor)[1],
            survivor_files=_files(survivor),
        )
    )


def _children(process: int) -> list[int]:
    return [int(child) for text in _texts(Path(f"/proc/{process}/task").glob("*/children")) for child in text.split()]


def _started(process: int) -> int:
    """When it was started, in clock ticks since the machine was."""
    words = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return int(words[19]) if words else 0


def _memory(process: int) -> tuple[int, int]:
    """Proportional memory, and what is its own: not the pages of files, which the system takes back at will."""
    lines = (line.split() for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines())
    sizes = {words[0]: int(words[1]) for words in lines if words[-1] == "kB"}
    return sizes.get("Pss:", 0), sizes.get("Anonymous:", 0)


def _files(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/fd"))
    except OSError:
        return 0


def _connections(port: int) -> int:
    """Those of this port that are open, at the server's end."""
    rows = (line.split() for line in _read(Path("/proc/net/tcp")).splitlines()[1:])
    return sum(row[1].endswith(f":{port:04X}") and row[3] == ESTABLISHED for row in rows)


def _texts(paths: Iterator[Path]) -> Iterator[str]:
    return (_read(path) for path in paths)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return ""
