"""PostgreSQL and PgBouncer as Debian has them: a primary, replicas that stream from it, and a pool before each."""

import os
import pwd
import shutil
from importlib import import_module
from pathlib import Path
from signal import Signals
from typing import Any

from cluster.processes import Child, Children, run, until
from deploy.proxies import DEPLOY, program
from web.live import free_port

NAME = "onrecord"
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 64MB
max_connections = 80
fsync = off  # nobody pulls the plug here
wal_keep_size = 512MB
include = 'upstream.conf'
port = {port}
"""
READER = """
CREATE ROLE reader LOGIN;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
"""


def binaries() -> Path | None:
    """The folder with the programs of the newest PostgreSQL here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


def unprivileged() -> str | None:
    """Who runs what refuses to run as root; None if we are somebody else."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Database:
    """One PostgreSQL in a folder of its own, with a PgBouncer before it."""

    def __init__(self, name: str, children: Children) -> None:
        self.name, self.children = name, children
        self.port, self.pool_port = free_port(), free_port()
        self.data = children.folder / name
        self._server: Child | None = None
        found = binaries()
        assert found is not None
        self._bin = found

    @property
    def url(self) -> str:
        """The URL of its superuser, past the pool."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{NAME}"

    def make(self) -> None:
        """Make an empty primary with the database and its reader."""
        self._folder()
        run(
            [self._bin / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"], unprivileged()
        )
        self._configure(None)
        self.start()
        psycopg = import_module("psycopg")
        with psycopg.connect(self.url.replace(f"/{NAME}", "/postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME} LOCALE_PROVIDER libc LOCALE 'C.UTF-8' TEMPLATE template0")
        self.ask(READER)

    def copy(self, of: "Database") -> None:
        """Become a replica of another, whatever was here before."""
        shutil.rmtree(self.data, ignore_errors=True)
        self._folder()
        source = f"host=127.0.0.1 port={of.port} user=postgres"
        run(
            [self._bin / "pg_basebackup", "-D", self.data, "-d", source, "-c", "fast", "-X", "stream", "-N"],
            unprivileged(),
        )
        (self.data / "standby.signal").touch()
        self._configure(of)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command: list[str | Path] = [self._bin / "postgres", "-D", self.data]
        self._server = self.children.start(self.name, command, unprivileged(), Signals.SIGQUIT)
        until(self._answers, f"PostgreSQL {self.name} answers")

    def kill(self) -> None:
        """Kill it and all its processes."""
        assert self._server is not None
        self._server.kill()

    def follow(self, other: "Database | None") -> None:
        """Stream from another from now on, or from nobody: then it is cut off."""
        self._configure(other)
        assert self._server is not None
        self._server.process.send_signal(Signals.SIGHUP)
        streams = "SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'"
        until(lambda: (self.ask(streams) == [(1,)]) == (other is not None), f"{self.name} follows")

    def promote(self) -> None:
        """Make the primary of it."""
        self.ask("SELECT pg_promote()")
        until(lambda: self.ask("SELECT pg_is_in_recovery()") == [(False,)], f"{self.name} is the primary")

    def lines(self) -> list[str]:
        """The lines of the catalogue that it has."""
        return [line for (line,) in self.ask("SELECT line FROM onrecord.catalogue ORDER BY number")]

    def ask(self, statement: str) -> list[Any]:
        """The rows of a statement."""
        psycopg = import_module("psycopg")
        with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    def pool(self) -> Child:
        """Start the PgBouncer before it."""
        text = (DEPLOY / "cluster" / "pgbouncer.ini").read_text(encoding="utf-8")
        for old, new in {
            "host=127.0.0.1 port=5432": f"host=127.0.0.1 port={self.port}",
            "listen_addr = *": "listen_addr = 127.0.0.1",
            "listen_port = 6432": f"listen_port = {self.pool_port}",
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        file = self.children.folder / f"pgbouncer-{self.name}.ini"
        file.write_text(text, encoding="utf-8")
        found = program("pgbouncer")
        assert found is not None
        return self.children.start(f"pgbouncer-{self.name}", [found, file], unprivileged())

    def _folder(self) -> None:
        self.data.mkdir(mode=0o700)
        if user := unprivileged():
            shutil.chown(self.data, user)

    def _configure(self, upstream: "Database | None") -> None:
        source = f"host=127.0.0.1 port={upstream.port} user=postgres" if upstream else ""
        (self.data / "upstream.conf").write_text(f"primary_conninfo = '{source}'\n", encoding="utf-8")
        settings = self.data / "postgresql.auto.conf"
        settings.write_text(SETTINGS.format(port=self.port), encoding="utf-8")
        if user := unprivileged():
            for path in (self.data / "upstream.conf", settings):
                shutil.chown(path, user)

    def _answers(self) -> bool:
        psycopg = import_module("psycopg")
        try:
            psycopg.connect(self.url.replace(f"/{NAME}", "/postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True
