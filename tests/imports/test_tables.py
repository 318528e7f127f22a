"""Tables: rows become records; every fault is told at once, with its cell; nothing is guessed."""

from pathlib import Path
from typing import Any

import pytest

from app.dossier.check import check
from app.entries.actors import ActorEntry
from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.events import EventEntry
from app.entries.sources import SourceEntry
from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import small_copy
from imports.importing import CLAIM, brought, table, told

JOURNALIST = (
    {
        "Text": "The tank leaked at least three tonnes.",
        "Type": "Accusation",
        "Speaker": "Rope Watch",
        "speaker:type": "organisation",
        "Said": "2021-3-14",
        "Event": "Leak at the ramp",
        "event:type": "coerce",
        "event:date": "2021-03-13/2021-03-14",
        "Measure": "attendance | injured",
        "Value": " | 2",
        "Low": "3 | ",
        "Source": "Letter about the leak",
        "source:type": "report",
        "source:language": "en",
        "source:publisher": "Hallvik Ferries",
        "# my remarks": "call them again",
    },
    {
        "Text": "Nothing leaked.",
        "Type": "denial",
        "Speaker": "hallvik-ferries",
        "Event": "Leak at the ramp",
        "Source": "Letter about the leak",
    },
)


def corpus(folder: Path) -> Corpus:
    """The small dossier with what was imported."""
    report = check([folder / "small"])
    assert report.corpus is not None, [each.text for each in report.findings]
    return report.corpus


def test_one_table_is_enough(tmp_path: Path) -> None:
    ran = brought(tmp_path, *JOURNALIST)
    assert (ran.code, ran.err[0].startswith("4 events")) == (RIGHT, True), ran
    found = corpus(tmp_path)
    claim = found.entry(ClaimEntry, "rope-watch-the-tank-leaked-at-least-three-tonnes")
    assert claim.speaker is not None
    assert (claim.type, claim.speaker.actor, claim.events) == ("accusation", "rope-watch", ["leak-at-the-ramp"])
    assert claim.said is not None
    assert claim.said.edtf == "2021-03-14"
    assert [(f.measure, f.value, f.low) for f in claim.figures] == [("attendance", None, 3), ("injured", 2, None)]
    assert found.entry(ActorEntry, "rope-watch").type == "organisation"
    assert found.entry(EventEntry, "leak-at-the-ramp").title == "Leak at the ramp"
    assert found.entry(SourceEntry, "letter-about-the-leak").publisher == "hallvik-ferries"
    assert found.entry(ClaimEntry, "hallvik-ferries-nothing-leaked").evidence[0].source == "letter-about-the-leak"


@pytest.mark.parametrize(
    ("changed", "member", "value"),
    [
        ({"speaker.actor": "ingrid-solem", "speaker": None}, "speaker", {"actor": "ingrid-solem"}),
        ({"Speaker Role": None, "speaker.role": "mayor"}, "speaker", {"actor": "ingrid-solem", "role": "mayor"}),
        (
            {"events": "hallvik-ferry-strike | A rope closes the ramp"},
            "events",
            ["hallvik-ferry-strike", "hallvik-ramp-blockade"],
        ),
        ({"said": "2021-03-14", "said.basis": "inferred"}, "said", {"edtf": "2021-03-14", "basis": "inferred"}),
        ({"said": "20210314"}, "said", {"edtf": "2021-03-14", "basis": "stated"}),
        ({"as of": "2021-03-14T17:09+01:00", "measure": "attendance", "approximate": "TRUE"}, "figures", None),
        ({"medium": "Press conference"}, "medium", "press-conference"),
        ({"text": '=HYPERLINK("x")'}, "text", '=HYPERLINK("x")'),
        ({"text": "-1 was said"}, "text", "-1 was said"),
        ({"text": "  in\r\ntwo lines "}, "text", "in\ntwo lines"),
        ({"wikidata": "Q42"}, "identifiers", {"wikidata": "Q42"}),
        ({"layer": ""}, "layer", "text"),
    ],
)
def test_a_cell_says_what_its_column_takes(tmp_path: Path, changed: dict[str, Any], member: str, value: object) -> None:
    row = {head: cell for head, cell in {**CLAIM, "id": "a-claim", **changed}.items() if cell is not None}
    ran = brought(tmp_path, row)
    assert ran.code == RIGHT, ran
    found = corpus(tmp_path).entry(ClaimEntry, "a-claim").model_dump(exclude_none=True)[member]
    if value is None:
        assert found == [
            {
                "measure": "attendance",
                "approximate": True,
                "as_of": {"edtf": "2021-03-14", "basis": "stated", "time": "17:09+01:00"},
            }
        ]
    else:
        assert found == value


FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"typ": "denial", "type": None}, "claims.csv:E1: no claim has a 'typ'; did you mean 'type'?"),
    ({"kind": "denial", "type": None}, "claims.csv:A1: every claim has a 'type', and no column gives it"),
    (
        {"events": "hallvik-ferry-strike, hallvik-wage-talks"},
        "but one of each name in it (write hallvik-ferry-strike|hallvik-wage-talks)",
    ),
    ({"said": "3/14/2021"}, "said: '3/14/2021' is not a date"),
    ({"actor": "ingrid-solem"}, "claims.csv:F1: 'actor' may be speaker.actor or actors"),
    ({"evidence": "hallvik-harbour-minutes"}, "claims.csv:F1: 'evidence' is given by another column too"),
    ({"text:type": "x"}, "claims.csv:F1: 'text' refers to no record that 'text:type' could describe"),
    ({"speaker:shoe size": "44"}, "claims.csv:F1: no actor has a 'shoe size'"),
    ({"speaker": "Ingrid Sole"}, "claims.csv:C2: there is no actor 'Ingrid Sole'; did you mean 'Ingrid Solem'?"),
    (
        {"speaker": "ingrid-sole"},
        "claims.csv:C2: claim 'ingrid-sole-the-ferries-lie-idle': there is no actor 'ingrid-sole'",
    ),
    ({"speaker": "Hallvik"}, "claims.csv:C2: there is no actor 'Hallvik'"),
    ({"type": "denail"}, "claims.csv:B2: claim 'ingrid-solem-the-ferries-lie-idle': type: 'denail' is no term of"),
    ({"said": "14.03.2021"}, "(write 2021-03-14)"),
    ({"said": "03/04/2021"}, "(write 2021-04-03 or 2021-03-04, whichever is meant)"),
    (
        {"said": "2021-03-14 17:09"},
        "claims.csv:F2: claim 'ingrid-solem-the-ferries-lie-idle': said: '2021-03-14 17:09' is not a date",
    ),
    ({"measure": "injured", "value": "1,057"}, "(write 1057: digits stand without marks between them)"),
    (
        {"measure": "injured", "value": "many", "id": "a-claim"},
        "G2: claim 'a-claim': figures.value: a number is expected here, not the text 'many' (write a number in digits)",
    ),
    (
        {"narrated": "yes", "id": "a-claim"},
        "claims.csv:F2: claim 'a-claim': narrated: true or false is expected here, not the text 'yes' (write true)",
    ),
    ({"measure": "injured | attendance", "value": "3"}, "claims.csv:G2: 1 value stands here, and 2 in F2"),
    ({"events": "hallvik-ferry-strike | "}, "claims.csv:D2: value 2 of 2 is empty"),
    ({"measure": "injured", "value": "#REF!"}, "claims.csv:G2: the cell holds the error #REF!"),
    ({"text": ""}, "claims.csv:A2: claim without id: 'text' is missing"),
    ({"text": "!!!", "speaker": "", "narrated": "true"}, "claims.csv:A2: nothing in this claim could be an id"),
    (
        {"id": "solem-strike-about-wages"},
        "'solem-strike-about-wages' is already the id of a claim at small/claims.yaml:",
    ),
    ({"source:language": "en", "source": ""}, "claims.csv:F2: evidence.source is empty"),
    ({"source": ""}, "claims.csv:A2: claim 'ingrid-solem-the-ferries-lie-idle': it names no evidence"),
)


@pytest.mark.parametrize(("changed", "message"), FAULTS, ids=lambda value: str(value)[:60])
def test_a_fault_is_told_at_its_cell_and_nothing_is_written(
    tmp_path: Path, changed: dict[str, Any], message: str
) -> None:
    ran = brought(tmp_path, {head: cell for head, cell in {**CLAIM, **changed}.items() if cell is not None})
    assert ran.code == FINDINGS
    assert any(message in line for line in told(ran, tmp_path)), told(ran, tmp_path)
    assert ran.err[-1] == "nothing was imported"
    assert not (tmp_path / "small" / "claims").exists()


