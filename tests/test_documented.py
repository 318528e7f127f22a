"""Everything public is written down: parameters, sort words, paths, formats and problems stand in docs/api.md."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import problems
from app.formats import FORMATS
from app.query.base import Collection
from app.query.changes import change_controls
from app.query.parameters import controls
from app.resources import RESOURCES
from app.resources.search import search
from app.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
TICKED = re.compile(r"`([^`\n]+)`")
SECTION = re.compile(r"^### Filters of (.*\n\n.*)Sort by (.*)\n\n((?:\|.*\n)+)", re.MULTILINE)


def rows(text: str) -> set[str]:
    """The names that the rows of tables begin with."""
    first = (line.split("|")[1] for line in text.splitlines() if line.startswith("|"))
    return {name for cell in first for name in TICKED.findall(cell)}


def under(title: str, page: str = API) -> str:
    """What stands below a heading."""
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def sections() -> Iterator[tuple[str, set[str], set[str]]]:
    """Each collection that filters are listed for, with these and with its sort words."""
    for paths, words, table in SECTION.findall(API):
        for path in TICKED.findall(paths):
            yield path.removeprefix("/"), rows(table), set(TICKED.findall(words))


COMMON = rows(under("Parameters"))
OWN = {name: own for name, own, _ in sections()}
SORTS = {name: words for name, _, words in sections()}


@pytest.mark.parametrize("collection", [*RESOURCES, search], ids=lambda each: each.name)
def test_every_parameter_has_its_row_and_every_row_its_parameter(collection: Collection) -> None:
    filters, fixed = {each.name for each in collection.filters}, {name for name, _ in collection.fixed}
    assert filters - fixed <= OWN[collection.name] | COMMON
    assert OWN[collection.name] <= filters
    assert {each.name for each in controls(collection)} <= COMMON


@pytest.mark.parametrize("collection", RESOURCES, ids=lambda each: each.name)
def test_what_every_collection_has_is_a_filter_of_it(collection: Collection) -> None:
    said = [line for line in under("Parameters").splitlines() if "Every collection has it" in line]
    assert rows("\n".join(said)) == {"id", "layer", "identifier", "q"}
    assert rows("\n".join(said)) <= {each.name for each in collection.filters}


@pytest.mark.parametrize("collection", [*RESOURCES, search], ids=lambda each: each.name)
def test_every_sort_word_stands_beside_its_collection(collection: Collection) -> None:
    assert SORTS[collection.name] == set(collection.sorts)


def test_every_problem_and_format_has_its_row() -> None:
    assert rows(under("Errors")) == {kind.slug for kind in problems()} - {"problem"}
    formats = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert set(FORMATS) <= rows(formats)


def test_every_parameter_of_changes_has_its_row() -> None:
    told = {name for row in rows(under("Changes")) for name in row.split()}
    assert {control.name for control in change_controls(("event",))} <= told


def test_every_list_below_a_record_has_its_row() -> None:
    for each in (each for each in RESOURCES if not each.view_of):
        below = [*(inverse.path for inverse in each.inverses), *(part.path for part in each.subdocuments)]
        assert {f"/{each.name}/{{id}}/{path}" for path in below} <= rows(under("Paths"))


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"{PREFIX}{name.upper()}" in readme for name in Settings.model_fields)


def test_the_threat_model_names_tests_that_are_there() -> None:
    page = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[^`]+)`", page))
    assert len(named) > 10
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
    rows = re.findall(r"`(tests/[^`]+\.py)` rows? ([0-9]+)", page)
    assert [row for path, row in rows if f"row_{int(row):02}" not in (ROOT / path).read_text(encoding="utf-8")] == []
