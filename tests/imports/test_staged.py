"""The files of an import: all together or not at all, and nothing of a curator's is lost."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from app.dossier.nodes import parse
from app.imports.staged import as_yaml
from cli.terminal import CANNOT_RUN, RIGHT, run
from dossier.dossiers import small_copy
from imports.importing import CLAIM, brought, files, table

TEXTS = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1) | some.sampled_from(
    [
        "NO",
        "0o17",
        "1e5",
        "12:30:00",
        "2019-05-28",
        "~",
        "null",
        "yes",
        "=",
        "- a",
        "a: b",
        "#x",
        "&a",
        "*a",
        "!x",
        "%x",
        "'",
    ]
)
VALUES = some.recursive(
    TEXTS | some.integers(-(10**14), 10**14) | some.booleans() | some.floats(0, 1e9).map(lambda n: round(n, 3)),
    lambda inner: (
        some.lists(inner, min_size=1, max_size=3) | some.dictionaries(some.sampled_from("abc"), inner, min_size=1)
    ),
    max_leaves=8,
)


@given(some.dictionaries(some.sampled_from(["id", "text", "note"]), VALUES, min_size=1))
def test_what_is_written_is_read_as_it_was(value: dict[str, object]) -> None:
    tree = parse(as_yaml(value).decode())
    assert tree.flaws == []
    assert tree.root is not None
    assert tree.root.plain() == [value]


def test_an_import_adds_its_files_and_touches_no_other(tmp_path: Path) -> None:
    before = files(small_copy(tmp_path / "before"))
    assert brought(tmp_path, CLAIM).code == RIGHT
    after = files(tmp_path / "small")
    assert after.keys() - before.keys() == {"claims/imported.yaml"}
    assert {name: after[name] for name in before} == before


def test_files_of_that_name_are_left_alone_unless_they_are_to_be_replaced(tmp_path: Path) -> None:
    assert brought(tmp_path, CLAIM).code == RIGHT
    folder = tmp_path / "small"
    before = files(folder)
    actor = table(tmp_path / "actors.csv", {"name": "Rope Watch", "type": "group"})

    assert run("import", "csv", actor, "--to", folder).refused("claims/imported.yaml would be written anew: --replace")
    assert files(folder) == before
    assert run("import", "csv", actor, "--to", folder, "--as", "watch").code == RIGHT
    assert files(folder).keys() - before.keys() == {"actors/watch.yaml"}
    other = table(tmp_path / "claims.csv", {**CLAIM, "text": "Another."})
    assert run("import", "csv", other, "--to", folder, "--replace").code == RIGHT
    assert "Another." in files(folder)["claims/imported.yaml"].decode()
    assert run("import", "csv", actor, "--to", folder, "--replace", "--as", "imported").code != RIGHT  # an id is taken
    people = table(tmp_path / "people.csv", {"name": "Somebody Else", "type": "person"})
    assert run("import", "csv", people, "--to", folder, "--replace").code == RIGHT
    assert files(folder).keys() - before.keys() == {"actors/watch.yaml", "actors/imported.yaml"}
    assert "claims/imported.yaml" not in files(folder)


def test_if_one_file_cannot_be_put_into_its_place_all_is_as_before(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "events").touch()  # where the folder would have to be
    before = files(folder)
    row = {**CLAIM, "events": "A leak", "events:type": "coerce", "speaker": "Rope Watch", "speaker:type": "group"}
    ran = run("import", "csv", table(tmp_path / "claims.csv", row), "--to", folder)
    assert ran.code == CANNOT_RUN
    assert files(folder) == before
    assert not [path for path in folder.iterdir() if path.name in ("claims", "actors") or path.name.startswith(".")]


def test_a_dossier_with_errors_of_its_own_takes_nothing(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "actors.yaml").write_text("- id: x\n", "utf-8")
    ran = run("import", "csv", table(tmp_path / "claims.csv", CLAIM), "--to", folder)
    assert any("small/actors.yaml:1: actor 'x': 'name' is missing" in line for line in ran.out)
    assert not (folder / "claims").exists()


def test_what_the_command_cannot_begin_with_is_said_in_one_line(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    claims = table(tmp_path / "claims.csv", CLAIM)
    assert run("import", "csv", claims, "--to", tmp_path).refused("is no dossier")
    assert run("import", "csv", claims, "--to", folder, "--as", "../x").refused("--as takes small letters")
    assert run("import", "csv", tmp_path / "claims 2.csv", "--to", folder).refused("claims 2.csv: no such file")
