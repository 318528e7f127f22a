"""Figures on the page of an event: on one scale, equal ones together, each with who says it."""

from typing import Any

from app.formats.html.figures import amounts


def value(low: Any = None, exact: Any = None, high: Any = None, approximate: bool = False) -> dict[str, Any]:
    """A figure as documents have it."""
    return {"low": low, "value": exact, "high": high, "approximate": approximate}


VALUES = [value(low=10), value(20, 20, 20), value(exact=15), value(), value(high=0)]


def test_figures_lie_on_one_scale() -> None:
    at_least, exact, about, vague, none = amounts(VALUES)
    assert (at_least.open, round(at_least.start or 0, 1), round((at_least.start or 0) + at_least.width)) == (
        True,
        45.5,
        100,
    )
    assert (exact.open, exact.width) == (False, 0)
    assert (at_least.start or 0) < (about.start or 0) < (exact.start or 0) < 100
    assert vague.start is None
    assert (none.start, none.width) == (0, 0)


def test_equal_figures_stand_together_and_vague_ones_apart() -> None:
    found = amounts([value(4, 4, 4), value(), value(4, 4, 4), value(4, 4, 4, approximate=True), value()])
    assert [len(each.values) for each in found] == [2, 1, 1, 1]
