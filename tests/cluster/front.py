"""What stands before the databases: nodes of onrecord, and nginx with its cache before them."""

import os
import sys
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError

from cluster.processes import Child, Children, run, until
from deploy.proxies import DEPLOY, HOST, NGINX, program
from web.live import ONRECORD, ROOT, free_port

PUBLIC = f"http://{HOST}"


@dataclass
class Node:
    """One server of onrecord over a store: a folder or the URL of databases."""

    name: str
    store: str
    children: Children
    port: int = field(default_factory=free_port)
    child: Child | None = None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        variables = {
            "ONRECORD_STORE": self.store,
            "ONRECORD_PUBLIC_URL": PUBLIC,
            "ONRECORD_HOSTS": f"{HOST},127.0.0.1",
            "ONRECORD_QUERY_SECONDS": "3",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", ONRECORD, "serve", "--port", str(self.port)]
        self.child = self.children.start(self.name, command, variables=variables)
        until(lambda: bool(self.ready()), f"{self.name} is ready")

    def kill(self) -> None:
        """Kill it."""
        assert self.child is not None
        self.child.kill()

    def ready(self) -> str:
        """What it says of being ready; empty if it is not."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/readyz", headers={"Host": HOST})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return str(answer.read().decode())
        except (HTTPError, URLError, OSError):
            return ""


class Proxy:
    """nginx as deploy/cluster has it, but for addresses and folders."""

    def __init__(self, children: Children, nodes: Sequence[Node]) -> None:
        self.children, self.nodes, self.port = children, nodes, free_port()
        self.folder = children.folder / "nginx"
        self.log = self.folder / "onrecord.log"
        self._first: Child | None = None
        self.folder.mkdir()

    def start(self) -> None:
        """Start it."""
        text = (DEPLOY / "cluster" / "nginx.conf").read_text(encoding="utf-8")
        changes = {f"{node.name}:8000": f"127.0.0.1:{node.port}" for node in self.nodes} | {
            "listen 80;": f"listen 127.0.0.1:{self.port};",
            "/etc/nginx/onrecord.release": str(self.folder / "release"),
            "/var/cache/nginx": str(self.folder),
            "/var/log/nginx": str(self.folder),
        }
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new)
        (self.folder / "onrecord.conf").write_text(text, encoding="utf-8")
        (self.folder / "release").write_text("set $onrecord_release none;\n", encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(NGINX.format(user=user, folder=self.folder), encoding="utf-8")
        self._first = self.children.start("nginx", self._command())
        until(self._listens, "nginx listens")

    def purge(self) -> None:
        """Keep answers under the release that all nodes have ready, by the script of deploy/cluster.

        nginx goes on with what it knew before until its new process has begun: that is waited for.
        """
        before = set(self._workers())
        variables = {
            "RELEASE_FILE": str(self.folder / "release"),
            "HOST_NAME": HOST,
            "RELOAD": " ".join([*self._command(), "-s", "reload"]),
        }
        nodes = [f"http://127.0.0.1:{node.port}" for node in self.nodes]
        run(["sh", DEPLOY / "cluster" / "purge.sh", *nodes], variables=variables)
        until(lambda: bool(self._workers()) and not before & set(self._workers()), "nginx has begun anew")

    def retried(self) -> tuple[int, int, int]:
        """Of the requests in its log: how many there are, how many were kept here, how many asked a second node."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        hits = sum(line.split(" ")[2] in ("HIT", "STALE", "UPDATING", "REVALIDATED") for line in lines)
        return len(lines), hits, sum(", " in line.split('"')[1] for line in lines)

    def _workers(self) -> list[str]:
        assert self._first is not None
        process = self._first.process.pid
        return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()

    def _command(self) -> list[str]:
        found = program("nginx")
        assert found is not None
        return [found, "-e", str(self.folder / "error.log"), "-c", str(self.folder / "nginx.conf")]

    def _listens(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
        except HTTPError:
            return True
        except OSError:
            return False
        return True


def publish(dossiers: Sequence[Path], store: str, admin: str | None = None) -> None:
    """Build and publish, as an operator does."""
    variables = {"ONRECORD_STORE": store, "PYTHONPATH": str(ROOT)} | ({"ONRECORD_ADMIN_STORE": admin} if admin else {})
    run([sys.executable, "-c", ONRECORD, "build", *dossiers], variables=variables)
