"""Upgrading: a kept release of another schema is built anew from its own file, and is the same release as before."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.main import create_app
from app.releases.catalogue import StoreError
from app.releases.catalogue_file import CATALOGUE
from app.releases.life import withdraw
from app.releases.pruning import prune
from app.releases.release_file import ReleaseFile
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore
from app.releases.upgrade import Unfit, outdated, upgrade
from app.resources import MAIN
from app.settings import Settings
from app.vocabularies import load
from app.web.api.conditional import etag
from problems import problem
from releases.editions import second_edition
from releases.older import OLDER, made_older, with_input
from releases.publishing import BUNDLED, ODD, published
from visitor import BASE, Visitor


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of two releases, both of the schema before."""
    published(folder, second_edition(tmp_path))
    made_older(folder)
    with closing(SqliteStore(folder)) as opened:
        yield opened


def answers(folder: Path, release: str) -> dict[str, Any]:
    """Each list, each record and the input of a release, as they are answered."""
    found: dict[str, Any] = {}
    with Visitor(create_app(Settings(store=folder))) as visitor:
        for resource in MAIN:
            found[resource.name] = visitor.data(f"/{resource.name}", release=release, limit=500)["data"]
            for record in found[resource.name]:
                url = f"/{resource.name}/{record['id']}"
                found[url] = visitor.data(url, release=release)["data"]
        found["input"] = visitor.get(f"/releases/{release}/entries.ndjson").text
        found["changes"] = visitor.data("/changes")["data"]
    return found


def lines(folder: Path) -> list[dict[str, Any]]:
    """The lines of the catalogue."""
    return [json.loads(line) for line in (folder / CATALOGUE).read_text("utf-8").splitlines()]


def test_every_answer_is_the_same_afterwards(tmp_path: Path) -> None:
    """Of two dossiers; what a build of them makes is what an upgrade makes."""
    release = published(tmp_path, BUNDLED, ODD)
    before = answers(tmp_path, release.info.id)
    made_older(tmp_path)
    with closing(SqliteStore(tmp_path)) as store:
        upgraded = upgrade(store, store.catalogue().needed())
    assert (upgraded.info, upgraded.number, upgraded.at) == (release.info, release.number, release.at)
    assert (upgraded.schema_version, upgraded.documents) == (HEAD, release.documents)
    assert answers(tmp_path, release.info.id) == before


def test_a_running_server_takes_it_up(store: SqliteStore) -> None:
    newer, older = store.published()
    with Visitor(create_app(Settings(store=store.folder))) as visitor:
        problem(visitor.get("/events"), 503, "unavailable")
        problem(visitor.get("/events", release=older.info.id), 410, "release-gone")
        upgrade(store, newer)
        assert visitor.data("/events")["release"]["label"] == "hallvik-3"
        assert [known["served"] for known in visitor.data("/releases")["data"]] == [True, False]
        upgrade(store, older)
        assert visitor.data("/events", release=older.info.id)["page"]["total"] == 3
        assert visitor.data("/events")["release"]["label"] == "hallvik-3"


@pytest.mark.parametrize(("schema", "status"), [(OLDER, 200), (HEAD, 304)])
def test_what_a_client_kept_of_the_schema_before_is_not_fresh(store: SqliteStore, schema: str, status: int) -> None:
    id = upgrade(store, store.catalogue().needed()).info.id
    path = "/events/hallvik-ferry-strike"
    held = {"if-none-match": etag(id, schema, BASE, path, "", "json")}
    with Visitor(create_app(Settings(store=store.folder))) as visitor:
        assert visitor.get(path, headers=held).status_code == status
        assert visitor.get(path, headers=held, release=id).status_code == status


def test_it_is_a_line_of_the_catalogue_and_no_change(store: SqliteStore) -> None:
    for release in outdated(store):
        upgrade(store, release)
    assert [line["op"] for line in lines(store.folder)] == ["publish", "publish", "upgrade", "upgrade"]
    added = lines(store.folder)[2]
    known = store.catalogue().needed()
    assert list(added)[:4] == ["number", "op", "release", "at"]
    assert {name: added[name] for name in list(added)[4:]} == {
        "schema_version": HEAD,
        "documents": known.documents,
        "file": f"{known.info.id[:16]}-{HEAD}.sqlite",
        "sha256": known.sha256,
        "about": known.about,
    }
    assert store.catalogue().currents == (known.predecessor, known.info.id, known.info.id, known.info.id)
    assert outdated(store) == []
    store.verify()


