"""The items of a YAML list are read as a tree of the whole text would be, and each stretch holds its item."""

from typing import Any

import pytest

from app.dossier.items import Item, Items
from app.dossier.nodes import parse
from app.dossier.parser import YAMLError
from dossier.dossiers import DOSSIERS
from releases.publishing import BUNDLED

FILES = sorted(
    path
    for dossier in (BUNDLED, DOSSIERS / "small", DOSSIERS / "odd")
    for path in dossier.rglob("*.yaml")
    if path.name not in ("dossier.yaml", "vocabularies.yaml")
)
LISTS = [
    "- a: 1\n  b: [x, {y: NO}]\n-\n- c\n- - d\n  - e: f\n",
    "[{a: 1}, {b:\n2}, c, 'd', {e: [f,\n {g: h}]}]\n",
    "# first\n---\n  - a: |\n      text\n\n    b: >-\n      folded\n      text\n  # between\n  - ? c\n    : d\n...\n",
    "- Ћ: \U0001f600\n  b: ћ\r\n- {c: \u2028, d: 'e\ufeff'}  # \x85\n- e: \"\\u2028\"\n",
    "- !!str a\n- &b {c: d}\n- {e: *b, f: 1, f: 2}\n- <<: {g: h}\n- !t\n  i: 0o17\n",
    "- {[a]: b}\n- 'a': 1e3\n- a: 1234567890123456\n",
    "[]\n",
]


def items(text: str) -> list[Item]:
    read = Items(text)
    assert read.begin()
    return list(read)


def root(text: str, line: int = 1) -> Any:
    tree = parse(text, line)
    assert tree.root is not None
    return tree.root


@pytest.mark.parametrize("text", LISTS + [path.read_text("utf-8") for path in FILES], ids=lambda text: text[:20])
def test_the_items_are_those_of_the_whole(text: str) -> None:
    whole, read = root(text), items(text)
    assert len(read) == len(whole.value)
    for item, node in zip(read, whole.value, strict=True):
        stretch = parse(" " * item.column + text[item.start : item.end], item.line)
        assert (stretch.root and stretch.root.value) == node.value
        assert item.line == node.line
        assert item.odd == bool(stretch.flaws)
        assert item.odd or item.value == node.plain()


@pytest.mark.parametrize("text", ["", "# nothing\n", "a: 1\n", "text\n", "---\n"])
def test_what_is_no_list_has_none(text: str) -> None:
    assert not Items(text).begin()


@pytest.mark.parametrize(
    ("text", "read", "line"),
    [
        ("- a: 1\n- b: 2\n- c: @\n- d: 4\n", "- a: 1\n- b: 2\n", 3),
        ("- a: 1\n- b: 2\nstray: 3\n", "- a: 1\n", 2),
        ("- a: 1\n- b: 2\n c: 3\n", "- a: 1\n", 2),
        ("- a: 1\r\n\r\n# Ћ\r\n- b: 'open\r\n", "- a: 1\r\n\r\n# Ћ\r\n", 4),
        ("- a: 1\n- b: 2\n... \nc\n", "", 0),
        ("[{a: 1}, {b: 2}] c\n", "[{a: 1}", 1),
    ],
)
def test_where_reading_ends_is_known(text: str, read: str, line: int) -> None:
    broken = Items(text)
    assert broken.begin()
    if not line:
        assert [item.value for item in broken] == [{"a": 1}, {"b": 2}]
        assert [flaw.line for flaw in broken.flaws] == [4]
        return
    with pytest.raises(YAMLError):
        list(broken)
    assert (text[: broken.end], broken.line) == (read, line)
