"""Write app/formats/html/outlines.json: the outlines of countries that maps are drawn with, of Natural Earth.

    npm install world-atlas@2.0.2
    PYTHONPATH=tests python tests/outlines_file.py node_modules/world-atlas/countries-50m.json

world-atlas (ISC licence) is Natural Earth 4.1 at 1:50 million, in the public domain, as TopoJSON: lines that areas
share are stored once. They are simplified, rounded to hundredths of a degree, and marked as coast, border or disputed.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from app.vocabularies import load

FILE = Path(__file__).parent.parent / "app" / "formats" / "html" / "outlines.json"
UNIT = 100  # of a degree
TOLERANCE = 2.5  # hundredths of a degree that a simplified line may be away from the true one
SMALLEST = 30.0  # square hundredths of a degree, of a ring that is kept where its country has a larger one

COAST, BORDER, DISPUTED = range(3)

# Areas whose whole border with the other one is disputed: by whom it is drawn is no judgement on whose it is.
DISPUTED_PAIRS = frozenset(
    map(
        frozenset,
        [
            ("Kosovo", "Serbia"),
            ("N. Cyprus", "Cyprus"),
            ("Somaliland", "Somalia"),
            ("W. Sahara", "Morocco"),
            ("Palestine", "Israel"),
            ("Israel", "Syria"),
            ("Siachen Glacier", "India"),
            ("Siachen Glacier", "Pakistan"),
            ("Siachen Glacier", "China"),
            ("Guyana", "Venezuela"),
        ],
    )
)
# Lines of which a stretch is disputed: the two areas, and the box that holds the stretch (west, south, east, north).
DISPUTED_STRETCHES: tuple[tuple[str, str, tuple[float, float, float, float]], ...] = (
    ("India", "Pakistan", (73.0, 32.4, 78.0, 37.2)),  # Kashmir
    ("India", "China", (76.0, 32.0, 80.5, 36.5)),  # Aksai Chin
    ("India", "China", (91.5, 26.5, 98.0, 30.0)),  # Arunachal Pradesh
    ("Ukraine", "Russia", (32.0, 45.0, 37.0, 46.4)),  # Crimea
    ("Egypt", "Sudan", (33.0, 21.5, 37.5, 23.5)),  # Halaib
    ("Sudan", "S. Sudan", (27.0, 8.5, 30.5, 11.0)),  # Abyei
    ("Kenya", "S. Sudan", (33.8, 4.0, 36.2, 5.6)),  # Ilemi
)

Point = tuple[int, int]


def outlines(topology: Any) -> dict[str, Any]:
    """Return the arcs, each with its kind, and the rings of every area by the numbers of its arcs."""
    areas = [
        (geometry["properties"]["name"], _code(geometry), list(_rings(geometry)))
        for geometry in topology["objects"]["countries"]["geometries"]
    ]
    owners: dict[int, set[str]] = {}
    for name, _, rings in areas:
        for arc in (arc for ring in rings for arc in ring):
            owners.setdefault(_number(arc), set()).add(name)
    pieces = [list(_pieces(line, owners.get(arc, set()))) for arc, line in enumerate(_decoded(topology))]
    first = [sum(map(len, pieces[:arc])) for arc in range(len(pieces))]
    arcs = [piece for parts in pieces for piece in parts]
    cut = [(code, [_cut_ring(ring, first, pieces) for ring in rings]) for _, code, rings in areas]
    kept = [(code, list(_kept(rings, [line for _, line in arcs]))) for code, rings in cut]
    used = sorted({_number(arc) for _, rings in kept for ring in rings for arc in ring})
    place = {arc: number for number, arc in enumerate(used)}
    return {
        "source": "Natural Earth 4.1, 1:50 million, public domain",
        "arcs": [[arcs[arc][0], *_deltas(arcs[arc][1])] for arc in used],
        "areas": [
            {"code": code, "rings": [[place[arc] if arc >= 0 else ~place[~arc] for arc in ring] for ring in rings]}
            for code, rings in kept
        ],
    }


def _pieces(line: Sequence[Point], owners: set[str]) -> Iterator[tuple[int, list[Point]]]:
    """The line, cut where a disputed stretch of it begins and ends; each piece with its kind."""
    boxes = [box for one, other, box in DISPUTED_STRETCHES if {one, other} == owners]
    kind = COAST if len(owners) < 2 else DISPUTED if owners in DISPUTED_PAIRS else BORDER
    disputed = [any(_within(point, box) for box in boxes) for point in line[:-1]]
    for stretch, steps in groupby(range(len(disputed)), key=disputed.__getitem__):
        run = list(steps)
        yield DISPUTED if stretch else kind, _simplified(line[run[0] : run[-1] + 2])


def _cut_ring(ring: Sequence[int], first: Sequence[int], pieces: Sequence[Sequence[object]]) -> list[int]:
    """The ring by the numbers of its pieces; a negative number is the piece backwards."""
    whole = [(arc, range(first[_number(arc)], first[_number(arc)] + len(pieces[_number(arc)]))) for arc in ring]
    return [piece for arc, run in whole for piece in (run if arc >= 0 else [~piece for piece in reversed(run)])]


def _decoded(topology: Any) -> Iterator[list[Point]]:
    """The lines in hundredths of a degree (the TopoJSON specification, section 2.1.3)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for east, north in arc:
            x, y = x + east, y + north
            line.append((round(UNIT * (x * kx + dx)), round(UNIT * (y * ky + dy))))
        yield line


