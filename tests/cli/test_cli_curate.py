"""onrecord new and schema: what a curator starts with."""

import json
import resource
import shlex
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from app.dossier.check import check
from app.dossier.layout import SHELVES
from app.dossier.schemas import schemas
from app.entries import ENTRIES
from app.vocabularies import load
from cli.terminal import CANNOT_RUN, RIGHT, run
from releases.publishing import ROOT

PAGE = Path(__file__).parent.parent.parent / "docs" / "curating.md"


def test_a_new_dossier_passes_check_and_points_at_schemas_that_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "[mine]"
    ran = run("new", folder)
    assert (ran.code, ran.out) == (RIGHT, [f"{folder} is a dossier. Change it, then: onrecord check '{folder}'"])

    checked = run("check", folder)
    assert (checked.code, checked.out) == (RIGHT, [])
    assert "0 errors, 0 warnings" in checked.err[0]
    for path in folder.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (folder / first.removeprefix("# yaml-language-server: $schema=")).is_file()


@pytest.mark.parametrize("form", [[], ["--csv"], ["--xlsx"], ["--example"]])
def test_a_new_dossier_is_there_whole_or_not_at_all(form: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import app; app()", "new", tmp_path / "mine", *form],
        cwd=ROOT,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (20_000, 20_000)),  # less than a schema has
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (CANNOT_RUN, "", "onrecord: file too large\n")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("ferry-strike", "ferry-strike"),
        ("My Dossier! 2", "my-dossier-2"),
        ("Доу", "dou"),
        ("2019", "2019"),
        ("true", "true"),
        ("daily-report", "my-dossier"),  # an id of a source in it
        ("!!", "my-dossier"),
    ],
)
def test_the_id_of_a_new_dossier_comes_from_its_folder(tmp_path: Path, name: str, id: str) -> None:
    ran = run("new", tmp_path / name)
    command = shlex.split(ran.out[0].partition("then: ")[2])
    assert command == ["onrecord", "check", str(tmp_path / name)]
    assert run(*command[1:]).code == RIGHT
    corpus = check([tmp_path / name]).corpus
    assert corpus is not None
    assert [each.id for each in corpus.kind("dossier")] == [id]


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
    names = ["events", "actors", "claims", "sources", "places", "relations"]
    others = [entry.collection for entry in ENTRIES.values() if entry.collection not in (*names, "dossiers")]
    assert run(*words).refused(f"name one of {', '.join([*names, *others])}, dossier, removed")


def test_a_mistyped_name_of_a_schema_is_answered_with_the_right_one() -> None:
    assert run("schema", "claim").refused("or a folder with --dir; did you mean claims?")


def test_a_disk_that_refuses_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert run("new", file / "mine").err == [f"onrecord: {file / 'mine'}: not a directory"]
    assert run("schema", "--dir", file).err == [f"onrecord: {file}: file exists"]
    assert run("schema", "--dir", file).refused("file exists")


def test_the_page_for_curators_names_every_file_relation_and_modality() -> None:
    page = PAGE.read_text(encoding="utf-8")
    files = {f"{name}.yaml" for name in (*SHELVES, "dossier", "removed")}
    terms = {*load("claim-relations").terms, *load("modalities").terms}
    assert {word for word in files | terms if f"`{word}`" not in page} == set()


def test_vocabularies_are_printed_with_what_else_terms_are_called() -> None:
    assert any(line.split()[:2] == ["countries", "279"] or "countries" in line for line in run("vocabulary").out)
    printed = run("vocabulary", "countries")
    (row,) = [line for line in printed.out if line.strip().startswith("GB ")]
    assert (printed.code, "United Kingdom" in row, "UK, Great Britain" in row) == (RIGHT, True, True)
    assert run("vocabulary", "contries").refused("there is no vocabulary contries; did you mean countries?")
    assert run("vocabulary", "zebra").refused("there is no vocabulary zebra: onrecord vocabulary lists them")


def test_the_example_is_copied_with_its_texts_and_proves_itself(tmp_path: Path) -> None:
    folder = tmp_path / "my example"
    ran = run("new", "--example", folder)
    assert (ran.code, ran.err) == (RIGHT, [])
    assert ran.out == [
        f"{folder} is an invented dossier. Prove it: onrecord verify '{folder}' --texts '{folder}'/texts",
        f"Look at it: onrecord preview '{folder}'",
    ]
    assert (folder / "schemas" / "claims.schema.json").is_file()
    assert run("check", folder).code == RIGHT
    verified = run("verify", folder, "--texts", folder / "texts")
    assert (verified.code, verified.out[1]) == (RIGHT, "  anchors   11: 11 proved")
    assert run("new", "--example", folder).refused("exists already")
