"""The proof desk as a reader uses it: it proves what `onrecord verify` proves, in any colours, and sends nothing."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.dossier.verify import FOUND_TWICE, Verification, verify
from app.entries.corpus import Corpus
from app.values.anchors import digest, inside_word, normalised, paragraphs
from browser.sight import Sight, findings, overflow
from dossier.pinned import TEXT as BRINMOOR
from dossier.pinned import anchor, claim, corpus, source
from releases.publishing import SMALL, corpus_of

NOTE = "hallvik-observer-note"
TEXT = (SMALL / "texts" / "note.txt").read_bytes().decode()
DESK = f"/verify?source={NOTE}"
ADVERT = "\n\nSAIL WITH US: two tickets for one.\n\n"
STRAIGHT = str.maketrans("“”’", '""\'')
CUT = "no more than 80"  # a passage of one claim begins in it

COPIES = {
    "identical": TEXT,
    "line ends": TEXT.replace("\n", "\r\n"),
    "reflowed": "A headline\n\n" + re.sub(r"\s+", "\n", TEXT).translate(STRAIGHT),
    "advert between": TEXT.replace("\n\n", ADVERT),
    "advert inside": TEXT.replace(CUT, f"no {ADVERT} more than 80"),
    "one word": TEXT.replace("wages and nothing", "money and nothing"),
    "twice": TEXT + TEXT,
    "begun": TEXT[:200],
    "another": "Nobody knows anything of this.",
}


pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def curated() -> Corpus:
    """The dossier whose text is at hand."""
    return corpus_of(SMALL)


def by_command(curated: Corpus, text: str, folder: Path) -> Verification:
    """What the command makes of a copy."""
    (folder / "copy.txt").write_bytes(text.encode())
    return next(found for found in verify(curated, folder) if found.source.id == NOTE)


def chosen(page: Page, text: str | bytes) -> None:
    """Give the page a file, and wait for what it says of it."""
    content = text if isinstance(text, bytes) else text.encode()
    expect(page.locator("#file")).to_be_enabled()
    page.set_input_files("#file", {"name": "copy.txt", "mimeType": "text/plain", "buffer": content})


def proved(sight: Sight, text: str, path: str = DESK, **looks: Any) -> Page:
    """The page with the outcome."""
    page = sight.open(path, **looks)
    chosen(page, text)
    expect(page.locator("#counted")).to_be_visible()
    return page


@pytest.mark.parametrize("name", COPIES)
def test_it_proves_what_the_command_proves(sight: Sight, curated: Corpus, tmp_path: Path, name: str) -> None:
    found = by_command(curated, COPIES[name], tmp_path)
    page = proved(sight, COPIES[name])
    good, all = len(found.proofs) - len(found.failed), len(found.proofs)
    assert page.locator("#counted").inner_text() == (
        f"{good} of {all} anchors proved" if good else "No anchor is proved"
    )
    if not good:
        return
    touched = {f"c-{proof.claim}" for proof in found.failed}
    assert {each.get_attribute("id") for each in page.locator("li:has(.missing)").all()} == touched
    assert len(page.locator(".claims li").all()) == len({proof.claim for proof in found.proofs})
    twice = found.count(FOUND_TWICE)
    assert ("more than once" in page.locator(".kind").inner_text()) == bool(twice)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("identical", "The identical text"),
        ("line ends", "Another copy"),
        ("reflowed", "Another copy"),
        ("advert between", "Another copy"),
        ("advert inside", "An altered copy"),
        ("one word", "An altered copy"),
        ("begun", "Hardly a copy"),
    ],
)
def test_copies_are_told_apart_in_words(sight: Sight, name: str, words: str) -> None:
    assert proved(sight, COPIES[name]).locator(".kind strong").inner_text() == words


# Letters with marks that may compose, ligatures, quotes, blanks of every sort, signs that are not seen, other scripts.
ALPHABET = (
    *"aeE9.,'\"-  ",
    *("\n", "\n\n", "\r\n", "\u00a0", "\u2003", "\x1f", "\u0085", "\u2028", "\n \t\n"),
    *("“", "”", "’", "″", "–", "―", "´", "¨", "\u0301", "\u0327", "é", "ﬁ", "½", "Å", "ﬃ", "ﷺ"),
    *("\u00ad", "\u200b", "\ufeff", "\u200f", "ж", "ğ", "日", "本", "ก", "가", "\u1100", "\u1161", "😀", "𝔄", "𐐀"),
)
RULES = """async ([texts, places]) => {
    const { codePoints, digest, insideWord, letters, normalised, paragraphs } = await import("/docs/assets/anchors.js");
    return texts.map((text, i) => {
        const starts = codePoints(text);
        const at = (place) => starts.indexOf(place);
        return [
            normalised(text), digest(text), letters(text).made.join(""), paragraphs(text).map((run) => run.map(at)),
            places[i].filter((place) => insideWord(text, starts[place])),
        ];
    });
}"""


def test_its_rules_are_those_of_the_command(sight: Sight) -> None:
    drawn = random.Random(16)
    texts = ["".join(drawn.choices(ALPHABET, k=drawn.randrange(24))) for _ in range(600)]
    places = [list(range(len(text) + 1)) for text in texts]
    found = sight.open("/").evaluate(RULES, [texts, places])
    for text, theirs in zip(texts, found, strict=True):
        edges = [at for at in range(len(text) + 1) if inside_word(text, at)]
        same = [normalised(text), digest(text), normalised(text), [list(run) for run in paragraphs(text)], edges]
        assert theirs == same, repr(text)


PROVE = """async ([source, text]) => {
    const { digest, prove } = await import("/docs/assets/anchors.js");
    const [found] = await prove([source], text, digest(text));
    return found.proofs.map(({ outcome, reason }) => [outcome, reason]);
}"""


@pytest.mark.parametrize("copy", [BRINMOOR, f"{BRINMOOR}\nThe end."], ids=["identical", "another copy"])
def test_a_record_that_is_wrong_is_told_in_the_same_words(sight: Sight, tmp_path: Path, copy: str) -> None:
    right = anchor(BRINMOOR, "Nobody asked the ferrymen.")
    spoilt: list[dict[str, Any]] = [
        {"sha256": "0" * 64},
        {"match": {"length": 26, "sha256": "0" * 64}},
        {"match": {**right["match"], "length": 25}},
        {"paragraph": 1},
        {"start": right["start"] + 1},
        {"end": 9_999},
    ]
    anchors = [right, *(right | fault for fault in spoilt)]
    held = corpus(source(BRINMOOR), *(claim(f"claim-{number}", each) for number, each in enumerate(anchors)))
    (tmp_path / "copy.txt").write_bytes(copy.encode())
    (found,) = verify(held, tmp_path)
    theirs = sight.open("/").evaluate(PROVE, [{"id": "post", "sha256": digest(BRINMOOR), "passages": anchors}, copy])
    assert theirs == [[proof.outcome, proof.reason] for proof in found.proofs]


def test_nothing_is_sent_once_the_anchors_are_loaded(sight: Sight) -> None:
    page = sight.open(DESK, errors=True)
    expect(page.locator("#file")).to_be_enabled()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    chosen(page, TEXT)
    page.get_by_label("The text", exact=True).fill(COPIES["one word"])
    page.get_by_role("button", name="Prove it").click()
    expect(page.locator("#counted")).to_have_text("4 of 5 anchors proved")
    page.locator(".beside .proof a").first.click()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == []
    assert TEXT[:9] not in page.url
    stored = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(stored) == [0, 0, ""]


def test_it_closes_its_own_way_out(sight: Sight) -> None:
    page = sight.open(DESK, errors=True)
    expect(page.locator("#file")).to_be_enabled()
    refused = "address => fetch(address).then(() => 'sent', () => 'refused')"
    assert page.evaluate(refused, f"{sight.origin}/?q=text") == "refused"
    image = """address => new Promise((done) => {
        const picture = new Image();
        picture.onload = () => done("sent");
        picture.onerror = () => done("refused");
        picture.src = address;
    })"""
    assert page.evaluate(image, f"{sight.origin}/docs/assets/icon.svg?text") == "refused"
    assert page.evaluate("navigator.sendBeacon('/healthz', 'text') && 'taken'") in (False, "taken")  # and then dropped
    field = page.get_by_label("The text", exact=True)
    assert [field.get_attribute(name) for name in ("spellcheck", "autocomplete")] == ["false", "off"]


def test_it_loads_its_anchors_from_this_service_alone(sight: Sight) -> None:
    page = sight.open("/healthz")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(sight.origin).partition("?")[0]))
    page.goto(sight.origin + DESK, wait_until="networkidle")
    data = [path for path in asked if path.startswith("/") and not path.startswith("/docs/assets/")]
    assert Counter(data) == Counter(["/verify", "/claims", "/sources", f"/sources/{NOTE}/coverage"])


def test_a_file_is_dropped(sight: Sight) -> None:
    page = sight.open("/verify")
    expect(page.locator("#file")).to_be_enabled()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "copy.txt"));
            document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }""",
        TEXT,
    )
    expect(page.locator("#counted")).to_have_text("5 of 5 anchors proved")  # of all sources it is that one


