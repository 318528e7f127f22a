"""Behind each proxy of deploy/ every answer is the one that the server itself gives; slow clients are the proxy's."""

import gzip
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.errors import problems
from deploy.proxies import HOST, PROXIES, SETTINGS, Proxy, program
from patience import PATIENCE
from web.live import Live, free_port, running

pytestmark = pytest.mark.thorough
OWN = {"connection", "date", "keep-alive", "server", "x-request-id"}  # of each answer, or of each connection
FRAMING = {"content-length", "transfer-encoding"}  # the body is compared once it is read
ID = re.compile(rb'"request_id":"[0-9a-f]{32}"')


@dataclass(frozen=True)
class Answer:
    """An answer as it was read from one connection."""

    status: int
    headers: dict[str, str]
    body: bytes

    def beside(self, other: "Answer") -> tuple[int, dict[str, str], bytes]:
        """What has to be the same in the other one: what the other does not have, or has otherwise, shows."""
        return self.status, {name: self.headers.get(name, "") for name in other.compared}, ID.sub(b"", self.body)

    @property
    def compared(self) -> set[str]:
        """The headers that a proxy hands on; that JSON has no ranges, nginx leaves out where it keeps the answer."""
        none = {"accept-ranges"} if self.headers.get("accept-ranges") == "none" else set()
        return set(self.headers) - OWN - FRAMING - none


@pytest.fixture(scope="module")
def live(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server, with the settings that the examples name."""
    with running(folder, tmp_path_factory.mktemp("live") / "log", settings=SETTINGS) as made:
        yield made


@pytest.fixture(scope="module", params=sorted(PROXIES))
def kind(request: pytest.FixtureRequest) -> str:
    """The name of a proxy that is installed here."""
    name: str = request.param
    for needed in (name, "openssl"):
        if program(needed) is None:
            pytest.skip(f"{needed} is not installed")
    return name


@pytest.fixture(scope="module")
def proxy(kind: str, live: Live, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """That proxy before the server."""
    with PROXIES[kind](live.port, tmp_path_factory.mktemp(kind)) as made:
        yield made


def ask(server: Live | Proxy, method: str, target: str, *headers: str, body: bytes = b"") -> Answer:
    """Send a request on a connection of its own."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {HOST}", "Connection: close", *headers]
    with server.connect() as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        found = b""
        while chunk := connection.recv(65536):
            found += chunk
    return read(found)


def read(found: bytes) -> Answer:
    """The answer in these bytes."""
    head, _, body = found.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if headers.get("transfer-encoding") == "chunked" and body:
        body = b"".join(_chunks(body))
    return Answer(int(first.split(" ")[1]), headers, body)


