"""What a live server does while its files, its store and its clients fail: old data or 503, never 500."""

import json
import os
import shutil
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from patience import PATIENCE
from promises.wire import Answer, asked, both
from releases.publishing import SMALL, edition, published
from soak import measure
from web.live import Live, running
from web.test_damage import PATHS, altered, emptied, release_file, truncated, zeroed

pytestmark = pytest.mark.thorough  # every one of them starts processes

CATALOGUE = "catalogue.ndjson"
UNREADABLE = (
    b'{"number": 2, "op"',
    b"\n\n",
    b"\xff\xfe\n",
    b"[]\n",
    b"null\n",
    b'{"op": "withdraw"}\n',
    b"\xe2\x80\xa8\n",
)
EXPORT = b"GET /claims?format=ndjson HTTP/1.1\r\nHost: testserver\r\n\r\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one release, and a copy of its file beside it."""
    folder = tmp_path / "store"
    published(folder, SMALL)
    shutil.copy(release_file(folder), tmp_path / "copy")
    return folder


@pytest.fixture
def live(store: Path, tmp_path: Path) -> Iterator[Live]:
    """A server of it that remembers no answer."""
    with running(store, tmp_path / "log", settings={"ONRECORD_CACHE": "0"}) as made:
        yield made


def everything(live: Live) -> list[Answer]:
    """The answers to a question of each kind."""
    return [asked(live, path) for path in PATHS]


def bodies(live: Live) -> list[bytes]:
    """What is served, once it is sure that all of it is."""
    answers = everything(live)
    assert {answer.status for answer in answers} == {200}
    return [answer.body for answer in answers]


def until(met: Callable[[], bool]) -> None:
    """Wait until that is so."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end
        time.sleep(0.05)


def reset(connection: socket.socket) -> None:
    """Close it as a client does that is gone, in the middle of an answer."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def begun(live: Live, request: bytes, stack: ExitStack) -> socket.socket:
    """A connection that has sent this, and takes up very little of what comes."""
    connection = stack.enter_context(socket.socket())
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", live.port))
    connection.sendall(request)
    return connection


def release(live: Live) -> str:
    """The label of the release that is served."""
    return str(asked(live, "/events?limit=0").json["release"]["label"])


def test_row_44_slow_clients_take_nothing_from_others(live: Live) -> None:
    with ExitStack() as stack:
        for part in (b"G", b"GET /events HTTP/1.1\r\nHo", b"GET /events HTTP/1.1\r\nContent-Length: 9\r\n", b""):
            for _ in range(50):
                begun(live, part, stack)
        for _ in range(20):
            assert asked(live, "/events").status == 200


def test_row_45_clients_that_leave_are_no_failure(live: Live) -> None:
    for _ in range(50):
        with ExitStack() as stack:
            connection = begun(live, EXPORT, stack)
            connection.recv(10)
            reset(connection)
    assert bodies(live)
    assert "Traceback" not in live.log


def test_row_46_query_over_the_time_limit(store: Path, tmp_path: Path) -> None:
    """With no time at all, whichever look-up is under way when the clock is looked at takes too long."""
    settings = {"ONRECORD_QUERY_SECONDS": "1e-9", "ONRECORD_CACHE": "0"}
    with running(store, tmp_path / "log", settings=settings) as live:
        late = 0
        while not late:
            for path in ("/events?limit=500&include=claims", "/claims?q=a*&facets=source", "/search?q=hallvik"):
                answer = asked(live, path)
                if answer.status != 200:
                    answer.problem(503, "query-timeout")
                    late += int(answer.headers[b"retry-after"]) > 0
        assert both(live, "/healthz").status == 200
        assert "Traceback" not in live.log


def test_row_48_damaged_file_is_503_until_it_is_copied_back(live: Live, store: Path, tmp_path: Path) -> None:
    before = bodies(live)
    for damage in (truncated, zeroed, emptied, altered):
        damage(release_file(store))
        until(lambda: {answer.status for answer in everything(live)} == {503})
        for path in ("/events", "/claims?format=csv", "/readyz"):
            answer = both(live, path)
            answer.problem(503, "unavailable")
            assert int(answer.headers[b"retry-after"]) > 0
        assert both(live, "/healthz").status == 200
        shutil.copy(tmp_path / "copy", release_file(store))
        until(lambda: asked(live, "/readyz").status == 200)
        assert bodies(live) == before
    assert "Traceback" not in live.log  # it is no fault of ours, and is told in a line


def test_row_50_walk_finishes_on_the_release_it_began_on(live: Live, store: Path, tmp_path: Path) -> None:
    first = asked(live, "/events?limit=1").json
    published(store, edition(tmp_path, "hallvik-3"))
    assert release(live) == "hallvik-3"
    page, seen = first, []
    while next_ := page["links"]["next"]:
        page = asked(live, next_.removeprefix("http://testserver")).json
        assert page["release"] == first["release"]
        seen += page["data"]
    assert len(seen) == first["page"]["total"] - 1


