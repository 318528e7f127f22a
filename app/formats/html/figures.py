"""The figures of an event, told apart: those of which two cannot both be so, those that differ, and the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.formats.html.room import Room, cut
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
class Measure:
    """What is counted, the amounts that are shown, and how many values there are; some may be left out."""

    id: str
    unit: str | None
    amounts: Sequence[Amount]
    total: int

    @property
    def left_out(self) -> int:
        """How many values are not shown."""
        return self.total - sum(len(amount.values) for amount in self.amounts)


@dataclass(frozen=True)
class Figures:
    """Measures with their amounts; `others` are those that nobody tells differently, `left_out` counts measures."""

    disputed: Sequence[Measure]
    differing: Sequence[Measure]
    others: Sequence[Measure]
    left_out: int


def figures(measures: Sequence[Members], room: Room) -> Figures:
    """The measures of one event: as many of each group as there is room for."""
    groups = (
        [measure for measure in measures if measure["disputed"]],
        [measure for measure in measures if measure["differing"] and not measure["disputed"]],
        [measure for measure in measures if not measure["differing"] and not measure["disputed"]],
    )
    disputed, differing, others = ([_measure(measure, room) for measure in group[: room.items]] for group in groups)
    return Figures(disputed, differing, others, len(measures) - len(disputed) - len(differing) - len(others))


def _measure(measure: Members, room: Room) -> Measure:
    values = measure["values"]
    return Measure(measure["measure"], measure["unit"], list(_first(amounts(values), room)), len(values))


def _first(found: Iterable[Amount], room: Room) -> Iterator[Amount]:
    """The amounts of the first values."""
    left = room.items
    for amount in found:
        if left > 0:
            yield replace(amount, values=cut(amount.values[:left], room))
            left -= len(amount.values)


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
