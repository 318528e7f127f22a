"""The page of the proof desk: which sources it compares with, what it refuses, and where it is linked from."""

import re
from html import unescape

import pytest

from app.releases.sqlite import SqliteStore
from app.web.pages.proof_desk import proof_desk
from app.web.pages.rendering import render
from contract.orders import Documents
from problems import problem
from visitor import Visitor

BROWSER = {"accept": "text/html"}
NOTE = "hallvik-observer-note"


def compared(text: str) -> str:
    """The ids of the sources that the script asks for."""
    (found,) = re.findall(r'data-sources="([^"]*)"', text)
    return str(found)


def test_without_a_source_all_whose_text_was_at_hand_are_compared(visitor: Visitor, documents: Documents) -> None:
    text = visitor.get("/verify").text
    assert sorted(compared(text).split(",")) == [each["id"] for each in documents["sources"] if each["sha256"]]
    assert "Compare with every source" not in text


def test_a_source_and_a_release_are_chosen(visitor: Visitor) -> None:
    current = visitor.data("/")["data"]["release"]["id"]
    text = visitor.get("/verify", source=NOTE, release=current[:8]).text
    assert compared(text) == NOTE
    assert f'data-release="{current}"' in text
    assert f'<a href="/verify?release={current}">Compare with every source</a>' in text


def test_of_a_source_without_a_text_there_is_nothing_to_prove(visitor: Visitor) -> None:
    text = visitor.get("/verify?source=hallvik-harbour-minutes").text
    assert "data-sources" not in text
    assert "<script" not in text
    assert "No claim is pinned in what you chose" in text


def test_where_there_are_too_many_sources_one_is_to_be_chosen(store: SqliteStore) -> None:
    reader = store.current()
    desk = proof_desk(reader, {}, most=1)
    assert (list(desk.sources), desk.chosen, desk.total) == ([], False, 2)
    text = render("verify.html", base="", info=reader.info, desk=desk, pinned=False)
    assert 'action="/verify"' in text
    assert [each["id"] for each in proof_desk(reader, {"source": [NOTE]}, most=0).sources] == [NOTE]


@pytest.mark.parametrize(
    ("query", "slug", "parameter"),
    [
        ("source=hallvik-observer-not", "invalid-parameter", "source"),
        ("source=kosovo-police", "invalid-parameter", "source"),
        ("sources=x", "unknown-parameter", "sources"),
        ("release=nope", "invalid-parameter", "release"),
        ("format=json", "not-with-this-format", "format"),
    ],
)
def test_what_it_does_not_know_is_refused(visitor: Visitor, query: str, slug: str, parameter: str) -> None:
    body = problem(visitor.get(f"/verify?{query}"), 400, slug)
    assert [fault["parameter"] for fault in body["errors"]] == [parameter]


def test_it_is_a_page_and_nothing_else(visitor: Visitor) -> None:
    problem(visitor.get("/verify", headers={"accept": "application/json"}), 406, "not-acceptable")
    answer = visitor.get("/verify", headers=BROWSER)
    again = visitor.get("/verify", headers={**BROWSER, "if-none-match": answer.headers["etag"]})
    assert (answer.status_code, again.status_code) == (200, 304)


def test_claims_and_sources_lead_to_it(visitor: Visitor, documents: Documents) -> None:
    for source in documents["sources"]:
        text = visitor.get(f"/sources/{source['id']}", headers=BROWSER).text
        assert (f'href="/verify?source={source["id"]}"' in text) == (source["sha256"] is not None)
    for claim in documents["claims"]:
        text = unescape(visitor.get(f"/claims/{claim['id']}", headers=BROWSER).text)
        pinned = dict.fromkeys(each["source"]["id"] for each in claim["evidence"] if each["pinned"])
        assert (f'href="/verify?source={",".join(pinned)}#c-{claim["id"]}"' in text) == bool(pinned)


def test_from_a_page_of_a_release_it_proves_that_release(visitor: Visitor) -> None:
    current = visitor.data("/")["data"]["release"]["id"]
    text = unescape(visitor.get(f"/sources/{NOTE}?release={current}", headers=BROWSER).text)
    assert f'href="/verify?source={NOTE}&release={current}"' in text


def test_its_links_to_the_guides_lead_to_their_sections(visitor: Visitor) -> None:
    for path, _, anchor in re.findall(r'href="(/guide[^"#]*)(#?)([^"]*)"', visitor.get("/verify").text):
        answer = visitor.get(path, headers=BROWSER)
        assert answer.status_code == 200
        assert not anchor or f'id="{anchor}"' in answer.text, anchor
