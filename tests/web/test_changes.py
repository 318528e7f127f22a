"""/changes and the history of a record: what became of records from one release to the next."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import feedparser
import pytest

from app.main import create_app
from app.releases.life import withdraw
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from app.web.api.conditional import CURRENT
from problems import at_fault, faults, problem
from releases.editions import second_edition, third_edition
from releases.publishing import ODD, SMALL, published
from visitor import BASE, Visitor


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three editions."""
    folder = tmp_path_factory.mktemp("editions")
    for dossier in (SMALL, second_edition(folder / "work"), third_edition(folder / "work")):
        published(folder / "store", dossier)
    return folder / "store"


@pytest.fixture(scope="module")
def visitor(editions: Path) -> Iterator[Visitor]:
    """The app before that store; nobody publishes into it."""
    with Visitor(create_app(Settings(store=editions))) as made:
        yield made


def numbers(body: Any) -> list[int]:
    """The numbers of the changes on a page."""
    return [change["number"] for change in body["data"]]


def test_the_latest_change_comes_first(visitor: Visitor) -> None:
    body = visitor.data("/changes", limit=500)
    total = body["page"]["total"]
    assert numbers(body) == list(range(total, 0, -1))
    assert numbers(visitor.data("/changes", limit=500, sort="number")) == list(range(1, total + 1))
    assert {change["release"]["label"] for change in body["data"]} == {"hallvik-2", "hallvik-3", "hallvik-4"}


def test_a_change_says_what_was_changed_and_why(visitor: Visitor) -> None:
    (title,) = visitor.data("/changes", op="updated", id="hallvik-ramp-blockade")["data"]
    release = visitor.data("/releases/hallvik-3")["data"]
    assert title == {
        "number": title["number"],
        "op": "updated",
        "kind": "event",
        "id": "hallvik-ramp-blockade",
        "url": f"{BASE}/events/hallvik-ramp-blockade",
        "label": "Rope across the ramp",
        "target": None,
        "fields": [{"field": "title", "before": "A rope closes the ramp", "after": "Rope across the ramp"}],
        "reason": None,
        "correction": "The title of the blockade was wrong.",
        "release": {name: release[name] for name in ("id", "label", "issued")},
        "published": release["published"],
        "step": "publish",
        "withdrawn": None,
    }
    (gone,) = visitor.data("/changes", op="removed", kind="claim")["data"]
    assert (gone["id"], gone["reason"], gone["fields"]) == (
        "minutes-talks-broke-off",
        "Nobody could find the minutes.",
        [],
    )


@pytest.mark.parametrize("sort", ["number", "-number"])
@pytest.mark.parametrize("asked", [{}, {"kind": "event,claim"}, {"op": "created", "since": "3"}])
def test_pages_add_up_to_the_list(visitor: Visitor, sort: str, asked: dict[str, str]) -> None:
    whole = visitor.data("/changes", **asked, sort=sort, limit=500)
    page = visitor.data("/changes", **asked, sort=sort, limit=4)
    walked = list(page["data"])
    while page["links"]["next"]:
        page = visitor.data(page["links"]["next"])
        assert page["page"]["total"] == whole["page"]["total"]
        walked += page["data"]
    assert walked == whole["data"]


def test_each_filter_selects(visitor: Visitor) -> None:
    everything = visitor.data("/changes", limit=500)["data"]

    def asked(**parameters: str) -> list[int]:
        return numbers(visitor.data("/changes", limit=500, **parameters))

    def having(name: str, *values: str) -> list[int]:
        return [change["number"] for change in everything if change[name] in values]

    assert asked(kind="event") == having("kind", "event")
    assert asked(op="Removed,merged") == having("op", "removed", "merged")
    assert asked(id="hallvik-wage-talks") == having("id", "hallvik-wage-talks")
    last = max(change["number"] for change in everything if change["release"]["label"] == "hallvik-2")
    assert asked(since=str(last)) == [change["number"] for change in everything if change["number"] > last]
    of_second = [change["number"] for change in everything if change["release"]["label"] == "hallvik-3"]
    assert asked(release="hallvik-3") == of_second
    assert asked(release="hallvik-3,hallvik-4") == asked(since=str(last))
    published = everything[0]["published"]
    assert asked(since=published)[0] == everything[0]["number"]
    assert asked(since=published[:10]) == asked()
    assert asked(since="2999-01-01") == []
    assert visitor.data("/changes", limit=0)["page"] == {
        "total": len(everything),
        "count": 0,
        "limit": 0,
        "next": None,
    }


