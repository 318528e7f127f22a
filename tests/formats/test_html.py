"""A page for every URL: all that a record holds is on it, its links lead on, and it needs neither script nor much."""

import re
from html import unescape
from typing import Any, get_args
from urllib.parse import urljoin, urlsplit

import pytest
from pydantic import BaseModel

from app.formats.html.views import LEFT_OUT, facts
from app.formats.references import references
from app.resources import MAIN
from app.resources.base import Resource
from app.vocabularies import load
from contract.orders import Documents
from registry import COLLECTIONS
from visitor import BASE, Visitor

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DATA_BLOCK = re.compile(r'<script type="application/ld\+json">[^<]*</script>')  # which no browser runs
LARGEST = 40_000  # bytes of a page
MAIN_NAMES = pytest.mark.parametrize("resource", MAIN, ids=lambda resource: resource.name)


def page(visitor: Visitor, path: str) -> str:
    """The page at a path."""
    answer = visitor.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "public, max-age=300"
    return answer.text


def well_formed(text: str) -> None:
    """One heading of the first rank, no script but data, nothing of a template, not too much."""
    assert text.count("<h1") == 1
    assert len(text.encode()) <= LARGEST
    text = DATA_BLOCK.sub("", text)
    assert "<script" not in text
    assert "{{" not in text
    assert "{%" not in text
    assert "None" not in re.sub(r"<[^>]*>", "", text)


