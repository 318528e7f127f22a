"""onrecord build, releases and serve: what is published, and one line where it cannot be."""

from pathlib import Path

import pytest

from app.releases.sqlite import SqliteStore
from cli.terminal import CANNOT_RUN, FINDINGS, RIGHT, Ran, run
from dossier.dossiers import DOSSIERS, FAULTS, SMALL, entries, small_copy
from releases.older import made_older, with_input
from releases.publishing import edit
from web.live import free_port

ODD = DOSSIERS / "odd"


def build(store: Path, *dossiers: Path) -> Ran:
    return run("build", *dossiers, "--store", store)


def release(ran: Ran) -> str:
    """The id that a build printed."""
    return ran.out[0].removeprefix("release").strip()


def database(store: Path) -> Path:
    (found,) = store.glob("????????????????-*.sqlite")
    return found


def test_a_build_is_published_and_listed(tmp_path: Path) -> None:
    built = build(tmp_path / "store", SMALL)
    assert built.code == RIGHT
    assert built.out[1:2] == ["edition   hallvik-2, issued 2021-05-01"]
    assert built.err[-1] == f"published in {tmp_path / 'store'}"

    listed = run("releases", ONRECORD_STORE=str(tmp_path / "store"))
    assert listed.code == RIGHT
    head, row = (line.split() for line in listed.out)
    assert head == ["release", "edition", "issued", "published", "records"]
    assert row[:4] == ["current", release(built)[:16], "hallvik-2", "2021-05-01"]
    assert int(row[-1]) == entries(SMALL).total()


def test_a_build_tells_each_stage_in_a_line(tmp_path: Path) -> None:
    told = build(tmp_path, SMALL).err
    assert [line for line in told if line.endswith(" …")] == [
        "reading …",
        "checking …",
        "building records …",
        "building indexes …",
    ]
    assert build(tmp_path, FAULTS).err[:2] == ["reading …", "checking …"]


def test_the_same_dossier_gives_the_same_release_anywhere(tmp_path: Path) -> None:
    assert build(tmp_path / "one", SMALL).out == build(tmp_path / "two", SMALL).out


def test_what_was_built_before_stays_in_the_list(tmp_path: Path) -> None:
    built = [build(tmp_path, SMALL), build(tmp_path, SMALL, ODD)]
    latest, first = run("releases", "--store", tmp_path).out[1:]
    assert latest.split()[:2] == ["current", release(built[1])[:16]]
    assert first.split()[:2] == [release(built[0])[:16], "hallvik-2"]


def test_findings_publish_nothing(tmp_path: Path) -> None:
    ran = build(tmp_path, FAULTS)
    assert ran.code == FINDINGS
    assert ran.out == run("check", FAULTS).out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/sys").is_dir(), reason="there is no folder in which nobody may write, not even root")
@pytest.mark.parametrize(
    "words", [["build", FAULTS], ["serve", "--port", str(free_port())]], ids=lambda words: words[0]
)
def test_a_store_in_which_nobody_may_write_is_said_before_anything_is_checked(words: list[str | Path]) -> None:
    for store in ("/sys", "/sys/onrecord/store"):
        ran = run(*words, "--store", store)
        assert (ran.code, ran.out) == (CANNOT_RUN, [])
        assert ran.err[-1].startswith(f"onrecord: {store}: ")
        assert not [line for line in ran.err if line.endswith("…")]


