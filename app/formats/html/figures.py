"""The figures of an event, told apart: those of which two cannot both be so, those that differ, and the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.values.members import Members

BOUNDS = ("low", "value", "high", "approximate")


@dataclass(frozen=True)
class Amount:
    """One figure, everything that says it, and where it lies on a scale from 0 to 100; no place for a vague count."""

    values: Sequence[Members]
    start: float | None
    width: float
    open: bool


@dataclass(frozen=True)
class Figures:
    """Measures with their amounts; `others` are those that nobody tells differently."""

    disputed: Sequence[tuple[Members, Sequence[Amount]]]
    differing: Sequence[tuple[Members, Sequence[Amount]]]
    others: Sequence[Members]


def figures(measures: Sequence[Members]) -> Figures:
    """The measures of one event."""
    return Figures(
        [(measure, amounts(measure["values"])) for measure in measures if measure["disputed"]],
        [
            (measure, amounts(measure["values"]))
            for measure in measures
            if measure["differing"] and not measure["disputed"]
        ],
        [measure for measure in measures if not measure["differing"] and not measure["disputed"]],
    )


def amounts(values: Sequence[Members]) -> list[Amount]:
    """The amounts on one scale from zero; a bound that nobody gives runs to the end of it. Vague counts stay apart."""
    bounds = [bound for value in values for bound in _bounds(value) if bound is not None]
    end = 1.1 * max(map(abs, bounds), default=0) or 1
    same: dict[object, list[Members]] = {}
    for place, value in enumerate(values):
        vague = _bounds(value) == (None, None)
        same.setdefault(place if vague else tuple(value[name] for name in BOUNDS), []).append(value)
    return [Amount(saying, *_place(*_bounds(saying[0]), end)) for saying in same.values()]


def _bounds(value: Members) -> tuple[float | None, float | None]:
    low, exact, high = (value[name] for name in BOUNDS[:3])
    return exact if low is None else low, exact if high is None else high


def _place(low: float | None, high: float | None, end: float) -> tuple[float | None, float, bool]:
    if low is None and high is None:
        return None, 0, False
    start = 100 * max(low or 0, 0) / end
    return start, 100 * (end if high is None else high) / end - start, low is None or high is None
