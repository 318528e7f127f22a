"""What the soak serves: the bundled dossier beside invented events, published, rolled back, withdrawn and pruned."""

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.data import Generator, write_dossier
from releases.publishing import BUNDLED
from web.live import ROOT

EVENTS = 500
KEPT = 4  # files of releases that stay in the store
CHANGES = {"build": 7, "roll-back": 2, "withdraw": 1}  # how often each is made
EDITION = re.compile(r"^edition: .*$", re.MULTILINE)
PROGRAM = ("nice", "-n", "10", sys.executable, "-c", "from app.cli import app; app()")
BUILDING = 10 * 60  # seconds that a build may take on a busy machine


def build(folder: Path) -> None:
    """Publish the next edition beside the bundled dossier; raises CalledProcessError."""
    dossier = folder / "dossier" / "synthetic"
    if not dossier.exists():
        write_dossier(Generator(EVENTS).rows(), dossier)
    page, number = dossier / "dossier.yaml", len({event["release"] for event in _events(folder)})
    line = f'edition: {{label: soak-{number}, issued: "{date(2026, 1, 1) + timedelta(number)}"}}'
    page.write_text(EDITION.sub(line, page.read_text(encoding="utf-8")), encoding="utf-8")
    _run(folder, "build", str(BUNDLED), str(dossier))


def change(folder: Path, random: Random) -> str:
    """Publish, roll back or withdraw, then prune; return which it was; raises CalledProcessError."""
    (kind,) = random.choices(list(CHANGES), list(CHANGES.values()))
    releases = _servable(folder)
    if kind == "build" or len(releases) < KEPT:
        build(folder)
        kind = "build"
    elif kind == "roll-back":
        _run(folder, kind, releases[1])
    else:
        _run(folder, kind, random.choice(releases[:2]), "--reason", "Said in a soak.")
    _run(folder, "prune", "--keep", str(KEPT), "--at-once")
    return kind


def _servable(folder: Path) -> list[str]:
    """The releases that can be current, that which is first."""
    events = _events(folder)
    latest = dict.fromkeys(event["release"] for event in reversed(events) if event["op"] != "withdraw")
    withdrawn = {event["release"] for event in events if event["op"] == "withdraw"}
    files = {event["release"]: folder / "store" / event["file"] for event in events if "file" in event}
    return [release for release in latest if release not in withdrawn and files[release].exists()]


def _events(folder: Path) -> list[dict[str, str]]:
    catalogue = folder / "store" / "catalogue.ndjson"
    lines = catalogue.read_text(encoding="utf-8").split("\n") if catalogue.exists() else []
    return [json.loads(line) for line in lines if line]


def _run(folder: Path, *words: str) -> None:
    command = [*PROGRAM, *words, "--store", str(folder / "store")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=BUILDING)
