"""What stands before the databases: nodes of onrecord, HAProxy before them, and nginx with its cache before that."""

import os
import re
import sys
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError

from cluster.processes import Child, Children, run, until
from deploy.proxies import DEPLOY, HOST, NGINX, program
from web.live import ONRECORD, ROOT, free_port

PUBLIC = f"http://{HOST}"
ANSWERED = re.compile(r"\d{3} \S+ \+?\d+ GET ")  # a line of HAProxy's log about a request


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


class Balancer:
    """HAProxy as deploy/cluster has it, but for addresses."""

    def __init__(self, children: Children, nodes: Sequence[Node]) -> None:
        self.children, self.nodes, self.port = children, nodes, free_port()

    def start(self) -> None:
        """Start it."""
        changes = {f"{node.name}:8000": f"127.0.0.1:{node.port}" for node in self.nodes}
        text = changed("haproxy.cfg", changes | {"bind :8080": f"bind 127.0.0.1:{self.port}"})
        file = self.children.folder / "haproxy.cfg"
        file.write_text(text, encoding="utf-8")
        found = program("haproxy")
        assert found is not None
        self.children.start("haproxy", [found, "-db", "-f", file])
        until(lambda: listens(self.port), "HAProxy listens")

    def told(self) -> str:
        """What its log has: requests by who answered at last, and how many were asked for more than once."""
        text = (self.children.folder / "haproxy.log").read_text(encoding="utf-8")
        lines = [line.split(" ") for line in text.splitlines() if ANSWERED.match(line)]
        by_name = ", ".join(f"{count} by {name}" for name, count in sorted(Counter(line[1] for line in lines).items()))
        again, elsewhere = sum(line[2] != "0" for line in lines), sum(line[2].startswith("+") for line in lines)
        return f"HAProxy: {len(lines)} requests, {by_name}; {again} asked again, {elsewhere} of them of another node"


class Proxy:
    """nginx as deploy/cluster has it, but for addresses and folders; before the nodes, or before HAProxy."""

    def __init__(self, children: Children, nodes: Sequence[Node], balancer: Balancer | None = None) -> None:
        self.children, self.nodes, self.port = children, nodes, free_port()
        self.balancer = balancer
        self.folder = children.folder / "nginx"
        self.log = self.folder / "onrecord.log"
        self._first: Child | None = None
        self.folder.mkdir()

    def start(self) -> None:
        """Start it."""
        if self.balancer:
            self.balancer.start()
        changes = {
            "listen 80;": f"listen 127.0.0.1:{self.port};",
            "/etc/nginx/onrecord.release": str(self.folder / "release"),
            "/var/cache/nginx": str(self.folder),
            "/var/log/nginx": str(self.folder),
        }
        text = f"{self._upstream()}\n{changed('nginx.conf', changes)}"
        (self.folder / "onrecord.conf").write_text(text, encoding="utf-8")
        (self.folder / "release").write_text("set $onrecord_release none;\n", encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(NGINX.format(user=user, folder=self.folder), encoding="utf-8")
        self._first = self.children.start("nginx", self._command())
        until(lambda: listens(self.port), "nginx listens")

    def _upstream(self) -> str:
        if self.balancer:
            return changed("upstream-haproxy.conf", {"haproxy:8080": f"127.0.0.1:{self.balancer.port}"})
        return changed("upstream-nodes.conf", {f"{node.name}:8000": f"127.0.0.1:{node.port}" for node in self.nodes})

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

    def told(self) -> str:
        """What its log has: how many requests, how many of them were kept here, how many asked a second node."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        hits = sum(line.split(" ")[2] in ("HIT", "STALE", "UPDATING", "REVALIDATED") for line in lines)
        again = sum(", " in line.split('"')[1] for line in lines)
        by_nginx = f"nginx: {len(lines)} requests, {hits} answered from its cache, {again} asked of a second node"
        return f"{by_nginx}; {self.balancer.told()}" if self.balancer else by_nginx

    def _workers(self) -> list[str]:
        assert self._first is not None
        process = self._first.process.pid
        return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()

    def _command(self) -> list[str]:
        found = program("nginx")
        assert found is not None
        return [found, "-e", str(self.folder / "error.log"), "-c", str(self.folder / "nginx.conf")]


def changed(file: str, changes: Mapping[str, str]) -> str:
    """A file of deploy/cluster with other addresses and folders."""
    text = (DEPLOY / "cluster" / file).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def listens(port: int) -> bool:
    """Whether a proxy answers at a port, whatever it says."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
    except HTTPError:
        return True
    except OSError:
        return False
    return True


def publish(dossiers: Sequence[Path], store: str, admin: str | None = None) -> None:
    """Build and publish, as an operator does."""
    variables = {"ONRECORD_STORE": store, "PYTHONPATH": str(ROOT)} | ({"ONRECORD_ADMIN_STORE": admin} if admin else {})
    run([sys.executable, "-c", ONRECORD, "build", *dossiers], variables=variables)
