"""YAML becomes a tree with lines; nothing is guessed, and every flaw is told."""

from typing import Any

import pytest

from app.dossier.nodes import Location, Node, parse
from app.dossier.parser import Flaw


def flaws(text: str) -> list[tuple[str, int]]:
    return [(flaw.slug, flaw.line) for flaw in parse(text).flaws]


def root(text: str) -> Node:
    tree = parse(text)
    assert tree.root is not None, tree.flaws
    return tree.root


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2019-05-28", "2019-05-28"),
        ("12:30:00", "12:30:00"),
        ("1_000", "1_000"),
        ("0x1F", 31),
        ("0o17", 15),
        ("017", 17),
        ("-5", -5),
        ("42.9", 42.9),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"),
        ('"5"', "5"),
        ("'true'", "true"),
        ("Q1246", "Q1246"),
    ],
)
def test_plain_values_are_those_of_the_core_schema(written: str, value: Any) -> None:
    plain = root(f"value: {written}\n").plain()["value"]
    assert (plain, type(plain)) == (value, type(value))


LINES = """\
# a comment
- id: one
  text: >
    folded
    twice
  empty:
  list:
    - a
    - member: b
"""


@pytest.mark.parametrize(
    ("location", "line", "key_line"),
    [
        ((0,), 2, 2),
        ((0, "id"), 2, 2),
        ((0, "text"), 3, 3),
        ((0, "empty"), 6, 6),
        ((0, "list"), 8, 7),
        ((0, "list", 1, "member"), 9, 9),
        ((0, "list", 7), 8, 7),
        ((0, "list", 1, "missing"), 9, 9),
        ((0, "id", "deeper"), 2, 2),
    ],
)
def test_every_value_and_key_knows_its_line(location: Location, line: int, key_line: int) -> None:
    node = root(LINES).at(location)
    assert (node.line, node.key_line) == (line, key_line)


@pytest.mark.parametrize("letter", ["\u2028", "\u2029", "\x85", "\ufeff", "\ue000\u2028", "\U0001f600", "Ћ"])
def test_only_line_feeds_and_carriage_returns_end_a_line(letter: str) -> None:
    read = root(f"# {letter}\na: b{letter}c\r\nd: |\r\n  {letter}{letter}\r\n\re{letter}: f\r{letter}g: {letter}\n")
    assert read.plain() == {"a": f"b{letter}c", "d": f"{letter}{letter}\n", f"e{letter}": "f", f"{letter}g": letter}
    assert isinstance(read.value, dict)
    assert [read.at((key,)).line for key in read.value] == [2, 3, 6, 7]


def test_an_error_is_placed_behind_letters_of_any_width() -> None:
    assert parse('a: "\U0001f600Ћ\u2028"\nb: Ћ\U0001f600\r\nc: \ufeff\n\td: 1\n').flaws == [
        Flaw("tab-indent", 4, "the line is indented with a tab")
    ]
    assert parse("a: \U0001f600\nb: @Ћ\n").flaws[0].message.endswith("found character '@' that cannot start any token")


def test_every_duplicate_key_is_told_with_both_lines() -> None:
    assert parse("a: 1\nb: 2\na: 3\nb: 4\n").flaws == [
        Flaw("duplicate-key", 3, "'a' is already given on line 1"),
        Flaw("duplicate-key", 4, "'b' is already given on line 2"),
    ]
    assert root("a: 1\na: 2\n").plain() == {"a": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x\n", [("alias-used", 1), ("alias-used", 2)]),
        ("a:\n  <<: {b: 1}\n", [("alias-used", 2)]),
        ("a: &x [1]\n", [("alias-used", 1)]),
        ("a: &x 1\n*x : 2\n", [("alias-used", 1), ("alias-used", 2)]),
        ("a: !!str 5\n", [("tag-used", 1)]),
        ("a: !thing {b: 1}\n", [("tag-used", 1)]),
        ("? [a, b]\n: 1\n", [("yaml-syntax", 1)]),
        ("a: 1\n---\nb: 2\n", [("yaml-syntax", 2)]),
        ("a: 1\n...\nb: 2\n", [("yaml-syntax", 3)]),
        ("a: 1\n... # the end\n", []),
    ],
)
def test_what_makes_review_hard_is_refused_and_reading_goes_on(text: str, expected: list[tuple[str, int]]) -> None:
    tree = parse(text)
    assert [(flaw.slug, flaw.line) for flaw in tree.flaws] == expected
    assert not tree.broken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\tb: 1\n", ("tab-indent", 2)),
        ("a: 1\nb: c: d\n", ("yaml-syntax", 2)),
        ("a: @b\n", ("yaml-syntax", 1)),
        ('a: 1\nb: "open\n\nc: 1\n', ("yaml-syntax", 2)),
        ("a: [b,\n  c", ("yaml-syntax", 2)),
        ("a: 1\nb: \x01\n", ("control-character", 2)),
        ("[a: 1] b\n", ("yaml-syntax", 1)),
        ('a: 1\nb: "\\ud83d"\n', ("control-character", 2)),
        ('a: "\\U0000DC00"\n', ("control-character", 1)),
        ('a: "\\UFFFFFFFF"\n', ("yaml-syntax", 1)),
        ("a: " + "[" * 30 + "]" * 30, ("yaml-syntax", 1)),
        ("a: " + "[" * 100_000, ("yaml-syntax", 1)),
        ("- " * 3000 + "a", ("yaml-syntax", 1)),
        ("".join(f"{' ' * depth}a:\n" for depth in range(3000)), ("yaml-syntax", 21)),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, expected: tuple[str, int]) -> None:
    assert flaws(text) == [expected]
    assert parse(text).broken


def test_lines_count_from_where_the_text_was_cut() -> None:
    tree = parse("a: 1\na: 2\n", first_line=11)
    assert tree.flaws == [Flaw("duplicate-key", 12, "'a' is already given on line 11")]


def test_a_text_of_comments_holds_nothing() -> None:
    assert parse("# nothing\n").root is None