@pytest.mark.parametrize(
    ("given", "words"),
    [(TEXT.encode("utf-16"), "no plain text in UTF-8"), (b" " * (2 * 2**20 + 1), "too large")],
    ids=["no text", "too large"],
)
def test_what_is_no_text_is_told(sight: Sight, given: bytes, words: str) -> None:
    page = sight.open(DESK)
    chosen(page, given)
    expect(page.locator("#status")).to_contain_text(words)
    page.get_by_role("button", name="Prove it").click()
    expect(page.locator("#status")).to_have_text("Paste a text first.")


def test_what_no_claim_answers_for_is_told(sight: Sight, curated: Corpus, tmp_path: Path) -> None:
    page = proved(sight, TEXT)
    found = by_command(curated, TEXT, tmp_path)
    page.locator(".result summary").click()
    words = [TEXT[slice(*span)].split()[:3] for span in found.unanswered]
    assert [each.inner_text().split()[:3] for each in page.locator(".unanswered a").all()] == words
    assert page.locator(".copy .furniture").inner_text().startswith("Write to the newsroom")
    for link in page.locator(".unanswered a").all():
        link.click()
        expect(page.locator(".open:target")).to_be_in_viewport()
    advert = proved(sight, COPIES["advert between"])
    assert "SAIL WITH US" in advert.locator(".unanswered").text_content()  # type: ignore[operator]  # it is there


