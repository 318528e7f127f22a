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
COPIED = ("app", "client", "docs", "examples", "migrations", "tests")
ALSO = ("CONTRIBUTING.md", "Makefile", "README.md", "pyproject.toml")
CONTRACT = (
    "tests/test_contract.py",
    "tests/contract",
    "tests/test_openapi.py",
    "tests/web/test_negotiation.py",
    "tests/formats/test_jsonld.py",
    "tests/formats/test_exports.py",
)
# What is written down, of every recipe, and what is made of others.
WRITTEN = (
    "tests/test_documented.py",
    "tests/test_openapi_file.py",
    "tests/dossier/test_schemas.py",
    "tests/formats/test_datapackage.py",
    "tests/formats/test_docs.py",
    "tests/vocabularies/test_compiled.py",
    "client/tests/test_client_models.py",
)
# What a new collection or format passes through; run as a whole, also what has no case of its own for it.
WHOLE = (
    "tests/test_openapi.py",
    "tests/formats/test_jsonld.py",
    "tests/formats/test_exports.py",
    "tests/formats/test_html.py",
    "tests/formats/test_tables.py",
    "tests/resources/test_searched_words.py",
    "tests/dossier/test_example.py",
    "tests/dossier/test_template.py",
)
PYTEST = (sys.executable, "-m", "pytest", "-q", "-m", "", "-p", "no:cacheprovider")
RECIPES = recipes((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def run(tree: Path, *command: str) -> str:
    """What a command prints in that tree; it must succeed."""
    others = ("PYTHON", "PYTEST", "MAKE")  # what this run was told
    environment = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    done = subprocess.run(
        command,
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
    listed = run(tree, *PYTEST, "--collect-only", *CONTRACT)
    return {line for line in listed.splitlines() if "::" in line}


def copy(folder: Path) -> Path:
    """A copy of the tree, as far as the contract tests need it."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("test_recipes.py"))
    for name in ALSO:
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree before any recipe."""
    return copy(tmp_path_factory.mktemp("untouched"))


def openapi(tree: Path) -> str:
    """The document of that tree."""
    return (tree / "docs" / "openapi.json").read_text(encoding="utf-8")


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
def tried(
    request: pytest.FixtureRequest, untouched: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, "Future[None]"]]:
    """The recipes of this run, two at a time: most of the time each waits for processes of its own."""
    names = {item.name for item in request.session.items}
    chosen = [recipe for recipe in RECIPES if any(f"[{hyphened(recipe)}]" in name for name in names)]
    with ThreadPoolExecutor(2) as pool:
        before = pool.submit(collected, untouched)
        trees = [copy(tmp_path_factory.mktemp("tree")) for _ in chosen]
        yield {
            recipe.title: pool.submit(follow, recipe, tree, before.result(), untouched)
            for recipe, tree in zip(chosen, trees, strict=True)
        }


def hyphened(recipe: Recipe) -> str:
    """The title as the id of a test: `-k Add-a-collection` tries this recipe alone."""
    return recipe.title.replace(" ", "-")


def follow(recipe: Recipe, tree: Path, before: set[str], untouched: Path) -> None:
    """Apply the recipe; what it adds must bring contract tests of its own, or show in OpenAPI; and all must pass."""
    apply(recipe.diff, tree)
    run(tree, "make", "-o", ".venv/dev.stamp", f"BIN={Path(sys.executable).parent}", "generate")
    python = [file for file in recipe.files if file.endswith(".py")]
    for check in (["check"], ["format", "--check"]) if python else ():
        run(tree, sys.executable, "-m", "ruff", *check, "--no-cache", *python)
    tests = collected(tree)
    names = tuple(f"[{name}" for name in touched(recipe))
    chosen = sorted(id for id in tests if id not in before or any(name in id for name in names))
    if tests <= before:
        assert openapi(tree) != openapi(untouched)
        chosen += sorted(id for id in tests if "test_openapi" in id)
    if recipe.added:
        chosen = [*(id for id in chosen if not id.startswith(WHOLE)), *WHOLE]
    chosen += WRITTEN
    if any(file.startswith("migrations/") for file in recipe.files):
        chosen.append("tests/test_migrations.py")
    (tree / "chosen").write_text("\n".join(chosen), encoding="utf-8")
    run(tree, *PYTEST, "@chosen")


@pytest.mark.thorough
@pytest.mark.parametrize("recipe", RECIPES, ids=hyphened)
def test_the_recipe_does_what_it_says(recipe: Recipe, tried: dict[str, "Future[None]"]) -> None:
    tried[recipe.title].result()
