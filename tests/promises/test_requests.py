"""What a live server answers to paths, methods and headers: rows 14 to 20 and 28 to 43."""

from urllib.parse import quote

import pytest

from promises.wire import BASE, HOST, asked, both, sent
from web.live import Live

CORS = (b"Origin: https://a.example", b"Access-Control-Request-Method: GET", b"Access-Control-Request-Headers: x-a")
METHODS = (b"POST", b"PUT", b"PATCH", b"DELETE", b"TRACE")
JSON_PATHS = ("/", "/events", "/events/hallvik-ferry-strike", "/events/hallvik-ferry-strike/claims", "/search?q=a*")
STREAMED = ("/claims?format=csv", "/events?format=ndjson")


def test_row_14_malformed_id(live: Live) -> None:
    for id in ("abc!", "ABC", "a--b", "-a", "a_b", quote("č"), "a.b", "a%20b", "x" * 200, "%25"):
        both(live, f"/events/{id}").problem(404, "not-found")
        both(live, f"/events/{id}/claims").problem(404, "not-found")


def test_row_15_absent_id(live: Live) -> None:
    body = both(live, "/events/hallvik-fery-strike").problem(404, "not-found")
    assert body["errors"][0]["did_you_mean"] == "hallvik-ferry-strike"
    body = both(live, "/events/zzzz-nothing-like-it").problem(404, "not-found")
    assert body["errors"][0]["did_you_mean"] is None


def test_row_16_removed_and_merged_id(live: Live) -> None:
    assert "hallvik-1" in both(live, "/events/hallvik-overtime-ban").problem(410, "removed")["detail"]
    answer = both(live, "/events/hallvik-ferry-walkout")
    answer.problem(308, "merged")
    assert answer.headers[b"location"] == f"{BASE}/events/hallvik-ferry-strike".encode()


def test_row_17_nul(live: Live) -> None:
    for target in ("/events?country=%00", "/events?a%00b=1", "/events/%00", "/ev%00ents", "/events?%00"):
        both(live, target).problem(400, "malformed-request")


def test_row_18_invalid_utf_8(live: Live) -> None:
    for escaped in ("%ff", "%ed%a0%80", "%c0%af", "%f4%90%80%80", "%c3", "%e2%28%a1"):
        for place in ("/events?country={}", "/events?{}=1", "/events/{}", "/{}"):
            both(live, place.format(escaped)).problem(400, "malformed-request")


def test_row_19_raw_bytes_in_the_request_line(live: Live) -> None:
    for target, meant in (("/events?name=é", "/events?name=%C3%A9"), ("/actors/Вучић", f"/actors/{quote('Вучић')}")):
        answer = asked(live, target)
        (fault,) = answer.problem(400, "malformed-request", base="")["errors"]
        assert (fault["did_you_mean"], answer.headers[b"connection"]) == (meant, b"close")


def test_row_20_broken_escape(live: Live) -> None:
    for target in ("/events?country=%zz", "/events?country=%", "/events?%4", "/events/%g1", "/%"):
        both(live, target).problem(400, "malformed-request")


def test_row_28_head(live: Live) -> None:
    for path in JSON_PATHS:
        assert int(both(live, path).headers[b"content-length"]) > 0
    for path in STREAMED:
        assert b"content-length" not in both(live, path).headers
    assert both(live, "/nothing").status == 404


def test_row_29_options(live: Live) -> None:
    for path in (*JSON_PATHS, "*"):
        answer = asked(live, path, method=b"OPTIONS")
        assert (answer.status, answer.headers[b"allow"]) == (204, b"GET, HEAD, OPTIONS")
        preflight = asked(live, path, *CORS, method=b"OPTIONS")
        assert (preflight.status, preflight.headers[b"access-control-allow-origin"]) == (204, b"*")
        assert preflight.headers[b"access-control-allow-headers"] == b"x-a"


def test_row_30_methods_that_change_something(live: Live) -> None:
    for path in JSON_PATHS:
        for method in METHODS:
            answer = asked(live, path, method=method)
            answer.problem(405, "method-not-allowed")
            assert answer.headers[b"allow"] == b"GET, HEAD, OPTIONS"
    assert asked(live, "/events", method=b"QUERY").status in (400, 405)


def test_row_31_unknown_method(live: Live) -> None:
    for method in (b"FOO", b"G@T", b"get", b""):
        assert asked(live, "/events", method=method).status in (400, 405, 501)


def test_row_32_any_method_on_an_unknown_path(live: Live) -> None:
    for method in (b"GET", b"OPTIONS", *METHODS):
        asked(live, "/nothing", method=method).problem(404, "not-found")
    assert asked(live, "/nothing", method=b"HEAD").status == 404


