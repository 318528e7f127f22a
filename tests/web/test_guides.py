"""The guides as pages say what their texts say, and every link of theirs leads somewhere."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest

from app.web.pages.guides import FILES, IN_PARTS, Guides, pages, place
from problems import problem
from releases.publishing import ROOT
from visitor import BASE, Visitor

GUIDES = pytest.mark.parametrize("page", FILES)
MADE = Guides(lambda path: None)
PAGES = list(pages())
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
BROWSER = {"accept": "text/html,*/*;q=0.8"}
LARGEST = 40_000  # bytes of a page
LINK = re.compile(r'href="([^"]*)"')


def shown(visitor: Visitor, page: str) -> str:
    """The page as a browser gets it."""
    answer = visitor.get(f"/guide/{page}", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return answer.text


def whole(visitor: Visitor, guide: str) -> str:
    """All pages of a guide, one after the other."""
    return "".join(shown(visitor, page) for page in PAGES if page.partition("/")[0] == guide)


def words(html: str) -> str:
    """What a page says, without its marks and blanks."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def anchors(html: str) -> set[str]:
    """Where links into the page may lead."""
    return set(re.findall(r'\bid="([^"]*)"', html))


@GUIDES
def test_a_page_has_one_heading_and_contents_that_lead_to_every_section(visitor: Visitor, page: str) -> None:
    html = shown(visitor, page)
    text = (ROOT / FILES[page]).read_text(encoding="utf-8")
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    (title,) = re.findall(r"^# (.+)$", outside, re.MULTILINE)
    assert html.count("<h1") == 1
    assert words(title) in words(re.findall(r"<h1[^>]*>.*?</h1>", html, re.DOTALL)[0])
    sections = re.findall(r"^## (.+)$", outside, re.MULTILINE)
    contents = re.findall(r'<nav class="contents(?: whole)?".*?</nav>', html, re.DOTALL)
    assert len(contents) == (1 if sections else 0)
    for section in sections:
        assert words(section.replace("`", "")) in words(contents[0])
    assert "<script" not in html


@GUIDES
def test_what_stands_in_tables_and_blocks_of_the_text_stands_on_the_page(visitor: Visitor, page: str) -> None:
    html, text = words(whole(visitor, page)), (ROOT / FILES[page]).read_text(encoding="utf-8")
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        assert re.sub(r"\s+", "", block) in html
    for code in re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)):
        assert re.sub(r"\s+", "", code.replace(r"\|", "|")) in html


@EVERY_PAGE
def test_every_link_of_a_guide_leads_somewhere(visitor: Visitor, page: str) -> None:
    html, here = shown(visitor, page), f"{BASE}/guide/{page}"
    operations = {
        f"#/{operation['tags'][0]}/{operation['operationId']}"
        for item in visitor.data("/openapi.json")["paths"].values()
        for operation in item.values()
    }
    for url in sorted({urljoin(here, unescape(each)) for each in LINK.findall(html)}):
        address, _, anchor = url.partition("#")
        if not address.startswith(BASE):
            assert address.startswith(("https://", "http://purl.org/")), url
        elif anchor.startswith("/"):
            assert address == f"{BASE}/docs"
            assert f"#{anchor}" in operations
        else:
            answer = visitor.get(address, headers={"accept": "*/*"})
            assert answer.status_code == 200, url
            assert not anchor or "/guide/" not in address or anchor in anchors(answer.text), url


@EVERY_PAGE
def test_no_page_is_beyond_the_limit(visitor: Visitor, page: str) -> None:
    assert len(shown(visitor, page).encode()) <= LARGEST


def test_only_the_longest_guides_are_in_parts(visitor: Visitor) -> None:
    longest = {page for page in FILES if len(whole(visitor, page).encode()) > LARGEST}
    assert longest == set(IN_PARTS)


@pytest.mark.parametrize("page", IN_PARTS)
def test_the_parts_of_a_guide_are_its_text_and_lead_to_each_other(visitor: Visitor, page: str) -> None:
    guide = MADE[page]
    assert "".join(part.text for part in guide.all) == guide.text
    names = list(guide.parts)
    for number, name in enumerate(names):
        html = shown(visitor, f"{page}/{name}")
        assert html.count("<h1") == 1
        turned = re.findall(rf'rel="(prev|next)" href="{BASE}/guide/{page}/([^"]*)"', html)
        before, after = names[:number][-1:], names[number + 1 :][:1]
        assert turned == [("prev", other) for other in before] + [("next", other) for other in after]
        for url, headers in ((f"/guide/{page}/{name}.md", {}), (f"/guide/{page}/{name}", {"accept": "text/markdown"})):
            assert visitor.get(url, headers=headers).text == guide.parts[name].text


