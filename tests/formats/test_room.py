"""No page is larger than the limit, whatever the data are: what is left out is counted, and leads to all of it."""

import itertools
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from app.entries.actors import ActorEntry
from app.entries.base import Entry
from app.entries.claims import ClaimEntry
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.relations import RelationEntry
from app.entries.sources import SourceEntry
from app.formats.html.room import LARGEST, ROOMS, Room, cut, shortened
from app.formats.html.strip import SCALE, strip
from app.main import create_app
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from derive.tiny import corpus, entry
from visitor import Visitor

pytestmark = pytest.mark.thorough
BROWSER = {"accept": "text/html,*/*;q=0.8"}
CLAIMS, FIGURES, ACTORS, QUESTIONS, RELATIONS = 2000, 400, 300, 80, 300
WORDS = "в одном большом городе на реке люди говорили о том что было и чего не было "  # two bytes a letter
LONG = (WORDS * 6)[:390]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """An event of very many claims and participants, all with texts as long as they may be."""
    folder = tmp_path_factory.mktemp("crowd")
    publish_release(SqliteStore(folder), plan(corpus(*_entries())))
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


def _entries() -> Iterator[Entry]:
    yield entry(DossierEntry, "dossier")
    yield entry(SourceEntry, "source", title=LONG[:290])
    for i in range(ACTORS):
        yield entry(ActorEntry, f"actor-{i}", name=f"{i} {LONG[:180]}", country="XK")
    for i in range(1, RELATIONS):
        yield entry(
            RelationEntry, f"relation-{i}", type="office", post=LONG[:190], subject="actor-0", object=f"actor-{i}"
        )
    yield entry(
        EventEntry,
        "event",
        title=LONG[:190],
        summary=LONG * 20,
        note=LONG * 20,
        type="coerce",
        participants=[{"actor": f"actor-{i}", "role": "target"} for i in range(ACTORS)],
        aspects=[{"id": f"aspect-{i}", "question": f"{i} {LONG[:180]}"} for i in range(QUESTIONS)],
    )
    for i in range(CLAIMS):
        yield entry(
            ClaimEntry,
            f"claim-{i}",
            text=f"{i} {LONG}"[:400],
            speaker={"actor": f"actor-{i % ACTORS}"},
            said=f"{1900 + i % 100}",
            events=["event"],
            actors=[f"actor-{n}" for n in range(120 if i == 0 else 1)],
            aspect=f"aspect-{i % (QUESTIONS - 1)}" if i % 3 else None,
            figures=[{"measure": "arrested", "value": i}, {"measure": "killed", "value": 7}] if i < FIGURES else [],
            evidence=[{"source": "source"}],
        )


PAGES = [
    "/events/event",
    "/events/event/matrix",
    "/events/event/claims",
    "/actors/actor-0",
    "/actors/actor-0/relations",
    "/claims/claim-0",
    "/sources/source",
    "/sources/source/claims?limit=500",
    "/claims?limit=500",
    "/actors?limit=500",
    "/events",
    "/relations",
    "/search?q=городе&limit=500",
    "/claims?id=" + ",".join(f"claim-{n}" for n in range(90)),
    "/",
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path[:40])
def test_a_page_of_very_much_is_not_larger_than_others(crowd: Visitor, path: str) -> None:
    answer = crowd.get(quote(path, safe="/?&=,"), headers=BROWSER)
    assert answer.status_code == 200
    assert 4_000 < len(answer.content) <= LARGEST
    assert answer.text.count("<h1") == 1


def test_what_is_left_out_is_counted_and_leads_to_all_of_it(crowd: Visitor) -> None:
    text = crowd.get("/events/event", headers=BROWSER).text
    shown = len(re.findall(r'<dd(?: class="superseded")?><a href="/claims/', text))
    more = _more(text)
    assert more["all claims that give one"][0] > 0
    totals = {measure["measure"]: len(measure["values"]) for measure in crowd.data("/events/event")["data"]["figures"]}
    assert totals == {"arrested": FIGURES, "killed": FIGURES}
    for label, (_, url) in more.items():
        assert crowd.get(url, headers=BROWSER).status_code == 200, label
    assert shown > 0
    participants = crowd.data("/events/event")["data"]["participants"]
    facts = text.split('<dt id="participants">')[1].split("<dt id=")[0]
    listed = len(set(re.findall(r'"/actors/(actor-\d+)"', facts)))
    assert listed + int(re.findall(r"(\d+) more: ", facts)[0]) == len(participants) == ACTORS


