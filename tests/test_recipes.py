"""CONTRIBUTING's recipes are true: each is applied to a copy of the tree, and the contract tests of it run there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from app.resources import RESOURCES
from patience import PATIENCE
from recipes import Recipe, apply, recipes

ROOT = Path(__file__).parent.parent
COPIED = ("app", "client", "docs", "migrations", "tests")
CONTRACT = (
    "tests/test_contract.py",
    "tests/contract",
    "tests/test_openapi.py",
    "tests/web/test_negotiation.py",
    "tests/formats/test_jsonld.py",
    "tests/formats/test_exports.py",
)
# What a new collection or format passes through; run as a whole, also what has no case of its own for it.
WHOLE = (
    "tests/test_openapi.py",
    "tests/formats/test_jsonld.py",
    "tests/formats/test_exports.py",
    "tests/formats/test_html.py",
    "tests/formats/test_tables.py",
    "tests/resources/test_searched_words.py",
    "tests/dossier/test_template.py",
)
RECIPES = recipes((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))

VOCABULARIES = """
import sys
sys.path[:0] = [".", "tests"]
from vocabularies_file import FILE, compiled
FILE.write_text(compiled(), encoding="utf-8")
"""  # as make vocabularies does

OPENAPI = """
import sys, tempfile
from pathlib import Path
sys.path.insert(0, "tests")
from app.main import create_app
from app.settings import Settings
from releases.publishing import SMALL, published
from visitor import Visitor
with tempfile.TemporaryDirectory() as folder, Visitor(create_app(Settings(store=Path(folder)))) as visitor:
    published(Path(folder), SMALL)
    print(visitor.get("/openapi.json").text)
"""


def run(tree: Path, *arguments: str) -> str:
    """What Python prints in that tree; it must succeed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=3 * PATIENCE,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    return done.stdout


def collected(tree: Path) -> set[str]:
    """The ids of every contract test."""
    listed = run(tree, "-m", "pytest", "-q", "-m", "", "-p", "no:cacheprovider", "--collect-only", *CONTRACT)
    return {line for line in listed.splitlines() if "::" in line}


def copy(folder: Path) -> Path:
    """A copy of the tree, as far as the contract tests need it."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("test_recipes.py"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree before any recipe."""
    return copy(tmp_path_factory.mktemp("untouched"))


def touched(recipe: Recipe) -> set[str]:
    """The collections whose files a recipe changes."""
    stems = {part for file in recipe.files for part in Path(file).with_suffix("").parts}
    return {each.name for each in RESOURCES} & stems


def test_there_is_a_recipe_for_each_thing_that_newcomers_add() -> None:
    titles = {recipe.title for recipe in RECIPES}
    wanted = ("filter", "sort key", "response format", "collection", "vocabulary term")
    assert {*(f"Add a {thing}" for thing in wanted), "Add an export format"} <= titles
    assert all(recipe.files for recipe in RECIPES)


@pytest.fixture(scope="module")
def tried(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, "Future[None]"]]:
    """Every recipe, two at a time: most of the time each waits for processes of its own."""
    with ThreadPoolExecutor(2) as pool:
        before = pool.submit(collected, untouched)
        trees = [copy(tmp_path_factory.mktemp("tree")) for _ in RECIPES]
        yield {
            each.title: pool.submit(follow, each, tree, before.result(), untouched)
            for each, tree in zip(RECIPES, trees, strict=True)
        }


def follow(recipe: Recipe, tree: Path, before: set[str], untouched: Path) -> None:
    """Apply the recipe; what it adds must bring contract tests of its own, or show in OpenAPI; and all must pass."""
    apply(recipe.diff, tree)
    if any(file.startswith("app/vocabularies/") for file in recipe.files):
        run(tree, "-c", VOCABULARIES)
    python = [file for file in recipe.files if file.endswith(".py")]
    for check in (["check"], ["format", "--check"]) if python else ():
        run(tree, "-m", "ruff", *check, "--no-cache", *python)
    tests = collected(tree)
    names = tuple(f"[{name}" for name in touched(recipe))
    chosen = sorted(id for id in tests if id not in before or any(name in id for name in names))
    if tests <= before:
        assert run(tree, "-c", OPENAPI) != run(untouched, "-c", OPENAPI)
        chosen += sorted(id for id in tests if "test_openapi" in id)
    if recipe.added:
        chosen = [*(id for id in chosen if not id.startswith(WHOLE)), *WHOLE]
    if any(file.startswith("migrations/") for file in recipe.files):
        chosen.append("tests/test_migrations.py")
    (tree / "chosen").write_text("\n".join(chosen), encoding="utf-8")
    run(tree, "-m", "pytest", "-q", "-m", "", "-p", "no:cacheprovider", "@chosen")


@pytest.mark.thorough
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title.replace(" ", "-"))
def test_the_recipe_does_what_it_says(recipe: Recipe, tried: dict[str, "Future[None]"]) -> None:
    tried[recipe.title].result()
