"""Pages of records and lists as readers meet them: in any colours, on a phone, by keyboard, printed, script-free."""

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.sight import Sight, findings, overflow
from contract.orders import Documents

pytestmark = pytest.mark.thorough

EVENT = "/events/north-kosovo-police-operation-2019-05-28"
KINDS = {
    "event": EVENT,
    "matrix": f"{EVENT}/matrix",
    "person": "/actors/aleksandar-vucic",
    "organisation": "/actors/republic-of-kosovo",
    "claim": "/claims/vucic-arrests-23",
    "source": "/sources/time-2019-05-28",
    "coverage": "/sources/time-2019-05-28/coverage",
    "place": "/places/north-kosovo",
    "country": "/places/kosovo",
    "relation": "/relations/vucic-president-of-serbia",
    "dossier": "/dossiers/north-kosovo-2019",
    "list": "/claims?layer=text",
    "events": "/events?sort=-date",
    "actors": "/actors",
    "empty list": "/events?q=zzzz",
    "list below a record": f"{EVENT}/claims",
    "search": "/search?q=vucic",
    "vocabularies": "/vocabularies",
    "vocabulary": "/vocabularies/claim-types",
    "releases": "/releases",
    "problem met": "/events?colour=red",
}
kinds = pytest.mark.parametrize("kind", KINDS)

# What stands over what: pairs of texts of one drawing whose boxes have something in common.
MEETING = """drawings => drawings.flatMap(drawing => {
    const boxes = [...drawing.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
    const out = drawing.getBoundingClientRect();
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    const after = boxes.map((_, place) => boxes.slice(place + 1));
    const pairs = boxes.flatMap(([one, a], i) => after[i].filter(([, b]) => meet(a, b)).map(([two]) => [one, two]));
    const outside = boxes.filter(([, a]) => a.left < out.left - 1 || a.right > out.right + 1);
    return [...pairs, ...outside.map(([text]) => [text, "the edge"])];
})"""


@kinds
def test_axe_finds_nothing_in_any_colours(sight: Sight, kind: str) -> None:
    page = sight.open(KINDS[kind], errors=kind == "problem met")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="light", forced_colors="none")
        assert findings(page) == [], width
        page.emulate_media(color_scheme="dark", forced_colors="none")
        assert findings(page) == [], width
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert findings(page) == [], width
        assert overflow(page) == 0, width
        assert page.locator("svg").evaluate_all(MEETING) == [], width


@kinds
def test_there_is_one_heading_of_the_first_rank_and_no_script(sight: Sight, kind: str) -> None:
    page = sight.open(KINDS[kind], scripts=False, errors=kind == "problem met")
    assert page.locator("h1").count() == 1
    assert page.locator("script:not([type='application/ld+json'])").count() == 0


@pytest.mark.parametrize("kind", ["event", "organisation", "list"])
def test_the_keyboard_reaches_every_link_and_field_in_their_order(sight: Sight, kind: str) -> None:
    page = sight.open(KINDS[kind], width=390)
    wanted = page.locator("a[href], input, select, button, summary, [tabindex='0']").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).length"
    )
    seen = []
    for _ in range(min(wanted, 60)):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(PLACE))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", seen
    assert seen == sorted(set(seen))


PLACE = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_list_is_a_table_to_a_screen_reader_also_where_it_is_drawn_as_cards(sight: Sight, width: int) -> None:
    page = sight.open("/events?limit=20", width=width)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    assert (roles["table"], roles["row"], roles["rowheader"]) == (1, 21, 20)
    assert roles["cell"] == 20 * (roles["columnheader"] - 1)


def test_a_question_leads_to_the_words(sight: Sight) -> None:
    page = sight.open(EVENT, width=390, scripts=False)
    page.locator(".who a").first.click()
    page.wait_for_url("**/matrix#*")
    assert page.locator("details[open] dd").first.is_visible()
    assert page.locator("details").first.get_attribute("open") is not None


def test_nothing_moves_for_readers_who_ask_for_less(sight: Sight) -> None:
    page = sight.open(EVENT)
    moving = (
        "[...document.querySelectorAll('*')].filter(each => getComputedStyle(each).transitionDuration !== '0s').length"
    )
    assert page.evaluate(moving) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("kind", ["event", "claim", "list"])
def test_printed_there_are_addresses_and_the_release(sight: Sight, kind: str) -> None:
    page = sight.open(KINDS[kind])
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.locator(".release").is_visible()
    assert _printed(page, "main a[href^='http'], .take a") > 0
    assert page.pdf().startswith(b"%PDF")


def _printed(page: Page, links: str) -> int:
    """After how many of the links their address is printed."""
    content = (
        "all => all.filter(each => getComputedStyle(each, '::after').content.includes('attr') || "
        "getComputedStyle(each, '::after').content.includes(each.getAttribute('href'))).length"
    )
    found: int = page.locator(links).evaluate_all(content)
    return found


def test_in_forced_colours_drawings_are_still_seen(sight: Sight) -> None:
    page = sight.open(EVENT, "forced")
    for drawn in (".timeline rect", ".map .dot", ".map .land", ".who path"):
        paint = page.locator(drawn).first.evaluate(
            "each => [getComputedStyle(each).fill, getComputedStyle(each).stroke]"
        )
        assert set(paint) - {"none", "rgb(255, 255, 255)"}, drawn


def test_without_scripts_everything_is_there(sight: Sight, documents: Documents) -> None:
    page = sight.open("/", scripts=False)
    event = max(documents["events"], key=lambda each: each["counts"]["claims"])
    assert page.locator("#featured a").get_attribute("href") == f"{sight.origin}/events/{event['id']}"
    page.locator("#featured a").click()
    page.wait_for_url(f"**/events/{event['id']}")
    answer = page.context.request.get(f"{sight.origin}/events/{event['id']}/matrix").json()["data"]
    assert page.locator(".who li:not(.legend)").count() == len(answer["rows"])
    assert page.locator(".timeline li[aria-current]").inner_text().count(_label(answer)) == 1
    page.locator("#matrix a").click()
    page.wait_for_url("**/matrix")
    cells = [len(cell["claims"]) for row in answer["rows"] for cell in row["cells"]]
    assert page.locator(".words details").count() == len(answer["rows"])
    assert page.locator(".words dt").count() == len(cells)
    assert page.locator(".words dd").count() == sum(cells)


def _label(matrix: Any) -> str:
    return re.sub(r"\s+", " ", matrix["event"]["label"])