def test_text_and_claims_lead_to_each_other(sight: Sight) -> None:
    page = proved(sight, TEXT, width=390)
    for number in page.locator(".copy sup a").all():
        number.click()
        expect(page.locator(".claims :target")).to_be_in_viewport()
        page.locator(".claims :target .proof a").first.click()
        expect(page.locator(".place:target + mark")).to_be_in_viewport()
    speakers = page.locator(".beside h3").evaluate_all("all => all.map(each => each.firstChild.textContent)")
    assert speakers == ["Hallvik Observer, in its own voice", "Hallvik Ferries", "Ingrid Solem", "Knut Årnesen"]


def test_the_claim_that_led_here_is_shown(sight: Sight) -> None:
    page = sight.open("/claims/solem-strike-about-wages")
    page.locator(".prove a").click()
    page.wait_for_url(f"**{DESK}#c-solem-strike-about-wages")
    chosen(page, TEXT)
    expect(page.locator(".claims .cited")).to_contain_text("The strike is about wages alone.")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_any_colours(sight: Sight, width: int) -> None:
    page = proved(sight, COPIES["one word"], width=width)
    page.locator(".result summary").click()
    for scheme, forced in (("light", "none"), ("dark", "none"), ("light", "active")):
        page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]  # words of its own
        assert findings(page) == [], (scheme, forced)
        assert overflow(page) == 0
        mark = "each => [getComputedStyle(each).backgroundColor, getComputedStyle(document.body).backgroundColor]"
        painted: Sequence[str] = page.locator("mark").first.evaluate(mark)
        assert painted[0] != painted[1]


def test_the_keyboard_is_enough(sight: Sight) -> None:
    page = sight.open(DESK)
    expect(page.locator("#file")).to_be_enabled()
    page.locator("#file").focus()
    page.keyboard.press("Tab")
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#counted")).to_be_focused()
    expect(page.locator("#counted")).to_have_text("5 of 5 anchors proved")
    reached = []
    for _ in range(page.locator(".result a:visible, .result summary").count()):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('.copy, .claims')?.className"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", reached
    assert Counter(reached)["copy"] == page.locator(".copy a").count()
    assert Counter(reached)["claims"] == page.locator(".claims a").count()


def test_printed_there_are_text_and_claims_without_the_fields(sight: Sight) -> None:
    page = proved(sight, TEXT)
    page.emulate_media(media="print")
    assert not page.locator("#desk").is_visible()
    assert page.locator(".copy").is_visible()
    assert page.locator(".claims").first.is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_without_scripts_it_says_what_to_run(sight: Sight) -> None:
    page = sight.open(DESK, scripts=False)
    assert page.locator("noscript code").inner_text() == "onrecord verify DOSSIER --texts FOLDER"
    assert page.locator("noscript code").is_visible()
    assert not page.locator("#desk").is_visible()
    assert page.locator("h1").count() == 1
