"""Serving: looks at the store, listens, says where, and answers until it is stopped."""

import errno
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from app.cli.console import err, stop
from app.cli.publish import opened, publish, settings
from app.main import create_app
from app.query.reader import Published
from app.releases.sqlite import SqliteStore
from app.resources import by_name
from app.settings import Settings
from app.web.protocol import Protocol

WAITING = 2048  # connections that wait to be accepted
FAREWELL = 10  # seconds that answers under way have when the server is stopped
SILENCE = 60  # seconds that a worker may be silent, on a machine that is slow or busy, before it is replaced


class Noteworthy(logging.Filter):
    """Of what uvicorn tells, its warnings, and that a worker died: the supervisor says so among much else."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or " died" in record.getMessage()


LOG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}},
    "filters": {"noteworthy": {"()": Noteworthy}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"},
        "uvicorn": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "stream": "ext://sys.stderr",
            "filters": ["noteworthy"],
        },
    },
    "loggers": {
        "onrecord": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["uvicorn"], "level": "INFO", "propagate": False},
    },
}


def serve(host: str, port: int, workers: int, store: Path | None) -> None:
    """Serve the current release; where there is none, build the bundled dossier first."""
    chosen = settings(store)
    with ExitStack() as kept:
        with opened(chosen.store) as found:
            if found.catalogue().current is not None:
                found.verify()
            sockets = kept.enter_context(listening(host, port))
            current = _ready(found)
        shown = f"[{host}]" if ":" in host else host
        _say_where(current, chosen.public_url or f"http://{shown}:{port}")
        _answer(chosen, sockets, workers)


def bundled() -> list[Path]:
    """The dossiers that come with onrecord."""
    return sorted(Path(str(found)) for found in (files("app") / "fixtures").iterdir() if found.is_dir())


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """A socket for each address of the host, taking connections from now on; ends the command if there can be none."""
    with ExitStack() as made:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            sockets = [made.enter_context(each) for each in _sockets(found)]
        except (OSError, UnicodeError) as error:  # the latter for a name that no network could have
            raise stop(f"cannot listen on {host}, port {port}: {_reason(error)}") from error
        yield sockets


def _sockets(addresses: list[Any]) -> Iterator[socket.socket]:
    """One for each address that this machine has: localhost may stand for an IPv6 one where there is none."""
    made, missing = 0, None
    for family, _, _, _, address in dict.fromkeys(addresses):
        try:
            yield socket.create_server(address, family=family, backlog=WAITING)
            made += 1
        except OSError as error:
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                raise
            missing = error
    if missing is not None and not made:
        raise missing


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "no name of a host"
    if error.errno == errno.EADDRINUSE:
        return "it is taken; stop what listens there, or choose another with --port"
    # getaddrinfo numbers its errors otherwise, below zero.
    told = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
    return f"{told[:1].lower()}{told[1:]}"


def _ready(store: SqliteStore) -> Published:
    """The release that is about to be served."""
    if store.catalogue().current is None:
        err.print("no release is here yet: building the bundled dossier")
        publish(store, bundled())
        store.verify()
    return store.catalogue().needed()


def _say_where(current: Published, url: str) -> None:
    err.print(f"[bold]onrecord[/] serves edition {current.info.label}, release {current.info.id[:16]}")
    counts = current.about["counts"].items()
    err.print("  " + ", ".join(f"{count} {by_name(name).kind if count == 1 else name}" for name, count in counts))
    for path, what in (("/docs", "the API reference"), ("/events", "what happened"), ("/actors", "who took part")):
        err.print(f"  {url}{path:<8} {what}", markup=False)


def _answer(chosen: Settings, sockets: list[socket.socket], workers: int) -> None:
    """Answer until a signal ends it."""
    config = uvicorn.Config(
        partial(create_app, chosen),
        factory=True,
        http=Protocol,
        workers=workers,
        access_log=False,  # query strings hold people's names
        log_config=LOG,
        server_header=False,
        timeout_graceful_shutdown=FAREWELL,
        timeout_worker_healthcheck=SILENCE,
    )
    with suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, sockets=sockets).run()
        else:
            uvicorn.Server(config).run(sockets)
