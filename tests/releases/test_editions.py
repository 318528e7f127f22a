"""Several releases in one store: each is read by its name, a walk stays on its own, and what is gone says so."""

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.dossier.check import check
from app.dossier.predecessor import known_ids
from app.main import create_app
from app.releases import life
from app.releases.catalogue import Catalogue
from app.releases.catalogue_file import CATALOGUE
from app.releases.catalogue_lines import parse
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from problems import at_fault, faults, problem
from releases.editions import second_edition
from releases.publishing import ODD, SMALL, edit, edition, published
from visitor import BASE, Visitor


@pytest.fixture
def visitor(folder: Path) -> Iterator[Visitor]:
    """The app before that store; it goes on running while more is published."""
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


def publish_next(folder: Path, tmp_path: Path) -> str:
    """Publish an edition with one title changed and one claim less; returns the id of the release."""
    return published(folder, second_edition(tmp_path)).info.id


def withdraw(folder: Path, release: str) -> None:
    """Withdraw a release for a reason."""
    with closing(SqliteStore(folder)) as store:
        life.withdraw(store, release, "It named the wrong person.")


def test_a_running_app_picks_up_a_new_release(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    before = visitor.get("/events")
    id = publish_next(folder, tmp_path)
    after = visitor.get("/events")
    assert (before.json()["release"]["label"], after.json()["release"]["label"]) == ("hallvik-2", "hallvik-3")
    assert (before.json()["page"]["total"], after.json()["page"]["total"]) == (3, 2)
    assert after.json()["release"]["id"] == id == visitor.data("/")["data"]["release"]["id"]
    assert before.headers["etag"] != after.headers["etag"]
    assert visitor.get("/events", headers={"if-none-match": before.headers["etag"]}).status_code == 200
    assert visitor.data("/events/hallvik-ramp-blockade")["data"]["title"] == "Rope across the ramp"
    problem(visitor.get("/events/hallvik-wage-talks"), 410, "removed")


def test_a_running_app_logs_once_that_it_serves_another_release(
    visitor: Visitor, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "onrecord"):
        before = visitor.data("/events")["release"]["id"]
        assert caplog.messages == []
        id = publish_next(folder, tmp_path)
        for reference in ({}, {"release": before}, {}):
            visitor.data("/events", **reference)
    assert caplog.messages == [f"now serves edition hallvik-3, release {id[:16]}"]


def test_what_belongs_to_the_catalogue_changes_with_it(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    paths = ("/", "/releases")
    before = {path: visitor.get(path).headers["etag"] for path in paths}
    first = visitor.data("/releases")["data"][0]
    publish_next(folder, tmp_path)
    assert all(visitor.get(path).headers["etag"] != before[path] for path in paths)
    now = visitor.data("/releases")["data"]
    assert [each["current"] for each in now] == [True, False]
    assert now[0]["predecessor"] == now[1]["id"] == first["id"]


def test_a_release_is_named_by_id_prefix_or_label(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    first = visitor.data("/events")
    publish_next(folder, tmp_path)
    id = first["release"]["id"]
    for reference in (id, id[:4], id[:16], "hallvik-2"):
        named = visitor.data("/events", release=reference)
        assert (named["data"], named["release"]) == (first["data"], first["release"])
        assert named["links"]["permalink"] == f"{BASE}/events?release={id}"
        assert visitor.data("/events/hallvik-wage-talks", release=reference)["data"]["id"] == "hallvik-wage-talks"
        assert visitor.data("/events/hallvik-wage-talks/claims", release=reference)["page"]["total"] == 1
    assert visitor.data(first["links"]["permalink"])["data"] == first["data"]
    cache = visitor.get("/events", release=id).headers["cache-control"]
    assert cache == "public, max-age=86400"
    for short in (id[:16], "hallvik-2"):
        assert visitor.get("/events", release=short).headers["cache-control"] != cache


@pytest.mark.parametrize("reference", ["abc", "zzzz", "hallvik-9", "HALLVIK-2", "0" * 64, "*", "%", "hallvik_2"])
def test_an_unknown_release_is_400_with_the_nearest_label(visitor: Visitor, reference: str) -> None:
    found = faults(visitor.get("/events", release=reference))
    assert [each["parameter"] for each in found] == ["release"]
    if reference.lower().startswith("hallvik"):
        assert found[0]["did_you_mean"] == "hallvik-2"


def test_a_prefix_of_three_characters_is_none(visitor: Visitor) -> None:
    assert at_fault(visitor.get("/events", release=visitor.data("/")["data"]["release"]["id"][:3])) == ["release"]


def test_an_ambiguous_prefix_is_400_that_names_both(visitor: Visitor, folder: Path) -> None:
    text = (folder / CATALOGUE).read_text()
    catalogue = Catalogue(parse(text))
    id = catalogue.needed().info.id
    twin = id[:20] + "0" * 44
    members = {**catalogue.events[0].members, "label": "hallvik-twin"}
    (folder / CATALOGUE).write_text(catalogue.then("publish", twin, "2021-07-01T00:00:00Z", members).text())
    found = faults(visitor.get("/events", release=id[:8]))
    assert id[:16] in found[0]["message"]
    assert visitor.data("/events", release=id)["release"]["id"] == id
    assert visitor.get("/releases/" + id[:8]).status_code == 404


def test_two_editions_of_one_label_are_ambiguous(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    publish_next(folder, tmp_path)
    text = (folder / CATALOGUE).read_text()
    # No build makes such a catalogue; this one was joined of two by hand.
    (folder / CATALOGUE).write_text(text.replace('"label": "hallvik-3"', '"label": "hallvik-2"'))
    assert at_fault(visitor.get("/events", release="hallvik-2")) == ["release"]


def test_row_50_a_walk_goes_on_in_the_release_it_began_on(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    whole = [each["id"] for each in visitor.data("/events")["data"]]
    first = visitor.data("/events", limit=1)
    publish_next(folder, tmp_path)
    second = visitor.data(first["links"]["next"])
    third = visitor.data(second["links"]["next"])
    walked = [page["data"][0]["id"] for page in (first, second, third)]
    assert walked == whole
    assert {page["release"]["label"] for page in (first, second, third)} == {"hallvik-2"}
    assert {page["page"]["total"] for page in (first, second, third)} == {3}
    assert third["links"]["next"] is None
    start = visitor.data(third["links"]["first"])
    assert start["release"]["label"] == "hallvik-3"


def test_row_26_a_cursor_with_another_release_is_400(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    cursor = visitor.data("/events", limit=1)["page"]["next"]
    id = publish_next(folder, tmp_path)
    assert at_fault(visitor.get("/events", limit=1, cursor=cursor, release=id), "invalid-cursor") == ["cursor"]
    old = visitor.data("/events", limit=1, cursor=cursor, release="hallvik-2")
    assert old["release"]["label"] == "hallvik-2"


def test_row_26_a_cursor_with_other_parameters_is_400(visitor: Visitor) -> None:
    cursor = visitor.data("/events", limit=1, type="protest")["page"]["next"]
    for other in ({}, {"type": "consult"}, {"type": "protest", "sort": "-date"}, {"type": "protest", "layer": "text"}):
        asked: dict[str, Any] = {"limit": 1, "cursor": cursor, **other}
        assert at_fault(visitor.get("/events", **asked), "invalid-cursor") == ["cursor"]
    assert at_fault(visitor.get("/claims", limit=1, cursor=cursor), "invalid-cursor") == ["cursor"]
    for same in ({"type": "protest"}, {"type": "protest,protest", "sort": "date"}, {"type": "protest", "limit": 9}):
        assert visitor.get("/events", **{"cursor": cursor, **same}).status_code == 200


def test_row_26_an_altered_cursor_is_400_at_every_character(visitor: Visitor) -> None:
    cursor = visitor.data("/events", limit=1)["page"]["next"]
    for i, letter in enumerate(cursor):
        other = "A" if letter != "A" else "B"
        assert at_fault(visitor.get("/events", cursor=cursor[:i] + other + cursor[i + 1 :]), "invalid-cursor") == [
            "cursor"
        ]
        if i:
            assert at_fault(visitor.get("/events", cursor=cursor[:i]), "invalid-cursor") == ["cursor"]
    for more in (cursor + "A", cursor + "=", " " + cursor, cursor + cursor, "x" * 512, "é", "....", "null"):
        assert at_fault(visitor.get("/events", cursor=more), "invalid-cursor") == ["cursor"]


def test_row_26_a_cursor_whose_release_is_not_here_yet_is_503(visitor: Visitor, tmp_path: Path) -> None:
    published(tmp_path / "ahead", ODD)
    with Visitor(create_app(Settings(store=tmp_path / "ahead"))) as ahead:
        cursor = ahead.data("/events", limit=1)["page"]["next"]
    answer = visitor.get("/events", limit=1, cursor=cursor)
    problem(answer, 503, "release-not-here")
    assert answer.headers["retry-after"] == "1"


def test_row_26_a_withdrawn_release_is_410_with_the_reason(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    first = visitor.data("/events", limit=1)
    id = first["release"]["id"]
    publish_next(folder, tmp_path)
    withdraw(folder, id)
    urls = [first["links"]["next"], first["links"]["permalink"], f"/events/hallvik-wage-talks?release={id[:8]}"]
    urls += [f"/releases/{id}/onrecord.sqlite", f"/releases/{id}/entries.ndjson", "/events?release=hallvik-2"]
    for url in urls:
        body = problem(visitor.get(url), 410, "release-gone")
        assert "It named the wrong person." in body["detail"]
    assert visitor.data(f"/releases/{id}")["data"]["withdrawn"] == "It named the wrong person."
    assert visitor.data("/releases/hallvik-2")["data"]["withdrawn"] == "It named the wrong person."
    assert [each["withdrawn"] is None for each in visitor.data("/releases")["data"]] == [True, False]
    assert visitor.data("/events")["release"]["label"] == "hallvik-3"


def test_withdrawing_the_current_release_brings_back_the_one_before(
    visitor: Visitor, folder: Path, tmp_path: Path
) -> None:
    withdraw(folder, publish_next(folder, tmp_path))
    assert visitor.data("/events")["release"]["label"] == "hallvik-2"
    withdraw(folder, visitor.data("/")["data"]["release"]["id"])
    problem(visitor.get("/events"), 503, "unavailable")
    problem(visitor.get("/"), 503, "unavailable")


def prune(folder: Path, release: str) -> None:
    """Delete the file of a release."""
    with closing(SqliteStore(folder)) as store:
        store.database(release).unlink()


@pytest.mark.parametrize("restarted", [False, True])
def test_row_26_a_pruned_release_is_410(folder: Path, tmp_path: Path, restarted: bool) -> None:
    with Visitor(create_app(Settings(store=folder))) as before:
        first = before.data("/events", limit=1)
        id = first["release"]["id"]
        downloads = before.data(f"/releases/{id}")["data"]["downloads"]
        publish_next(folder, tmp_path)
        prune(folder, id)
        with Visitor(create_app(Settings(store=folder)) if restarted else before.app) as visitor:
            for url in (first["links"]["next"], first["links"]["permalink"], *downloads.values()):
                body = problem(visitor.get(url), 410, "release-gone")
                assert body["detail"] == "Release hallvik-2 is not kept here any more."
            assert visitor.data("/events")["release"]["label"] == "hallvik-3"


def test_a_release_that_is_not_served_says_so(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    id = visitor.data("/")["data"]["release"]["id"]
    publish_next(folder, tmp_path)
    kept = visitor.get("/releases")
    assert [each["served"] for each in kept.json()["data"]] == [True, True]
    assert all(each["downloads"][name] for each in kept.json()["data"] for name in ("sqlite", "entries"))
    one = visitor.get(f"/releases/{id}")

    prune(folder, id)
    assert [each["served"] for each in visitor.data("/releases")["data"]] == [True, False]
    for reference in (id, "hallvik-2"):
        pruned = visitor.data(f"/releases/{reference}")["data"]
        assert (pruned["served"], pruned["withdrawn"], pruned["current"]) == (False, None, False)
        assert {visitor.get(url).status_code for url in pruned["downloads"].values()} == {410}
    for path, before in (("/releases", kept), (f"/releases/{id}", one)):
        assert visitor.get(path, headers={"if-none-match": before.headers["etag"]}).status_code == 200


def test_a_withdrawn_release_is_not_served_either(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    id = visitor.data("/")["data"]["release"]["id"]
    publish_next(folder, tmp_path)
    withdraw(folder, id)
    withdrawn = visitor.data(f"/releases/{id}")["data"]
    assert not withdrawn["served"]
    assert {visitor.get(url).status_code for url in withdrawn["downloads"].values()} == {410}


def test_a_release_of_an_older_schema_is_gone_and_says_why(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    first = visitor.data("/events", limit=1)
    id = first["release"]["id"]
    publish_next(folder, tmp_path)
    catalogue = folder / CATALOGUE
    older, newer = catalogue.read_text("utf-8").splitlines()
    catalogue.write_text(f"{older.replace(HEAD, '0002')}\n{newer}\n", "utf-8")
    with Visitor(create_app(Settings(store=folder))) as restarted:
        found = restarted.data(f"/releases/{id}")["data"]
        assert (found["served"], found["withdrawn"], found["schema_version"]) == (False, None, "0002")
        for url in (first["links"]["next"], first["links"]["permalink"], *found["downloads"].values()):
            body = problem(restarted.get(url), 410, "release-gone")
            assert f"schema 0002, this onrecord reads {HEAD}" in body["detail"]
        assert restarted.data("/events")["release"]["label"] == "hallvik-3"


def test_a_current_release_of_an_older_schema_is_unavailable_until_it_is_built_again(
    visitor: Visitor, folder: Path
) -> None:
    catalogue = folder / CATALOGUE
    text = catalogue.read_text("utf-8")
    catalogue.write_text(text.replace(f'"schema_version": "{HEAD}"', '"schema_version": "0002"'), "utf-8")
    body = problem(visitor.get("/events"), 503, "unavailable")
    assert f"schema 0002, this onrecord reads {HEAD}" in body["detail"]
    assert not visitor.data("/releases")["data"][0]["served"]
    assert visitor.get("/readyz").status_code == 503
    published(folder, SMALL)
    assert visitor.get("/events").status_code == 200


def test_row_51_an_edition_must_explain_every_id_that_vanishes(folder: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        before = known_ids(line for lines in store.current().entries() for line in lines.splitlines())
    changed = edition(tmp_path, "hallvik-3")
    edit(changed / "events.yaml", "- id: hallvik-ramp-blockade", "- id: hallvik-rope")
    edit(changed / "claims.yaml", "[hallvik-ramp-blockade]", "[hallvik-rope]")
    report = check([changed], before)
    assert report.corpus is None
    assert [each.kind.slug for each in report.findings] == ["vanished-id"]
    assert re.search(r"event 'hallvik-ramp-blockade'", report.findings[0].message)
    edit(changed / "events.yaml", "- id: hallvik-rope", "- id: hallvik-rope\n  formerly: [hallvik-ramp-blockade]")
    assert check([changed], before).findings == ()


def test_a_merged_id_leads_on_in_the_new_edition_only(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    changed = edition(tmp_path, "hallvik-3")
    edit(
        changed / "events.yaml",
        "- id: hallvik-ramp-blockade",
        "- id: hallvik-rope\n  formerly: [hallvik-ramp-blockade]",
    )
    edit(changed / "claims.yaml", "[hallvik-ramp-blockade]", "[hallvik-rope]")
    published(folder, changed)
    moved = visitor.get("/events/hallvik-ramp-blockade")
    assert (moved.status_code, moved.headers["location"]) == (308, f"{BASE}/events/hallvik-rope")
    assert visitor.get("/events/hallvik-ramp-blockade", release="hallvik-2").status_code == 200
    assert visitor.get("/events/hallvik-rope", release="hallvik-2").status_code == 404
