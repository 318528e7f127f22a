"""The report: writes the results of a run into docs/performance.md, between two marks, as tables and a plot."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import truediv
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.peers import BARE, PEERS
from benchmarks.plot import Bars, plot

DOCS: Final = Path(__file__).parent.parent / "docs"
BEGIN: Final = "<!-- results begin: make bench writes them -->"
END: Final = "<!-- results end -->"
ABOUT_THE_PLOT: Final = (
    "CPU per answer of the four servers as bars, shorter is better; the tables have the same numbers"
)
GROUPS: Final = {
    "repeated": "Repeated questions: one URL, again and again",
    "new": "New questions: each URL sent once",
    "export": "Export: all events in one answer",
}
Line = dict[str, Any]


@dataclass(frozen=True)
class Results:
    """The results of a run: one line for each result that was noted."""

    lines: list[Line]

    def of(self, kind: str, **given: str) -> list[Line]:
        """Return the lines of a kind that have these values."""
        return [line for line in self.lines if {"kind": kind, **given}.items() <= line.items()]

    def cpu(self, workload: str, peer: str) -> list[float]:
        """Return the microseconds of CPU per answer, by round."""
        return [run["cpu"] / run["answers"] * 1e6 for run in self.of("run", workload=workload, peer=peer)]

    def rate(self, workload: str, peer: str) -> list[float]:
        """Return the answers a second, by round."""
        return [run["answers"] / run["seconds"] for run in self.of("run", workload=workload, peer=peer)]

    def titles(self, group: str) -> dict[str, str]:
        """Return the workloads of a group with their titles."""
        return {line["workload"]: line["title"] for line in self.of("asked", group=group)}


def read(path: Path) -> Results:
    return Results([json.loads(line) for line in path.read_text("utf-8").splitlines()])


def write(results: Results, docs: Path) -> None:
    """Write the tables and the plot into the page about performance; the text outside the marks is kept."""
    page = docs / "performance.md"
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    shown = f"![{ABOUT_THE_PLOT}](performance.svg)"
    page.write_text(f"{before}{BEGIN}\n\n{shown}\n\n{tables(results)}\n\n{END}{after}", "utf-8")
    (docs / "performance.svg").write_text(plot(list(_bars(results)), ABOUT_THE_PLOT), "utf-8")


def tables(results: Results) -> str:
    """Return the results as Markdown, without the plot."""
    parts = ["\n".join(_about(results))]
    for group, heading in GROUPS.items():
        titles = results.titles(group)
        parts += [f"### {heading}", "CPU per answer, in microseconds, and how many times that of the bare server:"]
        parts += [_table(results, titles, _cpu), "Answers a second:", _table(results, titles, _rate)]
        parts += ["\n".join(_not_timed(results, titles))]
    everything = {name: title for group in GROUPS for name, title in results.titles(group).items()}
    parts += ["### Bytes per answer", _table(results, everything, _bytes), "### Start and memory", _starts(results)]
    return "\n\n".join(filter(None, parts))


def _about(results: Results) -> Iterator[str]:
    (about,), (build,) = results.of("about"), results.of("build")
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    cores = "server and client on a core each" if about["apart"] else "server and client on one core"
    memory = f"{about['memory'] / 2**30:.0f} GiB of memory"
    yield f"- {about['day']}, `{about['command']}`: {about['events']:,} events, medians of {about['rounds']} rounds"
    yield f"- {about['processor']}, {about['cores']} cores, {memory}, {about['system']}; {cores}"
    yield f"- {versions}"
    sizes = f"{mib(build['store'])} MiB, of {mib(build['dossier'])} MiB of NDJSON"
    yield f"- release built in {build['seconds']:.1f} s: {sizes}"


def _cpu(results: Results, workload: str, peer: str) -> str:
    own, bare = results.cpu(workload, peer), results.cpu(workload, BARE.name)
    if peer == BARE.name or not bare:
        return short(median(own))
    return f"{short(median(own))} ({short(median(map(truediv, own, bare)))}×)"


def _rate(results: Results, workload: str, peer: str) -> str:
    return short(median(results.rate(workload, peer)))


def _bytes(results: Results, workload: str, peer: str) -> str:
    (line,) = results.of("checked", workload=workload, peer=peer)
    return short(line["bytes"])


def _table(results: Results, titles: dict[str, str], cell: Callable[[Results, str, str], str]) -> str:
    def cells(workload: str) -> Iterator[str]:
        for peer in PEERS:
            timed = results.of("run", workload=workload, peer=peer.name)
            yield cell(results, workload, peer.name) if timed else "not timed"

    return markdown(["question", *(peer.title for peer in PEERS)], [[titles[name], *cells(name)] for name in titles])


def _not_timed(results: Results, titles: dict[str, str]) -> Iterator[str]:
    for peer in PEERS:
        for line in results.of("wrong", peer=peer.name):
            if line["workload"] in titles:
                yield f"- {peer.title} is not timed for *{titles[line['workload']]}*: {line['reason']}"


def _starts(results: Results) -> str:
    def cells(peer: str) -> Iterator[str]:
        lines = results.of("start", peer=peer)
        yield short(median(line["seconds"] for line in lines) * 1000)
        yield mib(median(line["memory"] for line in lines))

    head = ["server", "milliseconds to the first answer after start", "MiB of memory when idle"]
    return markdown(head, [[peer.title, *cells(peer.name)] for peer in PEERS if peer is not BARE])


def _bars(results: Results) -> Iterator[Bars]:
    for group in ("repeated", "new"):
        for workload, title in results.titles(group).items():
            values = {peer.title: results.cpu(workload, peer.name) for peer in PEERS}
            yield Bars(GROUPS[group], title, {name: median(rounds) for name, rounds in values.items() if rounds})


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown, whose first column has words and the others numbers."""
    marks = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def short(value: float) -> str:
    """Return a number with three figures, or more before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def mib(count: float) -> str:
    """Return a count of bytes in MiB."""
    return f"{count / 2**20:,.1f}"


if __name__ == "__main__":
    write(read(Path(sys.argv[1])), DOCS)