@COLLECTIONS
def test_every_record_has_a_page(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    for document in documents[resource.name]:
        text = page(visitor, f"/{resource.name}/{document['id']}")
        well_formed(text)
        title = document["label"] if resource.kind == "claim" else document.get("title") or document.get("name")
        assert unescape(title or document["label"]) in unescape(text)


@COLLECTIONS
def test_every_list_has_a_page(visitor: Visitor, resource: Resource) -> None:
    for parameters in ("", "?limit=2&sort=-id", "?layer=text", "?q=zzzz"):
        well_formed(page(visitor, f"/{resource.name}{parameters}"))


@pytest.mark.parametrize("below", [(each, inverse) for each in MAIN for inverse in each.inverses], ids=str)
def test_every_list_below_a_record_has_a_page(visitor: Visitor, documents: Documents, below: Any) -> None:
    resource, inverse = below
    for document in documents[resource.name][:3]:
        well_formed(page(visitor, f"/{resource.name}/{document['id']}/{inverse.path}"))


@pytest.mark.parametrize("derived", [(each, below) for each in MAIN for below in each.subdocuments], ids=str)
def test_everything_derived_has_a_page(visitor: Visitor, documents: Documents, derived: Any) -> None:
    resource, below = derived
    for document in documents[resource.name]:
        path = f"/{resource.name}/{document['id']}/{below.path}"
        if visitor.get(path).status_code == 200:
            well_formed(page(visitor, path))


@MAIN_NAMES
def test_every_member_is_shown_or_left_out_for_a_reason(documents: Documents, resource: Resource) -> None:
    for document in documents[resource.name]:
        shown = {fact.name for fact in facts(document, resource.document)}
        held = {name for name, value in document.items() if value not in (None, [], {}, "")}
        left_out = {name.removeprefix(f"{resource.kind}.") for name in LEFT_OUT}
        assert held - shown <= left_out
    assert all(LEFT_OUT.values())


# Members that no page has among its facts, and those that the page of one kind leaves out besides.
EVERYWHERE = {"id", "url", "kind", "label", "layer", "dossier", "note"}
BESIDES = {
    "event": {"title", "summary", "aspects", "claims", "counts", "figures", "gaps", "sources"},
    "actor": {"name", "description", "counts"},
    "claim": {"text"},
    "source": {"title", "paragraphs", "counts"},
    "place": {"name", "counts"},
    "relation": set[str](),
    "dossier": {"title", "scope", "counts"},
}


@MAIN_NAMES
def test_what_the_page_of_a_kind_leaves_out_is_listed_with_its_reason(resource: Resource) -> None:
    kind = resource.kind
    reasons = {name: LEFT_OUT.get(name) or LEFT_OUT.get(f"{kind}.{name}") for name in _members(resource.document)}
    assert {name for name, reason in reasons.items() if reason} == EVERYWHERE | BESIDES[kind]


def _members(model: Any) -> set[str]:
    """The members of a document, or of every type in a union of documents."""
    model = getattr(model, "__value__", model)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return {field.serialization_alias or name for name, field in model.model_fields.items()}
    return {name for part in get_args(model) for name in _members(part)}


def test_a_claim_says_who_said_it_to_whom_and_by_which_chain(visitor: Visitor) -> None:
    (chain,) = re.findall(r'<p class="chain">(.*?)</p>', page(visitor, "/claims/vucic-forecast-17-may"))
    assert unescape(re.sub("<[^>]*>", "", chain)) == (
        "Aleksandar Vučić, President of Serbia, said so (17 May 2019), as reported by Serbian state television, "
        "cited by Nezavisne. Written in Nezavisne report on what Vučić said in the morning programme, "
        "which is not pinned to a passage."
    )


def test_relations_are_in_words_and_terms_are_explained(visitor: Visitor) -> None:
    text = page(visitor, "/claims/vucic-arrests-23")
    assert '">is updated by</a> <a href="/claims/vucic-arrests-28">' in text
    explained = text.split('<details class="explained">')[1].split("</details>")[0]
    for vocabulary, term in (("claim-types", "assertion"), ("layers", "text"), ("evidence-roles", "content")):
        assert load(vocabulary).terms[term].definition in unescape(explained)


@MAIN_NAMES
def test_every_record_says_how_to_cite_take_and_correct_it(
    visitor: Visitor, documents: Documents, resource: Resource
) -> None:
    document = documents[resource.name][0]
    text = page(visitor, f"/{resource.name}/{document['id']}")
    assert re.findall(r'<h2 id="(cite|take|correct)">', text) == ["cite", "take", "correct"]
    assert f'<code>curl "{BASE}/{resource.name}/{document["id"]}"</code>' in text
    for format in ("json", "csv", "ndjson", "jsonld"):
        assert f">{format}</a>" in text


@MAIN_NAMES
def test_every_reference_is_a_link(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    homes = {record["id"]: main.name for main in MAIN for record in documents[main.name]}
    for document in documents[resource.name]:
        text = page(visitor, f"/{resource.name}/{document['id']}")
        for fact in facts(document, resource.document):
            for id in references(fact.value):
                assert f'href="/{homes[id]}/{id}"' in text, (document["id"], fact.name)


@pytest.mark.thorough
def test_everything_is_reached_by_links_without_scripts(visitor: Visitor, documents: Documents) -> None:
    reached, waiting = {"/"}, ["/"]
    for _ in range(3):  # clicks
        following: set[str] = set()
        for path in waiting:
            following |= _links(path, visitor.get(path, headers=BROWSER).text)
        waiting = sorted(following - reached)
        reached |= following
    records = {f"/{each.name}/{document['id']}" for each in MAIN for document in documents[each.name]}
    assert sorted(records - reached) == []


def _links(path: str, text: str) -> set[str]:
    hrefs = (unescape(href) for href in re.findall(r'<a [^>]*href="([^"]*)"', text))
    urls = (urlsplit(urljoin(BASE + path, href)) for href in hrefs)
    kept = [url for url in urls if url.netloc == "testserver" and "format=" not in url.query]
    return {f"{url.path}{'?' + url.query if url.query else ''}" for url in kept if "release=" not in url.query}


def test_the_links_of_pages_lead_somewhere(visitor: Visitor) -> None:
    asked: set[str] = set()
    for path in ("/", "/events", "/events/hallvik-ferry-strike", "/claims?layer=text", "/vocabularies/claim-types"):
        asked |= _links(path, page(visitor, path) if path != "/" else visitor.get("/", headers=BROWSER).text)
    for path in sorted(asked):
        assert visitor.get(path, headers=BROWSER).status_code in (200, 308), path


@pytest.mark.parametrize("given", ["participant=kosovo-police", "role=initiator", "layer=text", "q=police"])
def test_what_narrows_a_list_can_be_asked(visitor: Visitor, given: str) -> None:
    links = re.findall(r'<a href="(\?[^"]*)">', page(visitor, f"/events?{given}"))
    assert len(links) > 10
    for link in links:
        assert visitor.get(f"/events{unescape(link)}").status_code == 200, link


def test_a_list_of_nothing_leads_to_what_was_meant(visitor: Visitor) -> None:
    text = page(visitor, "/search?q=vucc&kind=actor")
    (url,) = re.findall(r'Did you mean <a href="([^"]*)">vucic</a>[?]', text)
    assert 'scope="row"' in page(visitor, f"/search{unescape(url)}")
    assert "Leave a condition out" in page(visitor, "/events?q=zzzz")


def test_only_what_disagrees_is_red(visitor: Visitor) -> None:
    text = page(visitor, "/claims?event=north-kosovo-police-operation-2019-05-28&contested=true&corroborated=true")
    assert re.findall(r'<b class="flag (\w+)">\1</b>', text)[:2] == ["contested", "corroborated"]


def test_a_page_is_another_one_when_its_templates_change(visitor: Visitor) -> None:
    tags = [visitor.get("/events", headers=BROWSER).headers["etag"], visitor.get("/events").headers["etag"]]
    assert tags[0] != tags[1]
    again = visitor.get("/events", headers={**BROWSER, "if-none-match": tags[0]})
    assert again.status_code == 304
