"""Pages for people load nothing from elsewhere and run nothing inline."""

import re

import pytest

from app.errors import problems
from app.web.pages.assets import ASSETS
from visitor import BASE, Visitor

CLOSED = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
PAGES = ["/", "/docs", "/guide", "/guide/api", "/verify", "/problems", "/problems/not-found", "/problems/removed"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_bears_a_closed_policy(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path, headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith(CLOSED)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
def test_everything_that_a_page_loads_is_there(visitor: Visitor, path: str) -> None:
    page = visitor.get(path, headers={"accept": "text/html"}).text
    loaded = re.findall(r'<(?:script|img|link)[^>]*(?:src|href)="([^"]*)"', page)
    assert loaded
    for url in loaded:
        assert url.startswith((BASE, "/")), url
        assert visitor.get(url).status_code == 200
    assert not re.search(
        r"<script(?![^>]*src=)", re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page)
    )
    assert not re.search(r"\son\w+=|style=", page)


@pytest.mark.parametrize("path", ASSETS)
def test_an_asset_bears_its_type(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"/docs/assets/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == ASSETS[path]
    assert answer.content


@pytest.mark.parametrize("path", [f"/docs/assets/{each}" for each in ASSETS] + ["/guide/api", "/guide/api.md"])
def test_whoever_takes_gzip_gets_less(visitor: Visitor, path: str) -> None:
    plain, packed = visitor.get(path), visitor.get(path, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content  # unpacked by the visitor
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.headers["etag"] == plain.headers["etag"]


@pytest.mark.parametrize("path", ASSETS)
def test_an_asset_is_sent_once(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"/docs/assets/{path}")
    assert "last-modified" not in answer.headers  # another server installed it at another time
    again = visitor.get(f"/docs/assets/{path}", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_reference_reads_our_own_document(visitor: Visitor) -> None:
    page = visitor.get("/docs", headers={"accept": "text/html"}).text
    scripts = "".join(visitor.get(f"/docs/assets/{path}").text for path in ("docs.js",))
    assert "openapi.json" in page + scripts


def test_every_kind_of_problem_is_on_one_page(visitor: Visitor) -> None:
    listed = visitor.data("/problems")["data"]
    assert {each["slug"] for each in listed} == {kind.slug for kind in problems()}
    page = visitor.get("/problems", headers={"accept": "text/html"}).text
    for each in listed:
        assert f'href="{BASE}/problems/{each["slug"]}"' in page
        assert visitor.data(f"/problems/{each['slug']}")["data"] == each


def test_only_a_page_with_a_form_may_send_one(visitor: Visitor) -> None:
    for path in PAGES:
        answer = visitor.get(path, headers={"accept": "text/html"})
        allowed = "form-action 'self'" in answer.headers["content-security-policy"]
        assert allowed == ("<form" in answer.text), path