def _simplified(line: Sequence[Point]) -> list[Point]:
    """The line by Douglas and Peucker: its ends, and what is farther away than the tolerance."""
    if len(line) < 3:
        return list(line)
    away = [_distance(point, line[0], line[-1]) for point in line[1:-1]]
    farthest = max(range(len(away)), key=away.__getitem__)
    if away[farthest] <= TOLERANCE:
        return [line[0], line[-1]]
    return _simplified(line[: farthest + 2])[:-1] + _simplified(line[farthest + 1 :])


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    along = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / along)) if along else 0.0
    return float(((x - x1 - share * (x2 - x1)) ** 2 + (y - y1 - share * (y2 - y1)) ** 2) ** 0.5)


def _rings(geometry: Any) -> Iterator[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        yield from polygon


def _kept(rings: Sequence[list[int]], lines: Sequence[Sequence[Point]]) -> Iterator[list[int]]:
    """The rings that can be seen; of an area of nothing but small islands the largest."""
    largest = sorted(rings, key=lambda ring: -_area(ring, lines))
    yield from (ring for place, ring in enumerate(largest) if not place or _area(ring, lines) > SMALLEST)


def _area(ring: Sequence[int], lines: Sequence[Sequence[Point]]) -> float:
    points = [point for arc in ring for point in (lines[arc] if arc >= 0 else lines[~arc][::-1])]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]]))) / 2


def _number(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _within(point: Point, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = (UNIT * edge for edge in box)
    return west <= point[0] <= east and south <= point[1] <= north


def _deltas(line: Sequence[Point]) -> list[int]:
    """The first point and the steps from there; one over the antimeridian is as short as it is on the globe."""
    half, turn = 180 * UNIT, 360 * UNIT
    steps = ((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(line))
    return [*line[0], *(part for east, north in steps for part in ((east + half) % turn - half, north))]


def _code(geometry: Any) -> str | None:
    """The code of ISO 3166-1, or ours for Kosovo."""
    if geometry["properties"]["name"] == "Kosovo":
        return "XK"
    numeric = geometry.get("id")
    terms = load("countries").terms.values()
    return next((term.id for term in terms if numeric and getattr(term, "numeric", None) == numeric), None)


if __name__ == "__main__":
    found = outlines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    FILE.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
