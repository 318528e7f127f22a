"""Every header of every answer is printable ASCII and parses, whatever is asked; redirects lead to what was asked."""

import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.main import create_app
from app.settings import Settings
from problems import problem
from visitor import BASE, Visitor

PRINTABLE = re.compile(rb"[\x20-\x7e]*")
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+")
HOST = (b"host", b"testserver")
ADDRESSES = ("data.example.org:8443", "data.example.org", "testserver", "testserver:80")

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
segments = st.lists(
    st.sampled_from(["events", "actors", "people", "vocabularies", "releases", "hallvik-ferry-strike", "", "."]) | text,
    min_size=1,
    max_size=4,
)
pairs = st.lists(
    st.tuples(st.sampled_from(["q", "sort", "limit", "format", "release", "id", "name", "x"]) | text, text), max_size=3
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=segments, asked=pairs, accept=st.sampled_from([b"*/*", b"text/html", b"application/ld+json"]))
def test_every_header_is_printable_ascii(
    visitor: Visitor, path: list[str], asked: list[tuple[str, str]], accept: bytes
) -> None:
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in asked)
    target = f"/{'/'.join(quote(segment, safe='') for segment in path)}{'?' + query if query else ''}"
    answer = visitor.raw("GET", target.encode(), [HOST, (b"accept", accept)])
    assert answer.status_code < 500
    for name, value in answer.headers.raw:
        assert TOKEN.fullmatch(name.lower()), name
        assert PRINTABLE.fullmatch(value), (name, value)
    if "location" in answer.headers:
        assert urlsplit(answer.headers["location"]).netloc == "testserver"


@pytest.mark.parametrize("id", ["Вучић", "café", "a b", "x%2e", "日本"])
def test_a_slash_too_many_leads_to_the_same_path(visitor: Visitor, id: str) -> None:
    answer = visitor.get(f"/events/{quote(id)}/?limit=1&q={quote(id)}")
    assert answer.status_code == 308
    location = urlsplit(answer.headers["location"])
    assert location.path.isascii()
    assert unquote(location.path) == f"/events/{id}"
    assert unquote(location.query) == f"limit=1&q={id}"


@pytest.mark.parametrize("escape", ["%0d%0a", "%0a", "%1b", "%7f", "%c2%85", "%09"])
def test_a_control_character_in_a_path_is_refused(visitor: Visitor, escape: str) -> None:
    for path in (f"/events/a{escape}Set-Cookie:%20x=1/", f"/events/a{escape}b", f"/{escape}"):
        body = problem(visitor.raw("GET", path.encode(), [HOST]), 400, "malformed-request")
        assert "control character" in body["detail"]


def test_a_former_id_leads_on_where_it_is_also_the_name_of_a_path(visitor: Visitor) -> None:
    answer = visitor.get("/actors/dindic/claims?limit=2")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{BASE}/actors/djindjic-in-latin/claims?limit=2")


def test_the_openapi_document_is_made_once_whatever_hosts_are_asked(visitor: Visitor) -> None:
    first = visitor.get("/openapi.json")
    other = visitor.get("/openapi.json", headers={"host": "data.example.org:8443"})
    assert "any-host.invalid" not in first.text + other.text
    assert other.text == first.text.replace(BASE, "http://data.example.org:8443")
    assert other.json()["servers"][0]["url"] == "http://data.example.org:8443"
    assert first.headers["etag"] != other.headers["etag"]
    again = visitor.get("/openapi.json", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_the_openapi_document_has_the_address_that_is_asked_where_hosts_are_set(folder: Path) -> None:
    with Visitor(create_app(Settings(store=folder, hosts=("data.example.org", "testserver")))) as visitor:
        texts = {host: visitor.get("/openapi.json", headers={"host": host}).text for host in ADDRESSES}
    first, *others = ADDRESSES
    for host in others:
        assert texts[host] == texts[first].replace(f"http://{first}", f"http://{host}")
