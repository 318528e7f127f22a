"""The page of the event that most is said of: every figure with who says it and where, every voice with its words."""

import itertools
import re
from html import unescape
from typing import Any

import pytest

from app.formats.html.room import ROOMS
from contract.orders import Documents
from visitor import Visitor

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def event(documents: Documents) -> Any:
    """The event that most claims are about."""
    return max(documents["events"], key=lambda event: event["counts"]["claims"])


@pytest.fixture(scope="module")
def page(visitor: Visitor, event: Any) -> str:
    """Its page."""
    return visitor.get(f"/events/{event['id']}", headers=BROWSER).text


@pytest.fixture(scope="module")
def words(visitor: Visitor, event: Any) -> str:
    """The page of who says what about it."""
    return visitor.get(f"/events/{event['id']}/matrix", headers=BROWSER).text


@pytest.fixture(scope="module")
def matrix(visitor: Visitor, event: Any) -> Any:
    """Who says what about it."""
    return visitor.data(f"/events/{event['id']}/matrix")["data"]


def groups(page: str) -> dict[str, str]:
    """The parts of the figures by their headings."""
    section = page.split('id="figures"')[1].split("</section>", maxsplit=1)[0]
    _, *parts = re.split(r"<h3>(.*?)</h3>", section)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_figure_that_differs_is_there_with_its_claim_disputed_ones_first(page: str, event: Any) -> None:
    assert list(groups(page)) == ["Figures of which two cannot both be so", "Figures that differ", "Other figures"]
    disputed, differing, others = groups(page).values()
    for part, wanted in ((disputed, (True, True)), (differing, (True, False))):
        shown = [re.findall(r'"/claims/([^"]*)"', measure) for measure in part.split('<dl class="figures">')[1:]]
        measures = [each for each in event["figures"] if (each["differing"], each["disputed"]) == wanted]
        assert measures
        assert [sorted(claims) for claims in shown] == [
            sorted(value["claim"]["id"] for value in measure["values"]) for measure in measures
        ]
    rest = [value["claim"]["id"] for each in event["figures"] if not each["differing"] for value in each["values"]]
    assert re.findall(r'"/claims/([^"]*)"', others) == rest


def test_a_figure_says_of_when_it_is_and_where_it_is_from(page: str) -> None:
    told = unescape("".join(re.findall(r'<dl class="figures">.*?</dl>', page, re.DOTALL)))
    assert "As of 28 May 2019, 17:09 (UTC+02:00)" in told
    assert "Said 28 May 2019; written in " in told
    assert "TIME, in its own voice: The police arrested nearly two dozen people.</a>" in told
    assert "<i>other report, not pinned</i>" in told


def test_marks_stand_at_every_figure_that_has_them(page: str, event: Any) -> None:
    values = [value for measure in event["figures"] if measure["differing"] for value in measure["values"]]
    told = "".join(re.findall(r'<dl class="figures">.*?</dl>', page, re.DOTALL))
    assert told.count("not pinned</i>") == sum(not value["pinned"] for value in values) > 0
    assert told.count("<i>other report") == sum(value["layer"] != "text" for value in values) > 0
    assert told.count("Later superseded.") == sum(value["superseded"] for value in values) > 0


def test_text_and_other_reports_are_counted_apart(visitor: Visitor, page: str, event: Any) -> None:
    text, other = re.findall(r"(\d+) are from the main text of the dossier, (\d+) from other reports", page)[0]
    for layer, number in (("text", text), ("background", other)):
        assert visitor.data("/claims", event=event["id"], layer=layer, limit=0)["page"]["total"] == int(number)


def test_each_question_shows_which_voices_answer_it_or_is_counted(page: str, event: Any, matrix: Any) -> None:
    (listed,) = re.findall(r'<ol class="who">(.*?</ol>)', page, re.DOTALL)
    rows = re.findall(r"<li.*?(?=<li|</ol>)", listed, re.DOTALL)
    voices = [voice["voice"] for voice in matrix["speakers"]]
    number = len(rows[1:])
    assert number in {min(room.items, len(matrix["rows"])) for room in ROOMS[:2]}
    left_out = re.findall(r'>(\d+) more questions? (?:is|are) not shown here: <a href="([^"]*)">', page)
    others = len(matrix["rows"]) - number
    assert left_out == ([(str(others), f"/events/{event['id']}/matrix")] if others else [])
    for shown, row in zip(rows[1:], matrix["rows"][:number], strict=True):
        steps = re.findall(r"(?:M(\d+)\.5 0|m(\d+)-1)v1", shown)  # each but the first from the last
        marks = list(itertools.accumulate(int(first or step) for first, step in steps))
        assert marks == [voices.index(cell["voice"]) for cell in row["cells"]]
        assert ("voices disagree" in shown) == row["disagreement"]
        assert (row["gap"] or "") in unescape(shown)


def test_one_voice_is_not_counted_as_several(visitor: Visitor, documents: Documents) -> None:
    told: dict[str, set[str]] = {
        "speaker": set(),
        "speakers": set(),
        "source itself": set(),
        "sources themselves": set(),
    }
    for event in documents["events"]:
        page = visitor.get(f"/events/{event['id']}", headers=BROWSER).text
        legend = page.partition('<li class="legend">')[2].partition("</li>")[0]
        for number, word in re.findall(r"<b>(\d+)</b> (speakers?|sources? \w+)", legend):
            told[word].add(number)
    assert told["speaker"] == told["source itself"] == {"1"}
    assert "1" not in told["speakers"] | told["sources themselves"]


def test_every_voice_has_its_words(words: str, matrix: Any) -> None:
    questions = words.split("<details")[1:]
    assert len(questions) == len(matrix["rows"])
    labels = {voice["voice"]: voice["label"] for voice in matrix["speakers"]}
    for shown, row in zip(questions, matrix["rows"], strict=True):
        text = unescape(shown)
        assert len(re.findall("<dt>", text)) == len(row["cells"])
        for cell in row["cells"]:
            assert labels[cell["voice"]][:40] in text
            for claim in cell["claims"]:
                assert f'"/claims/{claim["claim"]["id"]}">{claim["text"]}</a>' in text
        claims = [claim for cell in row["cells"] for claim in cell["claims"]]
        assert text.count("<dd") == len(claims)
        assert text.count("not pinned</i>") == sum(not claim["pinned"] for claim in claims)
        assert text.count("<i>other report") == sum(claim["layer"] != "text" for claim in claims)
        assert text.count("(superseded)") == sum(claim["superseded"] for claim in claims)


def test_both_pages_are_small(page: str, words: str) -> None:
    assert max(len(page.encode()), len(words.encode())) < 40_000
    assert all(len(drawn.encode()) < 15_000 for drawn in re.findall(r"<svg.*?</svg>", page, re.DOTALL))


def test_what_came_before_and_after_is_in_order(page: str, event: Any) -> None:
    (here,) = re.findall(r'<li aria-current="true">.*?</li>', page, re.DOTALL)
    assert event["title"] in here
    assert page.index("17 May 2019", page.index('<ol class="timeline">')) < page.index(here)
