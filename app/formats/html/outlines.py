"""The outlines of countries, of Natural Earth: read once, kept as whole hundredths of a degree."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise

import orjson

from app.values.points import Box

UNIT = 100  # of a degree
COAST, BORDER, DISPUTED = range(3)
TURN = 360 * UNIT
TURNS = (0, -TURN, TURN)

Point = tuple[float, float]  # east, north, in degrees


@dataclass(frozen=True)
class Line:
    """A stretch of coast or border between two of its meeting points; `easts` and `norths` are in hundredths.

    A line over the antimeridian goes on beyond 180 degrees.
    """

    kind: int
    easts: Sequence[int]
    norths: Sequence[int]
    box: Box

    def points(self, turn: int = 0) -> list[Point]:
        """Its points in degrees, moved by so many hundredths to the east."""
        return [((east + turn) / UNIT, north / UNIT) for east, north in zip(self.easts, self.norths, strict=True)]


@dataclass(frozen=True)
class Ring:
    """One closed outline of a country or territory: pairs of a line's number and by how much it is moved to the east.

    `~n` is line n backwards.
    """

    code: str | None
    parts: Sequence[tuple[int, int]]
    box: Box


@dataclass(frozen=True)
class Outlines:
    """Lines, each stored once, and the rings that they make; of one country the largest comes first."""

    lines: Sequence[Line]
    rings: Sequence[Ring]

    def lines_in(self, box: Box) -> Iterator[tuple[Line, list[Point]]]:
        """Every line of which some may lie in the box, with its points."""
        for line in self.lines:
            yield from ((line, line.points(turn)) for turn in TURNS if _overlap(line.box, box, turn))

    def rings_in(self, box: Box) -> Iterator[tuple[Ring, list[Point]]]:
        """Every ring of which some lies in the box, with its points, cut at the edges of the box."""
        for ring in self.rings:
            for turn in TURNS:
                if _overlap(ring.box, box, turn) and (points := cut(self._points(ring, turn), box)):
                    yield ring, points

    def _points(self, ring: Ring, turn: int) -> list[Point]:
        found: list[Point] = []
        for number, moved in ring.parts:
            line = self.lines[max(number, ~number)].points(turn + moved)
            found += line if number >= 0 else line[::-1]
        return found

    def box(self, code: str) -> Box | None:
        """The box around the largest ring of a country."""
        return next((ring.box for ring in self.rings if ring.code == code), None)


@cache
def outlines() -> Outlines:
    """The outlines of the world."""
    stored = orjson.loads((files("app.formats.html") / "outlines.json").read_bytes())
    lines = [_line(*arc) for arc in stored["arcs"]]
    rings = [_ring(area["code"], numbers, lines) for area in stored["areas"] for numbers in area["rings"]]
    return Outlines(lines, rings)


def _line(kind: int, *steps: int) -> Line:
    easts, norths = array("h", accumulate(steps[::2])), array("h", accumulate(steps[1::2]))
    box = Box(min(easts) / UNIT, min(norths) / UNIT, max(easts) / UNIT, max(norths) / UNIT)
    return Line(kind, easts, norths, box)


def _ring(code: str | None, numbers: Sequence[int], lines: Sequence[Line]) -> Ring:
    """The ring, each of its lines moved to where the one before it ends."""
    parts: list[tuple[int, int]] = []
    end = None
    for number in numbers:
        easts = lines[number].easts if number >= 0 else lines[~number].easts[::-1]
        moved = 0 if end is None else TURN * round((end - easts[0]) / TURN)
        end = easts[-1] + moved
        parts.append((number, moved))
    boxes = [(lines[max(number, ~number)].box, moved / UNIT) for number, moved in parts]
    west, east = min(box.west + moved for box, moved in boxes), max(box.east + moved for box, moved in boxes)
    return Ring(code, parts, Box(west, min(box.south for box, _ in boxes), east, max(box.north for box, _ in boxes)))


def _overlap(one: Box, other: Box, turn: int) -> bool:
    """Whether two boxes have something in common, the first one moved to the east."""
    moved = turn / UNIT
    beside = one.east + moved < other.west or one.west + moved > other.east
    return not (beside or one.north < other.south or one.south > other.north)


def cut(ring: list[Point], box: Box) -> list[Point]:
    """What of a ring lies in the box (Sutherland and Hodgman), once along each edge."""
    for axis, edge, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        ring = list(_one_side(ring, axis, edge, sign)) if ring else ring
    return ring


def _one_side(ring: Sequence[Point], axis: int, edge: float, sign: int) -> Iterator[Point]:
    for before, point in pairwise([ring[-1], *ring]):
        inside, was_inside = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
        if inside != was_inside:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (edge, other) if axis == 0 else (other, edge)
        if inside:
            yield point
