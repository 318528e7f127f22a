"""The guard lets through only what can be read without guessing, and no failure of ours tells more than its number."""

import logging
from pathlib import Path

import pytest

from app.main import create_app
from app.releases.reader import SqlReader
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from app.web.application import application
from app.web.site import Site
from problems import problem
from visitor import BASE, Visitor

HOST = (b"host", b"testserver")


def test_row_36_a_small_body_is_ignored(visitor: Visitor) -> None:
    answer = visitor.raw("GET", b"/events?limit=1", [HOST, (b"content-length", b"5")], b"hello")
    assert (answer.status_code, answer.json()["page"]["count"]) == (200, 1)


@pytest.mark.parametrize("length", [b"10485760", b"65537", b"-1", b"x", b"1_0", b"9" * 400])
def test_row_36_a_large_body_is_413(visitor: Visitor, length: bytes) -> None:
    answer = visitor.raw("GET", b"/events", [HOST, (b"content-length", length)])
    problem(answer, 413, "content-too-large")


@pytest.mark.parametrize(("length", "status"), [(64 * 1024, 200), (64 * 1024 + 1, 413)])
def test_row_36_a_body_without_a_length_is_counted(visitor: Visitor, length: int, status: int) -> None:
    chunked = [HOST, (b"transfer-encoding", b"chunked")]
    answer = visitor.raw("GET", b"/events?limit=1", chunked, b"x" * length)
    assert answer.status_code == status
    if status == 413:
        problem(answer, 413, "content-too-large")
        assert answer.headers["connection"] == "close"


HOSTS = [
    b"",
    b" ",
    b"a b",
    b"a/b",
    b"user@testserver",
    b"testserver:",
    b"testserver:x",
    b"testserver:123456",
    b"testserver, evil.example",
    b"-testserver",
    b"[::1",
    b"[zz]",
    b"test\xc3\xa9",
    b"testserver#x",
    b"testserver?x",
    b"evil.example\\",
    b"a" * 300,
]


@pytest.mark.parametrize("host", HOSTS)
def test_row_41_a_bad_host(visitor: Visitor, host: bytes) -> None:
    answer = visitor.raw("GET", b"/events", [(b"host", host)])
    problem(answer, 400, "malformed-request", base="")


def test_row_41_no_host_or_two(visitor: Visitor) -> None:
    problem(visitor.raw("GET", b"/events", []), 400, "malformed-request", base="")
    problem(visitor.raw("GET", b"/events", [HOST, HOST]), 400, "malformed-request", base="")
    problem(visitor.raw("GET", b"/events", [HOST, (b"host", b"evil.example")]), 400, "malformed-request", base="")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "[2001:db8::1]", "a-b.example:65535"])
def test_a_good_host_is_the_base(visitor: Visitor, host: str) -> None:
    assert visitor.get("/events", headers={"host": host}, limit=1).json()["links"]["self"].startswith(f"http://{host}/")


def test_row_41_only_the_hosts_that_are_set_are_answered(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder, hosts=("data.example.org", "testserver")))) as visitor:
        for host in ("data.example.org", "DATA.example.org:8000", "testserver"):
            assert visitor.get("/events", headers={"host": host}).status_code == 200
        for host in ("evil.example", "data.example.org.evil.example", "xdata.example.org"):
            answer = visitor.get("/events", headers={"host": host})
            assert answer.status_code == 400
            assert "evil" not in answer.text
            assert answer.json()["type"].endswith("/problems/malformed-request")


def test_row_42_too_many_headers(visitor: Visitor) -> None:
    def some(count: int, length: int) -> list[tuple[bytes, bytes]]:
        return [HOST, *((f"x-{number}".encode(), b"v" * length) for number in range(count))]

    problem(visitor.raw("GET", b"/events", some(100, 1)), 431, "headers-too-large", base="")
    problem(visitor.raw("GET", b"/events", some(9, 4096)), 431, "headers-too-large", base="")
    assert visitor.raw("GET", b"/events", some(99, 1)).status_code == 200
    assert visitor.raw("GET", b"/events", some(7, 4096)).status_code == 200


class Broken(SqliteStore):
    """A store whose every release fails in a way that nobody thought of."""

    def current(self) -> SqlReader:
        raise RuntimeError("secret of the house")