def test_row_33_slashes_and_dots(live: Live) -> None:
    for path in ("/events", "/events/hallvik-ferry-strike", "/releases"):
        answer = both(live, f"{path}/")
        answer.problem(308, "moved")
        assert answer.headers[b"location"] == f"{BASE}{path}".encode()
    for path in (
        "//events",
        "//evil.example/",
        "/a/../b",
        "/events/../events",
        "/./events",
        "/events%2Fx",
        "/x/",
        "//",
    ):
        both(live, path).problem(404, "not-found")


def test_row_34_nothing_that_is_accepted(live: Live) -> None:
    for path in ("/events", "/events/hallvik-ferry-strike", "/releases"):
        body = both(live, path, b"Accept: application/xml").problem(406, "not-acceptable")
        assert "application/json" in str(body)


def test_row_35_format_and_accept_disagree(live: Live) -> None:
    answer = both(live, "/events?format=csv", b"Accept: application/json")
    assert answer.headers[b"content-type"].startswith(b"text/csv")
    answer = both(live, "/events?format=json", b"Accept: application/xml")
    assert answer.headers[b"content-type"] == b"application/json"


def test_row_36_body_on_get(live: Live) -> None:
    small = live.send(b"GET /events?limit=1 HTTP/1.1", HOST, b"Connection: close", b"Content-Length: 5", b"", b"hello")
    assert small.startswith(b"HTTP/1.1 200 ")
    asked(live, "/events", b"Content-Length: 10485760").problem(413, "content-too-large")


def test_row_37_conditional(live: Live) -> None:
    for path in ("/events", "/events/hallvik-ferry-strike", "/"):
        tag = both(live, path).headers[b"etag"]
        for value in (tag, b'"x", ' + tag, b"*", tag.removeprefix(b"W/")):
            answer = both(live, path, b"If-None-Match: " + value)
            assert answer.status == 304, (path, value)
            assert {b"etag", b"cache-control", b"vary"} <= answer.headers.keys()
        assert both(live, path, b'If-None-Match: "other"').status == 200
    assert both(live, "/events/no-such-event", b"If-None-Match: *").status == 404


def test_row_38_if_modified_since_beside_if_none_match(live: Live) -> None:
    tag, later = both(live, "/events").headers[b"etag"], b"If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"
    assert both(live, "/events", later, b'If-None-Match: "other"').status == 200
    assert (
        both(live, "/events", b"If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", b"If-None-Match: " + tag).status
        == 304
    )


def test_row_39_range(live: Live) -> None:
    answer = both(live, "/events", b"Range: bytes=0-10")
    assert (answer.status, answer.headers[b"accept-ranges"]) == (200, b"none")
    download = both(live, "/releases").json["data"][0]["downloads"]["sqlite"].removeprefix(BASE)
    answer = both(live, download, b"Range: bytes=0-15")
    assert (answer.status, answer.body) == (206, b"SQLite format 3\0")


def test_row_40_accept_encoding(live: Live) -> None:
    plain = asked(live, "/claims").body
    for value in (b"gzip;q=0", b"identity;q=0", b"x-none", b"br", b"", b"*;q=0"):
        answer = both(live, "/claims", b"Accept-Encoding: " + value)
        assert answer.status == 200
        assert b"content-encoding" in answer.headers or answer.body == plain


def test_row_41_host(live: Live) -> None:
    line = b"GET /events HTTP/1.1"
    for hosts in ((), (b"Host: a", b"Host: b"), (b"Host: a/b",), (b"Host: ",), (b"Host: a b",)):
        sent(live, line, *hosts).problem(400, "malformed-request", base="")
    assert live.send(b"GET /events?limit=0 HTTP/1.0").startswith(b"HTTP/1.1 200 ")


def test_row_42_headers(live: Live) -> None:
    asked(live, "/events", *(b"X-%d: v" % number for number in range(150))).problem(431, "headers-too-large", base="")
    asked(live, "/events", *(b"X-%d: %s" % (n, b"v" * 4096) for n in range(9))).problem(
        431, "headers-too-large", base=""
    )


@pytest.mark.parametrize(
    "lines",
    [
        (b"Content-Length: 5", b"Transfer-Encoding: chunked"),
        (b"Content-Length: 5", b"Content-Length: 6"),
        (b"X: a\x00b",),
        (b"X : a",),
        (b"X: a", b" folded: b"),
        (b"X: a\nY: b",),
        (b"Transfer-Encoding: chunked, identity",),
        (b"Content-Length: +5",),
    ],
)
def test_row_43_what_could_be_read_in_two_ways(live: Live, lines: tuple[bytes, ...]) -> None:
    assert asked(live, "/events", *lines).status in (400, 413)
