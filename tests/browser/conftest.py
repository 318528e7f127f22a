"""A real Chromium before a running server of ours, without any other network; skipped where it is not installed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.sight import Sight
from web.live import running

CHROMIUM = shutil.which("chromium")
SWITCHES = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")


# Of one module: while the driver runs, it keeps an event loop that the visitor of other tests could not share.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of this machine."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=[f"--{each}" for each in SWITCHES])
        yield started
        started.close()


@pytest.fixture(scope="module")
def origin(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where our server answers."""
    with running(folder, tmp_path_factory.mktemp("browser") / "log") as live:
        yield f"http://127.0.0.1:{live.port}"


@pytest.fixture
def sight(browser: Browser, origin: str) -> Iterator[Sight]:
    """What a reader sees; in the end, nothing was asked elsewhere and the browser had nothing to complain of."""
    made = Sight(browser, origin)
    yield made
    made.close()
    assert made.elsewhere == []
    assert made.complaints == []
