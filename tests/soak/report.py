"""Reads the log of a soak: what went wrong, and what the server used in each third of it."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Sample = dict[str, Any]
LONG = 20.0  # minutes, from which on memory is compared: before that caches still fill
FILES = 32  # more than that many in the last third than in the middle third: two releases have as many
GROWTH = 0.03  # by which the last third may be above the middle third
USED = {
    "survivor_uss": "private memory of the worker that is never killed, MiB",
    "uss": "private memory of all processes, MiB",
    "pss": "memory of all processes, shared parts in proportion, MiB",
    "survivor_files": "open files of the worker that is never killed",
    "files": "open files of all processes",
    "connections": "open connections",
}


@dataclass(frozen=True)
class Report:
    """What the log says; `thirds` are the medians of what was used in the first, the middle and the last third."""

    seconds: float
    failures: tuple[str, ...]
    counts: dict[str, int]
    thirds: dict[str, list[float]]

    @property
    def grown(self) -> float:
        """How much the private memory of the worker that is never killed rose from the middle to the last third."""
        _, middle, last = self.thirds["survivor_uss"]
        return last / middle - 1 if middle else 0

    @property
    def opened(self) -> float:
        """How many more files it had open in the last third than in the middle one."""
        _, middle, last = self.thirds["survivor_files"]
        return last - middle

    @property
    def good(self) -> bool:
        """Whether nothing failed, and nothing grew in a soak that is long enough to tell."""
        grew = self.grown > GROWTH or self.opened > FILES
        return not self.failures and (self.seconds < LONG * 60 or not grew)

    def text(self) -> str:
        """The report as people read it."""
        lines = [f"{self.seconds / 60:.1f} minutes, {len(self.failures)} failures"]
        lines += [f"  FAILED {failure}" for failure in self.failures[:20]]
        lines += [f"  {name}: {count}" for name, count in sorted(self.counts.items())]
        lines.append("  first, middle and last third (medians):")
        for name, what in USED.items():
            by = 1024 if what.endswith("MiB") else 1
            lines.append(f"    {what}: {', '.join(f'{value / by:.0f}' for value in self.thirds[name])}")
        lines.append(f"  from the middle to the last third: memory {self.grown:+.1%}, open files {self.opened:+.0f}")
        return "\n".join(lines)


def read(log: Path) -> list[Sample]:
    """The samples; a line that was cut off by a kill is left out."""
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text(encoding="utf-8").split("\n")[:-1]]


def report(samples: Sequence[Sample]) -> Report:
    """Sum up the samples of every part of a soak."""
    counts: dict[str, int] = {}
    for sample in samples:
        for name, count in sample["counts"].items():
            counts[name] = (
                max(counts.get(name, 0), count) if name.startswith("slowest") else counts.get(name, 0) + count
            )
    cut = [samples[len(samples) * part // 3 : len(samples) * (part + 1) // 3] for part in range(3)]
    return Report(
        seconds=elapsed(samples),
        failures=tuple(failure for sample in samples for failure in sample["failures"]),
        counts=counts,
        thirds={
            name: [statistics.median(s["use"][name] for s in part) if part else 0 for part in cut] for name in USED
        },
    )


def elapsed(samples: Sequence[Sample]) -> float:
    """The seconds that were soaked so far."""
    return float(sum(sample["seconds"] for sample in samples))
