"""The page for browsers says of the release what the API says of it, and every link of it leads somewhere."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from problems import problem
from registry import COLLECTIONS
from releases.publishing import SMALL, edit, edition, published
from visitor import BASE, Visitor

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def page(visitor: Visitor) -> str:
    """The page as a browser gets it."""
    answer = visitor.get("/", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return answer.text


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Visitor]:
    """The app before a dossier in which nobody says anything."""
    dossier = tmp_path / "dossier"
    dossier.mkdir()
    text = (edition(tmp_path, "hallvik-3") / "dossier.yaml").read_text(encoding="utf-8")
    (dossier / "dossier.yaml").write_text(text, encoding="utf-8")
    edit(dossier / "dossier.yaml", "title: ", 'title: "<script>&" # ')
    published(tmp_path / "store", dossier)
    with Visitor(create_app(Settings(store=tmp_path / "store"))) as made:
        yield made


def test_programs_get_json(visitor: Visitor) -> None:
    for headers in ({}, {"accept": "*/*"}, {"accept": "application/json, text/html"}):
        assert visitor.get("/", headers=headers).headers["content-type"] == "application/json"
    assert visitor.get("/", headers=BROWSER, format="json").headers["content-type"] == "application/json"
    problem(visitor.get("/", headers={"accept": "image/png"}), 406, "not-acceptable")


def test_the_page_can_be_kept_and_is_not_the_json(visitor: Visitor) -> None:
    first = visitor.get("/", headers=BROWSER)
    assert first.headers["vary"] == "Accept, Accept-Encoding"
    assert first.headers["etag"] != visitor.get("/").headers["etag"]
    again = visitor.get("/", headers=BROWSER | {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_base_is_the_one_that_was_asked(visitor: Visitor, page: str) -> None:
    other = visitor.get("/", headers=BROWSER | {"host": "elsewhere.example"}).text
    assert BASE not in other
    assert other.replace("elsewhere.example", "testserver") == page


@COLLECTIONS
def test_counts_are_those_of_the_collections(visitor: Visitor, page: str, resource: object) -> None:
    name = resource.name  # type: ignore[attr-defined]  # a Resource
    (shown,) = re.findall(rf'<a href="{BASE}/{name}"><b>([\d,]+)</b>', page)
    assert int(shown.replace(",", "")) == visitor.data(f"/{name}", limit=0)["page"]["total"]


def test_sample_queries_have_the_answers_that_the_page_says(visitor: Visitor, page: str) -> None:
    asked = re.findall(r'<a href="([^"]*)">[^<]*</a> <span class="total">([\d,]+)</span>', page)
    assert len(asked) >= 5
    for url, total in asked:
        assert visitor.data(unescape(url))["page"]["total"] == int(total.replace(",", "")) > 0


def test_every_link_of_ours_leads_somewhere(visitor: Visitor, page: str) -> None:
    ids = set(re.findall(r'\bid="([^"]*)"', page))
    for url in set(map(unescape, re.findall(r'href="([^"]*)"', page))):
        if url.startswith("#"):
            assert url[1:] in ids
        elif url.startswith(BASE):
            assert visitor.get(url, headers=BROWSER).status_code == 200, url


def test_the_featured_event_is_the_one_that_most_is_said_of(visitor: Visitor, page: str) -> None:
    (featured,) = re.findall(rf'<h2 id="featured"><a href="{BASE}/events/([^"]*)"', page)
    claims = {each["id"]: each["counts"]["claims"] for each in visitor.data("/events", limit=500)["data"]}
    assert claims[featured] == max(claims.values())


def test_one_source_is_no_plural(tmp_path: Path) -> None:
    published(tmp_path, SMALL)
    with Visitor(create_app(Settings(store=tmp_path))) as small:
        page = small.get("/", headers=BROWSER).text
    assert '<p class="aside">4 claims by 4 voices, written in 1 source. 4 are from the main text' in page


def test_figures_that_cannot_both_be_so_come_with_their_claims(visitor: Visitor, page: str) -> None:
    (featured,) = re.findall(rf'<h2 id="featured"><a href="{BASE}/events/([^"]*)"', page)
    figures = visitor.data(f"/events/{featured}")["data"]["figures"]
    disputed = [measure for measure in figures if measure["disputed"]][:2]
    shown = re.findall(r'<dl class="figures">(.*?)</dl>', page, re.DOTALL)
    assert [sorted(re.findall(rf'"{BASE}/claims/([^"]*)"', measure)) for measure in shown] == [
        sorted(value["claim"]["id"] for value in measure["values"]) for measure in disputed
    ]
    assert "Figures of which two cannot both be so" in page
    assert "Figures that differ" not in page


def test_the_event_is_not_told_twice(visitor: Visitor, page: str) -> None:
    (featured,) = re.findall(rf'<h2 id="featured"><a href="{BASE}/events/([^"]*)"', page)
    assert f'href="{BASE}/events/{featured}/matrix"' in page
    assert len(page.encode()) < 20_000 < len(visitor.get(f"/events/{featured}", headers=BROWSER).content)


def test_text_and_other_reports_are_counted_apart(visitor: Visitor, page: str) -> None:
    (featured,) = re.findall(rf'<h2 id="featured"><a href="{BASE}/events/([^"]*)"', page)
    text, other = re.findall(r"(\d+) are from the main text of the dossier, (\d+) from other reports", page)[0]
    for layer, number in (("text", text), ("background", other)):
        assert visitor.data("/claims", event=featured, layer=layer, limit=0)["page"]["total"] == int(number)


def test_how_to_cite_and_whom_to_correct(visitor: Visitor, page: str) -> None:
    for each in visitor.data("/dossiers")["data"]:
        assert each["citation"] in unescape(page)
        assert f'href="{each["corrections"]}"' in page
        assert each["licence"] in page


def test_where_nobody_says_anything_the_page_says_less(bare: Visitor) -> None:
    page = bare.get("/", headers=BROWSER)
    assert page.status_code == 200
    assert "First questions" not in page.text
    assert 'id="featured"' not in page.text
    assert "<script>&" not in page.text
    assert "&lt;script&gt;&amp;" in page.text
