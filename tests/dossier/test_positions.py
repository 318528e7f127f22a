"""Positions: where each value of an entry stands, whatever the way in which it is written."""

import pytest

from app.dossier.items import Items
from app.dossier.positions import Position, positions

WRITTEN = {
    "block": "- id: a  # first\n  evidence:\n    - source: x\n      words: some of it  # why\n",
    "without indent": "-   id: a\n    evidence:\n    - source: x\n      words: some of it\n\n\n",
    "flow": '- {id: a, evidence: [{source: x, "words": some of it}]}\n',
    "quoted": "- id: 'a'\n  evidence:\n  - {source: x, words: 'some\n     of it'} # flow\n- b\n",
    "folded": "- evidence:\n  - words: >-  # header\n      some\n      of it\n\n    # behind\n    source: x\n  id: a\n",
    "literal": "- id: a\n  evidence:\n  -\n    words: |\n      some\n      of it\n",
    "carriage returns": "- id: a\r\n  evidence:\r\n    - source: x\r\n      words: some\r\n        of it\r\n- b\r\n",
    "letters of four bytes": "# 𝒜\u2028\n- id: a\n  evidence:\n    - source: 𝒜\n      words: some\u2028of it\n",
}


def evidence_of(text: str) -> Position:
    items = Items(text)
    assert items.begin()
    item = next(iter(items))
    return positions(text, item.start, item.end, item.column).members["evidence"].value.items[0]


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_value_begins_and_ends_where_it_is_written(text: str) -> None:
    evidence = evidence_of(text)
    key, value = evidence.members["words"]
    shown = text[value.start : value.end]
    assert text[key.start : key.end].strip('"') == "words"
    assert "".join(shown.strip("'>|-").split()).endswith("ofit")
    assert shown == shown.strip()
    assert evidence.start <= key.start < value.end <= evidence.end
    assert text[evidence.end - 1] not in " \r\n#"


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_column_is_counted_from_the_line_break(text: str) -> None:
    key, _ = evidence_of(text).members["words"]
    assert key.column == key.start - text.rfind("\n", 0, key.start) - 1