def test_the_current_release_comes_first_and_what_is_withdrawn_or_gone_never(
    store: SqliteStore, tmp_path: Path
) -> None:
    published(store.folder, ODD, without=["hallvik-quay"])
    made_older(store.folder, "odd-1")
    assert [known.info.label for known in outdated(store)] == ["odd-1", "hallvik-3", "hallvik-2"]
    third, second, first = store.published()
    withdraw(store, third.info.id, "It named the wrong person.")
    store.path(first).unlink()
    assert [known.info.label for known in outdated(store)] == ["hallvik-3"]
    assert upgrade(store, third).schema_version == OLDER
    assert upgrade(store, second) == upgrade(store, second)
    assert len(lines(store.folder)) == 5


def test_the_old_file_is_pruned_and_one_of_a_later_schema_is_not(store: SqliteStore) -> None:
    current, _ = store.published()
    old = store.path(current)
    upgrade(store, current)
    assert old.exists()
    later = store.folder / f"{current.info.id[:16]}-9000.sqlite"
    shutil.copy(old, later)
    line = lines(store.folder)[2] | {"number": 4, "schema_version": "9000", "file": later.name}
    with (store.folder / CATALOGUE).open("a", encoding="utf-8") as catalogue:
        catalogue.write(json.dumps(line) + "\n")
    assert store.catalogue().needed().schema_version == HEAD  # what can be read here is not given up
    assert prune(store, 9, timedelta()).files == (old,)
    store.verify()


def left(store: SqliteStore, kind: type[StoreError] = StoreError) -> StoreError:
    """Why the current release is not upgraded; the store stays as it was."""
    before = {file: file.read_bytes() for file in store.folder.iterdir()}
    with pytest.raises(kind) as raised:
        upgrade(store, store.catalogue().needed())
    assert {file: file.read_bytes() for file in store.folder.iterdir()} == before
    return raised.value


def test_a_file_whose_input_was_changed_is_refused(store: SqliteStore) -> None:
    id = store.catalogue().needed().info.id
    with_input(store.folder, {"Rope across": "Ropes across"})
    text = (store.folder / CATALOGUE).read_text("utf-8")
    (store.folder / CATALOGUE).write_text(text.replace(store.catalogue().needed().info.id, id), "utf-8")
    assert str(left(store)).endswith("is damaged: copy it back")
    store.path(store.catalogue().needed()).write_bytes(b"x" * 5000)
    assert str(left(store)).endswith("cannot be read: copy it back")


def test_a_term_that_is_gone_or_explained_anew_comes_from_the_release(store: SqliteStore) -> None:
    """As if an earlier onrecord had called a confirmation otherwise, and explained a report in other words."""
    report = load("claim-types").terms["report"].definition
    with_input(store.folder, {'"confirmation"': '"confirmations"', report: "What was told."})
    id = store.catalogue().needed().info.id
    assert upgrade(store, store.catalogue().needed()).info.id == id
    assert "confirmations" not in load("claim-types").terms
    assert load("claim-types").terms["report"].definition == report
    with Visitor(create_app(Settings(store=store.folder))) as visitor:
        (claim,) = [claim for claim in visitor.data("/claims")["data"] if claim["type"] == "confirmations"]
        for path in ("/claims", f"/claims/{claim['id']}"):
            assert ">Confirmation</" in visitor.get(path, format="html").text
        assert 'term="confirmations"' in visitor.get("/claims", format="atom").text
        terms = {term["id"]: term for term in visitor.data("/vocabularies/claim-types")["data"]["terms"]}
        assert terms["report"]["definition"] == "What was told."
        assert '"definition":"What was told."' in visitor.get(f"/releases/{id}/entries.ndjson").text


def test_an_input_that_passes_no_more_is_told_with_every_finding(store: SqliteStore) -> None:
    with_input(store.folder, {'"place":"hallvik"': '"place":"hallvik-town"', '"kind":"relation"': '"kind":"rumour"'})
    unfit = left(store, Unfit)
    assert str(unfit) == "release hallvik-3 does not pass the checks of this onrecord: it stays as it was"
    assert isinstance(unfit, Unfit)
    findings = [finding.text for finding in unfit.report.findings]
    assert sum("'hallvik-town'" in text for text in findings) == 2
    assert sum("nobody reads an entry of the kind 'rumour'" in text for text in findings) == 3
    assert all(re.match(r"hallvik-3/entries\.ndjson:\d+: ", text) for text in findings)


def test_an_input_that_would_make_another_release_is_refused(store: SqliteStore) -> None:
    """As if a member had had another default: it is written out where today's is left out."""
    with_input(store.folder, {'"title":"Rope': '"layer":"text","title":"Rope'})
    written = list(ReleaseFile(store.path(store.catalogue().needed())).lines())
    (number,) = [number for number, line in enumerate(written, 1) if '"layer":"text","title":"Rope' in line]
    assert f"would be another one, from line {number} of its entries.ndjson on" in str(left(store))
