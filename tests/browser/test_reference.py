"""The API reference as somebody tries it: nothing is sent but what was typed, and what has to be given."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.sight import Sight
from contract.orders import Documents

pytestmark = pytest.mark.thorough

# How often colours are turned over, from the element up.
TURNS = """found => found.map(each => {
    let turns = 0;
    for (let at = each; at; at = at.parentElement) turns += getComputedStyle(at).filter !== "none";
    return turns;
})"""


def opened(page: Page, operation: str) -> Locator:
    """An operation, ready to be tried."""
    block = page.locator(f"#operations-{operation}")
    block.locator(".opblock-summary-control").click()
    block.locator(".execute").wait_for()
    return block


def executed(block: Locator) -> tuple[str, dict[str, list[str]], Any]:
    """Press Execute: the path and the parameters that were sent, and the body of the 200 that is shown."""
    block.locator(".execute").click()
    expect(block.locator(".live-responses-table tr.response .response-col_status")).to_have_text("200")
    sent = urlsplit(block.locator(".request-url pre").inner_text())
    body = json.loads(block.locator(".live-responses-table .highlight-code code").first.inner_text())
    return sent.path, parse_qs(sent.query), body


def test_a_list_is_tried_as_it_stands(sight: Sight, documents: Documents) -> None:
    path, sent, body = executed(opened(sight.open("/docs"), "Events-list_events"))
    assert (path, sent) == ("/events", {})
    assert body["page"]["total"] == len(documents["events"])


def test_a_record_and_a_search_are_tried_with_their_examples(sight: Sight) -> None:
    page = sight.open("/docs")
    block = opened(page, "Events-get_event")
    id = block.get_by_label("event_id", exact=True).input_value()
    path, sent, body = executed(block)
    assert (path, sent, body["data"]["id"]) == (f"/events/{id}", {}, id)
    path, sent, body = executed(opened(page, "Search-search_records"))
    assert (path, list(sent)) == ("/search", ["q"])
    assert body["page"]["total"] > 0


def test_a_filter_is_sent_alone_and_an_item_is_offered_its_example(sight: Sight) -> None:
    block = opened(sight.open("/docs"), "Events-list_events")
    block.get_by_label("limit", exact=True).fill("1")
    row = block.locator("tr[data-param-name=place]")
    row.get_by_role("button").last.click()
    place = row.locator("input").input_value()
    _, sent, body = executed(block)
    assert sent == {"limit": ["1"], "place": [place]}
    assert body["page"]["count"] == 1


def test_in_the_dark_what_is_drawn_dark_stays_dark(sight: Sight) -> None:
    block = opened(sight.open("/docs", "dark"), "Events-list_events")
    executed(block)
    turned = block.locator(".microlight").evaluate_all(TURNS)
    assert len(turned) > 2
    assert set(turned) == {2}  # over, with all of the widget, and back


def test_parameters_stand_in_groups_that_lead_to_the_guides(sight: Sight) -> None:
    page = sight.open("/docs")
    block = opened(page, "Events-list_events")
    heads = block.locator(".parameters .group")
    assert heads.all_inner_texts() == [
        "What",
        "Who",
        "When",
        "Where",
        "Figures",
        "Words and conditions",
        "How to answer",
    ]
    for url in heads.locator("a").evaluate_all("each => each.map(link => link.href)"):
        address, _, anchor = url.partition("#")
        answer = page.context.request.get(address)
        assert answer.status == 200
        assert f'id="{anchor}"' in answer.text()
    guide = block.locator(".opblock-external-docs a").get_attribute("href")
    assert guide == f"{sight.origin}/guide/api/filters-by-collection#filters-of-events"


def test_the_button_is_at_hand_wherever_the_parameters_are_read(sight: Sight) -> None:
    block = opened(sight.open("/docs"), "Events-list_events")
    rows = block.locator("tr[data-param-name]")
    for row in (rows.first, block.locator("tr[data-param-name=near]"), rows.last):
        row.scroll_into_view_if_needed()
        expect(block.locator(".execute")).to_be_in_viewport()


def test_the_search_finds_operations_and_sections_of_guides(sight: Sight) -> None:
    page = sight.open("/docs")
    page.get_by_label("Search operations and guides").fill("matrix")
    expect(page.locator(".opblock")).to_have_count(1)
    assert "/events/" in page.locator(".opblock-summary-path").inner_text()
    found = page.locator("#found a")
    expect(found.first).to_have_text("The API: Matrix")
    assert found.first.get_attribute("href") == f"{sight.origin}/guide/api/documents#matrix"
    page.get_by_label("Search operations and guides").fill("xyzzy")
    expect(page.locator(".opblock")).to_have_count(0)
    expect(found).to_have_count(0)
    expect(page.get_by_text("No operation has these words.")).to_be_visible()
    page.get_by_label("Search operations and guides").fill("")
    page.locator("#operations-Service-get_health").wait_for()


def test_a_path_of_a_guide_leads_to_its_operation(sight: Sight) -> None:
    page = sight.open("/guide/api/paths")
    page.locator("a", has_text="/sources/{id}/coverage").first.click()
    page.locator("#operations-Sources-get_source_coverage .execute").wait_for()
