"""onrecord serve: it says where once it listens, and one line where it cannot."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from cli.terminal import run
from dossier.dossiers import SMALL, counted
from releases.publishing import published
from web.live import Live, free_port, running


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one release."""
    made = tmp_path_factory.mktemp("store")
    published(made, SMALL)
    return made


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield other.getsockname()[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_port_that_is_taken_is_said_in_one_line(store: Path, taken: int, workers: int) -> None:
    ran = run("serve", "--store", store, "--port", str(taken), "--workers", str(workers))
    assert ran.refused(f"cannot listen on 127.0.0.1, port {taken}: it is taken; stop what listens there, or choose")


@pytest.mark.parametrize(
    ("host", "reason"), [("203.0.113.1", "cannot assign requested address"), ("a..b", "no name of a host")]
)
def test_an_address_that_is_not_ours_is_said_in_one_line(store: Path, host: str, reason: str) -> None:
    ran = run("serve", "--store", store, "--host", host, "--port", str(free_port()))
    assert ran.refused(f"cannot listen on {host}, port ")
    assert reason in ran.err[0]


def test_nothing_is_built_where_nobody_could_ask(tmp_path: Path, taken: int) -> None:
    assert run("serve", "--store", tmp_path / "none", "--port", str(taken)).refused("it is taken")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=pytest.mark.thorough)])
def test_it_says_where_and_answers(store: Path, tmp_path: Path, workers: str) -> None:
    elsewhere = tmp_path / "elsewhere"  # what the environment names, and the option beats
    with running(elsewhere, tmp_path / "log", "--store", str(store), "--workers", workers) as live:
        lines = live.log.splitlines()
        body = json.loads(live.get(b"/events?limit=0").partition(b"\r\n\r\n")[2])
        problem = json.loads(live.get(b"/none?q=Solem").partition(b"\r\n\r\n")[2])
        logged = live.log.splitlines()[len(lines) :]
    assert lines[0].startswith("onrecord serves edition hallvik-2, release ")
    assert lines[1] == f"  {counted(SMALL)}"
    assert [line.split()[0] for line in lines[2:]] == [
        f"http://127.0.0.1:{live.port}{path}" for path in ("/", "/docs", "/events", "/actors")
    ]
    assert body["page"]["total"] == 3
    assert [line.split(" ", 1)[1] for line in logged] == [f"INFO {problem['request_id']} GET /none 404 not-found"]
    assert not elsewhere.exists()


def test_a_public_url_is_shown_without_a_slash_at_its_end(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_PUBLIC_URL", "https://data.example.org/api/")
    with running(store, tmp_path / "log") as live:
        assert "  https://data.example.org/api/docs " in live.log
        body = json.loads(live.get(b"/events?limit=0", b"X-Forwarded-Proto: http").partition(b"\r\n\r\n")[2])
    assert body["links"]["self"] == "https://data.example.org/api/events?limit=0"


@pytest.mark.parametrize("hosts", ["data.example.org:8000", "data.example.org, http://a.example", "*"])
def test_hosts_with_ports_are_said_in_one_line(store: Path, hosts: str) -> None:
    ran = run("serve", "--store", store, ONRECORD_HOSTS=hosts)
    assert ran.refused("is not the name of a host: write names without ports, as data.example.org or [::1]")


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="workers are found in /proc")
def test_a_worker_that_dies_is_replaced_and_the_log_says_so(store: Path, tmp_path: Path) -> None:
    with running(tmp_path, tmp_path / "log", "--store", str(store), "--workers", "2") as live:
        supervisor = parent_of_listeners(live.port)
        worker = children(supervisor)[-1]
        os.kill(worker, signal.SIGKILL)
        until = time.monotonic() + 120
        while "died" not in live.log and time.monotonic() < until:
            time.sleep(0.1)
        assert f"Child process [{worker}] died" in live.log
        assert b" 200 " in live.get(b"/events?limit=1")


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_is_told_to_stop_says_so_and_goes_on_answering_for_a_while(
    store: Path, tmp_path: Path, workers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_DRAIN_SECONDS", "15")
    with running(store, tmp_path / "log", "--workers", workers) as live:
        os.kill(parent_of_listeners(live.port), signal.SIGTERM)
        until = time.monotonic() + 10
        while b" 503 " not in live.get(b"/readyz") and time.monotonic() < until:
            time.sleep(0.1)
        assert b" 503 " in live.get(b"/readyz")
        assert b" 200 " in live.get(b"/events?limit=1")


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_is_told_to_stop_ends_with_0_and_leaves_nothing(
    store: Path, tmp_path: Path, workers: str, number: int
) -> None:
    (tmp_path / "temporary").mkdir()
    settings = {"TMPDIR": str(tmp_path / "temporary")}
    with running(store, tmp_path / "log", "--workers", workers, settings=settings) as live:
        live.get(b"/events?limit=1")
        assert live.ended_by(number) == 0
        assert "Traceback" not in live.log
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.thorough
def test_any_worker_tells_the_metrics_of_all(store: Path, tmp_path: Path) -> None:
    with running(store, tmp_path / "log", "--workers", "2") as live:
        for _ in range(40):
            live.get(b"/events?limit=1")
        assert events(live) == 40


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="workers are found in /proc")
def test_what_a_killed_worker_counted_stays_and_its_files_are_used_again(store: Path, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    with running(store, tmp_path / "log", "--workers", "2", settings={"TMPDIR": str(tmp_path / "temporary")}) as live:
        for round in range(1, 4):
            for _ in range(10):
                live.get(b"/events?limit=1")
            while events(live) < 10 * round:
                time.sleep(0.05)  # an answer is counted when it has been sent
            for worker in children(live.process):
                os.kill(worker, signal.SIGKILL)
            live.wait()
            assert events(live) == 10 * round
        files = {file.name for file in (tmp_path / "temporary").glob("*/*.db")}
    assert files <= {f"{kind}_{slot}.db" for kind in ("histogram", "gauge_livesum") for slot in (0, 1)}


def events(live: Live) -> float:
    """How many answers of `/events` are counted."""
    told = live.get(b"/metrics").decode().splitlines()
    counts = [line for line in told if line.startswith("onrecord_http_request_seconds_count")]
    return sum(float(line.split()[-1]) for line in counts if 'route="/events"' in line)


def children(parent: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # gone meanwhile
            if int(stat.read_text("utf-8").rpartition(")")[2].split()[1]) == parent:
                command = stat.with_name("cmdline").read_bytes()
                found += [int(stat.parent.name)] if b"spawn_main" in command else []
    return sorted(found)


def parent_of_listeners(port: int) -> int:
    """The server that was started for a port: a child of ours."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            parent = int(command.with_name("stat").read_text("utf-8").rpartition(")")[2].split()[1])
            if parent == os.getpid() and str(port).encode() in command.read_bytes().split(b"\0"):
                return int(command.parent.name)
    raise AssertionError("the server has no process")
