"""What no test without a server can show: bytes that the HTTP parser refuses, and clients that leave."""

import json
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

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


def bare(answer: bytes) -> bool:
    """Whether the parser refused the request: a bare 400 and a closed connection."""
    return status(answer) == 400 and b"application/problem+json" not in answer and b"Traceback" not in answer


def test_the_server_answers(live: Live) -> None:
    head, _, body = live.get(b"/events?limit=1").partition(b"\r\n\r\n")
    assert status(head) == 200
    assert b"server:" not in head.lower()
    assert json.loads(body)["links"]["self"] == "http://testserver/events?limit=1"


@pytest.mark.parametrize("target", [b"/events?name=\xc3\xa9", b"/\xff", b"/events/\xe2\x82\xac", b"/events?\x80=1"])
def test_row_19_raw_bytes_in_the_request_line(live: Live, target: bytes) -> None:
    assert bare(live.get(target))


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
    assert status(live.send(b"GET /events HTTP/1.0")) == 400


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
