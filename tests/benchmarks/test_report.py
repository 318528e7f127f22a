"""The report of the benchmark: tables and a plot of what a run noted, put between the marks of a page."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.report import BEGIN, END, Results, read, tables, write

RESULTS = Path(__file__).parent / "results.jsonl"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def results() -> Results:
    return read(RESULTS)


def test_a_row_has_medians_and_the_ratio_to_the_bare_server_in_the_same_round(results: Results) -> None:
    rows = tables(results).splitlines()
    assert "| First page | 100 | 300 (3×) | 900 (9×) | 1,900 (19×) |" in rows
    assert "| First page | 500 | 500 | 500 | 500 |" in rows
    assert "| onrecord | 1,000 | 40.5 |" in rows


def test_who_answered_wrongly_is_not_timed_and_the_reason_is_told(results: Results) -> None:
    rows = tables(results).splitlines()
    assert "| Types | 100 | 300 (3×) | 900 (9×) | not timed |" in rows
    assert "- Datasette is not timed for *Types*: total 3 instead of 4" in rows


def test_the_report_says_what_was_run_where(results: Results) -> None:
    rows = tables(results).splitlines()
    assert rows[:2] == [
        "- 2026-11-26, `make bench QUICK=1`: 2,000 events, medians of 3 rounds",
        "- A processor, 2 cores, 8 GiB of memory, Linux 6.1; server and client on a core each",
    ]


def test_only_what_stands_between_the_marks_is_written(results: Results, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Performance\n\n{BEGIN}\nold\n{END}\n\n## More\n", encoding="utf-8")
    write(results, tmp_path)
    write(results, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# Performance\n\n{BEGIN}\n\n![CPU per answer")
    assert text.endswith(f"{END}\n\n## More\n")
    assert (text.count("### Start and memory"), text.count("old")) == (1, 0)


def test_the_plot_has_a_bar_and_its_value_for_each_server_and_a_text_for_those_who_do_not_see_it(
    results: Results, tmp_path: Path
) -> None:
    (tmp_path / "performance.md").write_text(f"{BEGIN}{END}", encoding="utf-8")
    write(results, tmp_path)
    plot = ElementTree.parse(tmp_path / "performance.svg").getroot()
    texts = [text.text for text in plot.iter(f"{SVG}text")]
    assert [texts.count(value) for value in ("100", "300", "900", "1,900")] == [3, 3, 2, 1]
    title = plot.find(f"{SVG}title")
    assert title is not None
    assert (plot.get("aria-labelledby"), plot.get("role")) == (title.get("id"), "img")
    assert (title.text or "").startswith("CPU per answer")