def test_a_history_is_that_of_one_record_and_of_what_was_merged_into_it(visitor: Visitor) -> None:
    body = visitor.data("/events/hallvik-ferry-strike/history", sort="number")
    assert [(change["op"], change["id"]) for change in body["data"]] == [
        ("created", "hallvik-ferry-strike"),
        ("updated", "hallvik-ferry-strike"),
        ("updated", "hallvik-ferry-strike"),
        ("merged", "hallvik-ramp-blockade"),
    ]
    assert body["data"] == visitor.data("/changes", id="hallvik-ferry-strike", sort="number")["data"]
    links = visitor.data("/events/hallvik-ferry-strike")["links"]
    assert links["history"] == f"{BASE}/events/hallvik-ferry-strike/history"
    second = visitor.data("/events/hallvik-ferry-strike/history", sort="number", limit=2)["links"]["next"]
    assert visitor.data(second)["data"] == body["data"][2:]


def test_what_was_merged_or_removed_has_a_history_still(visitor: Visitor) -> None:
    assert visitor.get("/events/hallvik-ramp-blockade").status_code == 308
    merged = visitor.data("/events/hallvik-ramp-blockade/history")["data"]
    assert [change["op"] for change in merged] == ["merged", "updated", "created"]
    assert merged[0]["target"] == "hallvik-ferry-strike"
    assert visitor.get("/events/hallvik-wage-talks").status_code == 410
    removed = visitor.data("/events/hallvik-wage-talks/history")["data"]
    assert [change["op"] for change in removed] == ["removed", "created"]


def test_a_history_of_nothing_is_404(visitor: Visitor) -> None:
    body = problem(visitor.get("/events/hallvik-fery-strike/history"), 404, "not-found")
    assert body["errors"][0]["did_you_mean"] == "hallvik-ferry-strike"
    assert body["errors"][0]["parameter"] == "event_id"
    elsewhere = problem(visitor.get("/actors/hallvik-ferry-strike/history"), 404, "not-found")
    assert elsewhere["errors"][0]["did_you_mean"] == f"{BASE}/events/hallvik-ferry-strike/history"
    for path in ("/events/x!/history", "/people/ingrid-solem/history", "/events/a%20b/history"):
        problem(visitor.get(path), 404, "not-found")


def test_every_fault_is_told_at_once(visitor: Visitor) -> None:
    asked = "sicne=1&kind=evnt,actr&op=update&id=nope-a,nope-b&since=yes&release=hallvik-9&limit=501"
    found = faults(visitor.get(f"/changes?{asked}&sort=date&format=csv"), "bad-query")
    told = {(each["parameter"], each["did_you_mean"]) for each in found}
    assert {("sicne", "since"), ("kind", "event"), ("kind", "actor"), ("op", "updated"), ("limit", "500")} <= told
    assert [each["value"] for each in found if each["parameter"] == "id"] == ["nope-a", "nope-b"]
    named = [each["parameter"] for each in found]
    assert named == ["sicne", "format", "since", "kind", "kind", "op", "id", "id", "release", "sort", "limit"]


@pytest.mark.parametrize("since", ["-1", "1.0", "+5", "2026-02-30", "2026-11-22T25:00:00Z", "9" * 30, "hallvik-3"])
def test_since_is_a_number_or_a_day(visitor: Visitor, since: str) -> None:
    assert at_fault(visitor.get("/changes", since=since)) == ["since"]


