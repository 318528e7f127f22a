"""Everything public is written down: parameters, sort words, paths, formats and problems stand in docs/api.md."""

import re
from pathlib import Path

import pytest

from app.errors import problems
from app.formats import FORMATS
from app.query.base import Collection
from app.query.parameters import controls
from app.resources import RESOURCES
from app.resources.search import search
from app.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
TICKED = set(re.findall(r"`([^`\n]+)`", API))


@pytest.mark.parametrize("collection", [*RESOURCES, search], ids=lambda each: each.name)
def test_every_parameter_and_sort_word_is_documented(collection: Collection) -> None:
    hidden = {name for name, _ in collection.fixed}
    names = {each.name for each in collection.filters} | {each.name for each in controls(collection)}
    assert (names - hidden) | set(collection.sorts) <= TICKED


def test_every_problem_and_format_is_documented() -> None:
    assert {kind.slug for kind in problems()} - {"problem"} <= TICKED
    assert set(FORMATS) <= TICKED


def test_every_list_below_a_record_is_documented() -> None:
    main = [each for each in RESOURCES if not each.view_of]
    for each in main:
        below = [*(inverse.path for inverse in each.inverses), *(part.path for part in each.subdocuments)]
        assert {f"/{each.name}/{{id}}/{path}" for path in below} <= TICKED


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"{PREFIX}{name.upper()}" in readme for name in Settings.model_fields)
