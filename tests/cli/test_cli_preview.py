"""onrecord preview: shows a dossier that is not published, and whatever is saved in it."""

import json
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.terminal import run
from dossier.dossiers import counted, small_copy
from patience import PATIENCE
from releases.publishing import edit
from web.live import Live, started

TITLE = "Dockers stop the ferries of Hallvik"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return small_copy(tmp_path)


@pytest.fixture
def live(dossier: Path, tmp_path: Path) -> Iterator[Live]:
    """The preview of the dossier, where temporary files are in a folder of their own."""
    (tmp_path / "temporary").mkdir()
    settings = {"TMPDIR": str(tmp_path / "temporary"), "ONRECORD_STORE": str(tmp_path / "store")}
    with started(["preview", str(dossier)], tmp_path / "log", settings) as made:
        yield made


def until(done: Callable[[], object]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it never was"
        time.sleep(0.05)


def body(live: Live, target: bytes) -> Any:
    return json.loads(live.get(target).partition(b"\r\n\r\n")[2])


def state(live: Live) -> tuple[str, str, str]:
    """The title of an event, the edition that answers, and the mark of the answer."""
    head, _, text = live.get(b"/events/hallvik-ferry-strike").partition(b"\r\n\r\n")
    found = json.loads(text)
    (mark,) = [line for line in head.decode().splitlines() if line.startswith("onrecord-preview: ")]
    return found["data"]["title"], found["release"]["label"], mark.partition(": ")[2]


def page(live: Live) -> str:
    return live.get(b"/events", b"Accept: text/html").decode()


@pytest.mark.thorough
def test_it_says_what_it_shows(live: Live, dossier: Path) -> None:
    assert state(live) == (TITLE, "hallvik-2-preview.1", "current")
    reading, summary, shown, where = live.log.splitlines()[:4]
    assert reading == f"reading {dossier} …"
    assert summary.startswith(f"{counted(dossier)}: 0 errors")
    assert shown == "edition hallvik-2-preview.1 is shown"
    assert where == f"preview, not published: http://127.0.0.1:{live.port}/ follows the files until Ctrl-C ends it"


def test_what_is_saved_is_shown(live: Live, dossier: Path) -> None:
    edit(dossier / "events.yaml", TITLE, "Dockers stop every ferry")
    until(lambda: state(live) == ("Dockers stop every ferry", "hallvik-2-preview.2", "current"))
    (change,) = body(live, b"/changes?release=hallvik-2-preview.2")["data"]
    assert change["id"] == "hallvik-ferry-strike"


@pytest.mark.thorough
def test_a_fault_leaves_what_was_shown_and_is_told(live: Live, dossier: Path) -> None:
    edit(dossier / "events.yaml", "type: protest", "type: protests")
    until(lambda: state(live) == (TITLE, "hallvik-2-preview.1", "outdated"))
    finding = f"{dossier}/events.yaml:5: "
    assert finding in live.log
    assert "edition hallvik-2-preview.1 is shown, as the files were before, until that is mended" in live.log
    assert f"<li>{finding}" in page(live)

    edit(dossier / "events.yaml", "type: protests", "type: protest")
    until(lambda: state(live) == (TITLE, "hallvik-2-preview.1", "current"))
    assert "<li>" + finding not in page(live)
    assert live.log.splitlines()[-1] == "no record has changed"


@pytest.mark.thorough
def test_a_folder_that_is_gone_for_a_while_stops_nothing(live: Live, dossier: Path) -> None:
    away = dossier.rename(dossier.with_name("away"))
    until(lambda: state(live) == (TITLE, "hallvik-2-preview.1", "outdated"))
    assert f"onrecord: {dossier} is no folder" in live.log
    assert f"<li>{dossier} is no folder</li>" in page(live)
    away.rename(dossier)
    until(lambda: state(live) == (TITLE, "hallvik-2-preview.1", "current"))


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_tidily_and_touches_no_store(live: Live, tmp_path: Path, number: int) -> None:
    assert len(list((tmp_path / "temporary").glob("onrecord-preview-*"))) == 1
    assert live.ended_by(number) == 0
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not (tmp_path / "store").exists()
    assert "Traceback" not in live.log


@pytest.mark.thorough
def test_where_the_files_have_errors_from_the_beginning_it_waits(dossier: Path, tmp_path: Path) -> None:
    edit(dossier / "events.yaml", "type: protest", "type: protests")
    with started(["preview", str(dossier)], tmp_path / "log") as live:
        assert body(live, b"/events")["status"] == 503
        assert "Nothing can be shown until these errors are mended" in page(live)
        assert "nothing is shown, until that is mended" in live.log
        edit(dossier / "events.yaml", "type: protests", "type: protest")
        until(lambda: b"onrecord-preview: current" in live.get(b"/events"))
        assert state(live) == (TITLE, "hallvik-2-preview.1", "current")


def test_dossiers_that_are_none_are_said_in_one_line(tmp_path: Path) -> None:
    assert run("preview", tmp_path / "none").refused(f"{tmp_path / 'none'} is no folder")
    assert run("preview", tmp_path).refused("is no dossier: it has no dossier.yaml")


def test_a_port_that_is_taken_is_said(dossier: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        ran = run("preview", dossier, "--port", str(port))
    assert (ran.code, ran.out) == (2, [])
    assert ran.err[1:] == [
        f"onrecord: cannot listen on 127.0.0.1, port {port}: it is taken; "
        "stop what listens there, or choose another with --port"
    ]
