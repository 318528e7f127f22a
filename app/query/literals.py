"""Literals: the other side of a comparison in `filter`, a text, number, flag or date."""

from app.query.base import Filter, Refused
from app.query.dates import Dates, HeldOn
from app.query.filters import Flags
from app.query.unparse import DEEPEST, unparse
from app.values.integers import in_digits


def literal(asked: Filter, node: object) -> str:
    """A literal as the parameter's own value would be written; raises Refused."""
    if isinstance(node, bool):
        return str(node).lower()
    if isinstance(node, int | float):
        return in_digits(node)
    if isinstance(node, str) and node.strip():
        return node
    if (date := _date(node)) is not None:
        return date
    raise _refused(asked, node)


def _date(node: object) -> str | None:
    """What stands in `DATE('…')` or `INTERVAL('…', '…')`."""
    held = node if isinstance(node, dict) else {}
    parts = held["interval"] if "interval" in held else [held.get("date")]
    texts = [part for part in parts if isinstance(part, str)]
    return "/".join(texts) if len(texts) == len(parts) else None


def _refused(asked: Filter, node: object) -> Refused:
    shown, name = unparse(node), asked.name
    if node is None:
        return Refused(f"Write {name} IS NULL.", f"{name} = NULL", f"{name} IS NULL")
    if isinstance(asked, Flags):
        return Refused(f"Write {name} = TRUE or {name} = FALSE.", shown)
    if _is_bare(node):
        return Refused(f"Put the text in single quotes: {name} = '{shown}'.", shown, f"'{shown}'")
    message = "a comparison in filter ends with a text, a number, TRUE, FALSE or a DATE."
    if isinstance(asked, Dates | HeldOn) and isinstance(node, dict) and node.get("op") == "-":
        message = f"Put the date in single quotes, as in {name} = '2019-05-28'."
    return Refused(message, shown)


def _is_bare(node: object, deep: int = 0) -> bool:
    """Whether it reads as a text without its quotes: `coerce`, or the difference `kosovo-police`."""
    if not isinstance(node, dict) or deep > DEEPEST:
        return False
    if "property" in node:
        return True
    return node.get("op") == "-" and all(_is_bare(part, deep + 1) for part in node["args"])