def test_row_49_an_unhandled_failure_tells_its_number_and_nothing_else(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Visitor(application(Site(Broken(folder)))) as visitor, caplog.at_level(logging.ERROR):
        for method in ("GET", "HEAD"):
            answer = visitor.send(method, "/events")
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "secret" not in str(answer.headers)
        body = problem(visitor.get("/events"), 500, "internal-error", BASE)
        assert body["request_id"] in body["detail"]
        assert f"{body['request_id']} GET /events failed" in caplog.text
        assert "secret of the house" in caplog.text
        assert visitor.get("/healthz").json() == {"status": "ok"}
        problem(visitor.get("/readyz"), 503, "unavailable", BASE)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("GET /events?participant=ingrid-solen", "GET /events 400 invalid-parameter"),
        ("HEAD /events/none?release=secret", "HEAD /events/none 400 invalid-parameter"),
        ("GET /events/hallvik-overtime-ban", "GET /events/hallvik-overtime-ban 410 removed"),
        ("POST /events?q=solem", "POST /events 405 method-not-allowed"),
        ("GET /a%0ab?q=solem", "GET /a%0ab 400 malformed-request"),
        ("GET /events?q=%zz", "GET /events 400 malformed-request"),
    ],
)
def test_every_problem_is_logged_once_without_its_query(
    visitor: Visitor, caplog: pytest.LogCaptureFixture, asked: str, told: str
) -> None:
    with caplog.at_level(logging.INFO, "onrecord"):
        answer = visitor.send(*asked.split())
    (line,) = caplog.records
    assert (line.levelname, line.getMessage()) == ("INFO", f"{answer.headers['x-request-id']} {told}")
    assert f" {answer.status_code} " in told


def test_a_store_that_cannot_answer_is_a_warning_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Visitor(create_app(Settings(store=tmp_path))) as visitor, caplog.at_level(logging.INFO, "onrecord"):
        visitor.get("/events")
    (line,) = caplog.records
    assert (line.levelname, line.getMessage().split()[1:]) == ("WARNING", ["GET", "/events", "503", "unavailable"])


def test_what_is_no_problem_is_not_logged(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "onrecord"):
        for target in ("/events?limit=0", "/events/", "/events/hallvik-ferry-walkout", "/problems/unknown-parameter"):
            visitor.get(target)
        visitor.send("OPTIONS", "/events")
    assert caplog.records == []


def test_a_long_path_is_cut_in_the_log(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "onrecord"):
        visitor.get("/" + "a" * 5000)
    assert len(caplog.text) < 400


def test_every_answer_has_its_own_request_id(visitor: Visitor) -> None:
    ids = [visitor.get("/events", limit=0).headers["x-request-id"] for _ in range(3)]
    assert len(set(ids)) == 3
    sent = visitor.get("/none", headers={"x-request-id": "mine"})
    assert sent.json()["request_id"] != "mine"


def test_nothing_of_ours_is_kept_by_a_cache_that_must_not_be(visitor: Visitor) -> None:
    for path in ("/healthz", "/readyz", "/events?foo=1", "/none"):
        assert visitor.get(path).headers["cache-control"] == "no-store"


def test_the_instance_of_a_problem_has_the_prefix_that_clients_see(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder, public_url="https://data.example/api"))) as visitor:
        for path, status in (("/none", 404), ("/events?limit=x", 400), ("/events/", 308)):
            body = visitor.get(path).json()
            assert (body["status"], body["instance"]) == (status, f"/api{path}")


@pytest.mark.parametrize(
    ("hosts", "base"), [((), "http://testserver:80"), (("data.example", "other.example"), "http://data.example")]
)
def test_row_41_http_1_0_needs_no_host(folder: Path, hosts: tuple[str, ...], base: str) -> None:
    with Visitor(create_app(Settings(store=folder, hosts=hosts))) as visitor:
        assert visitor.old(b"/events?limit=0").json()["links"]["self"] == f"{base}/events?limit=0"
        for _ in range(3):  # whatever was answered before
            visitor.old(b"/events?limit=0")
            problem(visitor.raw("GET", b"/events?limit=0", []), 400, "malformed-request", base="")
