"""What an operator sees: metrics by route, a log of every answer if wanted, and a server that says it stops."""

import json
import logging
import logging.config
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from app.cli.logs import log_config
from app.main import create_app
from app.settings import Settings
from problems import problem
from visitor import Visitor


def metrics(visitor: Visitor) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    samples = (sample for family in families(visitor.get("/metrics").text) for sample in family.samples)
    return {(sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value for sample in samples}


def test_answers_are_counted_by_the_template_of_their_path_and_their_status(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder))) as visitor:
        event = visitor.get("/events?limit=1").json()["data"][0]["id"]
        for path in (f"/events/{event}", "/events/no-such-event", "/no-such-path", "/events?limit=x"):
            visitor.get(path)
        visitor.raw("HEAD", f"/events/{event}".encode(), [(b"host", b"testserver")])
        counted = metrics(visitor)
    assert answers(counted) == {
        ("false", "/events", "200"): 1,
        ("false", "/events", "400"): 1,
        ("false", "/events/{id}", "200"): 2,
        ("false", "/events/{id}", "404"): 1,
        ("false", "none", "404"): 1,
    }


def answers(counted: dict[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    """How many there were, by whether they came from memory, route and status."""
    return {key[1:]: value for key, value in counted.items() if key[0] == "onrecord_http_request_seconds_count"}


def test_the_release_what_is_kept_and_what_is_sent_are_told(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder))) as visitor:
        for _ in range(3):
            answer = visitor.get("/events?limit=1")
        counted = metrics(visitor)
    release = answer.json()["release"]
    assert counted["onrecord_release_info", release["label"], release["id"]] == 1
    assert answers(counted) == {("false", "/events", "200"): 2, ("true", "/events", "200"): 1}
    assert counted["onrecord_cache_bytes",] > len(answer.content)
    assert counted["onrecord_exports_in_progress",] == 0


def test_metrics_are_told_where_there_is_no_release(tmp_path: Path) -> None:
    with Visitor(create_app(Settings(store=tmp_path))) as visitor:
        assert visitor.get("/events").status_code == 503
        assert answers(metrics(visitor)) == {("false", "/events", "503"): 1}


def test_the_examples_of_the_docs_are_not_counted(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder))) as visitor:
        assert visitor.get("/openapi.json").status_code == 200
        assert answers(metrics(visitor)) == {("false", "/openapi.json", "200"): 1}


def test_metrics_come_in_the_format_that_is_accepted(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder))) as visitor:
        plain = visitor.get("/metrics")
        openmetrics = visitor.get("/metrics", headers={"accept": "application/openmetrics-text; version=1.0.0"})
    assert plain.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert plain.headers["cache-control"] == "no-store"
    assert openmetrics.headers["content-type"].startswith("application/openmetrics-text")
    assert openmetrics.text.endswith("# EOF\n")


def test_a_server_may_count_nothing(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder, metrics=False))) as visitor:
        problem(visitor.get("/metrics"), 404, "not-found")


def test_a_server_that_stops_is_not_ready_and_still_answers(folder: Path, tmp_path: Path) -> None:
    stopping = tmp_path / "stopping"
    with Visitor(create_app(Settings(store=folder), stopping)) as visitor:
        assert visitor.get("/readyz").status_code == 200
        stopping.touch()
        problem(visitor.get("/readyz"), 503, "unavailable")
        assert visitor.get("/healthz").status_code == 200
        assert visitor.get("/events?limit=1").status_code == 200


def test_every_answer_is_logged_where_that_is_wanted_without_its_query(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        Visitor(create_app(Settings(store=folder, access_log=True))) as visitor,
        caplog.at_level(logging.INFO, "onrecord"),
    ):
        for _ in range(3):
            answer = visitor.get("/actors?q=Vucic&limit=1")
        refused = visitor.get("/actors?colour=red")
    *sent, last = caplog.records
    assert len(sent) == 3
    assert sent[-1].getMessage().startswith(f"{answer.headers['x-request-id']} GET /actors 200 ")
    assert sent[-1].getMessage().endswith(" ms")
    assert last.getMessage().startswith(f"{refused.json()['request_id']} GET /actors 400 unknown-parameter ")
    assert "ucic" not in caplog.text


def test_a_line_of_the_log_can_be_an_object() -> None:
    config = log_config("json")
    made = logging.config.dictConfigClass(config)  # what dictConfig itself calls
    formatter = made.configure_formatter(config["formatters"]["line"])  # type: ignore[index]
    record = logging.LogRecord("onrecord", logging.INFO, "", 0, "%s is here", ("it",), None)
    record.__dict__.update(request_id="0f", route="/events", status=200, milliseconds=1.5)
    told = json.loads(formatter.format(record))
    assert told.pop("time")
    assert told == {
        "level": "INFO",
        "message": "it is here",
        "request_id": "0f",
        "route": "/events",
        "status": 200,
        "milliseconds": 1.5,
    }
