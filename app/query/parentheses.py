"""CQL2 text parsed from its innermost parentheses outwards.

The parser by itself takes exponential time to refuse nested parentheses, and ends the process on very deep ones.
"""

import re

QUOTED = re.compile(r"'(?:[^']|'')*'" + r'|"[^"]*"')
HELD = re.compile("\x00([0-9]+)\x00")  # NUL: no query string holds one
# Parentheses around a condition; those of lists, functions and literals have no such word before them.
GROUP = re.compile(r"(?P<before>(?:^|\(|\b(?:and|or|not)\b)\s*)?\((?P<inside>[^()]*)\)", re.IGNORECASE)


def tree(text: str) -> object:
    """The parser's tree; raises ValueError, or what the parser raises."""
    if "\x00" in text:
        raise ValueError("NUL is no sign of CQL2")
    return _Outwards().read(text)


def parse(text: str) -> object:
    """What the parser by itself makes of a text; raises what it raises."""
    from cql2 import parse_text  # noqa: PLC0415  # of many servers none is ever sent a filter

    return parse_text(text).to_json()


class _Outwards:
    """Texts that stand aside while their surroundings are read, and trees of conditions already read, by number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.trees: dict[str, object] = {}

    def read(self, text: str) -> object:
        """The tree of a text."""
        text = QUOTED.sub(lambda found: self._held(found[0]), text)
        while (found := GROUP.search(text)) is not None:
            inner = found["inside"]
            held = self._list(inner) if found["before"] is None else self._known(inner)
            text = text[: found.start()] + (found["before"] or "") + held + text[found.end() :]
        if "(" in text:
            raise ValueError("a parenthesis is never closed")
        return self._parsed(text)

    def _held(self, text: str) -> str:
        """What stands for the text meanwhile."""
        self.texts.append(text)
        return f"\x00{len(self.texts) - 1}\x00"

    def _list(self, inner: str) -> str:
        """What stands for the parentheses of a list, function or literal, which hold no such others."""
        if any(self.texts[int(number)].startswith("(") for number in HELD.findall(inner)):
            raise ValueError("lists and functions are not nested")
        return self._held(f"({inner})")

    def _known(self, inner: str) -> str:
        """A comparison that stands for the condition meanwhile."""
        name = f"\x00 {len(self.trees)}"
        self.trees[name] = self._parsed(inner)
        return self._held(f'"{name}" = 0')

    def _parsed(self, text: str) -> object:
        return self._filled(parse(self._whole(text)))

    def _whole(self, text: str) -> str:
        return HELD.sub(lambda found: self._whole(self.texts[int(found[1])]), text)

    def _filled(self, node: object) -> object:
        """The node with the conditions that comparisons in it stand for."""
        if isinstance(node, list):
            return [self._filled(part) for part in node]
        if not isinstance(node, dict) or "op" not in node:
            return node
        first = node["args"][0] if node["args"] else None
        name = first.get("property") if isinstance(first, dict) else None
        return self.trees[name] if name in self.trees else {**node, "args": self._filled(node["args"])}
