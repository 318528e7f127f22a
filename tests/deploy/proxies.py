"""The proxies of deploy/, run as they stand there but for addresses, folders, the certificate and a shorter timeout."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from patience import PATIENCE
from web.live import ROOT, free_port

DEPLOY = ROOT / "deploy"
HOST = "data.example.org"  # as the examples have it
SETTINGS = {"ONRECORD_PUBLIC_URL": f"https://{HOST}", "ONRECORD_HOSTS": f"{HOST},127.0.0.1,testserver"}
NGINX = """
daemon off; {user} pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; include {folder}/onrecord.conf;
}}
"""
CONTEXT = ssl.create_default_context()
CONTEXT.check_hostname, CONTEXT.verify_mode = False, ssl.CERT_NONE  # the certificate is made by us


@dataclass(frozen=True)
class Proxy:
    """A running proxy: the port that speaks TLS, and the one that only leads there."""

    port: int
    plain: int

    def connect(self) -> socket.socket:
        """A connection over TLS that gives up after a while."""
        return CONTEXT.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE))


@contextmanager
def nginx(server: int, folder: Path) -> Iterator[Proxy]:
    """nginx before the server at that port."""
    proxy = Proxy(free_port(), free_port())
    changes = {
        "127.0.0.1:8000": f"127.0.0.1:{server}",
        "listen 80;": f"listen 127.0.0.1:{proxy.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{proxy.port} ssl http2;",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "/etc/ssl/onrecord": str(folder),
        "/var/cache/nginx": str(folder),
        "/var/log/nginx": str(folder),
        "client_header_timeout 10s;": "client_header_timeout 1s;",
        "client_body_timeout 10s;": "client_body_timeout 1s;",
    }
    _certificate(folder)
    (folder / "onrecord.conf").write_text(_changed("nginx.conf", changes))
    user = "user root;" if os.geteuid() == 0 else ""  # or its worker may not enter our folder
    (folder / "nginx.conf").write_text(NGINX.format(user=user, folder=folder))
    with _running(proxy, "nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")):
        yield proxy


@contextmanager
def haproxy(server: int, folder: Path) -> Iterator[Proxy]:
    """HAProxy before the server at that port."""
    proxy = Proxy(free_port(), free_port())
    changes = {
        "127.0.0.1:8000": f"127.0.0.1:{server}",
        "bind :80\n": f"bind 127.0.0.1:{proxy.plain}\n",
        "bind :443 ": f"bind 127.0.0.1:{proxy.port} ",
        "/etc/haproxy/onrecord.pem": str(folder / "both.pem"),
        "timeout http-request 10s": "timeout http-request 1s",
    }
    _certificate(folder)
    (folder / "haproxy.cfg").write_text(_changed("haproxy.cfg", changes))
    with _running(proxy, "haproxy", "-f", str(folder / "haproxy.cfg")):
        yield proxy


PROXIES: Mapping[str, Callable[[int, Path], AbstractContextManager[Proxy]]] = {"nginx": nginx, "haproxy": haproxy}


def program(name: str) -> str | None:
    """Where a program is; Debian keeps those of servers out of an ordinary PATH."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))


def _changed(name: str, changes: Mapping[str, str]) -> str:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _certificate(folder: Path) -> None:
    key, chain = folder / "privkey.pem", folder / "fullchain.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}"]
    subprocess.run(["openssl", *words, "-keyout", key, "-out", chain], check=True, capture_output=True)
    (folder / "both.pem").write_text(chain.read_text() + key.read_text())


@contextmanager
def _running(proxy: Proxy, *command: str) -> Iterator[None]:
    """Run the proxy until it is done with; it is ended by its process id."""
    found = program(command[0])
    assert found is not None
    process = subprocess.Popen([found, *command[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while not _listening(proxy.port):
            assert process.poll() is None, f"{command} did not start"
            assert time.monotonic() < end, f"{command} does not listen"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except OSError:
        return False
    return True
