"""Pieces of a `filter` as its writer would know them again: the parser's tree as CQL2 text."""

from app.values.integers import in_digits
from app.values.members import Members

INFIX = ("+", "-", "*", "/", "%", "^", "=", "<>", "<", "<=", ">", ">=")
DEEPEST = 8  # pieces inside each other; one of hundreds of terms is too deep to be written
LONGEST = 200  # characters


def unparse(node: object) -> str:
    """The piece as text, long and deep ones cut."""
    return _any(node, 0)[:LONGEST]


def _any(node: object, deep: int) -> str:
    if deep > DEEPEST:
        return "…"
    if isinstance(node, dict):
        return _named(node, deep + 1)
    if isinstance(node, list):
        return f"({', '.join(_any(part, deep + 1) for part in node)})"
    return _plain(node)


def _plain(node: object) -> str:
    if isinstance(node, bool):
        return "TRUE" if node else "FALSE"
    if isinstance(node, int | float):
        return in_digits(node)
    return "NULL" if node is None else "'" + str(node).replace("'", "''") + "'"


def _named(node: Members, deep: int) -> str:
    """A name, a connective, a comparison, a calculation, a function, a geometry."""
    if "property" in node:
        return str(node["property"])
    if "op" in node:
        parts = [_any(part, deep) for part in node["args"]]
        return str(node["op"]).join(parts) if node["op"] in INFIX else f"{node['op']}({', '.join(parts)})"
    if "type" in node:
        return str(node["type"]).upper()
    name, held = next(iter(node.items()))
    inner = _any(held, deep)
    return f"{name.upper()}{inner if isinstance(held, list) else f'({inner})'}"