@pytest.mark.parametrize(
    "asked", ["kind=", "since=", "since=1&since=2", "limit=1&limit=2", "sort=number,-number", "op=created&cursor="]
)
def test_what_no_list_takes_is_refused(visitor: Visitor, asked: str) -> None:
    assert visitor.get(f"/changes?{asked}&sort=date&format=csv").status_code == 400


def test_a_history_takes_no_filter_of_records(visitor: Visitor) -> None:
    for name in ("id", "kind"):
        answer = visitor.get("/events/hallvik-ferry-strike/history", **{name: "event"})
        assert at_fault(answer, "unknown-parameter") == [name]


def test_a_cursor_goes_with_its_question(visitor: Visitor) -> None:
    cursor = visitor.data("/changes", limit=1)["page"]["next"]
    assert visitor.data("/changes", cursor=cursor, limit=3)["page"]["count"] == 3
    for other in ({"kind": "event"}, {"sort": "number"}, {"since": "3"}):
        assert at_fault(visitor.get("/changes", cursor=cursor, **other), "invalid-cursor") == ["cursor"]
    of_events = visitor.data("/events", limit=1)["page"]["next"]
    for text in (of_events, cursor[:-1], f"{cursor}A", "x", "x" * 513):
        assert at_fault(visitor.get("/changes", cursor=text), "invalid-cursor") == ["cursor"]
    history = "/events/hallvik-ferry-strike/history"
    assert at_fault(visitor.get(history, cursor=cursor), "invalid-cursor") == ["cursor"]


def test_a_walk_ends_where_it_began_and_another_server_may_be_behind(tmp_path: Path) -> None:
    published(tmp_path / "store", SMALL)
    with Visitor(create_app(Settings(store=tmp_path / "store"))) as visitor:
        whole = numbers(visitor.data("/changes", sort="number", limit=500))
        page = visitor.data("/changes", sort="number", limit=20)
        published(tmp_path / "store", second_edition(tmp_path))
        rest = visitor.data("/changes", sort="number", limit=500, cursor=page["page"]["next"])
        assert numbers(page) + numbers(rest) == whole
        cursor = visitor.data("/changes", limit=1)["page"]["next"]
    published(tmp_path / "behind", SMALL)
    with Visitor(create_app(Settings(store=tmp_path / "behind"))) as behind:
        answer = behind.get("/changes", limit=1, cursor=cursor)
        problem(answer, 503, "release-not-here")
        assert answer.headers["retry-after"] == "1"


def test_a_permalink_keeps_its_changes(tmp_path: Path) -> None:
    published(tmp_path / "store", SMALL)
    with Visitor(create_app(Settings(store=tmp_path / "store"))) as visitor:
        first = visitor.data("/changes", limit=10)
        second = visitor.data(first["links"]["next"])
        published(tmp_path / "store", second_edition(tmp_path))
        assert visitor.data("/changes", limit=10)["data"] != first["data"]
        for page in (first, second):
            again = visitor.data(page["links"]["permalink"])
            assert (again["data"], again["page"]) == (page["data"], page["page"])
        assert numbers(visitor.data("/changes", since=3, until=5)) == [5, 4]
        cursor = first["page"]["next"]
        assert at_fault(visitor.get("/changes", until=5, limit=10, cursor=cursor), "invalid-cursor") == ["cursor"]
        assert at_fault(visitor.get("/changes", until="x")) == ["until"]


def test_the_question_is_told_in_a_sentence(visitor: Visitor) -> None:
    release = visitor.data("/releases/hallvik-3")["data"]["id"]
    asked = {"op": "updated", "kind": "event", "since": "2", "until": "99", "release": "hallvik-3"}
    query = visitor.data("/changes", **asked)["query"]
    assert query["text"] == (
        f"Changes of event records that were updated by release {release[:16]} after number 2 up to number 99; "
        "in order of number, the latest first."
    )
    assert query["parameters"] == {"kind": ["event"], "op": ["updated"], "release": [release], "since": 2, "until": 99}


