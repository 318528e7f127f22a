"""The wheel: installed by itself and started in an empty folder, it serves the dossier that comes with it."""

import os
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from app.dossier.starter import EXAMPLE
from app.web.pages.guides import FILES
from patience import PATIENCE
from releases.publishing import BUNDLED, ROOT, corpus_of

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("ONRECORD_", "PYTHON"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    done("-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    (made,) = folder.glob("onrecord-*.whl")
    return made


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a new environment that has the wheel, and sees what the wheel depends on where it is now."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False)
    done("-m", "pip", "--python", folder, "install", "--quiet", "--no-index", "--no-deps", wheel)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    # Of the path that it names no .pth is read, so the editable install of this tree stays unseen.
    (own / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return Path(sysconfig.get_path("scripts", vars={"base": str(folder)}))


@pytest.fixture
def server(commands: Path, tmp_path: Path) -> Iterator[str]:
    """Where `onrecord serve` answers, begun in an empty folder and ended by its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path.parent / f"{tmp_path.name}.log").open("w+") as log:
        command = [str(commands / "onrecord"), "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=tmp_path, env=CLEAN, stdout=log, stderr=log)
        try:
            yield answering(f"http://127.0.0.1:{port}", process, Path(log.name))
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def done(*words: str | Path) -> None:
    """Run this Python from the root of the tree; what it says is the message if it fails."""
    ran = subprocess.run([sys.executable, *words], cwd=ROOT, env=CLEAN, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def answering(url: str, process: "subprocess.Popen[bytes]", log: Path) -> str:
    """The URL, once the server is ready."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz", trust_env=False).status_code == 200:
                return url
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"no server: {log.read_text()}")


def test_it_carries_what_is_no_code_and_nothing_else_of_the_tree(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        names = set(opened.namelist())
    for folder in ("app", "migrations"):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        assert {path.relative_to(ROOT).as_posix() for path in files} <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"app", "migrations"}
    assert {name.rsplit("/")[-1] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_it_carries_the_example(wheel: Path) -> None:
    folder = ROOT / "examples" / EXAMPLE
    with ZipFile(wheel) as opened:
        carried = {name.removeprefix("app/dossier/example/") for name in opened.namelist() if "/example/" in name}
    assert carried == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.thorough
def test_it_carries_the_guides(wheel: Path, server: str) -> None:
    with ZipFile(wheel) as opened:
        for page, file in FILES.items():
            text = (ROOT / file).read_text(encoding="utf-8")
            assert opened.read(f"app/web/pages/guides/{file}").decode() == text
            assert httpx.get(f"{server}/guide/{page}.md", trust_env=False).text == text


@pytest.mark.thorough
def test_it_serves_the_bundled_dossier_from_an_empty_folder(server: str, tmp_path: Path) -> None:
    events = httpx.get(f"{server}/events", params={"limit": 100}, trust_env=False)
    assert (events.status_code, events.headers["content-type"]) == (200, "application/json")
    curated = {each.id: each.title for each in corpus_of(BUNDLED).kind("event")}
    assert {each["id"]: each["title"] for each in events.json()["data"]} == curated
    assert [path.name for path in tmp_path.iterdir()] == ["onrecord-data"]


@pytest.mark.thorough
def test_it_runs_its_own_code_and_starts_a_dossier(commands: Path, tmp_path: Path) -> None:
    shown = subprocess.run(
        [commands / "python", "-c", "import app; print(app.__file__)"],
        cwd=tmp_path,
        env=CLEAN,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(shown.stdout.strip()).is_relative_to(commands.parent)
    for words in (["new", "mine"], ["check", "mine"], ["new", "--example", "copy"], ["check", "copy"]):
        subprocess.run([commands / "onrecord", *words], cwd=tmp_path, env=CLEAN, capture_output=True, check=True)
