"""The parts that `make cluster` puts together; that runs them, under load."""

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from cluster.clients import Clients, Seen
from cluster.expected import Expected
from deploy.proxies import DEPLOY, HOST, program
from web.live import ONRECORD, ROOT, running

pytestmark = pytest.mark.thorough
CLUSTER = DEPLOY / "cluster"
PROXIES = ("haproxy", "nginx")


def test_the_compose_file_has_the_topology_of_the_run() -> None:
    services = yaml.safe_load((CLUSTER / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"a", "b", "c", "pool-a", "pool-b", "pool-c", "node1", "node2", "builder", *PROXIES}
    for name in ("node1", "node2"):
        store = services[name]["environment"]["ONRECORD_STORE"]
        assert store == "postgresql://reader@pool-a,pool-b,pool-c:6432/onrecord?load_balance_hosts=random"
        for file in ("haproxy.cfg", "upstream-nodes.conf"):
            assert f" {name}:8000" in (CLUSTER / file).read_text(encoding="utf-8")
    assert services["nginx"]["volumes"][0].startswith("./upstream-haproxy.conf:")


def test_a_wrong_answer_is_seen(tmp_path: Path) -> None:
    expected = Expected(tmp_path / "expected")
    dossiers, _ = expected.edition(3)
    other, clients = Expected(tmp_path / "other"), Clients(expected)
    other.edition(4)
    words = ["build", *map(str, dossiers), "--store", str(tmp_path / "store")]
    subprocess.run([sys.executable, "-c", ONRECORD, *words], cwd=ROOT, check=True, capture_output=True)
    settings = {"ONRECORD_PUBLIC_URL": f"http://{HOST}", "ONRECORD_HOSTS": f"{HOST},testserver"}
    with running(tmp_path / "store", tmp_path / "log", settings=settings) as live:
        right, unknown = Seen(), Seen()
        asyncio.run(clients.ask(live.port, "/events?limit=1", right))
        asyncio.run(Clients(other).ask(live.port, "/events?limit=1", unknown))
        asyncio.run(clients.ask(live.port, "/none", right))
    assert (right.statuses, len(right.wrong), len(right.failed)) == (Counter({200: 1, 404: 1}), 1, 1)
    assert len(unknown.wrong) == 1


@pytest.mark.skipif(program("curl") is None, reason="curl is not installed")
def test_who_has_no_node_that_is_ready_keeps_what_was_kept(tmp_path: Path) -> None:
    script = (CLUSTER / "purge.sh").read_text(encoding="utf-8").replace("seq 120", "seq 1")
    variables = {"RELEASE_FILE": str(tmp_path / "release"), "RELOAD": "false", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", "-c", script, "purge.sh", "http://127.0.0.1:1"], env=variables, capture_output=True, check=False
    )
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert b"no release is ready" in done.stderr
