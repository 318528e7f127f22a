"""Which files of a dossier are read, and which are findings."""

import os
from pathlib import Path

import pytest

from app.dossier.findings import Finding
from app.dossier.layout import DossierFile, NotADossier, dossiers, files


def found_in(folder: Path, *names: str) -> tuple[dict[str, str], dict[str, str]]:
    """The kind of each file that is read, and the cure of each that is a finding."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    each = list(files(folder))
    read = {found.path.relative_to(folder).as_posix(): found.kind for found in each if isinstance(found, DossierFile)}
    refused = {
        Path(found.file).relative_to(folder).as_posix(): found.cure for found in each if isinstance(found, Finding)
    }
    return read, refused


def test_a_kind_is_a_file_or_a_folder_and_actors_have_four_places(tmp_path: Path) -> None:
    kinds = {
        "dossier.yaml": "dossier",
        "removed.yaml": "removed",
        "events.yaml": "event",
        "events/2019.yaml": "event",
        "events/2020.ndjson": "event",
        "claims.ndjson": "claim",
        "actors.yaml": "actor",
        "people.yaml": "actor",
        "organisations/states.yaml": "actor",
        "groups.ndjson": "actor",
        "sources.yaml": "source",
        "places.yaml": "place",
        "relations.yaml": "relation",
    }
    assert found_in(tmp_path, *kinds) == (kinds, {})


def test_what_is_no_data_is_left_alone(tmp_path: Path) -> None:
    names = ("README.md", "texts/a.txt", "texts/a.json", "schemas/event.json", ".git/config.yaml", ".hidden.yaml")
    assert found_in(tmp_path, *names, "events/README.md", "LICENSE") == ({}, {})


def test_a_link_that_leads_out_is_a_finding_and_nothing_behind_it_is_read(tmp_path: Path) -> None:
    made, elsewhere = tmp_path / "made", tmp_path / "made-elsewhere"
    for name in ("events/a.yaml", "a.yaml", "texts/a.txt"):
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_text("- id: secret\n")
    (made / "claims").mkdir(parents=True)
    (made / "texts").mkdir()
    links = {
        "dossier.yaml": elsewhere / "a.yaml",
        "groups.yaml": Path("../made-elsewhere/a.yaml"),
        "people.yaml": Path("groups.yaml"),  # a link to a link
        "places.yaml": Path("/dev/zero"),
        "relations.yaml": Path("../gone.yaml"),
        "notes.csv": elsewhere / "a.yaml",
        "events": elsewhere / "events",
        "sources": Path(".."),
        "claims/a.yaml": elsewhere / "a.yaml",
        "texts/a.txt": elsewhere / "texts" / "a.txt",
        "texts/all": elsewhere / "texts",
    }
    for name, target in links.items():
        (made / name).symlink_to(target)
    read, refused = found_in(made)
    assert read == {}
    assert refused == dict.fromkeys(links, "put the file itself into the dossier, or take the link out")


def test_a_folder_of_texts_that_lies_elsewhere_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "texts").symlink_to(tmp_path)
    assert list(found_in(tmp_path / "made")[1]) == ["texts"]


def test_a_link_inside_the_dossier_is_read_as_any_file(tmp_path: Path) -> None:
    made = tmp_path / "made"
    (made / "events").mkdir(parents=True)
    (made / "events" / "a.yaml").touch()
    (made / "removed.yaml").symlink_to("events/a.yaml")
    (made / "groups").symlink_to(made / "events")
    (made / "schemas").symlink_to(tmp_path)  # of no concern: nothing in it is read
    read = {"events/a.yaml": "event", "removed.yaml": "removed", "groups/a.yaml": "actor"}
    assert found_in(made) == (read, {})
    (tmp_path / "link").symlink_to(made)  # nor is the way to the dossier
    assert found_in(tmp_path / "link") == (read, {})


@pytest.mark.parametrize(
    "name", ["vocabularies.yaml", "removed.yaml", "events.yaml", "events/a.yaml", "groups", "texts"]
)
@pytest.mark.parametrize(("target", "told"), [("gone", "mend the link"), ("", "put a file there")])
def test_a_link_to_what_is_not_there_and_a_pipe_are_told_and_not_opened(
    tmp_path: Path, name: str, target: str, told: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if target:
        path.symlink_to(target)
    else:
        os.mkfifo(path)
    assert found_in(tmp_path) == ({}, {name: f"{told}, or take it out of the dossier"})


def test_what_looks_like_data_and_is_not_read_is_a_finding(tmp_path: Path) -> None:
    names = ("Events.yaml", "event.yaml", "events.yml", "places.csv", "removed.ndjson", "old/x.yaml", "event/x.yaml")
    read, refused = found_in(tmp_path, *names, "events/sub/x.yaml", "claims/1.json", "claims/2.yml")
    assert read == {}
    assert {name: cure.split(",")[0] for name, cure in refused.items()} == {
        "Events.yaml": "rename it to events.yaml",
        "event.yaml": "rename it to events.yaml",
        "events.yml": "rename it to events.yaml",
        "places.csv": "write its entries into places.yaml",
        "removed.ndjson": "rename it to removed.yaml",
        "old": "rename it",
        "event": "rename it to events",
        "events/sub": "rename it",
        "claims/1.json": "write its entries into 1.yaml",
        "claims/2.yml": "rename it to 2.yaml",
    }


def test_each_folder_that_is_no_dossier_is_named_with_one_inside_it(tmp_path: Path) -> None:
    (tmp_path / "all" / "one").mkdir(parents=True)
    (tmp_path / "all" / "one" / "dossier.yaml").touch()
    with pytest.raises(NotADossier) as error:
        dossiers([tmp_path / "all", tmp_path / "none", tmp_path / "all" / "one"])
    assert str(error.value) == (
        f"{tmp_path}/all is no dossier: it has no dossier.yaml; did you mean {tmp_path}/all/one?; "
        f"{tmp_path}/none is no folder"
    )


def test_a_folder_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "dossier.yaml").touch()
    assert dossiers([tmp_path, tmp_path / "." / "", tmp_path]) == [tmp_path]
