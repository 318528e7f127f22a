"""The server of `preview`: the follower of the files on a thread beside it, both ended by a signal."""

import socket
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.console import err
from app.cli.following import Follower
from app.cli.publish import settings
from app.cli.serve import address, configuration, listening
from app.cli.stopping import Server, ended_by_sigterm
from app.main import create_app
from app.releases.sqlite import SqliteStore
from app.web.preview import Preview, State


def serve_preview(dossiers: Sequence[Path], host: str, port: int) -> None:
    """Show dossiers out of a folder of their own, which is swept when a signal ends it."""
    with (
        suppress(KeyboardInterrupt),
        ended_by_sigterm(),
        TemporaryDirectory(prefix="onrecord-preview-") as folder,
        listening(host, port) as sockets,
        closing(SqliteStore(Path(folder))) as store,
    ):
        chosen = settings(store.folder)
        app = Preview(create_app(chosen))

        def show(state: State) -> None:
            app.state = state

        follower = Follower(dossiers, store, show)
        follower.look()
        url = chosen.public_url or address(host, port)
        err().print(f"preview, not published: {url}/ follows the files until Ctrl-C ends it", markup=False)
        server = Server(configuration(chosen, app), store.folder / "stopping", seconds=0)
        _answer(server, sockets, follower)


def _answer(server: Server, sockets: list[socket.socket], follower: Follower) -> None:
    """Answer while the files are followed; a failure of the one ends the other."""

    def end(_: Future[None]) -> None:
        server.should_exit = True

    with ThreadPoolExecutor(1) as threads:
        following = threads.submit(follower.follow)
        following.add_done_callback(end)
        try:
            server.run(sockets)
        finally:
            follower.stopped.set()
        following.result()
