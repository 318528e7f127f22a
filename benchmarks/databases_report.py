"""The tables of `benchmarks.databases`, put into docs/performance.md between two marks."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.report import DOCS, Line, Results, markdown, mib, read, short
from benchmarks.stores import STORES

BEGIN: Final = "<!-- results of databases begin: python -m benchmarks.databases writes them -->"
END: Final = "<!-- results of databases end -->"
BUILDS: Final = {"folder": "folder", "database": "PostgreSQL", "tutorial-postgres": "rows of the tutorial's app"}
SMALL: Final = 0.01  # of all bytes: tables below that share a line


def write(results: Results, page: Path) -> None:
    """Write the tables into a page; the text outside the marks is kept."""
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n{tables(results)}\n\n{END}{after}", "utf-8")


def tables(results: Results) -> str:
    """Return the results as Markdown."""
    sizes = [*dict.fromkeys(line["events"] for line in results.of("build"))]
    largest = f"at {sizes[-1]:,} events and as many claims"
    parts = [
        "\n".join(_about(results)),
        f"#### Questions, {largest}",
        "Milliseconds of CPU for an answer, of the server and, behind the plus, of PostgreSQL:",
        _questions(results, sizes[-1], _cpu),
        "Milliseconds from the question to the whole answer, median:",
        _questions(results, sizes[-1], _latency),
        "\n".join(_wrong(results, sizes[-1])),
        "#### Builds",
        _builds(results),
        f"#### Tables, {largest}",
        "MiB, and of these indexes:",
        _tables(results, sizes[-1]),
        "#### What a question costs as the data grow",
        "Milliseconds of CPU of onrecord and of PostgreSQL together:",
        _growth(results, sizes),
    ]
    return "\n\n".join(filter(None, parts))


def _about(results: Results) -> Iterator[str]:
    (about,) = results.of("about")
    names = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    memory = f"{about['memory'] / 2**30:.0f} GiB of memory"
    yield f"- {about['day']}, `{about['command']}`: medians of {about['rounds']} rounds, one question at a time"
    yield f"- {about['processor']}, {about['cores']} cores, {memory}, {about['system']}; {names}"


def _runs(results: Results, events: int, workload: str, peer: str) -> list[Line]:
    return [line for line in results.of("run", workload=workload, peer=peer) if line["events"] == events]


def _each(runs: list[Line], name: str) -> float:
    """Return the milliseconds of CPU for an answer, median of the rounds."""
    return float(median(run[name] / run["answers"] * 1000 for run in runs))


def _cpu(runs: list[Line], peer: str) -> str:
    own = f"{_each(runs, 'cpu'):.2f}"
    return f"{own} + {_each(runs, 'database_cpu'):.2f}" if peer in ("database", "tutorial-postgres") else own


def _latency(runs: list[Line], peer: str) -> str:
    return f"{median(run['latency'] for run in runs) * 1000:.2f}"


def _titles(results: Results) -> dict[str, str]:
    return {line["workload"]: line["title"] for line in results.of("asked")}


def _questions(results: Results, events: int, cell: Callable[[list[Line], str], str]) -> str:
    rows = []
    for workload, title in _titles(results).items():
        runs = {peer.name: _runs(results, events, workload, peer.name) for peer in STORES}
        rows.append([title, *(cell(found, name) if found else "not timed" for name, found in runs.items())])
    return markdown(["question", *(peer.title for peer in STORES)], rows)


def _wrong(results: Results, events: int) -> Iterator[str]:
    peers, titles = {peer.name: peer.title for peer in STORES}, _titles(results)
    for line in results.of("wrong"):
        if line["events"] == events:
            yield f"- {peers[line['peer']]} is not timed for *{titles[line['workload']]}*: {line['reason']}"


def _builds(results: Results) -> str:
    head = [
        "events, as many claims",
        "into",
        "seconds",
        "CPU",
        "CPU of PostgreSQL",
        "MiB of memory",
        "MiB",
        "MiB of WAL",
    ]
    rows = []
    for line in results.of("build"):
        spent = [short(line[name]) for name in ("seconds", "cpu", "database_cpu")]
        sizes = [line["memory"], sum(size for _, size, _ in line["tables"]), line["written"]]
        rows.append([f"{line['events']:,}", BUILDS[line["store"]], *spent, *map(mib, sizes)])
    return markdown(head, rows)


def _tables(results: Results, events: int) -> str:
    both = [
        line for line in results.of("build") if line["events"] == events and line["store"] in ("folder", "database")
    ]
    sizes = {line["store"]: {name: (size, indexes) for name, size, indexes in line["tables"]} for line in both}
    least = SMALL * sum(size for size, _ in sizes["database"].values())
    large = [name for name, (size, _) in sizes["database"].items() if size >= least]
    rows = [[f"`{name}`", *(_size(*of_store.get(name, (0, 0))) for of_store in sizes.values())] for name in large]
    rest = [[pair for name, pair in of_store.items() if name not in large] for of_store in sizes.values()]
    rows.append(["all others", *(_size(sum(a for a, _ in pairs), sum(b for _, b in pairs)) for pairs in rest)])
    return markdown(["table", *(BUILDS[store] for store in sizes)], rows)


def _size(size: int, indexes: int) -> str:
    return f"{mib(size)} ({mib(indexes)})"


def _growth(results: Results, sizes: list[int]) -> str:
    rows = []
    for workload, title in _titles(results).items():
        runs = [_runs(results, events, workload, "database") for events in sizes]
        rows.append(
            [title, *(short(_each(found, "cpu") + _each(found, "database_cpu")) if found else "" for found in runs)]
        )
    return markdown(["question", *(f"{events:,}" for events in sizes)], rows)


if __name__ == "__main__":
    write(read(Path(sys.argv[1])), DOCS / "performance.md")
