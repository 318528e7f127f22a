"""What reference managers and search engines read of pages: `citation_…` tags, and schema.org in a block of data."""

import json
import re
from html import unescape
from typing import Any

import pytest

from app.formats.citation import Citation
from app.formats.html import highwire, structured
from app.resources import MAIN
from app.resources.base import Resource
from contract.orders import Documents
from visitor import BASE, Visitor

BROWSER = {"accept": "text/html"}
TAG = re.compile(r'<meta name="(citation_\w+)" content="([^"]*)">')
BLOCK = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')
COLLECTIONS = pytest.mark.parametrize("resource", MAIN, ids=lambda resource: resource.name)


def page(visitor: Visitor, path: str) -> str:
    """The page at a path."""
    answer = visitor.get(path, headers=BROWSER)
    assert answer.status_code == 200, path
    return str(answer.text)


def tags(text: str) -> dict[str, list[str]]:
    """The contents of the tags, by name."""
    head, found = text.partition("</head>")[0], dict[str, list[str]]()
    for name, content in TAG.findall(head):
        found.setdefault(name, []).append(unescape(content))
    return found


def block(text: str) -> Any:
    """The only block of data, which stands in the head."""
    (found,) = BLOCK.findall(text)
    assert found in text.partition("</head>")[0]
    return json.loads(found)


@COLLECTIONS
def test_the_tags_of_a_page_cite_it_as_reference_managers_get_it(
    visitor: Visitor, documents: Documents, resource: Resource
) -> None:
    for document in documents[resource.name][:12]:
        path = f"/{resource.name}/{document['id']}"
        found, (item,) = tags(page(visitor, path)), visitor.get(path, format="csljson").json()
        assert found["citation_title"] == [item["title"]]
        assert found.get("citation_author", []) == [author["literal"] for author in item.get("author", ())]
        assert found.get("citation_publisher", []) == [item["publisher"] for _ in "x" if "publisher" in item]
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        assert found.get("citation_publication_date", []) == ["/".join(f"{part:02}" for part in parts)][: len(parts)]
        (public,) = found["citation_public_url"]
        assert visitor.get(public).json()["data"]["id"] == document["id"]
        assert item["URL"] in (public, *found.get("citation_fulltext_html_url", ()))


def test_a_source_is_cited_as_the_document_that_it_is(visitor: Visitor, documents: Documents) -> None:
    (source,) = [each for each in documents["sources"] if each["id"] == "time-2019-05-28"]
    found = tags(page(visitor, "/sources/time-2019-05-28"))
    assert found["citation_publication_date"] == ["2019/05/28"]
    assert found["citation_publisher"] == ["TIME"]
    assert found["citation_fulltext_html_url"] == [source["original_url"]]
    assert "citation_inbook_title" not in found


def test_a_date_that_is_no_plain_one_is_no_date_of_publication() -> None:
    known: dict[str, Any] = {
        **{"id": "x", "type": "entry", "title": "T", "authors": (), "container": None, "publisher": None},
        **{"url": "u", "edition": None, "language": None, "note": ""},
    }
    for dated, told in (
        ("2019", "2019"),
        ("2019-05", "2019/05"),
        ("2019-05~", None),
        ("2018/2019", None),
        (None, None),
    ):
        found = dict(highwire.tags(Citation(**known, dated=dated), "u"))
        assert found.get("citation_publication_date") == told, dated


@pytest.mark.parametrize("id", ["north-kosovo-2019", "hallvik-quay", "odd-ones"])
def test_a_dossier_is_a_data_set_with_all_that_google_asks_for(visitor: Visitor, id: str) -> None:
    document = visitor.data(f"/dossiers/{id}")["data"]
    found = block(page(visitor, f"/dossiers/{id}"))
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Dataset")
    assert (found["name"], found["url"], found["@id"]) == (document["title"], document["url"], document["url"])
    assert found["description"].startswith(document["scope"])
    assert 50 <= len(found["description"]) <= 5_000
    assert [each["name"] for each in found["creator"]] == [each["name"] for each in document["curators"]]
    assert {each["@type"] for each in found["creator"]} == {"Organization"}
    assert f'<{found["license"]}>; rel="license"' in visitor.get(f"/dossiers/{id}").headers["link"]
    assert (found["version"], found["datePublished"]) == (document["edition"]["label"], document["edition"]["issued"])
    assert found["isAccessibleForFree"] is True
    assert found["includedInDataCatalog"]["url"] == f"{BASE}/"
    assert visitor.get(found["identifier"]).json()["data"]["id"] == id


def test_all_of_a_dossier_can_be_taken_where_its_page_says(visitor: Visitor) -> None:
    document = visitor.data("/dossiers/hallvik-quay")["data"]
    files = block(page(visitor, "/dossiers/hallvik-quay"))["distribution"]
    assert {each["@type"] for each in files} == {"DataDownload"}
    rows = {}
    for file in files:
        answer = visitor.get(file["contentUrl"])
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, file["encodingFormat"])
        rows[file["name"]] = answer.text.count("\r\n") - 1
    assert {name: count for name, count in rows.items() if name in document["counts"]} == {
        name: count for name, count in document["counts"].items() if count
    }
    assert "the whole release" in rows


def test_every_claim_is_a_claim_by_somebody_in_some_source(visitor: Visitor, documents: Documents) -> None:
    for document in documents["claims"]:
        url = f"{BASE}/claims/{document['id']}"
        found = block(page(visitor, f"/claims/{document['id']}"))
        assert (found["@type"], found["@id"], found["text"]) == ("Claim", url, document["text"])
        speaker = document["speaker"]
        assert ("author" in found) == (speaker is not None) == (not document["narrated"])
        if speaker:
            assert found["author"] == {
                "@id": f"{BASE}/actors/{speaker['actor']['id']}",
                "name": speaker["actor"]["label"],
            }
        sources = dict.fromkeys(f"{BASE}/sources/{each['source']['id']}" for each in document["evidence"])
        assert [each["@id"] for each in found.get("appearance", ())] == list(sources)
        assert found["license"].startswith("https://")
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", found.get("dateCreated", "2019"))


@pytest.mark.parametrize(
    "path", ["/events/hallvik-ferry-strike", "/sources/time-2019-05-28", "/actors/lavrov", "/claims"]
)
def test_other_pages_have_no_block(visitor: Visitor, path: str) -> None:
    assert BLOCK.findall(page(visitor, path)) == []


def test_a_release_and_the_service_hold_dossiers(visitor: Visitor, documents: Documents) -> None:
    ids = {f"{BASE}/dossiers/{each['id']}" for each in documents["dossiers"]}
    current = visitor.data("/")["data"]["release"]["id"]
    release = block(page(visitor, f"/releases/{current}"))
    assert (release["@type"], release["identifier"], len(release["description"]) >= 50) == ("Dataset", current, True)
    assert {each["@id"] for each in release["hasPart"]} == ids
    for file in release["distribution"]:
        answer = visitor.send("HEAD", file["contentUrl"])
        assert (answer.status_code, answer.headers["content-type"]) == (200, file["encodingFormat"])
    here = block(page(visitor, "/"))
    assert (here["@type"], {each["@id"] for each in here["dataset"]}) == ("DataCatalog", ids)


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b", "“”\u2028"])
def test_no_text_ends_the_block(title: str) -> None:
    text = structured.catalogue([{"id": "x", "title": title}], BASE)
    assert block(f"{text}</head>")["dataset"][0]["name"] == title
    assert re.findall(r"[<>&]", text.replace('<script type="application/ld+json">', "").replace("</script>", "")) == []