def test_an_id_of_the_release_before_may_not_vanish(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    build(tmp_path / "store", folder)
    relations = folder / "relations.yaml"
    text = relations.read_text("utf-8").replace("id: solem-chairs-dockers-union", "id: renamed")
    relations.write_text(text, encoding="utf-8")
    ran = build(tmp_path / "store", folder)
    assert ran.code == FINDINGS
    assert any("'solem-chairs-dockers-union'" in line for line in ran.out)


def test_a_store_without_a_release_has_nothing_to_list(tmp_path: Path) -> None:
    assert run("releases", "--store", tmp_path).refused("nothing was published here yet: run onrecord build")


@pytest.mark.parametrize("words", [["build", SMALL], ["releases"], ["serve"]], ids=lambda words: words[0])
def test_settings_that_cannot_be_read_are_said_in_one_line(words: list[str | Path]) -> None:
    assert run(*words, ONRECORD_STOER="x").refused("settings: ONRECORD_STOER is no setting: known are ONRECORD_")
    if words != ["releases"]:
        assert run(*words, ONRECORD_PUBLIC_URL="example.org").refused("settings: ONRECORD_PUBLIC_URL: 'example.org' is")


def test_a_dossier_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    assert build(tmp_path, tmp_path / "nowhere").refused("nowhere is no folder")


@pytest.mark.parametrize("words", [["build", SMALL], ["releases"], ["serve"]], ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("catalogue", "reason"),
    [
        ("rubbish\n", "line 1 of the catalogue cannot be read: restore it from a copy"),
        ('{"number": 7, "op": "publish", "release": "a", "at": ""}\n', "line 1 of the catalogue bears the number 7"),
    ],
)
def test_a_damaged_catalogue_is_said_in_one_line(
    tmp_path: Path, words: list[str | Path], catalogue: str, reason: str
) -> None:
    (tmp_path / "catalogue.ndjson").write_text(catalogue, encoding="utf-8")
    assert run(*words, ONRECORD_STORE=str(tmp_path)).refused(reason)


@pytest.mark.parametrize("words", [["build", SMALL], ["releases"], ["serve"]], ids=lambda words: words[0])
def test_a_store_that_is_no_folder_is_said_in_one_line(tmp_path: Path, words: list[str | Path]) -> None:
    (tmp_path / "file").touch()
    assert run(*words, ONRECORD_STORE=str(tmp_path / "file")).refused("not a directory")


def test_a_damaged_release_is_not_served(tmp_path: Path) -> None:
    build(tmp_path, SMALL)
    database(tmp_path).write_bytes(b"rubbish" * 1000)
    assert run("serve", ONRECORD_STORE=str(tmp_path)).refused("is damaged: copy it back, or run onrecord build")


def test_a_release_whose_file_is_gone_is_not_served_and_a_build_makes_it_again(tmp_path: Path) -> None:
    built = build(tmp_path, SMALL)
    database(tmp_path).unlink()
    assert run("serve", ONRECORD_STORE=str(tmp_path)).refused("is missing: copy it back, or run onrecord build")

    again = build(tmp_path, SMALL)
    assert (again.code, again.out) == (RIGHT, built.out)
    assert "no ids of the release before to compare with: release file " in again.err[0]
    SqliteStore(tmp_path).verify()


def test_a_build_goes_on_where_the_release_before_is_damaged(tmp_path: Path) -> None:
    build(tmp_path, SMALL)
    database(tmp_path).write_bytes(b"rubbish" * 1000)
    ran = build(tmp_path, SMALL, ODD)
    assert ran.code == RIGHT
    assert "is damaged" in ran.err[0]


def test_the_ids_of_a_release_of_an_older_schema_are_compared_too(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", small_copy(tmp_path)
    build(store, folder)
    made_older(store)
    relations = folder / "relations.yaml"
    edit(relations, "id: solem-chairs-dockers-union", "id: renamed")
    ran = build(store, folder)
    assert ran.code == FINDINGS
    assert [line for line in ran.out if "'solem-chairs-dockers-union' of the last release is gone" in line]

    edit(relations, "id: renamed", "id: renamed\n  formerly: [solem-chairs-dockers-union]")
    edit(folder / "dossier.yaml", "label: hallvik-2", "label: hallvik-3")
    published = build(store, folder)
    assert published.code == RIGHT
    assert not [line for line in published.err if "compare" in line]


def test_the_ids_of_a_file_that_is_not_that_of_its_release_are_not_compared(tmp_path: Path) -> None:
    build(tmp_path, SMALL)
    made_older(tmp_path)
    before = (tmp_path / "catalogue.ndjson").read_bytes()
    with_input(tmp_path, {"Rope across": "Ropes across", "A rope": "Ropes"})
    (tmp_path / "catalogue.ndjson").write_bytes(before)
    assert "no ids of the release before to compare with: release file " in build(tmp_path, SMALL, ODD).err[0]


def test_a_build_with_texts_proves_every_anchor_first(tmp_path: Path) -> None:
    """An offset that is off by one word passes check, and no hash."""
    folder = small_copy(tmp_path)
    sound = run("build", folder, "--store", tmp_path / "store", "--texts", folder / "texts")
    assert (sound.code, sound.err[-1]) == (RIGHT, f"published in {tmp_path / 'store'}")
    assert "anchors proved: 5 in 1 texts, 0 not" in sound.err

    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text("utf-8").replace("start: 50\n", "start: 56\n", 1), "utf-8")
    assert run("check", folder).code == RIGHT
    spoilt = run("build", folder, "--store", tmp_path / "store", "--texts", folder / "texts")
    assert spoilt.code == FINDINGS
    assert spoilt.out[-1].endswith("the passage 56 to 84 has another sha256")
    assert run("build", folder, "--store", tmp_path / "other", "--texts", tmp_path / "none").code == CANNOT_RUN
