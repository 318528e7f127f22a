"""The examples of deploy/ agree with the program that they run."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from app.cli.serve import SHUTDOWN
from app.errors import problems
from app.settings import PREFIX, Settings
from app.web.api.guard import MAX_BODY
from deploy.proxies import DEPLOY

UNIT, COMPOSE, NGINX, HAPROXY = (
    (DEPLOY / name).read_text(encoding="utf-8")
    for name in ("onrecord.service", "compose.yaml", "nginx.conf", "haproxy.cfg")
)
DOCKERFILE = (DEPLOY.parent / "Dockerfile").read_text(encoding="utf-8")


def test_every_setting_that_they_name_is_one() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    texts = (path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file())
    named = {name for text in texts for name in re.findall(rf"\b{PREFIX}[A-Z_]+", text)}
    assert {f"{PREFIX}PUBLIC_URL", f"{PREFIX}HOSTS"} <= named <= known


def test_answers_have_the_time_to_finish_before_the_process_is_ended() -> None:
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)[0]) > SHUTDOWN
    assert int(yaml.safe_load(COMPOSE)["services"]["onrecord"]["stop_grace_period"].removesuffix("s")) > SHUTDOWN


def test_the_container_can_do_nothing_but_serve() -> None:
    service = yaml.safe_load(COMPOSE)["services"]["onrecord"]
    assert (service["read_only"], service["cap_drop"], service["user"]) == (True, ["ALL"], "10001:10001")
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert f"USER {service['user']}" in DOCKERFILE
    assert service["healthcheck"]["test"][-1] in DOCKERFILE
    assert all(published.startswith("127.0.0.1:") for published in service["ports"])


def test_nginx_takes_the_body_that_the_server_takes() -> None:
    assert f"client_max_body_size {MAX_BODY // 1024}k;" in NGINX


def test_problems_of_the_proxies_are_those_of_the_contract() -> None:
    titles = {kind.slug: kind.title for kind in problems()}
    of_nginx = dict(re.findall(r'^    ([a-z-]+) +"(.+)";$', NGINX, re.MULTILINE))
    of_haproxy = dict(re.findall(r'/problems/([a-z-]+)","title":"([^"]+)"', HAPROXY))
    assert of_nginx.items() | of_haproxy.items() <= titles.items()
    assert set(re.findall(r"/\.problem/([a-z-]+);", NGINX)) == set(of_nginx)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_reads_every_line_of_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "onrecord.service"
    unit.write_text(re.sub(r"/opt/onrecord/bin/onrecord", "/bin/true", UNIT))
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