def test_a_feed_has_an_entry_for_each_change_dated_as_it_came(visitor: Visitor) -> None:
    body = visitor.data("/changes", limit=5)
    answer = visitor.get("/changes", limit=5, format="atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.text)
    assert not feed.bozo
    assert [entry.updated for entry in feed.entries] == [change["published"] for change in body["data"]]
    assert feed.feed.updated == body["data"][0]["published"]
    for entry, change in zip(feed.entries, body["data"], strict=True):
        assert visitor.data(entry.id)["data"] == [change]
        assert entry.title == f"{change['op']}: {change['label']}"
    history = feedparser.parse(visitor.get("/events/hallvik-ramp-blockade/history", format="atom").text)
    told = [entry.summary for entry in history.entries]
    corrected = "Corrected in this edition: The title of the blockade was wrong."
    assert f"title: A rope closes the ramp -> Rope across the ramp; {corrected}" in told
    assert "into hallvik-ferry-strike" in told


def test_a_withdrawal_takes_the_words_away(tmp_path: Path) -> None:
    published(tmp_path / "store", SMALL)
    published(tmp_path / "store", second_edition(tmp_path))
    with Visitor(create_app(Settings(store=tmp_path / "store"))) as visitor:
        before = visitor.get("/changes", release="hallvik-3")
        with closing(SqliteStore(tmp_path / "store")) as store:
            withdraw(store, "hallvik-3", "It named the wrong person.")
        after = visitor.get("/changes", release="hallvik-3")
        assert after.headers["etag"] != before.headers["etag"]
        assert "Rope across" not in visitor.get("/changes?limit=500").text + visitor.get("/changes?format=html").text
        for change in after.json()["data"]:
            assert (change["fields"], change["correction"], change["withdrawn"]) == (
                None,
                None,
                "It named the wrong person.",
            )
        back = visitor.data("/changes", limit=1)["data"][0]
        assert (back["step"], back["reason"]) == ("withdraw", "It named the wrong person.")
        assert visitor.data("/changes")["data"][0]["release"]["label"] == "hallvik-2"


def test_nothing_is_listed_where_nothing_was_published(tmp_path: Path) -> None:
    with Visitor(create_app(Settings(store=tmp_path))) as visitor:
        for path in ("/changes", "/events/x/history"):
            problem(visitor.get(path), 503, "unavailable")
        assert at_fault(visitor.get("/changes", id="x")) == ["id"]
        published(tmp_path, ODD)
        assert visitor.data("/changes")["page"]["total"] > 0


def test_an_answer_is_had_again_by_its_tag(visitor: Visitor) -> None:
    for url in ("/changes", "/events/hallvik-ferry-strike/history?format=html"):
        answer = visitor.get(url)
        assert visitor.get(url, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
        assert answer.headers["cache-control"] == ("public, max-age=300" if "html" in url else CURRENT)


def test_the_page_shows_what_the_json_says(visitor: Visitor) -> None:
    page = visitor.get("/changes", format="html", release="hallvik-3")
    for words in ("A rope closes the ramp", "Rope across the ramp", "Nobody could find the minutes.", "was wrong."):
        assert words in page.text
    assert page.text.count("This edition corrects: The title of the blockade was wrong.") == 1
    assert '<a href="/events/hallvik-ramp-blockade/history">history</a>' in page.text
    history = visitor.get("/events/hallvik-ramp-blockade/history", headers={"accept": "text/html"})
    assert "<h1>History of Rope across the ramp</h1>" in history.text
    assert 'into <a href="/events/hallvik-ferry-strike">hallvik-ferry-strike</a>' in history.text
    assert 'class="flag"' not in page.text + history.text  # red is for voices that disagree
    empty = visitor.get("/changes?format=html&op=&since=24")
    assert (empty.status_code, empty.headers["location"]) == (308, f"{BASE}/changes?format=html&since=24")
    assert "/events/hallvik-ferry-strike/history" in visitor.get("/events/hallvik-ferry-strike?format=html").text
