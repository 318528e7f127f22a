"""The command `serve`: verifies the store, listens, prints the address, and answers until it is stopped."""

import errno
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer
import uvicorn

from app.cli.console import stop
from app.cli.logs import log_config
from app.cli.publish import opened_any, publish, settings
from app.cli.stopping import Server, Supervisor, ended_by_sigterm
from app.main import create_app
from app.query.reader import Published
from app.releases.sqlite import SqliteStore
from app.resources import by_name
from app.settings import Settings
from app.web.metrics import SHARED
from app.web.protocol import Protocol

if TYPE_CHECKING:
    from app.releases.postgres.store import PostgresStore

BACKLOG = 2048  # connections that may wait to be accepted
BEGINNINGS = {
    "/": "what is here: pages in a browser",
    "/docs": "the API reference",
    "/events": "what happened",
    "/actors": "who took part",
}
SHUTDOWN = 10  # seconds that answers have to finish when the server is stopped
HEALTH_CHECK = 60  # seconds that a worker may take to respond, on a slow or busy machine, before it is replaced

# family, type, protocol, canonical name and address, as socket.getaddrinfo gives them
AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]


def serve(host: str, port: int, workers: int, store: Path | None, upgrade: bool = False) -> None:
    """Serve the current release until a signal ends it; if there is none, publish the bundled dossiers first."""
    chosen = settings(store)
    with suppress(KeyboardInterrupt), ended_by_sigterm(), ExitStack() as stack:
        with opened_any(store) as releases:
            if releases.catalogue().current is not None or not isinstance(releases, SqliteStore):
                if upgrade:
                    _upgrade_current(releases)
                releases.verify()
            sockets = stack.enter_context(listening(host, port))
            current = _ready(releases)
        _print_addresses(current, chosen.public_url or address(host, port))
        _answer(chosen, sockets, workers, Path(stack.enter_context(TemporaryDirectory(prefix="onrecord-"))))


def address(host: str, port: int) -> str:
    """Return the URL of this server, without a slash at its end."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def bundled() -> list[Path]:
    """Return the folders of the dossiers that come with onrecord."""
    return sorted(Path(str(entry)) for entry in (files("app") / "fixtures").iterdir() if entry.is_dir())


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Listen on every address of the host, with a socket for each; end the command if that is not possible."""
    with ExitStack() as stack:
        try:
            addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            sockets = [stack.enter_context(opened) for opened in _sockets(addresses)]
        except (OSError, UnicodeError) as error:  # a host name that IDNA cannot encode is a UnicodeError
            raise stop(f"cannot listen on {host}, port {port}: {_reason(error)}") from error
        yield sockets


def _sockets(addresses: Iterable[AddressInfo]) -> Iterator[socket.socket]:
    """Yield a socket for each address that this machine has.

    `localhost` may also resolve to an IPv6 address on a machine without IPv6. Raise OSError if no address is left.
    """
    opened, missing = 0, None
    for family, _, _, _, address in dict.fromkeys(addresses):
        try:
            yield socket.create_server(address, family=family, backlog=BACKLOG)
            opened += 1
        except OSError as error:
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                raise
            missing = error
    if missing is not None and not opened:
        raise missing


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "no name of a host"
    if error.errno == errno.EADDRINUSE:
        return "it is taken; stop what listens there, or choose another with --port"
    # The errors of getaddrinfo have negative numbers of their own.
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
    return f"{reason[:1].lower()}{reason[1:]}"


def _ready(store: "SqliteStore | PostgresStore") -> Published:
    """Return the current release; if a folder has none, publish the bundled dossiers first."""
    if isinstance(store, SqliteStore) and store.catalogue().current is None:
        typer.echo("no release is here yet: building the bundled dossier", err=True)
        publish(store, bundled())
        store.verify()
    return store.catalogue().needed()


def _upgrade_current(store: "SqliteStore | PostgresStore") -> None:
    from app.cli.upgrade import upgrade_current  # only a server that was asked to holds it in memory

    upgrade_current(store)


def _print_addresses(current: Published, url: str) -> None:
    """Print the release that is served, its counts, and the URLs to begin with."""
    name = typer.style("onrecord", bold=True)
    typer.echo(f"{name} serves edition {current.info.label}, release {current.info.id[:16]}", err=True)
    counts = current.about["counts"].items()
    known = ", ".join(f"{count} {by_name(name).kind if count == 1 else name}" for name, count in counts)
    typer.echo(f"  {known}", err=True)
    for path, what in BEGINNINGS.items():
        typer.echo(f"  {url}{path:<8} {what}", err=True)


def _answer(chosen: Settings, sockets: list[socket.socket], workers: int, shared: Path) -> None:
    """Answer requests until a signal ends the server; `shared` is a folder of its own for what workers share."""
    stopping = shared / "stopping"
    config = configuration(chosen, partial(create_app, chosen, stopping), workers, factory=True)
    if workers > 1:
        os.environ[SHARED] = str(shared)  # spawned workers take it over
        Supervisor(config, sockets, stopping, chosen.drain_seconds).run()
    else:
        Server(config, stopping, chosen.drain_seconds).run(sockets)


def configuration(
    chosen: Settings, app: Callable[..., object], workers: int = 1, factory: bool = False
) -> uvicorn.Config:
    """Return how uvicorn serves an application, or what a `factory` makes in each worker."""
    return uvicorn.Config(
        app,
        factory=factory,
        http=Protocol,
        workers=workers,
        access_log=False,  # query strings hold people's names; the guard has a log without them
        log_config=log_config(chosen.log_format),
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN,
        timeout_worker_healthcheck=HEALTH_CHECK,
    )
