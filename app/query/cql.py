"""`filter`: CQL2 text (OGC 21-065) over the names of the parameters; a comparison means what that parameter means.

The text is bounded before it is parsed.
"""

import re
from collections.abc import Mapping
from typing import Any

from app.query import suggestions
from app.query.base import Collection, Filter, Lookup, Refused
from app.query.condition import Absent, All, Condition, Either, Meets, Not
from app.query.figures import of_mixed_money, turned_round
from app.query.filters import Flags
from app.query.literals import literal
from app.query.misread import misread, refuse_functions
from app.query.parentheses import QUOTED, tree
from app.query.unparse import unparse

MAX_TEXT = 1000  # characters
MAX_DEPTH = 20  # nested parentheses, and how often NOT may occur

NOT_WORD = re.compile(r"\bnot\b", re.IGNORECASE)


def parse(text: str, collection: Collection, names: Mapping[str, Filter], lookup: Lookup) -> Condition:
    """The condition that the text describes; raises Refused. `names` are the filters that it may use."""
    _bounded(text)
    refuse_functions(text)
    try:
        found = tree(text)
    except Exception as error:  # the parser raises several types of its own
        raise misread(text) from error
    try:
        return _Reader(collection, names, lookup).whole(found)
    except Refused as refused:
        raise _in_whole(refused, text) from refused


def _in_whole(refused: Refused, text: str) -> Refused:
    """The fault with the whole filter as it was meant, where it is clear what a piece of it stands for."""
    value, near = refused.value, refused.did_you_mean
    if near is None or text.lower().count(value.lower()) != 1:
        return refused
    at = text.lower().index(value.lower())
    return Refused(refused.told, value, f"{text[:at]}{near}{text[at + len(value) :]}")


def _bounded(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise Refused(f"filter has {len(text)} characters; at most {MAX_TEXT} are read.", text[:200])
    bare, depth, deepest = QUOTED.sub("''", text), 0, 0
    for sign in bare:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH or len(NOT_WORD.findall(bare)) > MAX_DEPTH:
        raise Refused(f"filter is nested too deep; at most {MAX_DEPTH} parentheses and NOTs are read.", text[:200])


class _Reader:
    """Reads the parser's tree into a condition."""

    def __init__(self, collection: Collection, names: Mapping[str, Filter], lookup: Lookup) -> None:
        self.collection, self.names, self.lookup = collection, names, lookup

    def whole(self, node: object) -> Condition:
        """A node that no AND joins to others."""
        return self._checked((self.condition(node),))[0]

    def condition(self, node: object) -> Condition:
        """One node: a connective or a comparison."""
        if not isinstance(node, dict) or "op" not in node:
            raise self._alone(node)
        operator, arguments = node["op"], node["args"]
        if operator == "and":
            return All(self._checked(self._flat("and", arguments)))
        if operator == "or":
            return Either(tuple(self._checked((part,))[0] for part in self._flat("or", arguments)))
        if operator == "not":
            return Not(self.whole(arguments[0]))
        return self._comparison(operator, arguments)

    def _flat(self, operator: str, arguments: list[object]) -> tuple[Condition, ...]:
        """The parts of a chain of one connective, however the parser nested it."""
        found: tuple[Condition, ...] = ()
        for node in arguments:
            if isinstance(node, dict) and node.get("op") == operator:
                found += self._flat(operator, node["args"])
            else:
                found += (self.condition(node),)
        return found

    def _checked(self, parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
        """The parts; raises Refused for a `min` or `max` of no measure or several, of money, or turned round."""
        met = [part for part in parts if isinstance(part, Meets)]
        names = [part.filter.name for part in met]
        for asked in (part.filter for part in met):
            if asked.needs and names.count(asked.needs) != 1:
                raise Refused(f"{asked.name} stands beside one {asked.needs}, joined to it by AND.", asked.name)
        for bound, told in (*turned_round(met), *of_mixed_money(met)):
            raise Refused(told, bound.name)
        return parts

    def _comparison(self, operator: str, arguments: list[Any]) -> Condition:
        asked = self._filter(arguments[0])
        if operator not in asked.operators:
            allowed = ", ".join(sorted(asked.operators - {"isNull"}))
            by = "IS NULL" if operator == "isNull" else operator
            raise Refused(f"{asked.name} is not compared by {by}; it takes {allowed}.", asked.name)
        if operator == "isNull":
            return Absent(asked)
        if operator == "in":
            return self._in(asked, arguments[1])
        if operator == "between":
            interval = f"{literal(asked, arguments[1])}/{literal(asked, arguments[2])}"
            return Meets.of(asked, asked.compared("=", interval, self.lookup), self.lookup)
        value = literal(asked, arguments[1])
        compared = asked.compared("=" if operator == "<>" else operator, value, self.lookup)
        met = Meets.of(asked, compared, self.lookup)
        return Not(met) if operator == "<>" else met

    def _in(self, asked: Filter, values: list[object]) -> Condition:
        texts = [literal(asked, value) for value in values]
        if asked.multiple:
            return Meets.of(asked, asked.read(texts, self.lookup), self.lookup)
        return Either(tuple(Meets.of(asked, asked.read((text,), self.lookup), self.lookup) for text in texts))

    def _filter(self, node: object) -> Filter:
        name = node.get("property") if isinstance(node, dict) else None
        if isinstance(node, dict) and node.get("op") in ("casei", "accenti"):
            inner = unparse(node["args"][0])
            raise Refused(f"Leave {node['op'].upper()} out: case and accents make no difference.", unparse(node), inner)
        if not isinstance(name, str):
            raise Refused("a comparison in filter begins with the name of a parameter.", unparse(node))
        if name not in self.names:
            near = suggestions.parameter(name, "", list(self.names))
            raise Refused(f"filter knows no '{name}' at /{self.collection.name}.", name, near)
        return self.names[name]

    def _alone(self, node: object) -> Refused:
        """What stands where a comparison should; raises Refused if it is a name that nobody knows."""
        shown, message = unparse(node), "filter holds something that is no comparison"
        if not isinstance(node, dict) or "property" not in node:
            return Refused(f"{message}.", shown)
        if isinstance(self._filter(node), Flags):
            return Refused(f"Write {shown} = TRUE.", shown, f"{shown} = TRUE")
        return Refused(f"{message}: write what {shown} is, as in type = 'coerce'.", shown)
