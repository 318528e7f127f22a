"""The report on both stores: what each cost beside the other, and who was not timed."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.databases_report import BEGIN, END, tables, write
from benchmarks.report import Results
from benchmarks.stores import STORES

MIB = 2**20
BUILT = {"seconds": 2.0, "cpu": 1.5, "database_cpu": 0.5, "memory": 3 * MIB, "written": 4 * MIB}
COSTS = {"folder": (0.1, 0.0), "database": (0.2, 0.1), "tutorial": (0.5, 0.0), "tutorial-postgres": (0.6, 0.3)}


@pytest.fixture
def results() -> Results:
    """Two sizes, three rounds of ten answers; the tutorial's app on SQLite answered one question wrongly."""
    machine = {"processor": "A processor", "cores": 2, "memory": 8 * 1024 * MIB, "system": "Linux 6.1"}
    lines: list[dict[str, Any]] = [
        {"kind": "about", "command": "the command", "day": "2026-11-26", "rounds": 3, **machine}
    ]
    lines[0]["versions"] = {"onrecord": "0.1.0"}
    lines += [{"kind": "asked", "workload": name, "title": name.title(), "group": "new"} for name in ("first", "word")]
    for events in (10, 100):
        sizes = [["record", 90 * MIB, MIB], ["posting", 9 * MIB, 2 * MIB], ["form", MIB // 2, 0]]
        lines += [
            {"kind": "build", "events": events, "store": store, "tables": sizes, **BUILT}
            for store in ("folder", "database", "tutorial-postgres")
        ]
        wrong = {"kind": "wrong", "events": events, "reason": "total 1 instead of 2"}
        lines.append({**wrong, "workload": "word", "peer": "tutorial"})
        for peer, (own, database) in COSTS.items():
            for number in (1, 2, 3):
                spent = {"answers": 10, "cpu": own * number / 10, "database_cpu": database * number / 10}
                run = {
                    "kind": "run",
                    "events": events,
                    "peer": peer,
                    "round": number,
                    "latency": number / 1000,
                    **spent,
                }
                lines += [
                    {**run, "workload": name} for name in ("first", "word") if (peer, name) != ("tutorial", "word")
                ]
    return Results(lines)


def test_a_row_has_the_median_of_the_server_and_of_postgresql(results: Results) -> None:
    rows = tables(results).splitlines()
    assert "| First | 2.00 | 4.00 + 2.00 | 10.00 | 12.00 + 6.00 |" in rows
    assert "| First | 2.00 | 2.00 | 2.00 | 2.00 |" in rows
    assert "| First | 6 | 6 |" in rows


def test_who_answered_wrongly_is_not_timed_and_told_once(results: Results) -> None:
    rows = tables(results).splitlines()
    assert "| Word | 2.00 | 4.00 + 2.00 | not timed | 12.00 + 6.00 |" in rows
    assert rows.count("- FastAPI + SQLModel, SQLite is not timed for *Word*: total 1 instead of 2") == 1


def test_builds_and_tables_are_told_in_mib(results: Results) -> None:
    rows = tables(results).splitlines()
    assert "| 100 | PostgreSQL | 2 | 1.5 | 0.5 | 3.0 | 99.5 | 4.0 |" in rows
    assert "| `record` | 90.0 (1.0) | 90.0 (1.0) |" in rows
    assert "| all others | 0.5 (0.0) | 0.5 (0.0) |" in rows


def test_only_what_stands_between_the_marks_is_written(results: Results, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Performance\n\n{BEGIN}\nstale\n{END}\n\n## More\n", encoding="utf-8")
    write(results, page)
    write(results, page)
    text = page.read_text(encoding="utf-8")
    assert (text.count("#### Builds"), text.count("stale"), text.endswith(f"{END}\n\n## More\n")) == (1, 0, True)


def test_every_server_has_a_name_of_its_own() -> None:
    assert {peer.name for peer in STORES} == set(COSTS)
