"""Our pages as readers meet them: light and dark, on a phone, with a keyboard, read aloud, without scripts."""

import re

import pytest

from browser.sight import Scheme, Sight, findings, overflow
from releases.publishing import ROOT

pytestmark = pytest.mark.thorough

PAGES = (
    "/",
    "/guide",
    "/guide/api",
    "/guide/api/dates",
    "/guide/curl",
    "/problems",
    "/problems/not-found",
    "/problems/url-too-long",
    "/problems/unavailable",
)
LISTED = ROOT / "docs" / "accessibility.md"

looks = pytest.mark.parametrize(
    ("scheme", "width"), [(scheme, width) for scheme in ("light", "dark", "forced") for width in (1280, 390)]
)


@looks
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(sight: Sight, path: str, scheme: Scheme, width: int) -> None:
    page = sight.open(path, scheme, width)
    assert findings(page) == []
    assert overflow(page) == 0


@looks
def test_on_the_reference_axe_finds_only_what_is_listed(sight: Sight, scheme: Scheme, width: int) -> None:
    page = sight.open("/docs", scheme, width)
    page.locator(".opblock-summary-control").first.click()
    page.locator(".opblock.is-open .responses-table").first.wait_for()
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", LISTED.read_text(encoding="utf-8"), re.MULTILINE))
    found = findings(page)
    inside = page.evaluate(
        "found => found.filter(at => document.querySelector(at)?.closest('#docs'))", [at for _, at in found]
    )
    assert [at for _, at in found if at not in inside] == []
    assert {rule for rule, _ in found} <= listed
    assert overflow(page) == 0


def test_the_colours_follow_the_reader(sight: Sight) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = (sight.open("/", scheme).evaluate(paper) for scheme in ("light", "dark"))
    assert _brightness(light) > 200
    assert _brightness(dark) < 50


def _brightness(colour: str) -> float:
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3


def test_in_the_dark_the_fields_of_the_reference_can_be_read(sight: Sight) -> None:
    page = sight.open("/docs", "dark")
    page.locator(".opblock-summary-control").first.click()
    field = page.locator(".parameters input").first
    shades = field.evaluate("each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]")
    assert abs(_brightness(shades[0]) - _brightness(shades[1])) > 150


def test_the_keyboard_reaches_everything_and_shows_where_it_is(sight: Sight) -> None:
    page = sight.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", reached
    assert "q" in reached
    assert page.evaluate("[...document.querySelectorAll('[tabindex=\"0\"]')].every(each => each.ariaLabel)")


def test_the_search_answers(sight: Sight) -> None:
    page = sight.open("/")
    page.get_by_label("Search names").fill("vucic")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search?q=vucic")
    assert 'href="/actors/aleksandar-vucic"' in page.content()


def test_the_reference_is_drawn_and_asks(sight: Sight) -> None:
    page = sight.open("/docs")
    page.locator("#operations-Service-get_health").wait_for()
    assert page.locator(".opblock").count() >= 30
    page.locator("#operations-Service-get_health .opblock-summary-control").click()
    page.locator("#operations-Service-get_health .execute").click()
    page.locator("#operations-Service-get_health .live-responses-table").wait_for()