def test_a_missing_column_is_told_once_and_not_in_every_row(tmp_path: Path) -> None:
    rows = [{**CLAIM, "text": f"Number {n}."} for n in range(9)]
    ran = brought(tmp_path, *({head: cell for head, cell in row.items() if head != "type"} for row in rows))
    assert told(ran, tmp_path) == [
        "claims.csv:A1: every claim has a 'type', and no column gives it (add the column, and fill it in every row)"
    ]


def test_a_misspelt_head_is_not_told_as_a_missing_column_too(tmp_path: Path) -> None:
    ran = brought(tmp_path, {("typ" if head == "type" else head): cell for head, cell in CLAIM.items()})
    (found,) = told(ran, tmp_path)
    assert "no claim has a 'typ'; did you mean 'type'?" in found


def test_all_faults_of_all_rows_and_files_are_told_at_once(tmp_path: Path) -> None:
    claims = table(tmp_path / "claims.csv", {**CLAIM, "type": "x"}, {**CLAIM, "speaker": "Nobody Known", "type": "y"})
    actors = table(tmp_path / "actors.csv", {"name": "Somebody", "type": "robot"})
    ran = run("import", "csv", claims, actors, tmp_path / "claims.csv", "--to", small_copy(tmp_path))
    places = [line.partition(" ")[0].rstrip(":") for line in told(ran, tmp_path)]
    assert {"claims.csv:B2", "claims.csv:B3", "claims.csv:C3", "actors.csv:B2"} <= set(places)


def test_two_rows_that_make_one_id_and_two_of_one_id_are_told_with_both_places(tmp_path: Path) -> None:
    ran = brought(tmp_path, CLAIM, CLAIM, {**CLAIM, "id": "one"}, {**CLAIM, "id": "one"})
    assert any(
        "claims.csv:F3: its id would be 'ingrid-solem-the-ferries-lie-idle'" in line for line in told(ran, tmp_path)
    )
    assert any(
        "claims.csv:F5: claim 'one': 'one' is already the id of a claim at claims.csv:F4" in line
        for line in told(ran, tmp_path)
    )


def test_what_two_rows_describe_differently_is_told_with_both_cells(tmp_path: Path) -> None:
    first = {**CLAIM, "speaker": "Rope Watch", "speaker:type": "group"}
    ran = brought(tmp_path, first, {**first, "text": "More.", "speaker:type": "organisation"})
    assert told(ran, tmp_path) == [
        "claims.csv:F3: type: organisation, and group in F2 (describe it once, and leave the other cells empty)"
    ]


def test_a_name_of_two_records_is_refused(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    twice = "".join(f"- id: {id}\n  type: group\n  name: Rope Watch\n" for id in ("watch", "other-watch"))
    (folder / "actors.yaml").write_text(twice, "utf-8")
    ran = run("import", "csv", table(tmp_path / "claims.csv", {**CLAIM, "speaker": "rope watch"}), "--to", folder)
    assert "claims.csv:C2: 'rope watch' may be other-watch or watch (write the id" in told(ran, tmp_path)[0]


def test_a_table_of_no_kind_is_refused_with_the_kinds(tmp_path: Path) -> None:
    ran = brought(tmp_path, CLAIM, kind="claim")
    assert told(ran, tmp_path)[0].startswith("claim.csv: the file 'claim' is called after no kind of record; did you")


def test_a_table_may_be_called_after_its_kind_and_more(tmp_path: Path) -> None:
    assert brought(tmp_path, {"name": "Rope Watch", "type": "group"}, kind="Groups 2021").code == RIGHT
    assert corpus(tmp_path).entry(ActorEntry, "rope-watch").name == "Rope Watch"


def test_words_of_a_text_are_taken_and_anchored_by_the_next_command(tmp_path: Path) -> None:
    row = {**CLAIM, "source": "hallvik-observer-note", "words": "a rope was strung across the ramp"}
    ran = brought(tmp_path, row)
    assert (ran.code, ran.out[0].partition(" (")[0]) == (
        RIGHT,
        f"{tmp_path}/claims.csv:F2: claim 'ingrid-solem-the-ferries-lie-idle': words stand for an anchor",
    )
    assert run("anchor", "--write", tmp_path / "small").code == RIGHT
    (evidence,) = corpus(tmp_path).entry(ClaimEntry, "ingrid-solem-the-ferries-lie-idle").evidence
    assert (evidence.anchored, evidence.words) == (True, None)
