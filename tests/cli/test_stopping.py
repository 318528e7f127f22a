"""The supervisor of several workers: one that ends is replaced, whatever it was doing."""

import os
import signal
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from app.cli.stopping import Supervisor
from app.main import create_app
from app.settings import Settings
from patience import PATIENCE


@pytest.fixture
def supervisor(folder: Path, tmp_path: Path) -> Iterator[Supervisor]:
    """A supervisor of two workers that runs no loop of its own; in the end its workers are killed."""
    make = partial(create_app, Settings(store=folder))
    # So long that a worker is not given up for being slow.
    config = uvicorn.Config(make, factory=True, workers=2, timeout_worker_healthcheck=4 * PATIENCE)
    before = {number: signal.getsignal(number) for number in signal.valid_signals()}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Supervisor(config, [listening], tmp_path / "stopping", 0)
        try:
            made.init_processes()
            yield made
        finally:
            for worker in made.processes:
                worker.kill()
                worker.join()
            for number, handler in before.items():
                if signal.getsignal(number) is not handler:
                    signal.signal(number, handler)


@pytest.mark.thorough
def test_a_worker_that_ends_while_it_is_waited_for_is_replaced_at_once(supervisor: Supervisor) -> None:
    supervisor.keep_subprocess_alive()  # waits until both answer
    first, second = supervisor.processes
    assert first.pid is not None
    os.kill(first.pid, signal.SIGSTOP)
    os.waitpid(first.pid, os.WUNTRACED)  # until it has stopped
    look = Thread(target=supervisor.keep_subprocess_alive, daemon=True)
    look.start()
    look.join(1)  # by now it waits for the worker that is stopped
    os.kill(first.pid, signal.SIGKILL)
    look.join(PATIENCE)
    assert not look.is_alive()
    assert supervisor.processes[0] is not first
    assert supervisor.processes[1] is second
    assert supervisor.processes[0].is_alive(PATIENCE)
