"""The recipes of docs/recipes run as they stand, and print what the page says; a tool that is not here skips its own.

`RECIPES_PYTHON` names another Python that has the dependency group `recipes`, `RECIPES_TSC` the compiler.
"""

import ast
import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import pytest

from patience import PATIENCE
from releases.publishing import BUNDLED, published
from web.live import Live, running

PAGES = Path(__file__).parents[2] / "docs" / "recipes"
SERVED = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
TOOLS = {"sh": ("bash", "curl"), "r": ("Rscript",), "ts": ("node",), "python": ()}
PROGRAMS = ("jq", "soffice", "ogr2ogr", "ogrinfo")
NOT_RUN = {"powerquery", "sql", "text"}


@dataclass(frozen=True)
class Block:
    """One block of a page: its language, its lines, and what it prints."""

    page: str
    number: int
    language: str
    lines: str
    prints: str

    @property
    def tools(self) -> set[str]:
        """The programs that it calls."""
        called = {each for each in PROGRAMS if self.language == "sh" and re.search(rf"\b{each}\b", self.lines)}
        return {*TOOLS[self.language], *called}


def blocks() -> Iterator[Block]:
    """Every block that can be run, with the text that follows it."""
    for page in sorted(PAGES.glob("*.md")):
        for number, (language, lines, prints) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1):
            if language not in NOT_RUN:
                yield Block(page.stem, number, language, lines, prints)


BLOCKS = list(blocks())


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of the bundled data."""
    folder = tmp_path_factory.mktemp("bundled")
    published(folder, BUNDLED)
    with running(folder, folder / "log") as server:
        yield server


@pytest.mark.thorough
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.page}-{block.number}")
def test_it_prints_what_the_page_says(block: Block, live: Live, tmp_path: Path) -> None:
    missing = sorted(each for each in block.tools if shutil.which(each) is None)
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    lines = block.lines.replace(SERVED, f"http://127.0.0.1:{live.port}")
    done = subprocess.run(
        command(block, lines, tmp_path), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [each.rstrip() for each in done.stdout.splitlines()] == [each.rstrip() for each in block.prints.splitlines()]


def command(block: Block, lines: str, folder: Path) -> list[str]:
    """What runs the block in that folder."""
    if block.language == "sh":
        return ["bash", "-euo", "pipefail", "-c", lines]
    script = folder / f"recipe.{ {'python': 'py'}.get(block.language, block.language) }"
    script.write_text(lines, encoding="utf-8")
    if '"openapi-fetch"' in lines:
        served = re.search(r"http://127\.0\.0\.1:\d+", lines)
        assert served is not None
        with_types(script, served[0])
    if block.language == "python":
        return [python(frozenset(imported(lines))), "-W", "ignore", script.name]
    if block.language == "r":
        return ["Rscript", "--vanilla", script.name]
    return ["node", str(compiled(script))]


def imported(lines: str) -> Iterator[str]:
    """The packages that a script imports."""
    for node in ast.walk(ast.parse(lines)):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


@cache
def python(packages: frozenset[str]) -> str:
    """A Python that has these packages; skips the test where none has."""
    for each in (sys.executable, os.environ.get("RECIPES_PYTHON", "")):
        asked = f"import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, {sorted(packages)})))"
        if each and subprocess.run([each, "-c", asked], check=False).returncode == 0:
            return str(Path(each).absolute())  # not resolved: a link would lead out of its environment
    pytest.skip(f"no Python here has {', '.join(sorted(packages - sys.stdlib_module_names))}")


def compiled(script: Path) -> Path:
    """The JavaScript of a strict TypeScript; skips the test without a compiler."""
    compiler = os.environ.get("RECIPES_TSC") or shutil.which("tsc")
    if compiler is None:
        pytest.skip("tsc is not installed")
    options = ["--strict", "--target", "es2022", "--lib", "es2022,dom", "--module", "node16"]
    done = subprocess.run([compiler, *options, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return script.with_suffix(".js")


def with_types(script: Path, served: str) -> None:
    """Put beside the script what openapi-typescript makes, and what was installed; skips the test without it."""
    compiler, generator = shutil.which("tsc"), shutil.which("openapi-typescript")
    if compiler is None or generator is None:
        pytest.skip("openapi-typescript is not installed")
    asked = [generator, f"{served}/openapi.json", "--output", "paths.d.ts"]
    subprocess.run(asked, cwd=script.parent, capture_output=True, check=True)
    (script.parent / "node_modules").symlink_to(Path(compiler).parents[1])


@pytest.mark.thorough
def test_what_power_query_asks_for_is_what_it_reads(live: Live) -> None:
    text = (PAGES / "spreadsheet.md").read_text(encoding="utf-8")
    (query,) = [lines for language, lines, _ in BLOCK.findall(text) if language == "powerquery"]
    address, given = re.findall(r'Web.Contents\("([^"]+)", \[Query = \[(.*?)\]\]\)', query)[0]
    asked = dict(re.findall(r'(\w+) = "([^"]*)"', given))
    assert query.count("(") == query.count(")")
    assert query.count("[") == query.count("]")
    answer = httpx.get(address.replace(SERVED, f"http://127.0.0.1:{live.port}"), params=asked, trust_env=False)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(answer.content.decode("utf-8").splitlines()))
    assert rows[0] == asked["fields"].split(",")
    assert f"Columns = {len(rows[0])}, Encoding = 65001" in query
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) > 100


def test_every_page_is_listed_and_has_something_to_run() -> None:
    pages = {each.stem for each in PAGES.glob("*.md")} - {"README"}
    listed = set(re.findall(r"\]\((\w+)\.md\)", (PAGES / "README.md").read_text(encoding="utf-8")))
    assert listed == pages == {each.page for each in BLOCKS if each.page != "README"}


def test_every_language_is_known_and_every_output_shown() -> None:
    found = {language for page in PAGES.glob("*.md") for language, _, _ in BLOCK.findall(page.read_text("utf-8"))}
    assert found <= {*TOOLS, *NOT_RUN}
    assert [f"{each.page}-{each.number}" for each in BLOCKS if not each.prints] == []
