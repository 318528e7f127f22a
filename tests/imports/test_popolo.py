"""Popolo: an invented council becomes actors, relations and places; faults and what is left out are told by path."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.dossier.check import check
from app.entries.actors import ActorEntry
from app.entries.corpus import Corpus
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry
from cli.terminal import FINDINGS, RIGHT, Ran, run
from imports.importing import told

COUNCIL = Path(__file__).parent / "council.json"
Change = Callable[[dict[str, Any]], object]


def imported(folder: Path, change: Change = lambda council: None) -> Ran:
    """Import the council, changed, into a dossier without records."""
    council = json.loads(COUNCIL.read_text("utf-8"))
    change(council)
    (folder / "council.json").write_text(json.dumps(council), "utf-8")
    run("new", folder / "mine", "--csv")
    return run("import", "popolo", folder / "council.json", "--to", folder / "mine")


def corpus(folder: Path) -> Corpus:
    report = check([folder / "mine"])
    assert report.corpus is not None
    return report.corpus


def test_people_bodies_areas_and_memberships_become_records(tmp_path: Path) -> None:
    ran = imported(tmp_path)
    assert ran.code == RIGHT, ran
    found = corpus(tmp_path)
    solem = found.entry(ActorEntry, "ingrid-solem")
    assert (solem.type, solem.identifiers, solem.names[0].lang) == ("person", {"wikidata": "Q42"}, "uk")
    assert found.entry(ActorEntry, "hallvik-council").classification == "parliament"
    assert found.entry(ActorEntry, "harbour-committee").classification is None
    quay = found.entry(PlaceEntry, "old-quay")
    assert (quay.within, quay.precision, found.entry(PlaceEntry, "hallvik").precision) == (
        "hallvik",
        "region",
        "district",
    )
    relations = {(each.subject, each.type, each.object, each.post) for each in found.of(RelationEntry)}
    assert relations == {
        ("ingrid-solem", "office", "hallvik-council", "Mayor of Hallvik"),
        ("ingrid-solem", "membership", "quay-party", None),
        ("nils-aas-p2", "membership", "hallvik-council", None),
        ("nils-aas-p2", "office", "harbour-committee", "Chair"),
        ("harbour-committee", "part-of", "hallvik-council", None),
    }
    mayor = found.entry(RelationEntry, "ingrid-solem-mayor-of-hallvik-hallvik-council-2019-10-01")
    assert mayor.from_ is not None
    assert mayor.to is not None
    assert (mayor.from_.edtf, mayor.to.edtf) == ("2019-10-01", "2023-10")
    member = found.entry(RelationEntry, "nils-aas-p2-member-hallvik-council-2019-10-01")
    assert member.note == "On behalf of Quay Party. For Old Quay."


def test_two_of_one_name_are_two_records(tmp_path: Path) -> None:
    assert imported(tmp_path).code == RIGHT
    named = [each.id for each in corpus(tmp_path).of(ActorEntry) if each.name == "Nils Aas"]
    assert named == ["nils-aas-8f1c-77aa", "nils-aas-p2"]


def test_what_no_record_says_is_told_by_its_path(tmp_path: Path) -> None:
    assert imported(tmp_path).err[-1] == (
        "no record says: areas[].classification 'ward' (1), events[] (1), memberships[].legislative_period_id (1), "
        "organizations[].area_id (1), organizations[].classification 'committee' (1), organizations[].posts[] (1), "
        "persons[].birth_date (1), persons[].email (1), persons[].identifiers[] 'council_card' (1)"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda c: c["memberships"][1].update(person_id="p9"),
            "council.json:memberships[1].person_id: there is no 'p9' in persons",
        ),
        (lambda c: c["memberships"][1].pop("person_id"), "council.json:memberships[1]: there is no person_id"),
        (
            lambda c: c["memberships"][1].pop("organization_id"),
            "council.json:memberships[1]: there is no organization_id",
        ),
        (
            lambda c: c["memberships"][1].update(start_date="10/2019"),
            "council.json:memberships[1].start_date: relation ",
        ),
        (lambda c: c["memberships"][1].update(end_date="2018"), "council.json:memberships[1].end_date: relation "),
        (lambda c: c["persons"][1].update(name=""), "council.json:persons[1].name: there is no name"),
        (lambda c: c["persons"][1].update(name=[1]), "council.json:persons[1].name: a text is expected here"),
        (lambda c: c["persons"].append("Ingrid"), "council.json:persons[3]: an object is expected here"),
        (lambda c: c.update(persons={}), "council.json:persons: a list is expected here"),
        (lambda c: c["persons"][1].update(id="p1"), "council.json:persons[1].id: 'p1' is the id of persons[0] too"),
        (
            lambda c: c["organizations"][2].update(parent_id="o9"),
            "council.json:organizations[2].parent_id: there is no 'o9'",
        ),
        (
            lambda c: c["organizations"][2].update(parent_id="o3"),
            "council.json:organizations[2]: relation 'harbour-committee",
        ),
        (
            lambda c: c["persons"][0]["identifiers"][0].update(identifier="42"),
            "council.json:persons[0]: actor 'ingrid-solem'",
        ),
        (
            lambda c: [c.pop(name) for name in list(c) if name != "events"],
            "council.json: it has none of areas, organiz",
        ),
    ],
)
def test_a_fault_is_told_by_its_path_and_nothing_is_written(tmp_path: Path, change: Change, message: str) -> None:
    ran = imported(tmp_path, change)
    assert ran.code == FINDINGS
    assert any(line.startswith(message) for line in told(ran, tmp_path)), told(ran, tmp_path)
    assert not (tmp_path / "mine" / "actors").exists()


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b"null", b'{"persons": NaN}'])
def test_what_is_no_popolo_is_told(tmp_path: Path, raw: bytes) -> None:
    run("new", tmp_path / "mine", "--csv")
    (tmp_path / "council.json").write_bytes(raw)
    ran = run("import", "popolo", tmp_path / "council.json", "--to", tmp_path / "mine")
    assert (ran.code, told(ran, tmp_path)[0].startswith("council.json: it ")) == (FINDINGS, True)
