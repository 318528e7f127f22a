"""One line of JSON is read as YAML is: same numbers, no key twice, and a flaw where it is no JSON."""

from typing import Any

import pytest

from app.dossier.jsonlines import parse_line
from app.dossier.parser import Flaw


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("1.5", 1.5),
        ("1e999", "1e999"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("1234567890123456", "1234567890123456"),
        ('"NO"', "NO"),
        ('{"a": [null, true]}', {"a": [None, True]}),
        ("123456789012345", 123456789012345),
        ("-123456789012345", "-123456789012345"),
        ("0.1234567890123456", 0.1234567890123456),
        ("-0", 0),
        ('"\\u0107\\ud83d\\ude00 \\"a\\":"', 'ć\U0001f600 "a":'),
        ('"\\u0022\\u003a"', '":'),
    ],
)
def test_values(written: str, value: Any) -> None:
    root = parse_line(f'{{"value": {written}}}', 7).root
    assert root is not None
    assert root.plain() == {"value": value}
    assert root.at(("value", "a", 0)).line == 7


def test_a_key_given_twice_keeps_its_first_value() -> None:
    tree = parse_line('{"a": 1, "b": {"c": 2, "c": 3}, "a": 4}', 3)
    assert tree.root is not None
    assert tree.root.plain() == {"a": 1, "b": {"c": 2}}
    assert tree.flaws == [
        Flaw("duplicate-key", 3, "'c' is given twice"),
        Flaw("duplicate-key", 3, "'a' is given twice"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        '{"a" :1,"a":2}',
        '{"a"\t :1, "a":"\\":"}',
        '{"b":":", "a":1,"\\u0061":2}',
        '{"b":"\\u0022:","a":1,"a":2}',
        '{"b":"\\"\\u003A","a":1,"a":2}',
    ],
)
def test_no_way_of_writing_hides_a_key_that_is_given_twice(text: str) -> None:
    assert [(flaw.slug, flaw.message) for flaw in parse_line(text, 1).flaws] == [
        ("duplicate-key", "'a' is given twice")
    ]


def test_half_a_character_is_a_flaw() -> None:
    tree = parse_line('{"a": "\\ud800?"}', 2)
    assert [(flaw.slug, flaw.line) for flaw in tree.flaws] == [("control-character", 2)]
    assert tree.root is not None
    assert tree.root.plain() == {"a": "??"}


def test_what_lies_too_deep_is_not_read() -> None:
    for text in ('{"a": ' + "[" * 19 + "]" * 19 + "}", '{"a": [' + "{}," * 30 + "{}]}", '{"a": "' + "[" * 99 + '"}'):
        assert parse_line(text, 1).flaws == []
    for depth in (20, 900):
        tree = parse_line('{"a": ' + "[" * depth + "]" * depth + "}", 1)
        assert [flaw.slug for flaw in tree.flaws] == ["json-syntax"]
        assert tree.root is None


@pytest.mark.parametrize("text", ["{", "{'a': 1}", '{"a": }', "[" * 100_000])
def test_no_json(text: str) -> None:
    tree = parse_line(text, 5)
    assert tree.root is None
    assert [(flaw.slug, flaw.line) for flaw in tree.flaws] == [("json-syntax", 5)]
