"""One entry as one line of JSON, for dossiers of many thousands."""

import json
from typing import Any

from app.dossier.nodes import Node, Tree
from app.dossier.parser import HALF_A_CHARACTER, Flaw
from app.dossier.scalars import encodable, number


def parse_line(text: str, line: int) -> Tree:
    """The value of one line; numbers are read as those of YAML are."""
    flaws: list[Flaw] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        first: dict[str, Any] = {}
        for key, value in pairs:
            if key in first:
                flaws.append(Flaw("duplicate-key", line, f"'{key}' is given twice"))
            first.setdefault(key, value)
        return first

    try:
        # NaN and Infinity are no JSON: they stay texts, so that what expects a number refuses them.
        value = json.loads(text, object_pairs_hook=members, parse_int=number, parse_float=number, parse_constant=str)
    except (ValueError, RecursionError) as error:
        return Tree(None, [Flaw("json-syntax", line, f"the line is no JSON: {error}")], broken=True)
    whole = encodable(json.dumps(value, ensure_ascii=False)) if "\\u" in text else ""
    if "?" in whole and json.loads(whole) != value:
        flaws.append(Flaw("control-character", line, HALF_A_CHARACTER))
        value = json.loads(whole)
    return Tree(Node(value, line, line), flaws)
