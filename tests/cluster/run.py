"""`make cluster`: several servers before several databases, under load, while each of them is killed and brought back.

Everything runs on loopback ports as child processes of this one, in a temporary folder, for some minutes: all, or only
`databases`, behind nginx and HAProxy, `nginx`, the same behind nginx alone, or `folders`. The report goes to standard
output. Exit code 1 if a client saw anything wrong, or anything failed that should not.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cluster.clients import Clients, Seen
from cluster.databases import NAME, Database, binaries
from cluster.expected import Expected
from cluster.front import Balancer, Node, Proxy, publish
from cluster.processes import Children, until
from deploy.proxies import program

READERS = 5  # clients behind the proxy
WATCHERS = 1  # of each node that is asked directly
STEADY = 4.0  # seconds under load before and after each event
PROGRAMS = ("nginx", "haproxy", "pgbouncer", "curl")


def missing() -> list[str]:
    """The programs that it needs and that are not here."""
    return [name for name in PROGRAMS if program(name) is None] + ([] if binaries() else ["postgresql"])


class Cluster:
    """The acts of one run: what was done when, and what clients saw."""

    def __init__(self, folder: Path) -> None:
        self.children = Children(folder)
        self.clients = Clients(Expected(folder / "expected"))
        self.log: list[str] = []
        self.published = 0
        self._number = 2  # of the last edition

    def note(self, what: str) -> None:
        """Say what happens now."""
        self.log.append(f"{self.clients.elapsed:6.1f} s  {what}")
        print(self.log[-1], flush=True)

    async def away(self, what: str, act: Callable[[], object]) -> None:
        """Do something on a thread, under load."""
        self.note(what)
        await asyncio.to_thread(act)

    async def next_edition(self, publishing: Callable[[list[Path]], None]) -> str:
        """Publish the next edition; return the id of its release."""
        self._number += 1
        dossiers, release = await asyncio.to_thread(self.clients.expected.edition, self._number)
        self.note(f"publish hallvik-{self._number}, release {release[:16]}")
        await asyncio.to_thread(publishing, dossiers)
        self.published += 1
        return release

    async def announce(self, proxy: Proxy, release: str) -> None:
        """Have the proxy keep answers under this release, which all nodes must have ready by then."""
        await asyncio.to_thread(_all_have, proxy, release)
        await asyncio.to_thread(proxy.purge)
        self.clients.announced = release
        self.note(f"both nodes have {release[:16]} ready, and the proxy keeps answers of it only")
        await asyncio.sleep(STEADY)


def _all_have(proxy: Proxy, release: str) -> None:
    until(lambda: all(release in node.ready() for node in proxy.nodes), f"both nodes have {release[:16]}")


@contextmanager
def loaded(cluster: Cluster, port: int, seen: Seen, clients: int) -> Iterator[None]:
    """While that many clients ask at a port."""
    tasks = [asyncio.ensure_future(cluster.clients.read(port, seen, seed)) for seed in range(clients)]
    try:
        yield
        if broken := [task for task in tasks if task.done()]:
            raise RuntimeError("a client ended") from broken[0].exception()
    finally:
        for task in tasks:
            task.cancel()


async def databases(cluster: Cluster, balanced: bool = True) -> dict[str, Seen]:
    """Two nodes before a primary and two replicas; HAProxy shares requests out among them, or nginx does."""
    a, b, c = (Database(name, cluster.children) for name in "abc")
    all_three = [a, b, c]
    pools = ",".join(f"127.0.0.1:{each.pool_port}" for each in all_three)
    reading = f"postgresql://reader@{{}}/{NAME}?load_balance_hosts=random"
    admin = f"postgresql://postgres@{','.join(f'127.0.0.1:{each.port}' for each in all_three)}/{NAME}"
    admin += "?target_session_attrs=read-write&connect_timeout=3"
    await cluster.away("primary a, replicas b and c, a PgBouncer before each", lambda: _databases(a, b, c))

    def build(dossiers: list[Path]) -> None:
        publish(dossiers, reading.format(pools), admin)

    first = await cluster.next_edition(build)
    until(lambda: len(b.lines()) == len(c.lines()) == 1, "the replicas have the first release")
    nodes = [Node(f"node{number}", reading.format(pools), cluster.children) for number in (1, 2)]
    behind = Node("node3", reading.format(f"127.0.0.1:{a.pool_port},127.0.0.1:{c.pool_port}"), cluster.children)
    proxy = Proxy(cluster.children, nodes, Balancer(cluster.children, nodes) if balanced else None)
    for node in (*nodes, behind):
        node.start()
    proxy.start()
    front, watched, lossy = cluster.clients.behind_proxy, Seen(), Seen()
    with loaded(cluster, behind.port, watched, WATCHERS):
        with loaded(cluster, proxy.port, front, READERS):
            await cluster.announce(proxy, first)
            await _everything(cluster, all_three, proxy, build)
        with loaded(cluster, proxy.port, lossy, READERS):
            await _lossy(cluster, (b, a, c), proxy, build)
    cluster.note(proxy.told())
    return {"behind the proxy": front, "node3, asked directly": watched, "a failover that loses a line": lossy}


def _databases(a: Database, b: Database, c: Database) -> None:
    a.make()
    for replica in (b, c):
        replica.copy(a)
    for each in (a, b, c):
        each.pool()


async def _everything(
    cluster: Cluster, three: list[Database], proxy: Proxy, build: Callable[[list[Path]], None]
) -> None:
    """What must not be seen behind the proxy."""
    a, b, c = three
    await cluster.announce(proxy, await cluster.next_edition(build))
    await cluster.away("cut replica c off", lambda: c.follow(None))
    lines = len(c.lines())
    await cluster.announce(proxy, await cluster.next_edition(build))
    assert len(c.lines()) == lines, "c was cut off"
    await cluster.away("kill primary a; node3 is left with c, which lacks what is current", a.kill)
    await asyncio.sleep(STEADY)
    await cluster.away("promote b", b.promote)
    await cluster.away("bring c back, behind b", lambda: c.follow(b))
    await cluster.announce(proxy, await cluster.next_edition(build))
    await cluster.away("bring a back, as a replica of b", lambda: a.copy(b))
    await asyncio.sleep(STEADY)
    await cluster.away("kill node1", proxy.nodes[0].kill)
    await asyncio.sleep(STEADY)
    await cluster.away("bring node1 back", proxy.nodes[0].start)
    await cluster.away("kill replica c", c.kill)
    await asyncio.sleep(STEADY)
    await cluster.away("bring c back", c.start)
    await cluster.announce(proxy, await cluster.next_edition(build))


async def _lossy(
    cluster: Cluster,
    roles: tuple[Database, Database, Database],
    proxy: Proxy,
    build: Callable[[list[Path]], None],
) -> None:
    """A failover to a replica that was behind: what nodes knew is lost, and they go back to what there is."""
    primary, replica, behind = roles
    before = cluster.clients.announced
    await cluster.away("cut replica c off", lambda: behind.follow(None))
    await cluster.announce(proxy, await cluster.next_edition(build))
    cluster.clients.announced = ""
    await cluster.away("kill primary b, promote c, which lacks the last line, and stop a", primary.kill)
    await asyncio.to_thread(behind.promote)
    await asyncio.to_thread(replica.kill)
    await asyncio.to_thread(_all_have, proxy, before)
    cluster.note(f"both nodes have {before[:16]} ready again")
    await cluster.away("bring a and b back, as replicas of c", lambda: _copies((replica, primary), behind))
    await cluster.announce(proxy, await cluster.next_edition(build))


def _copies(replicas: Sequence[Database], of: Database) -> None:
    for replica in replicas:
        replica.copy(of)


async def folders(cluster: Cluster) -> dict[str, Seen]:
    """Two nodes over copies of one folder."""
    origin = cluster.children.folder / "origin"
    copies = [cluster.children.folder / f"copy{number}" for number in (1, 2)]

    def build(dossiers: list[Path]) -> None:
        publish(dossiers, str(origin))
        for copy in copies:
            _replicate(origin, copy)

    first = await cluster.next_edition(build)
    nodes = [Node(f"node{number}", str(copy), cluster.children) for number, copy in enumerate(copies, 1)]
    proxy = Proxy(cluster.children, nodes)
    for node in nodes:
        node.start()
    proxy.start()
    seen = Seen()
    with loaded(cluster, proxy.port, seen, READERS):
        await cluster.announce(proxy, first)
        await cluster.announce(proxy, await cluster.next_edition(build))
        await cluster.away("kill node1", nodes[0].kill)
        await asyncio.sleep(STEADY)
        release = await cluster.next_edition(build)
        await cluster.away("bring node1 back", nodes[0].start)
        await cluster.announce(proxy, release)
    cluster.note(proxy.told())
    return {"behind the proxy": seen}


def _replicate(origin: Path, copy: Path) -> None:
    """Copy what is new, the catalogue last."""
    copy.mkdir(exist_ok=True)
    for file in sorted(origin.glob("*.sqlite")):
        if not (copy / file.name).exists():
            shutil.copyfile(file, copy / f".{file.name}.new")
            (copy / f".{file.name}.new").rename(copy / file.name)
    shutil.copyfile(origin / "catalogue.ndjson", copy / ".catalogue.new")
    (copy / ".catalogue.new").rename(copy / "catalogue.ndjson")


def told(cluster: Cluster, seen: Seen) -> Iterator[str]:
    """What clients saw, line by line."""
    labels = cluster.clients.expected.labels
    statuses = ", ".join(f"{count} of {status or 'no answer'}" for status, count in sorted(seen.statuses.items()))
    yield f"requests {seen.requests}: {statuses}; slowest {seen.slowest:.2f} s"
    yield f"wrong {len(seen.wrong)}, failed {len(seen.failed)}, of a release before the one announced {seen.older}"
    yield f"releases: {', '.join(f'{labels.get(id, id)} {count}' for id, count in seen.releases.items())}"
    yield from (f"WRONG {wrong}" for wrong in seen.wrong[:5])
    yield from (f"failed {failed}" for failed in seen.failed[:3])


Way = Callable[[Cluster], Coroutine[object, object, dict[str, Seen]]]
WAYS: dict[str, Way] = {"databases": databases, "nginx": partial(databases, balanced=False), "folders": folders}


def main(ways: Sequence[str]) -> int:
    """Run these ways, one after the other; return the exit code."""
    if lacking := missing():
        print(f"not here: {', '.join(lacking)}", file=sys.stderr)
        return 2
    bad = 0
    for name in ways:
        with tempfile.TemporaryDirectory(prefix="onrecord-cluster-") as made:
            Path(made).chmod(0o755)
            cluster = Cluster(Path(made))
            print(f"\n{name}")
            try:
                found = asyncio.run(WAYS[name](cluster))
            except BaseException:
                _print_logs(Path(made))
                raise
            finally:
                cluster.children.end()
            for where, seen in found.items():
                print(f"{where}:", *told(cluster, seen), sep="\n    ")
                bad += len(seen.wrong) + (len(seen.failed) + seen.older if where == "behind the proxy" else 0)
            print(f"releases published: {cluster.published}")
    return 1 if bad else 0


def _print_logs(folder: Path) -> None:
    for log in sorted(folder.glob("*.log")):
        print(f"--- {log.name}", log.read_text(encoding="utf-8", errors="replace")[-3000:], sep="\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [*WAYS]))