def _chunks(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            return
        yield body[:length]
        body = body[length + 2 :]


def problem(answer: Answer) -> dict[str, Any]:
    """The problem document of an answer, which stands in the contract."""
    made: dict[str, Any] = json.loads(answer.body)
    assert (answer.headers["content-type"], made["status"]) == ("application/problem+json", answer.status)
    assert answer.headers["cache-control"] == "no-store"
    titles = {f"/problems/{kind.slug}": (kind.title, kind.status) for kind in problems()}
    assert titles[made["type"].removeprefix(f"https://{HOST}")] == (made["title"], made["status"])
    return made


REQUESTS = [
    ("GET", "/events?limit=2"),
    ("HEAD", "/events?limit=2"),
    ("GET", "/events?limit=2", "If-None-Match: *"),
    ("GET", "/events?limit=2", 'If-None-Match: "other"'),
    ("GET", "/events?limit=2", "Range: bytes=0-10"),
    ("GET", "/events?limit=2", "Accept: text/html"),
    ("GET", "/events?q=caf%C3%A9&limit=1"),
    ("GET", "/events?limit=1", "Accept-Encoding: identity"),
    ("GET", "/claims?format=csv"),
    ("GET", "/claims?format=ndjson"),
    ("GET", "/events/"),
    ("GET", "/events.json"),
    ("GET", "/events/caf%C3%A9/"),
    ("GET", "/nothing"),
    ("GET", "//events"),
    ("GET", "/events%2Fx"),
    ("GET", "/events?contry=FR&limit=x"),
    ("GET", "/events?q=%zz"),
    ("GET", "/events?cursor=abc"),
    ("GET", "/events", "Accept: application/xml"),
    ("GET", f"/events?q={'x' * 9000}"),
    ("GET", "/events", *(f"X-{number}: x" for number in range(99))),
    ("POST", "/events"),
    ("DELETE", "/nothing"),
    ("OPTIONS", "/events"),
    ("OPTIONS", "/events", "Origin: https://a.example", "Access-Control-Request-Method: GET"),
    ("GET", "/openapi.json"),
    ("GET", "/docs"),
    ("GET", "/"),
    ("GET", "/", "Accept: text/html"),
    ("GET", "/robots.txt"),
    ("GET", "/favicon.ico"),
    ("HEAD", "/claims?format=csv"),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda words: " ".join(words)[:60])
def test_it_answers_as_the_server_does(live: Live, proxy: Proxy, request_: tuple[str, ...]) -> None:
    direct = ask(live, *request_)
    for _ in range(2):  # the second may come from what the proxy keeps
        behind = ask(proxy, *request_)
        assert behind.beside(direct) == direct.beside(direct)
        assert "x-request-id" in behind.headers


def test_the_id_of_a_problem_is_that_of_the_log(live: Live, proxy: Proxy) -> None:
    answer = ask(proxy, "GET", "/nothing/at/all")
    id = problem(answer)["request_id"]
    assert answer.headers["x-request-id"] == id
    end = time.monotonic() + PATIENCE
    while f"{id} GET /nothing/at/all 404" not in live.log:  # it is written once the answer is sent
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_tag_of_an_answer_gives_304(live: Live, proxy: Proxy) -> None:
    tag = ask(live, "GET", "/events?limit=3").headers["etag"]
    for _ in range(2):
        for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
            direct, behind = (ask(each, "GET", "/events?limit=3", f"If-None-Match: {sent}") for each in (live, proxy))
            assert behind.beside(direct) == direct.beside(direct)
            assert (behind.status, behind.body, behind.headers["etag"]) == (304, b"", tag)


def test_a_body_on_get_is_ignored_up_to_the_limit_of_the_server(live: Live, proxy: Proxy) -> None:
    direct = ask(live, "GET", "/events?limit=1")
    for size in (5, 60_000):
        behind = ask(proxy, "GET", "/events?limit=1", f"Content-Length: {size}", body=b"x" * size)
        assert behind.beside(direct) == direct.beside(direct)
    sent = ("GET", "/events?limit=1", "Content-Length: 70000")
    assert [problem(ask(each, *sent, body=b"x" * 70_000))["status"] for each in (live, proxy)] == [413, 413]


@pytest.mark.parametrize("name", ["sqlite", "entries"])
def test_a_download_is_whole_and_can_be_resumed(live: Live, proxy: Proxy, name: str) -> None:
    listed = json.loads(ask(live, "GET", "/releases").body)["data"]
    path = listed[0]["downloads"][name].removeprefix(f"https://{HOST}")
    whole = ask(live, "GET", path)
    tag = whole.headers["etag"]
    assert ask(proxy, "GET", path, "Accept-Encoding: gzip").beside(whole) == whole.beside(whole)
    ranges = ("Range: bytes=0-10", "Range: bytes=-10", "Range: bytes=1000-", "Range: bytes=99999999-")
    for sent in (
        ("HEAD", path),
        *(("GET", path, each, f"If-Range: {tag}") for each in ranges),
        ("GET", path, ranges[0]),
    ):
        direct, behind = ask(live, *sent), ask(proxy, *sent)
        assert behind.beside(direct) == direct.beside(direct)
        assert behind.headers["content-length"] == direct.headers["content-length"]


def test_an_answer_is_compressed_for_who_takes_it(live: Live, proxy: Proxy) -> None:
    direct, behind = (
        ask(each, "GET", "/places?limit=10", *extra) for each, *extra in ((live,), (proxy, "Accept-Encoding: gzip"))
    )
    assert behind.headers["content-encoding"] == "gzip"
    assert (gzip.decompress(behind.body), behind.headers["etag"]) == (direct.body, direct.headers["etag"])
    assert ask(proxy, "GET", "/places?limit=10").body == direct.body


@pytest.mark.parametrize(
    "path", ["readyz", "healthz", "metrics", "%72eadyz", "/metrics", "healthz/", "readyz.json", "x/../readyz"]
)
def test_what_is_for_the_operator_is_not_there_from_outside(proxy: Proxy, path: str) -> None:
    assert problem(ask(proxy, "GET", f"/{path}"))["status"] == 404
    assert ask(proxy, "HEAD", f"/{path}").status == 404


def test_what_is_too_long_is_a_problem_of_the_contract_whoever_refuses_it(proxy: Proxy) -> None:
    assert problem(ask(proxy, "GET", f"/events?q={'x' * 20_000}"))["status"] == 414
    assert problem(ask(proxy, "GET", "/events", f"X: {'x' * 20_000}", f"Y: {'x' * 15_000}"))["status"] == 431


def test_what_cannot_be_parsed_is_refused(kind: str, proxy: Proxy) -> None:
    for words in (
        ("GET", "/\xff"),
        ("GET", "/events", "X : a"),
        ("GET", "/events", "Content-Length: 5", "Content-Length: 6"),
    ):
        answer = ask(proxy, *words)
        assert answer.status == 400
        assert kind == "haproxy" or problem(answer)  # whose parser has a text of its own


def test_without_a_server_it_says_when_to_try_again(kind: str, tmp_path: Path) -> None:
    with PROXIES[kind](free_port(), tmp_path) as alone:
        answer = ask(alone, "GET", "/events")
    assert problem(answer)["status"] == 503
    assert int(answer.headers["retry-after"]) > 0


def test_without_tls_it_only_leads_there(proxy: Proxy) -> None:
    answer = ask(Live(proxy.plain, Path()), "GET", "/events?q=a%20b")
    assert (answer.status, answer.headers["location"]) == (308, f"https://{HOST}/events?q=a%20b")


@pytest.mark.parametrize(
    "begun", [b"GET / HTTP/1.1\r\nHost: ", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx"]
)
def test_row_44_a_slow_client_is_closed_and_others_are_served(proxy: Proxy, begun: bytes) -> None:
    slow = [proxy.connect() for _ in range(30)]
    for connection in slow:
        connection.sendall(begun)
    assert ask(proxy, "GET", "/events?limit=4").status == 200
    for connection in slow:
        with connection:
            assert connection.recv(65536)[:12] in (b"", b"HTTP/1.1 408", b"HTTP/1.1 405", b"HTTP/1.1 400")
