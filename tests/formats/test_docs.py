"""docs/formats.md says what is true: each format with what it refuses, and every column of every collection."""

import re
from pathlib import Path

import pytest

from app.formats import FORMATS
from app.formats.columns import columns
from app.resources import MAIN, RESOURCES
from app.resources.base import Resource
from app.vocabularies import load

DOCS = Path(__file__).parents[2] / "docs"
TEXT = DOCS.joinpath("formats.md").read_text(encoding="utf-8")


def row(name: str) -> list[str]:
    """The cells of the only row that begins with this word as code."""
    (found,) = re.findall(rf"^\| `{re.escape(name)}` \|(.+)\|$", TEXT, re.MULTILINE)
    return [cell.strip() for cell in found.split(" | ")]


def words(cell: str) -> list[str]:
    """What a cell has as code."""
    return re.findall(r"`([^`]+)`", cell)


def begins() -> list[str]:
    """The columns that the page gives to every collection."""
    found = re.search(r"Every collection begins with\s(.+?), and goes on", TEXT, re.DOTALL)
    assert found is not None
    return words(found[1])


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_the_columns_of_a_collection_are_listed_in_order(resource: Resource) -> None:
    listed = [*begins(), *words(row(f"/{resource.name}")[0])]
    written = [column.name for column in columns(resource.document)]
    assert listed == (written if "type" in written else [*written[:3], "type", *written[3:]])


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_listed_with_what_it_refuses(name: str) -> None:
    format = FORMATS[name]
    media, listed, refused = row(name)
    assert words(media)[0].partition(";")[0] == format.media_type
    as_list = "everything that matches" if format.export else "pages" if format.listing else "only of a record"
    assert listed == as_list
    assert {each for each in words(refused) if not each.startswith("/")} == set(format.refuses)
    if format.pointed:
        assert {f"/{each.name}" for each in MAIN if each.point is not None} <= set(words(refused))


def test_every_format_has_its_section() -> None:
    headings = " ".join(re.findall(r"^## (.+)$", TEXT, re.MULTILINE)).lower().replace("-", "")
    assert all(name in headings for name in FORMATS if name != "json")


def test_the_recipe_names_every_relation_of_claims_where_it_has_its_iri() -> None:
    text = " ".join(DOCS.joinpath("recipes", "rdf.md").read_text(encoding="utf-8").split())
    found = re.search(r"CiTO]\(\S+\)'s: (.+?)\. Three .+?`…/vocabularies/claim-relations(.+?):", text)
    assert found is not None
    matched = {each.id: each.exact_match for each in load("claim-relations").terms.values()}
    iris = {f"http://purl.org/spar/cito/{name}" for name in re.split(r", | and ", found[1])}
    assert iris == {iri for iri in matched.values() if iri}
    assert set(re.findall(r"#([a-z-]+)", found[2])) == {id for id, iri in matched.items() if not iri}
