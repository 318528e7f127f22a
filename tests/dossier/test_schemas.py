"""The schemas for editors: those in docs are the ones of the code, and all YAML that comes with onrecord fits them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.dossier.layout import SHELVES
from app.dossier.nodes import parse
from app.dossier.schemas import schemas
from app.entries import ENTRIES
from app.vocabularies import load

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs" / "schemas"
TEMPLATE = ROOT / "app" / "dossier" / "template"
BUNDLED = sorted((ROOT / "app" / "fixtures").glob("*/**/*.yaml"))
FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def faults(name: str, value: Any) -> list[str]:
    """What is wrong with the value of a file, by the schema of that name."""
    return [error.message for error in Draft202012Validator(schemas()[name]).iter_errors(value)]


def value(path: Path) -> Any:
    """The file as YAML 1.2, in which a date is a text."""
    tree = parse(path.read_text(encoding="utf-8"))
    assert tree.root is not None
    return tree.root.plain()


def named(path: Path) -> str:
    """Where the first line of a file says that its schema is."""
    match = FIRST_LINE.match(path.read_text(encoding="utf-8"))
    assert match, f"{path} does not begin with the line that names its schema"
    return match[1]


def kind(path: Path) -> str:
    """The name of the schema that belongs to a file."""
    shelf = path.stem if path.parent == TEMPLATE or path.stem in SHELVES else path.parent.name
    if path.stem in ("dossier", "vocabularies"):
        return path.stem
    return ENTRIES[SHELVES[shelf]].collection


def test_there_is_a_schema_for_every_file_that_curators_write() -> None:
    mains = {entry.collection for kind, entry in ENTRIES.items() if kind != "dossier"}
    assert set(schemas()) == {*mains, "dossier", "removed", "vocabularies"}


def test_the_schemas_in_docs_are_those_of_the_code() -> None:
    assert {path.name for path in DOCS.iterdir()} == {f"{name}.schema.json" for name in schemas()}
    for name, schema in schemas().items():
        kept = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert kept == schema, f"{name} has changed: run onrecord schema --dir docs/schemas"


@pytest.mark.parametrize("name", schemas())
def test_each_is_a_schema_of_its_dialect(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.relative_to(ROOT / "app" / "fixtures").as_posix())
def test_a_bundled_file_names_its_schema_in_docs_and_fits_it(path: Path) -> None:
    assert (path.parent / named(path)).resolve() == DOCS / f"{kind(path)}.schema.json"
    assert faults(kind(path), value(path)) == []


@pytest.mark.parametrize("path", sorted(TEMPLATE.iterdir()), ids=lambda path: path.name)
def test_a_file_of_the_template_names_its_schema_beside_it_and_fits_it(path: Path) -> None:
    assert named(path) == f"schemas/{path.stem}.schema.json"
    assert faults(path.stem, value(path)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("type: consult", "type: To consult", "'To consult' is not valid under any of the given schemas"),
        ("date: 2025-12-31", "date: 2025", "2025 is not valid under any of the given schemas"),
        ("title: Visit to the mine", "titel: Visit to the mine", "'title' is a required property"),
        ("- id: visit-to-the-mine", "- id: Visit to the mine", "does not match"),
    ],
)
def test_what_is_wrong_does_not_fit(old: str, new: str, expected: str) -> None:
    text = (TEMPLATE / "events.yaml").read_text(encoding="utf-8").replace(old, new, 1)
    tree = parse(text)
    assert tree.root is not None
    assert any(expected in each for each in faults("events", tree.root.plain()))


@pytest.mark.parametrize("name", schemas())
def test_every_term_is_listed_with_its_definition(name: str) -> None:
    definitions = schemas()[name].get("$defs", {})
    choices = {key: value.get("anyOf", [value])[0] for key, value in definitions.items()}  # an open one takes others
    listed = {key: value for key, value in choices.items() if "enum" in value}
    for definition in listed.values():
        assert len(definition["enum"]) == len(definition["enumDescriptions"])
    assert name in ("removed", "vocabularies") or listed
    if name == "claims":
        types = dict(zip(listed["ClaimType"]["enum"], listed["ClaimType"]["enumDescriptions"], strict=True))
        term = load("claim-types").terms["denial"]
        assert types["denial"] == f"{term.label}: {term.definition}"


def test_tombstones_fit_too() -> None:
    stone = {"id": "a", "kind": "event", "reason": "It never happened.", "last_release": "2"}
    assert faults("removed", [stone]) == []
    assert faults("removed", [stone | {"kind": "evnt"}]) != []
