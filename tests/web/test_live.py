"""What no test without a server can show: bytes that the HTTP parser refuses, and clients that leave."""

import json
import re
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web.live import Live, running


@pytest.fixture(scope="module")
def live(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One server for the tests below."""
    with running(folder, tmp_path_factory.mktemp("live") / "log") as made:
        yield made


def status(answer: bytes) -> int:
    """The status of an answer."""
    assert answer.startswith(b"HTTP/1.1 "), answer[:200]
    return int(answer.split(b" ", 2)[1])


def refused(answer: bytes) -> dict[str, Any]:
    """The problem of a request that the parser refuses, after which the connection is closed."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    assert lines[0] == b"http/1.1 400 bad request"
    assert {b"content-type: application/problem+json", b"connection: close"} <= set(lines)
    assert {b"access-control-allow-origin: *", b"content-length: %d" % len(body)} <= set(lines)
    made: dict[str, Any] = json.loads(body)
    assert (made["type"], made["status"]) == ("/problems/malformed-request", 400)
    assert b"x-request-id: " + made["request_id"].encode() in lines
    return made


def test_the_server_answers(live: Live) -> None:
    head, _, body = live.get(b"/events?limit=1").partition(b"\r\n\r\n")
    assert status(head) == 200
    assert b"server:" not in head.lower()
    assert json.loads(body)["links"]["self"] == "http://testserver/events?limit=1"


@pytest.mark.parametrize(
    ("target", "where", "encoded"),
    [
        (b"/events?name=\xc3\xa9&q=a%20b", "query", "/events?name=%C3%A9&q=a%20b"),
        (b"/\xff", "path", "/%FF"),
        (b"/events/\xe2\x82\xac", "path", "/events/%E2%82%AC"),
        (b"/events?\x80=1", "query", "/events?%80=1"),
        (b"/actors?name=Niamh O\xe2\x80\x99Brannan", "query", "/actors?name=Niamh%20O%E2%80%99Brannan"),
    ],
)
def test_row_19_raw_bytes_in_the_request_line(live: Live, target: bytes, where: str, encoded: str) -> None:
    body = refused(live.get(target))
    (fault,) = body["errors"]
    assert (fault["parameter"], fault["did_you_mean"], body["instance"]) == (where, encoded, encoded)
    assert "percent-encoded" in body["detail"]


def test_another_major_version_of_http_is_refused(live: Live) -> None:
    assert refused(live.send(b"GET /events HTTP/2.0", b"Host: testserver"))["instance"] == "/events"
    refused(live.send(b"GET /events HTTP/0.9", b"Host: testserver"))


def test_the_host_of_a_target_in_absolute_form_wins(live: Live) -> None:
    for target, base in ((b"http://a.example", "http://a.example"), (b"http://a.example:81", "http://a.example:81")):
        head, _, body = live.get(target + b"/events?limit=0").partition(b"\r\n\r\n")
        assert (status(head), json.loads(body)["links"]["self"]) == (200, f"{base}/events?limit=0")
    assert status(live.get(b"http://a.example")) == 200
    assert status(live.send(b"GET http://a.example/events HTTP/1.1", b"Connection: close")) == 400  # without a Host


def test_options_of_the_server_as_a_whole(live: Live) -> None:
    assert status(live.send(b"OPTIONS * HTTP/1.1", b"Host: testserver", b"Connection: close")) == 204


@pytest.mark.parametrize("method", [b"FOO", b"G@T", b"get", b""])
def test_row_31_unknown_method(live: Live, method: bytes) -> None:
    assert status(live.send(method + b" /events HTTP/1.1", b"Host: testserver", b"Connection: close")) in (
        400,
        405,
        501,
    )


def test_row_41_no_host_two_hosts_bad_host(live: Live) -> None:
    line = b"GET /events HTTP/1.1"
    assert status(live.send(line, b"Connection: close")) == 400
    assert status(live.send(line, b"Host: a", b"Host: b", b"Connection: close")) == 400
    assert status(live.send(line, b"Host: a/b", b"Connection: close")) == 400
    assert status(live.send(line, b"Host: ", b"Connection: close")) == 400
    head, _, body = live.send(b"GET /events?limit=0 HTTP/1.0").partition(b"\r\n\r\n")
    assert status(head) == 200
    assert json.loads(body)["links"]["self"] == f"http://127.0.0.1:{live.port}/events?limit=0"
    assert status(live.send(b"GET /healthz HTTP/1.0")) == 200


def test_row_42_too_many_headers(live: Live) -> None:
    many = [b"X-%d: v" % number for number in range(150)]
    assert status(live.get(b"/events", *many)) in (400, 431)
    assert status(live.get(b"/events", b"X: " + b"v" * 40_000)) in (400, 431)


SMUGGLED = [
    (b"Content-Length: 5", b"Transfer-Encoding: chunked"),
    (b"Content-Length: 5", b"Content-Length: 6"),
    (b"X: a\x00b",),
    (b"X : a",),
    (b"X\x00: a",),
    (b"Transfer-Encoding: chunked, identity",),
    (b"Content-Length: +5",),
    (b"Content-Length: -5",),
]


@pytest.mark.parametrize("headers", SMUGGLED, ids=lambda headers: headers[0].decode("latin-1") + str(len(headers)))
def test_row_43_what_could_be_read_in_two_ways(live: Live, headers: tuple[bytes, ...]) -> None:
    assert status(live.get(b"/events", *headers)) in (400, 413)


def test_row_43_folded_header_and_bare_line_feed(live: Live) -> None:
    assert status(live.get(b"/events", b"X: a", b" folded: b")) == 400
    with live.connect() as connection:
        connection.sendall(b"GET /events?limit=1 HTTP/1.1\nHost: testserver\nConnection: close\n\n")
        assert status(connection.recv(65536)) == 400


CHUNK = b"1000\r\n" + b"x" * 4096 + b"\r\n"
CHUNKED = b"GET /events?limit=1 HTTP/1.1\r\nHost: testserver\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_row_36_a_small_body_in_chunks_is_ignored_and_the_connection_goes_on(live: Live) -> None:
    with live.connect() as connection:
        for _ in range(3):
            connection.sendall(CHUNKED + 16 * CHUNK + b"0\r\n\r\n")  # 64 KB
            head, body = one_answer(connection)
            assert (status(head), json.loads(body)["page"]["count"]) == (200, 1)
            assert b"connection: close" not in head.lower()


def test_row_36_a_large_body_in_chunks_is_413_and_not_read_to_its_end(live: Live) -> None:
    with live.connect() as connection:
        connection.sendall(CHUNKED + 16 * CHUNK + b"1\r\nx\r\n")
        head, body = one_answer(connection)  # before the last chunk is sent
        assert status(head) == 413
        assert json.loads(body)["type"] == "http://testserver/problems/content-too-large"
        assert b"connection: close" in head.lower()
        assert connection.recv(1) == b""


def one_answer(connection: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of the next answer of known length."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65536)
    head, _, body = found.partition(b"\r\n\r\n")
    lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(lines[b"content-length"]):
        body += connection.recv(65536)
    return head, body


def test_a_problem_is_in_the_log_by_its_request_id_and_without_its_query(live: Live) -> None:
    answer = live.get(b"/none/ingrid?name=Ingrid+Solem")
    id = json.loads(answer.partition(b"\r\n\r\n")[2])["request_id"]
    (line,) = [line for line in live.log.splitlines() if id in line]
    assert re.fullmatch(rf"\S+ INFO {id} GET /none/ingrid 404 not-found", line)
    assert "Solem" not in live.log


def test_the_scheme_that_a_proxy_on_this_machine_tells_is_that_of_our_links(live: Live) -> None:
    body = json.loads(live.get(b"/events?limit=0", b"X-Forwarded-Proto: https").partition(b"\r\n\r\n")[2])
    assert body["links"]["self"] == "https://testserver/events?limit=0"


def test_row_45_a_client_that_leaves_mid_response_is_no_failure(live: Live) -> None:
    for _ in range(10):
        connection = live.connect()
        connection.sendall(b"GET /claims?limit=500 HTTP/1.1\r\nHost: testserver\r\n\r\n")
        connection.recv(10)
        # With this option closing resets the connection at once, while the rest is still being sent.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    download = json.loads(live.get(b"/releases").partition(b"\r\n\r\n")[2])["data"][0]["downloads"]["entries"]
    for _ in range(5):
        connection = live.connect()
        path = download.removeprefix("http://testserver").encode()
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: testserver\r\n\r\n")
        connection.recv(10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert all(status(live.get(b"/claims?limit=1")) == 200 for _ in range(20))
    assert "Traceback" not in live.log


def test_nothing_went_wrong_meanwhile(live: Live) -> None:
    assert "Traceback" not in live.log
    assert status(live.get(b"/readyz")) == 200
