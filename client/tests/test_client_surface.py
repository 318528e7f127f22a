"""What the package shows: its names, its README, and nothing of the server."""

import ast
import re
import sys
from contextlib import chdir
from pathlib import Path
from types import ModuleType

import pytest

import onrecord_client
from card import measure
from onrecord_client.paths import Paths

HERE = Path(__file__).parent.parent
PACKAGE = HERE / "onrecord_client"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", (HERE / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_all_is_what_is_importable() -> None:
    shown = {
        name for name, each in vars(onrecord_client).items() if name[0] != "_" and not isinstance(each, ModuleType)
    }
    assert set(onrecord_client.__all__) == shown | {"models"}
    assert list(onrecord_client.__all__) == sorted(onrecord_client.__all__, key=lambda name: (not name.isupper(), name))


def test_the_readme_names_everything_that_is_shown() -> None:
    reference = (HERE / "README.md").read_text("utf-8").partition("\n## Reference\n")[2]
    assert {name for name in onrecord_client.__all__ if not re.search(rf"\b{name}\b", reference)} == set()
    ticked = set(re.findall(r"\.(\w+)", " ".join(re.findall(r"`([^`]+)`", reference))))
    for kind in (onrecord_client.Client, onrecord_client.Listing):
        own = {name for each in kind.__mro__[:2] for name in vars(each) if name[0] != "_"}
        assert own - {"close", *vars(Paths)} <= ticked, kind


def test_the_package_imports_what_it_declares() -> None:
    allowed = {
        "httpx",
        "pydantic",
        "typing_extensions",
        "onrecord_client",
        *sys.stdlib_module_names,
    }  # pydantic needs it
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert {name.partition(".")[0] for name in names} <= allowed, path


def test_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()


def test_the_card() -> None:
    card = measure(PACKAGE)
    assert card.median <= 8
    assert card.ninth_tenth < 25
    assert not card.longer_than(50)
    assert not card.wider_than(5)
    assert not card.undocumented
    assert not card.forbidden
    assert {path for path, lines in card.files.items() if lines > 300} <= {"models.py", "parameters.py", "paths.py"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_readme_run(
    example: str, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if "import pandas" in example:
        pytest.importorskip("pandas")
    with chdir(tmp_path):  # some write files
        exec(compile(example.replace("https://onrecord.example", url), "README.md", "exec"), {})
    assert capsys.readouterr().out
