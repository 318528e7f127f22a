"""UCDP GED: rows of invented events become records, by the names of their columns; faults are told by cell."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.dossier.check import check
from app.entries.actors import ActorEntry
from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.sources import SourceEntry
from app.imports.ucdp.dates import edtf
from app.imports.ucdp.row import NAMES
from cli.terminal import FINDINGS, RIGHT, Ran, run
from imports.importing import told

GED = Path(__file__).parent / "ged.csv"
Change = Callable[[list[dict[str, str]]], object]


def imported(folder: Path, change: Change = lambda rows: None) -> Ran:
    """Import the file, changed, into a dossier without records."""
    with GED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with (folder / "ged.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    run("new", folder / "mine", "--csv")
    return run("import", "ucdp-ged", folder / "ged.csv", "--to", folder / "mine")


def corpus(folder: Path) -> Corpus:
    report = check([folder / "mine"])
    assert report.corpus is not None
    return report.corpus


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """What the file as it is becomes."""
    folder = tmp_path_factory.mktemp("ged")
    assert imported(folder).code == RIGHT
    return corpus(folder)


def event(found: Corpus, number: int) -> EventEntry:
    return found.entry(EventEntry, f"ucdp-ged-{number}")


def test_dates_are_as_exact_as_the_file_says(found: Corpus) -> None:
    dates = {number: each.date.edtf for number in range(901, 906) if (each := event(found, number)).date}
    assert dates == {
        901: "2021-03-14",
        902: "2021-04",
        903: "2021-05-02/2021-05-04",
        904: "2021",
        905: "2021-06-07/2021-06-13",
    }
    assert edtf("2021-03-14", "2021-03-14", 2) == "2021-03-14~"
    assert edtf("2024-02-01", "2024-02-29", 4) == "2024-02"
    assert edtf("2021-03-14", "2021-03-14", None) == "2021-03-14"


def test_places_have_a_point_only_where_the_file_knows_one(found: Corpus) -> None:
    def place(number: int) -> PlaceEntry:
        return found.entry(PlaceEntry, str(event(found, number).place))

    assert [(place(n).precision, place(n).lat) for n in range(901, 906)] == [
        ("town", 61.5),
        ("region", None),
        ("near", 61.51),
        ("country", None),
        ("district", None),
    ]
    assert [place(n).uncertainty_km for n in (901, 903)] == [None, 25]
    names = [found.entry(PlaceEntry, id).name for id in found.ancestors(place(901).id)]
    assert names == ["Hallvik town", "Hallvik municipality", "Vestmark province", "Norway"]
    assert place(905).id == place(901).within
    assert {place(n).country for n in range(901, 906)} == {"NO"}


def test_sides_are_actors_with_every_name_that_they_go_by(found: Corpus) -> None:
    def took_part(number: int) -> list[tuple[str, str, str | None]]:
        return [(each.actor, each.role, each.side) for each in event(found, number).participants]

    assert took_part(901) == [
        ("government-of-vestmark-ucdp-61", "participant", "side-a"),
        ("quay-front-ucdp-62", "participant", "side-b"),
    ]
    assert took_part(904) == [("quay-front-ucdp-62", "initiator", "side-a"), ("civilians-ucdp-1", "target", "side-b")]
    front = found.entry(ActorEntry, "quay-front-ucdp-62")
    assert (front.type, front.classification, [each.value for each in front.names]) == (
        "organisation",
        "armed-group",
        ["The Quay Front"],
    )
    assert front.identifiers == {"ucdp-actor": "62"}
    assert found.entry(ActorEntry, "government-of-vestmark-ucdp-61").classification == "government"
    assert {found.entry(ActorEntry, id).type for id in ("civilians-ucdp-1", "net-guild-ucdp-64")} == {"group"}


def test_the_dead_are_a_figure_of_the_source_in_its_own_voice(found: Corpus) -> None:
    claim = found.entry(ClaimEntry, "ucdp-ged-901-killed")
    (figure,) = claim.figures
    assert (figure.measure, figure.value, figure.low, figure.high) == ("killed", 3, 2, 5)
    assert claim.type == "estimate"
    assert claim.text == "3 people were killed, at least 2 and at most 5, in state-based conflict."
    assert found.label(claim.id).startswith("Uppsala Conflict Data Program, in its own voice: ")
    assert found.entry(ClaimEntry, "ucdp-ged-905-killed").text.startswith("No people were killed, at most 2")
    assert found.entry(SourceEntry, "ucdp-ged").type == "database"


def test_events_are_part_of_their_conflict(found: Corpus) -> None:
    assert event(found, 901).part_of == event(found, 902).part_of == "ucdp-conflict-71"
    assert found.entry(EventEntry, "ucdp-conflict-71").title == "Conflict Vestmark: Government"
    assert event(found, 901).title == "Armed force between Government of Vestmark and Quay Front, Hallvik town"
    assert event(found, 904).title == "Armed force of The Quay Front against Civilians, Norway"


def test_bounds_that_do_not_enclose_the_best_figure_are_told_and_kept_in_a_note(tmp_path: Path, found: Corpus) -> None:
    claim = found.entry(ClaimEntry, "ucdp-ged-904-killed")
    assert [(each.value, each.low, each.high) for each in claim.figures] == [(8, None, None)]
    assert claim.note == "The source gives low 8 and high 4, which do not enclose its best figure 8."
    ran = imported(tmp_path)
    assert told(ran, tmp_path)[0] == (
        "ged.csv:X5: warning: the best figure is 8, with low 8 and high 4: the bounds are left out "
        "(nothing, if the file has it so)"
    )
    assert "no record says: relid, year, dyad_new_id, country_id, deaths_civilians" in ran.err


def renamed(old: str, new: str) -> Change:
    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row[new] = row.pop(old)

    return change


def set_to(row: int, column: str, value: str) -> Change:
    return lambda rows: rows[row].update({column: value})


@pytest.mark.parametrize(
    ("old", "new"), [(names[0], other) for names in NAMES.values() for other in (*names[1:], names[0].upper())]
)
def test_columns_are_found_by_each_name_that_a_release_has_for_them(tmp_path: Path, old: str, new: str) -> None:
    assert imported(tmp_path, renamed(old, new)).code == RIGHT
    assert event(corpus(tmp_path), 901).date is not None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (set_to(1, "best", "some"), "ged.csv:X3: 'some' is no whole number"),
        (set_to(1, "best", ""), "ged.csv:X3: there is no best"),
        (set_to(1, "id", ""), "ged.csv:A3: there is no id"),
        (
            set_to(1, "id", "901"),
            "ged.csv:A3: event 'ucdp-ged-901': 'ucdp-ged-901' is already the id of an event at ged.csv:A2",
        ),
        (set_to(1, "type_of_violence", "4"), "ged.csv:D3: '4' is no whole number from 1 to 3"),
        (set_to(1, "date_start", "14/03/2021"), "ged.csv:U3: '14/03/2021' is no day such as 2014-08-29"),
        (set_to(1, "date_end", "2020-01-01"), "ged.csv:V3: it ends 2020-01-01, before it starts 2021-04-01"),
        (set_to(1, "date_start", "2021-02-30"), "ged.csv:A3: event 'ucdp-ged-902': date: '2021-02-30'"),
        (set_to(1, "where_prec", "9"), "ged.csv:L3: '9' is no whole number from 1 to 7"),
        (set_to(0, "latitude", "north"), "ged.csv:P2: 'north' is no number"),
        (set_to(0, "latitude", "161.5"), "ged.csv:M2: place 'hallvik-town-hallvik-municipality-ucdp-"),
        (renamed("date_prec", "precision"), "ged.csv:A1: there is no column date_prec"),
    ],
)
def test_a_fault_is_told_by_its_cell_and_nothing_is_written(tmp_path: Path, change: Change, message: str) -> None:
    ran = imported(tmp_path, change)
    assert ran.code == FINDINGS
    assert any(line.startswith(message) for line in told(ran, tmp_path)), told(ran, tmp_path)
    assert not (tmp_path / "mine" / "events").exists()


def test_whole_numbers_with_a_fraction_and_rows_that_know_little_are_read(tmp_path: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row.update({name: f"{row[name]}.0" for name in ("best", "low", "high", "side_a_new_id", "where_prec")})
        unknown: dict[str, Any] = dict.fromkeys(rows[0], "")
        rows.append(
            unknown
            | {
                "id": "906",
                "type_of_violence": "1.0",
                "best": "2.0",
                "date_start": "2021-07-01",
                "date_end": "2021-07-01",
            }
        )

    assert imported(tmp_path, change).code == RIGHT
    bare = event(corpus(tmp_path), 906)
    assert (bare.place, bare.participants, bare.part_of, bare.title) == (None, [], None, "Armed force")


def test_more_than_one_file_and_none_are_refused(tmp_path: Path) -> None:
    run("new", tmp_path / "mine", "--csv")
    assert run("import", "ucdp-ged", GED, GED, "--to", tmp_path / "mine").refused("this form takes one file")
    (tmp_path / "ged.csv").write_bytes(b"\xff\xfe\x00")
    assert run("import", "ucdp-ged", tmp_path / "ged.csv", "--to", tmp_path / "mine").code == FINDINGS
