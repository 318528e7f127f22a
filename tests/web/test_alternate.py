"""Every answer that is JSON names its page in the Link header, and every page its JSON."""

import re
from typing import Any

import pytest

from visitor import Visitor

BROWSER = {"accept": "text/html,*/*;q=0.8"}
PATHS = (
    *("/", "/events", "/events?limit=2&sort=-id", "/claims?q=%22tear+gas%22", "/search?q=vucic", "/actors/lavrov"),
    *("/events/hallvik-ferry-strike/claims", "/events/hallvik-ferry-strike/matrix", "/people", "/problems"),
    *("/vocabularies", "/vocabularies/layers", "/releases", "/problems/not-found"),
)


def alternate(answer: Any) -> tuple[str, str]:
    """The URL and the media type of the link."""
    ((url, media),) = re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', answer.headers["link"])
    return url, media


@pytest.mark.parametrize("path", PATHS)
def test_json_and_page_lead_to_each_other(visitor: Visitor, path: str) -> None:
    json = visitor.get(path)
    url, media = alternate(json)
    assert media == "text/html"
    page = visitor.get(url)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    back, media = alternate(page)
    assert media == "application/json"
    again = visitor.get(back).json()
    assert again["data"] == json.json()["data"]
    assert alternate(visitor.get(path, headers=BROWSER))[1] == "application/json"


def test_what_a_page_cannot_honour_is_left_out(visitor: Visitor) -> None:
    url, _ = alternate(visitor.get("/events?include=claims&limit=1&format=json"))
    assert url.endswith("/events?limit=1&format=html")
    assert visitor.get(url).status_code == 200


def test_other_formats_have_none(visitor: Visitor) -> None:
    assert "alternate" not in visitor.get("/events/hallvik-ferry-strike?format=csv").headers["link"]
    assert "alternate" not in visitor.get("/events?format=ndjson").headers.get("link", "")


@pytest.mark.parametrize("path", ["/events/hallvik-ferry-strike", "/people/aleksandar-vucic", "/dossiers/hallvik-quay"])
def test_a_record_names_its_own_metadata(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    described = re.findall(r'<([^>]*)>; rel="describedby"; type="([^"]*)"', answer.headers["link"])
    assert [media for _, media in described] == ["application/ld+json", "application/vnd.citationstyles.csl+json"]
    for url, media in described:
        found = visitor.get(url)
        assert (found.status_code, found.headers["content-type"].split(";")[0]) == (200, media)
        assert answer.json()["data"]["id"] in found.text
        assert f"release={answer.json()['release']['id']}" in url