def test_removed_or_replaced_file_changes_nothing_for_a_running_server(live: Live, store: Path) -> None:
    before, path = bodies(live), release_file(store)
    path.unlink()
    assert bodies(live) == before
    (store / "other").write_bytes(b"not a release")
    (store / "other").rename(path)
    assert bodies(live) == before


def test_unreadable_line_of_the_catalogue_changes_nothing(live: Live, store: Path) -> None:
    before, whole = bodies(live), (store / CATALOGUE).read_bytes()
    for lines in UNREADABLE:
        (store / CATALOGUE).write_bytes(whole + lines)
        assert bodies(live) == before, lines


def test_removed_or_emptied_catalogue_changes_nothing(live: Live, store: Path) -> None:
    before = bodies(live)
    whole = (store / CATALOGUE).read_bytes()
    (store / CATALOGUE).unlink()
    assert bodies(live) == before
    (store / CATALOGUE).write_bytes(b"")
    assert bodies(live) == before
    (store / CATALOGUE).write_bytes(whole)
    assert bodies(live) == before


def test_publication_is_served_by_the_next_request(live: Live, store: Path, tmp_path: Path) -> None:
    for label in ("hallvik-3", "hallvik-4"):
        published(store, edition(tmp_path, label))
        assert release(live) == label
    published(store, tmp_path / "hallvik-3")
    assert release(live) == "hallvik-3"  # rolled back


def test_clients_that_do_not_read_take_nothing_from_others(store: Path, tmp_path: Path) -> None:
    with running(store, tmp_path / "log", settings={"ONRECORD_EXPORTS": "4"}) as live, ExitStack() as stack:
        for _ in range(40):
            begun(live, EXPORT, stack)
        for _ in range(20):
            assert {asked(live, path).status for path in ("/events", "/search?q=ferry", "/")} == {200}
        stack.close()
        until(lambda: asked(live, "/claims?format=ndjson").status == 200)


def test_connections_and_files_are_free_again_when_clients_have_left(live: Live) -> None:
    bodies(live)
    used = measure.use(live.process, live.process, live.port)
    with ExitStack() as stack:
        for connection in [begun(live, EXPORT, stack) for _ in range(40)]:
            reset(connection)

    def free() -> bool:
        now = measure.use(live.process, live.process, live.port)
        return now["files"] <= used["files"] and not now["connections"]

    until(free)


def test_killed_worker_is_replaced_and_another_answers(store: Path, tmp_path: Path) -> None:
    with running(store, tmp_path / "log", "--workers", "2") as live:
        until(lambda: len(measure.workers(live.process)) == 2)
        before = bodies(live)
        for _ in range(3):
            killed, _ = measure.workers(live.process)
            os.kill(killed, signal.SIGKILL)
            until(partial(replaced, live, killed))
            until(lambda: _answers(live))
            assert bodies(live) == before


def replaced(live: Live, killed: int) -> bool:
    """Whether there are two workers again, without the one that was killed."""
    workers = measure.workers(live.process)
    return len(workers) == 2 and killed not in workers


def _answers(live: Live) -> bool:
    try:
        return asked(live, "/readyz").status == 200
    except (OSError, AssertionError):
        return False


def test_answer_that_has_begun_is_finished_when_the_server_stops(store: Path, tmp_path: Path) -> None:
    with running(store, tmp_path / "log", settings={"ONRECORD_DRAIN_SECONDS": "1"}) as live, ExitStack() as stack:
        whole = asked(live, "/claims?format=ndjson").body
        connection = begun(live, EXPORT.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), stack)
        os.kill(live.process, signal.SIGTERM)
        until(lambda: asked(live, "/readyz").status == 503)
        found = b""
        while chunk := connection.recv(1000):
            found += chunk
        assert Answer(found).body == whole


def test_log_holds_no_query(live: Live) -> None:
    for path in ("/events?q=Ingrid+Solem&limit=x", "/actors?name=Solem&x=1", "/none?Solem", "/claims?filter=Solem"):
        assert asked(live, path).status in (400, 404)
    assert "Solem" not in live.log
    assert "GET /actors 400 unknown-parameter" in live.log


def test_store_without_a_release_is_503_until_one_is_published(store: Path, tmp_path: Path) -> None:
    with running(store, tmp_path / "log") as live:
        catalogue = (store / CATALOGUE).read_text(encoding="utf-8")
        (event,) = map(json.loads, catalogue.splitlines())
        withdrawal = {"number": 2, "op": "withdraw", "release": event["release"], "at": event["at"], "reason": "Wrong."}
        (store / CATALOGUE).write_text(f"{catalogue}{json.dumps(withdrawal)}\n", encoding="utf-8")
        both(live, "/events").problem(503, "unavailable")
        both(live, "/readyz").problem(503, "unavailable")
        both(live, f"/events?release={event['release']}").problem(410, "release-gone")
        assert both(live, "/healthz").status == 200
        published(store, edition(tmp_path, "hallvik-3"))
        assert release(live) == "hallvik-3"
