"""Methods and paths: HEAD is GET without a body, OPTIONS tells what there is, nothing else is answered."""

from itertools import chain

import pytest

from app.resources import RESOURCES
from problems import problem
from visitor import BASE, Visitor

PATHS = [
    *(f"/{each.name}" for each in RESOURCES),
    "/events/hallvik-ferry-strike",
    "/events/hallvik-ferry-strike/claims",
    "/",
    "/releases",
    "/vocabularies",
    "/vocabularies/measures",
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/docs",
    "/docs/assets/docs.css",
    "/docs/assets/swagger-ui/swagger-ui-bundle.js",
    "/problems/not-found",
]
WRONG = [
    "/events?foo=1",
    "/events/none",
    "/none",
    "/events/hallvik-overtime-ban",
    "/events/hallvik-ferry-walkout",
    "/events/",
    "/events?a=%zz",
    "/events?cursor=x",
]
VARYING = {"x-request-id", "date"}
ALLOW = "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", [*PATHS, *WRONG])
def test_row_28_head_has_the_headers_of_get_and_no_body(visitor: Visitor, path: str) -> None:
    get, head = visitor.get(path), visitor.send("HEAD", path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert get.content
    length = {"content-length"} if get.status_code >= 300 else set()  # a problem tells its own request id
    assert [each for each in head.headers.raw if each[0].decode() not in VARYING | length] == [
        each for each in get.headers.raw if each[0].decode() not in VARYING | length
    ]
    assert abs(int(head.headers["content-length"]) - len(get.content)) <= (1 if length else 0)


def test_row_28_head_of_a_streamed_export_has_no_length(visitor: Visitor) -> None:
    for method in ("GET", "HEAD"):
        assert "content-length" not in visitor.send(method, "/events?format=csv").headers
    assert visitor.send("HEAD", "/events?format=csv").content == b""


def test_row_28_head_of_a_download_has_its_length_and_reads_nothing(visitor: Visitor) -> None:
    for url in visitor.data("/releases")["data"][0]["downloads"].values():
        get, head = visitor.get(url), visitor.send("HEAD", url)
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) == len(get.content)
        assert {**head.headers, "x-request-id": ""} == {**get.headers, "x-request-id": ""}


@pytest.mark.parametrize("path", PATHS)
def test_row_29_options(visitor: Visitor, path: str) -> None:
    answer = visitor.send("OPTIONS", path)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, ALLOW, b"")
    assert "access-control-allow-methods" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_row_29_preflight(visitor: Visitor, path: str) -> None:
    asked = {"origin": "https://a.example", "access-control-request-method": "GET"}
    wanted = "if-none-match, traceparent,x-requested-with, authorization"
    answer = visitor.send("OPTIONS", path, {**asked, "access-control-request-headers": wanted})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == ALLOW
    assert answer.headers["access-control-allow-headers"] == wanted
    assert answer.headers["vary"] == "Access-Control-Request-Headers"


@pytest.mark.parametrize("wanted", ["", 'a"b', "a;b", "é", "a:b"])
def test_row_29_a_preflight_echoes_only_names_of_headers(visitor: Visitor, wanted: str) -> None:
    asked = [(b"access-control-request-method", b"GET"), (b"access-control-request-headers", wanted.encode())]
    answer = visitor.raw("OPTIONS", b"/events", [(b"host", b"testserver"), *asked])
    assert answer.status_code == 204
    assert "access-control-allow-headers" not in answer.headers


def test_row_29_options_of_the_server_as_a_whole(visitor: Visitor) -> None:
    answer = visitor.raw("OPTIONS", b"*", [(b"host", b"testserver")])
    assert (answer.status_code, answer.headers["allow"]) == (204, ALLOW)
    assert visitor.raw("GET", b"*", [(b"host", b"testserver")]).status_code == 404


@pytest.mark.parametrize("path", [*PATHS, *WRONG])
def test_every_answer_can_be_read_by_scripts_of_other_sites(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path, headers={"origin": "https://a.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = answer.headers["access-control-expose-headers"]
    told = {"ETag", "Link", "Retry-After", "Content-Location", "X-Request-Id", "Content-Range", "Accept-Ranges"}
    assert told | {"Content-Disposition", "Repr-Digest"} == set(exposed.split(", "))
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "CONNECT"])
@pytest.mark.parametrize("path", PATHS)
def test_row_30_other_methods_are_405(visitor: Visitor, path: str, method: str) -> None:
    answer = visitor.send(method, path)
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == ALLOW


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE", "QUERY"])
@pytest.mark.parametrize("path", ["/none", "/events/a/b", "/events/a/none", "/people/a/claims", "/*"])
def test_row_32_any_method_on_an_unknown_path_is_404(visitor: Visitor, path: str, method: str) -> None:
    answer = visitor.send(method, path)
    assert answer.status_code == 404
    if method != "HEAD":
        problem(answer, 404, "not-found")


@pytest.mark.parametrize("path", ["/docs/assets/none.js", "/docs/assets/../../app/errors.py", "/problems/none"])
def test_row_32_a_file_or_page_that_is_not_there_is_404(visitor: Visitor, path: str) -> None:
    problem(visitor.raw("GET", path.encode(), [(b"host", b"testserver")]), 404, "not-found")


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/" and "assets" not in path])
def test_row_33_a_slash_too_many_at_the_end_is_308(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"{path}/?limit=1")
    problem(answer, 308, "moved")
    assert answer.headers["location"] == f"{BASE}{path}?limit=1"


DOUBLE = [
    "//events",
    "/events//",
    "//evil.example/",
    "//evil.example/events",
    "/events//hallvik-ferry-strike",
    "//",
    "///",
]
DOTS = ["/a/../events", "/./events", "/events/..", "/events/.", "/%2e%2e/events", "/events/%2e", "/../../etc/passwd"]
SLASHES = ["/events%2Fhallvik-ferry-strike", "/events/a%2fb", "/%2Fevents", "/events%2f"]
BACKSLASHES = ["/\\evil.example", "/\\evil.example/", "/events\\", "/%5Cevil.example/"]


@pytest.mark.parametrize("target", list(chain(DOUBLE, DOTS, SLASHES, BACKSLASHES)))
def test_row_33_any_other_odd_path_is_404(visitor: Visitor, target: str) -> None:
    answer = visitor.raw("GET", target.encode(), [(b"host", b"testserver")])
    problem(answer, 404, "not-found")
    assert "location" not in answer.headers


def test_row_33_an_unknown_path_with_a_slash_leads_nowhere(visitor: Visitor) -> None:
    for path in ("/none/", "/events/a/b/", "/EVENTS/"):
        problem(visitor.get(path), 404, "not-found")
