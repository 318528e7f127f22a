"""The data of the benchmark: the same for the same number of events, right for onrecord, and the peers' rows are it."""

from pathlib import Path

import pytest

from app.dossier.check import check
from benchmarks.check import fault
from benchmarks.data import Generator, Rows, write_database, write_dossier
from benchmarks.peers import Answer
from benchmarks.questions import Count, Everything, Page, Record, Truth, workloads

COUNT = 50


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Generator(COUNT).rows()


@pytest.fixture(scope="module")
def truth(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Truth:
    path = tmp_path_factory.mktemp("rows") / "rows.sqlite"
    write_database(rows, path)
    return Truth(path)


def test_the_same_number_of_events_gives_the_same_rows(rows: Rows) -> None:
    assert Generator(COUNT).rows() == rows
    assert [len(rows[name]) for name in ("events", "claims")] == [COUNT, COUNT]
    assert rows["events"] == sorted(rows["events"], key=lambda event: (event["date"], event["id"]))


def test_the_dossier_has_no_finding(rows: Rows, tmp_path: Path) -> None:
    write_dossier(rows, tmp_path / "dossier")
    report = check([tmp_path / "dossier"])
    assert report.findings == ()
    assert report.corpus is not None
    assert {entry.id for entry in report.corpus.kind("event")} == {event["id"] for event in rows["events"]}


def test_the_right_answers_are_those_of_the_rows(rows: Rows, truth: Truth) -> None:
    events = rows["events"][::-1]
    word, actor = rows["events"][7]["title"].split()[-1], rows["events"][7]["participants"][0]["actor"]
    taking_part = [event for event in events if actor in {who["actor"] for who in event["participants"]}]
    assert truth.matching(Page("actor", actor)) == [(event["date"], event["id"]) for event in taking_part]
    with_word = [e for e in events if word in f"{e['title']} {e['summary']}".lower().replace(".", "").split()]
    assert truth.matching(Page("word", word)) == [(event["date"], event["id"]) for event in with_word]
    since, until = events[20]["date"], events[10]["date"]
    between = [(event["date"], event["id"]) for event in events if since <= event["date"] <= until]
    assert truth.matching(Page(since=since, until=until)) == between


def test_new_questions_are_all_different(truth: Truth) -> None:
    values = truth.values() | {"word": ["one", "two"]}  # so few events have no words that are rare enough
    new = [workload for workload in workloads(values, 40) if workload.group == "new"]
    assert {len(set(workload.questions)) for workload in new} == {40}


def test_an_answer_is_wrong_if_an_event_or_the_total_is(truth: Truth) -> None:
    page, everything = Page(skip=3, limit=10), truth.newest_first("", "")
    right = everything[3:13]
    assert fault(Answer(right, COUNT), page, truth) is None
    assert fault(Answer(right), page, truth) is None
    assert fault(Answer(right, COUNT + 1), page, truth) == f"total {COUNT + 1} instead of {COUNT}"
    assert fault(Answer(right[::-1], COUNT), page, truth) == "other dates, or in another order"
    assert fault(Answer([(right[0][0], "unknown"), *right[1:]], COUNT), page, truth) == "other events"
    assert fault(Answer([], COUNT), Count(), truth) is None
    assert fault(Answer([], COUNT - 1), Count(), truth) == f"total {COUNT - 1} instead of {COUNT}"
    assert fault(Answer(right[:1]), Record(right[0][1]), truth) is None
    assert fault(Answer(right[1:2]), Record(right[0][1]), truth) == "another event"
    assert fault(Answer(everything[::-1]), Everything(), truth) is None
    assert fault(Answer(everything[1:]), Everything(), truth) == "not all events"
