"""Atom: a feed reader reads every list, page after page, with the same ids whatever page and release it is."""

import re
from html import unescape
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import pytest

from app.formats.atom import MEDIA_TYPE, atom
from app.formats.base import Listing
from app.query.reader import Page, ReleaseInfo
from app.resources.base import Resource
from contract.orders import Documents
from registry import COLLECTIONS
from visitor import BASE, Visitor

ATOM = "{http://www.w3.org/2005/Atom}"
# What RFC 4287 sections 4.1.1 and 4.1.2 want exactly one of, and at most one of.
ONE = ("id", "title", "updated")
NOT_MORE = ("subtitle", "summary", "published", "rights", "generator")


def feed(visitor: Visitor, path: str, **parameters: Any) -> Any:
    """The feed as a feed reader has it, without complaints."""
    answer = visitor.get(path, format="atom", **parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)
    found = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert (found.bozo, found.version, found.encoding) == (False, "atom10", "utf-8"), found.get("bozo_exception")
    return found


def links(found: Any) -> dict[str, str]:
    """Where the links of a feed lead."""
    return {link.rel: link.href for link in found.feed.links}


@COLLECTIONS
def test_a_feed_reader_reads_every_list(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    found, data = feed(visitor, f"/{resource.name}"), visitor.data(f"/{resource.name}")
    assert [entry.id for entry in found.entries] == [document["url"] for document in data["data"]]
    assert [entry.title for entry in found.entries] == [document["label"] for document in data["data"]]
    assert found.feed.id == f"{BASE}/{resource.name}"
    assert found.feed.updated == f"{data['release']['issued']}T00:00:00Z"
    for entry, document in zip(found.entries, data["data"], strict=True):
        assert (entry.link, entry.updated) == (document["url"], found.feed.updated)
        assert entry.author == document["dossier"]["label"]
        assert [tag.term for tag in entry.get("tags", ())] == ([document["type"]] if "type" in document else [])


def test_it_has_what_the_standard_wants(visitor: Visitor) -> None:
    for path in ("/claims", "/events?limit=0", "/search?q=kosovo", "/actors/kosovo-police/events"):
        root = ElementTree.fromstring(visitor.get(path, format="atom").content)
        assert root.tag == f"{ATOM}feed"
        for node in (root, *root.findall(f"{ATOM}entry")):
            assert [len(node.findall(ATOM + name)) for name in ONE] == [1, 1, 1]
            assert all(len(node.findall(ATOM + name)) <= 1 for name in NOT_MORE)
            assert [link.get("href") for link in node.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert root.find(f"{ATOM}author/{ATOM}name") is not None


def test_pages_lead_to_each_other_and_are_one_feed(visitor: Visitor) -> None:
    first = feed(visitor, "/events", sort="-date", limit=20)
    found, seen = first, list(first.entries)
    assert links(first)["self"] == f"{BASE}/events?format=atom&sort=-date&limit=20"
    while "next" in links(found):
        found = feedparser.parse(visitor.get(links(found)["next"]).content)
        assert (found.feed.id, links(found)["first"]) == (first.feed.id, links(first)["first"])
        seen += found.entries
    whole = visitor.data("/events", sort="-date", limit=500)["data"]
    assert [entry.id for entry in seen] == [document["url"] for document in whole]


def test_accept_gets_it_with_the_same_id(visitor: Visitor) -> None:
    asked = visitor.get("/events?layer=text", headers={"accept": MEDIA_TYPE})
    assert asked.headers["content-type"] == MEDIA_TYPE
    assert feedparser.parse(asked.content).feed.id == feed(visitor, "/events?layer=text").feed.id
    assert feedparser.parse(asked.content).feed.id == f"{BASE}/events?layer=text"


def test_the_bytes_are_the_same_again(visitor: Visitor) -> None:
    first, again = (visitor.get("/claims?format=atom") for _ in range(2))
    assert first.content == again.content
    unchanged = visitor.get("/claims?format=atom", headers={"if-none-match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_what_it_cannot_honour_is_refused(visitor: Visitor) -> None:
    for parameter in ("include=place", "facets=type", "fields=type"):
        assert visitor.get(f"/events?format=atom&{parameter}").status_code == 400
    assert visitor.get("/events/hallvik-ferry-strike?format=atom").status_code == 400


SIGNS = 'a & b < c > d " e \x01 \ufffe 🄰'


def test_signs_of_xml_and_signs_that_it_has_not_stay_out_of_the_way() -> None:
    document = (
        '{"id":"a","kind":"event","label":"1 < 2 & \\"3\\" \\u0001","type":"coerce","summary":"]]>",'
        '"dossier":{"id":"d","label":"D & E"}}'
    )
    url = "http://x/events?q=a%20%26%20b&limit=1&format=atom"
    listing = Listing(
        Page([document.encode()], ["events"], total=1),
        1,
        "http://x",
        {"self": url, "first": url, "next": None, "permalink": url},
        ReleaseInfo("0" * 64, "1", "2020-01-02"),
        query={"text": f"Events with {SIGNS}; in order of date, then id."},
    )
    assert atom.listing is not None
    found = feedparser.parse(atom.listing(listing))
    assert not found.bozo
    assert found.feed.title == 'Events with a & b < c > d " e   🄰'
    assert found.entries[0].title == '1 < 2 & "3"'
    assert (found.entries[0].summary, found.entries[0].author) == ("]]>", "D & E")
    assert found.feed.id == "http://x/events?q=a%20%26%20b&limit=1"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/events", "?format=atom&sort=-date"),
        ("/claims?layer=text&limit=3", "?layer=text&limit=3&format=atom&sort=-said"),
        ("/claims?sort=type", "?sort=type&format=atom"),
        ("/actors", "?format=atom"),
        ("/search?q=kosovo&facets=kind", "?q=kosovo&format=atom"),
        ("/events/north-kosovo-police-operation-2019-05-28/claims", "?format=atom&sort=-said"),
    ],
)
def test_the_page_of_a_list_leads_to_its_feed_the_latest_first(visitor: Visitor, path: str, wanted: str) -> None:
    page = visitor.get(path, headers={"accept": "text/html"}).text
    (href,) = re.findall('<link rel="alternate" type="application/atom[+]xml" title="[^"]*" href="([^"]*)">', page)
    assert unescape(href) == wanted
    answer = visitor.get(path.partition("?")[0] + wanted)
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)


def test_the_links_of_a_page_honour_what_each_format_can(visitor: Visitor) -> None:
    following = visitor.data("/events", limit=3)["links"]["next"]
    page = visitor.get(following, headers={"accept": "text/html"}).text
    taken = page.split('<h2 id="take">')[1].split("</p>")[0]
    for url in (part.partition('"')[0].replace("&amp;", "&") for part in taken.split('href="')[1:]):
        # A page gives these links by their query alone, which a browser puts behind the page's own path.
        assert url.startswith("?"), url
        assert visitor.get(urljoin(following, url)).status_code == 200, url
