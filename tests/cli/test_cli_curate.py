"""onrecord new, schema and anchor: what a curator starts with."""

import json
import re
from pathlib import Path

import pytest

from app.dossier.layout import SHELVES
from app.dossier.schemas import schemas
from app.vocabularies.vocabulary import load
from cli.terminal import RIGHT, run
from dossier.dossiers import SMALL, small_copy

NOTE = SMALL / "texts" / "note.txt"
PAGE = Path(__file__).parent.parent.parent / "docs" / "curating.md"


def test_a_new_dossier_passes_check_and_points_at_schemas_that_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "[mine]"
    ran = run("new", folder)
    assert (ran.code, ran.out) == (RIGHT, [f"{folder} is a dossier. Change it, then: onrecord check {folder}"])

    checked = run("check", folder)
    assert (checked.code, checked.out) == (RIGHT, [])
    assert "0 errors, 0 warnings" in checked.err[0]
    for path in folder.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (folder / first.removeprefix("# yaml-language-server: $schema=")).is_file()


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    assert run("new", tmp_path).refused(f"{tmp_path} exists already")
    assert list(tmp_path.iterdir()) == []


def test_a_schema_is_printed_by_the_name_of_its_file() -> None:
    ran = run("schema", "claims")
    assert ran.code == RIGHT
    assert json.loads("\n".join(ran.out)) == schemas()["claims"]


def test_all_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    assert run("schema", "--dir", tmp_path / "schemas").code == RIGHT
    written = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "schemas").iterdir()}
    assert written == {f"{name}.schema.json": schema for name, schema in schemas().items()}


@pytest.mark.parametrize("words", [["schema"], ["schema", "people"]])
def test_without_the_name_of_a_schema_they_are_listed(words: list[str]) -> None:
    assert run(*words).refused("name one of events, actors, claims, sources, places, relations, dossier, removed")


def test_a_disk_that_refuses_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert run("new", tmp_path / "file" / "mine").refused("Not a directory")
    assert run("schema", "--dir", tmp_path / "file").refused("File exists")


def test_a_printed_anchor_pasted_into_evidence_verifies(tmp_path: Path) -> None:
    ran = run("anchor", NOTE, "Nobody else at the town hall was ready to speak.")
    assert (ran.code, ran.err) == (RIGHT, [])

    folder = small_copy(tmp_path)
    claim = "- id: pasted\n  text: The town hall was silent.\n  type: report\n  narrated: true\n  evidence:\n"
    evidence = "    - source: hallvik-observer-note\n" + "".join(f"      {line}\n" for line in ran.out)
    with (folder / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write(claim + evidence)

    verified = run("verify", folder, "--texts", SMALL / "texts")
    assert verified.code == RIGHT
    assert verified.out[1] == "  anchors   6: 6 proved"


@pytest.mark.parametrize(
    ("passage", "reason"),
    [
        ("Nobody at all", "the passage stands 0 times"),
        ("about", "the passage stands 2 times"),
        ("", "the passage stands 0 times"),
        ("board.\n\nThe company", "is not inside one paragraph"),
    ],
)
def test_a_passage_that_cannot_be_pinned_is_refused(passage: str, reason: str) -> None:
    assert run("anchor", NOTE, passage).refused(reason)


def test_a_text_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes("René".encode("latin-1"))
    assert run("anchor", tmp_path / "latin", "Ren").refused("utf-8")
    assert run("anchor", tmp_path / "nowhere", "Ren").refused("No such file")


def test_the_page_for_curators_names_every_file_relation_and_modality() -> None:
    page = PAGE.read_text(encoding="utf-8")
    files = {f"{name}.yaml" for name in (*SHELVES, "dossier", "removed")}
    terms = {*load("claim-relations").terms, *load("modalities").terms}
    assert {word for word in files | terms if f"`{word}`" not in page} == set()


def test_the_commands_on_that_page_are_commands() -> None:
    named = re.findall(r"^    onrecord ([a-z]+)|`onrecord ([a-z]+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    commands = {"".join(each) for each in named}
    assert commands == {"new", "check", "anchor", "verify", "build", "schema"}
    assert all(run(each, "--help").code == RIGHT for each in commands)