def _more(text: str) -> dict[str, tuple[int, str]]:
    found = re.findall(r'<p class="more">([\d,]+) more [^<]*: <a href="([^"]*)">([^<]*)</a>', text)
    return {label: (int(number.replace(",", "")), unescape(url)) for number, url, label in found}


def test_every_claim_of_a_question_is_shown_or_counted(crowd: Visitor) -> None:
    matrix = crowd.data("/events/event/matrix")["data"]
    text = crowd.get("/events/event/matrix", headers=BROWSER).text
    for row, part in zip(matrix["rows"], text.split("<details")[1:], strict=False):
        claims = [claim for cell in row["cells"] for claim in cell["claims"]]
        more = [number for number, _ in _more(part.partition("</details>")[0]).values()]
        assert len(re.findall("<dd", part)) + sum(more) == len(claims)


def test_a_page_has_at_most_fifty_records_and_goes_on_from_there(crowd: Visitor) -> None:
    seen: list[str] = []
    path: str | None = "/actors?limit=500"
    while path:
        text = crowd.get(path, headers=BROWSER).text
        rows = re.findall(r'<th scope="row"><a href="/actors/([^"]*)"', text)
        assert len(rows) <= 50
        seen += rows
        path = next((unescape(url) for url in re.findall(r'rel="next" href="([^"]*)"', text)), None)
    assert len(seen) == len(set(seen)) == ACTORS


ROOM = Room(2, 10, 0)


def test_rooms_shrink() -> None:
    for larger, smaller in itertools.pairwise(ROOMS):
        assert larger.items > smaller.items
        assert larger.letters > smaller.letters
        assert larger.values > smaller.values


def test_lists_and_texts_are_cut_at_any_depth() -> None:
    found = cut({"list": [{"text": "one two three"}, "b", "c", "d"], "number": 1, "none": None}, ROOM)
    assert found == {"list": [{"text": "one two…"}, "b"], "number": 1, "none": None}
    assert found["list"].left_out == 2
    assert cut([1, 2], ROOM).left_out == 0


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("one two three", "one two…"),
        ("ten lettrs", "ten lettrs"),
        ("an-id-that-is-long", "an-id-that-is-long"),
        ("https://example.org/a b", "https://example.org/a b"),
        ("ничегонетникого", "ничегонет…"),
    ],
)
def test_links_and_ids_stay_whole(text: str, short: str) -> None:
    assert shortened(text, ROOM.letters) == short


def passage(start: int, end: int, *claims: str) -> dict[str, Any]:
    """A passage of a source."""
    return {"start": start, "end": end, "claims": [{"id": claim, "label": claim} for claim in claims]}


def test_passages_that_touch_on_the_strip_are_drawn_as_one() -> None:
    passages = [passage(n, n + 1, "claim") for n in range(0, 1000, 2)]
    found = strip({"length": 1000, "share": 0.5, "passages": passages}, ROOM, everything=False)
    assert found.drawn == f"M0 0h{SCALE}v1H0z"
    assert (len(found.passages), found.left_out) == (2, 498)


def test_a_strip_has_a_mark_for_whatever_some_claim_answers_for() -> None:
    passages = [
        passage(0, 10, "claim"),
        passage(10, 90_000),
        passage(90_000, 90_001, "claim"),
        passage(90_001, 100_000),
    ]
    found = strip({"length": 100_000, "share": 0.0, "passages": passages}, Room(60, 400, 80), everything=True)
    assert found.drawn == "M0 0h1v1H0zM450 0h1v1H450z"
    assert (len(found.passages), found.left_out) == (4, 0)