@pytest.mark.parametrize("page", IN_PARTS)
def test_every_anchor_of_a_guide_in_parts_is_on_its_first_page_and_leads_on(visitor: Visitor, page: str) -> None:
    html = shown(visitor, page)
    for part in MADE[page].parts.values():
        for section in part.sections:
            assert section.anchor in anchors(html)
            assert section.anchor in anchors(shown(visitor, f"{page}/{part.anchor}"))
            assert place(page, section.anchor) == f"{page}/{part.anchor}#{section.anchor}"


def test_endpoints_lead_to_the_reference_and_guides_to_each_other(visitor: Visitor) -> None:
    page = whole(visitor, "api")
    assert '<a href="../../docs#/Events/list_event_claims"><code>/events/{id}/claims</code></a>' in page
    assert '<a href="../../openapi.json"><code>/openapi.json</code></a>' in page
    assert '<a href="stability">stability.md</a>' in shown(visitor, "api")
    assert '<a href="../api/errors#errors"><code>invalid-cursor</code></a>' in page
    assert '<a href="recipes">recipes</a>' in page
    assert '<a href="spreadsheet">how</a>' in shown(visitor, "formats")
    assert '<a href="../api/dates#dates">' in whole(visitor, "query-language")
    assert '<a href="formats">formats.md</a>' in shown(visitor, "recipes")


def test_a_file_that_is_not_served_is_named_and_no_link(visitor: Visitor) -> None:
    page = shown(visitor, "client")
    assert "../README.md" not in page
    assert "onrecord (README.md, in the source of onrecord)" in page


@GUIDES
def test_the_text_is_there_as_it_was_written(visitor: Visitor, page: str) -> None:
    text = (ROOT / FILES[page]).read_text(encoding="utf-8")
    for url, headers in ((f"/guide/{page}.md", {}), (f"/guide/{page}", {"accept": "text/markdown"})):
        answer = visitor.get(url, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/markdown; charset=utf-8")
        assert answer.text == text
    assert f'<link rel="alternate" type="text/markdown" href="{BASE}/guide/{page}.md">' in shown(visitor, page)


def test_the_contents_list_every_guide_with_what_it_is_about(visitor: Visitor) -> None:
    page = visitor.get("/guide", headers=BROWSER).text
    assert page.count("<h1") == 1
    for each in FILES:
        assert f'href="{BASE}/guide/{each}"' in page
    assert "This page is the contract with clients" in page


def test_a_page_that_there_is_not_is_a_problem_with_the_nearest(visitor: Visitor) -> None:
    told = problem(visitor.get("/guide/querylanguage"), 404, "not-found")
    assert told["errors"][0]["did_you_mean"] == "query-language"
    problem(visitor.get("/guide/apj.md"), 404, "not-found")
    told = problem(visitor.get("/guide/api/eror"), 404, "not-found")
    assert told["errors"][0]["did_you_mean"] == "errors"
    problem(visitor.get("/guide/formats/html"), 404, "not-found")
    problem(visitor.get("/guide/api", headers={"accept": "image/png"}), 406, "not-acceptable")
    assert visitor.get("/guide/").status_code == 308


def test_pages_are_sent_once(visitor: Visitor) -> None:
    texts = ("/guide/api.md", "/guide/api/dates.md", "/docs/assets/sections.json")
    for path in ("/guide", "/guide/api", "/guide/api/dates", *texts):
        first = visitor.get(path)
        again = visitor.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_every_page_leads_to_the_guides(visitor: Visitor) -> None:
    for path in ("/", "/docs", "/problems", "/events", "/guide/api"):
        assert re.search(rf'href="({BASE})?/guide"', visitor.get(path, headers=BROWSER).text), path


def test_sections_can_be_searched(visitor: Visitor) -> None:
    sections = visitor.data("/docs/assets/sections.json")
    assert {each["page"] for each in sections} == set(PAGES)
    (dates,) = [each for each in sections if (each["page"], each["anchor"]) == ("api/dates", "dates")]
    assert dates["title"] == "Dates"
    assert "certain" in dates["words"]


def test_operations_lead_to_the_section_that_explains_them(visitor: Visitor) -> None:
    openapi = visitor.data("/openapi.json")
    operations = [operation for item in openapi["paths"].values() for operation in item.values()]
    for each in operations:
        url = each["externalDocs"]["url"]
        address, _, anchor = url.partition("#")
        assert address.startswith(f"{BASE}/guide/"), url
        assert anchor in anchors(visitor.get(address, headers=BROWSER).text), url
