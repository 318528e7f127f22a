"""What commands do where they cannot do what they were asked to: they say why in one line, and change nothing."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from patience import PATIENCE
from promises.wire import asked, both
from releases.publishing import SMALL, edit, edition, published
from releases.test_crashes import killed, names
from web.live import ROOT, running, started
from web.test_damage import altered, emptied, release_file, truncated, zeroed

pytestmark = pytest.mark.thorough  # every one of them starts processes

FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); "
BROKEN = """
import sys, uvicorn
from pathlib import Path
from app.releases.sqlite import SqliteStore
from app.web.application import application
from app.web.protocol import Protocol
from app.web.site import Site

class Broken(SqliteStore):
    def current(self):
        raise RuntimeError("secret of the house")

_, store, _, port = sys.argv
uvicorn.run(application(Site(Broken(Path(store)))), port=int(port), http=Protocol, server_header=False)
"""
"""A server whose every release fails in a way that nobody thought of."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one release."""
    published(tmp_path / "store", SMALL)
    return tmp_path / "store"


def onrecord(*words: str, before: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    """A command of ours, run to its end."""
    command = [sys.executable, "-c", f"{before}from app.cli import app; app()", *words]
    environment = {**os.environ, **settings}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def reason(ran: "subprocess.CompletedProcess[str]") -> str:
    """Why a command could not do what it was asked to: the last line, after which it ended with 2."""
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    (line,) = [line for line in ran.stderr.splitlines() if line.startswith("onrecord: ")]
    return line


def test_killed_build_changes_nothing_that_is_served(store: Path, tmp_path: Path) -> None:
    next_edition, before = edition(tmp_path, "hallvik-3"), names(store)
    with running(store, tmp_path / "log") as live:
        served = asked(live, "/claims?format=csv").body
        for when in ("steps:1000", "bytes:100000", "steps:0"):
            killed(when, store, next_edition)
            assert asked(live, "/claims?format=csv").body == served
        assert onrecord("build", str(next_edition), "--store", str(store)).returncode == 0
        assert asked(live, "/events?limit=0").json["release"]["label"] == "hallvik-3"
    assert len(names(store) - before) == 2  # its file, and the changes that it makes


def test_two_builds_at_once_publish_one_after_the_other(store: Path, tmp_path: Path) -> None:
    dossier = edition(tmp_path, "hallvik-3")
    command = [sys.executable, "-c", "from app.cli import app; app()", "build", str(dossier), "--store", str(store)]
    builders = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    told = {builder.communicate(timeout=PATIENCE)[0] for builder in builders}
    assert {builder.returncode for builder in builders} == {0}
    assert len(told) == 1
    assert len((store / "catalogue.ndjson").read_text(encoding="utf-8").splitlines()) == 2


def test_full_disk_is_told_in_one_line_and_changes_nothing(store: Path, tmp_path: Path) -> None:
    before, dossier = names(store), edition(tmp_path, "hallvik-3")
    with running(store, tmp_path / "log") as live:
        told = reason(onrecord("build", str(dossier), "--store", str(store), before=FULL))
        assert "nothing was published; make room there and build again" in told
        assert names(store) == before
        assert asked(live, "/events?limit=0").json["release"]["label"] == "hallvik-2"


def test_row_47_store_that_cannot_be_served_is_told_at_the_start(store: Path, tmp_path: Path) -> None:
    file, copy = release_file(store), Path(shutil.copy(release_file(store), tmp_path / "copy"))

    def told() -> str:
        return reason(onrecord("serve", "--port", "1", "--store", str(store)))

    for damage in (truncated, zeroed, emptied, altered):
        damage(file)
        assert f"{file} is damaged: copy it back, or run onrecord build DOSSIER" in told()
        shutil.copy(copy, file)
    file.unlink()
    assert "is missing: copy it back, or run onrecord build DOSSIER" in told()
    shutil.copy(copy, file)
    catalogue = store / "catalogue.ndjson"
    whole = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(whole.replace('"schema_version": "0', '"schema_version": "1'), encoding="utf-8")
    assert "has schema 1" in told()
    catalogue.write_text(whole[:-20], encoding="utf-8")
    assert "restore it from a copy" in told()


def test_misspelt_setting_is_told_at_the_start() -> None:
    assert "ONRECORD_CASHE is no setting: known are" in reason(onrecord("serve", "--port", "1", ONRECORD_CASHE="1"))
    assert "ONRECORD_CACHE" in reason(onrecord("serve", "--port", "1", ONRECORD_CACHE="much"))


FAULTS = {
    "duplicate-key": ("title:", "title: Twice\n  title:"),
    "dangling-reference": ("place: hallvik", "place: nowhere"),
    "unsafe-link": ("title:", "identifiers: {url: 'javascript:alert(1)'}\n  title:"),
    "wrong-type": ("title: Dockers", "title: [NO]\n  summary: Dockers"),
    "tab-indent": ("  title:", "\ttitle:"),
    "unknown-field": ("title:", "colour: red\n  title:"),
    "yaml-syntax": ("- id:", "- id: [\n- id:"),
    "byte-order-mark": ("- id:", "\ufeff- id:"),
}


def test_row_51_faulty_dossier_is_told_by_file_and_line_and_changes_nothing(store: Path, tmp_path: Path) -> None:
    dossier, before = edition(tmp_path, "hallvik-3"), names(store)
    file = dossier / "events.yaml"
    text = file.read_text(encoding="utf-8")
    for fault, (old, new) in FAULTS.items():
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        ran = onrecord("build", str(dossier), "--store", str(store))
        assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), fault
        assert re.search(rf"^{file}:[0-9]+: ", ran.stdout + ran.stderr, re.MULTILINE), fault
        assert names(store) == before


def test_row_52_cells_that_look_like_formulas_are_sent_unchanged(store: Path, tmp_path: Path) -> None:
    dossier = edition(tmp_path, "hallvik-3")
    file = dossier / "events.yaml"
    edit(file, "title: ", "title: =1+1 @a ")
    published(store, dossier)
    with running(store, tmp_path / "log") as live:
        rows = csv.DictReader(io.StringIO(asked(live, "/events?format=csv").body.decode()))
        assert all(row["title"].startswith("=1+1 @a ") for row in rows)


def test_row_49_unhandled_failure_tells_its_number_and_nothing_else(store: Path, tmp_path: Path) -> None:
    with started([str(store)], tmp_path / "log", program=BROKEN) as live:
        answer = both(live, "/events")
        body = answer.problem(500, "internal-error")
        assert b"secret" not in answer.raw
        assert body["request_id"] in body["detail"]
        assert f"{body['request_id']} GET /events failed" in live.log
        both(live, "/readyz").problem(503, "unavailable")
        assert both(live, "/healthz").status == 200
