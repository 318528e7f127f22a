"""A map that says where a place is: as a dot, a ring or an area, never finer than it is known."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from app.formats.html.outlines import DISPUTED, Point, Ring, outlines
from app.values.members import Members
from app.values.points import Box, great_circle_km
from app.vocabularies import load

WIDTH, HEIGHT = 360, 270
REACH = 1.7  # degrees from a dot to the upper edge
NEAR_KM = 25  # what the precision `near` means
SOFT_KM = 6  # around the points of a region: nobody says where it ends
KM_TO_DEGREE = 1 / 111.2
LETTER, LINE = 6.8, 15  # how wide and high a letter is at most, for labels not to overlap
ASIDE = (0, LINE + 4, -LINE - 4)  # where a name is tried, from the middle of its country
SMALLEST_NAMED = 1.2  # of a country's part in view against the room for its name

_Rings = Sequence[tuple[Ring, list[Point]]]
_Room = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Label:
    """A name on the map, around its middle; `place` is the one that the map is about."""

    text: str
    x: int
    y: int
    place: bool = False


@dataclass(frozen=True)
class Drawing:
    """What is drawn: paths of SVG in a field of 360 by 270.

    Of `dot`, `ring` (with a radius) and `area` at most one is there.
    """

    land: str
    area: str
    disputed: str
    labels: Sequence[Label]
    dot: tuple[int, int] | None
    ring: tuple[int, int, int] | None


@dataclass(frozen=True)
class Locator:
    """A map, and what it shows in words: how exactly the place is known, and what is not drawn."""

    drawing: Drawing
    words: str


@dataclass(frozen=True)
class _Spot:
    """Where the place is, as far as it is known: a circle of some kilometres (0 for a dot), or a whole country."""

    label: str
    lat: float | None
    lon: float | None
    km: float
    country: str | None


@dataclass(frozen=True)
class _View:
    """The part of the world that is shown, in which degrees become units of the field."""

    box: Box

    def place(self, point: Point) -> tuple[int, int]:
        """Where a point of the globe lies in the field."""
        across = (point[0] - self.box.west) / (self.box.east - self.box.west)
        down = (self.box.north - point[1]) / (self.box.north - self.box.south)
        return round(across * WIDTH), round(down * HEIGHT)

    def path(self, points: Sequence[Point], closed: bool) -> str:
        """The points as a path, without those that lie too near to the one before; in a wide view most do."""
        step = max(1, min(6, round((self.box.north - self.box.south) / 2)))
        kept: list[tuple[int, int]] = []
        for x, y in map(self.place, points):
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step:
                kept.append((x, y))
        if len(kept) < 2 + closed:
            return ""
        moves = itertools.pairwise(kept)
        steps = "".join(f"l{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in moves)
        return f"M{kept[0][0]} {kept[0][1]}{steps}{'z' if closed else ''}".replace(" -", "-")


def locator(place: Members, inside: Sequence[Members] = ()) -> Locator | None:
    """The map of a place; `inside` are the places in it, by which a region is shown. None if nothing is known."""
    precision = load("place-precisions").terms[place["precision"]]
    drawn, said = _shown(place, str(getattr(precision, "point", "none")), inside)
    if drawn is None:
        return None
    disputed = " It is disputed to whom it belongs." if place.get("status") == "disputed" else ""
    return Locator(drawn, f"{place['label']}. {precision.definition}{said}{disputed}")


def _shown(place: Members, point: str, inside: Sequence[Members]) -> tuple[Drawing | None, str]:
    """What is drawn of a place, and what has to be said of that."""
    label, country = place["label"], place["country"]
    if place["lat"] is not None and (km := place.get("uncertainty_km")) is not None:
        return _drawn(_Spot(label, place["lat"], place["lon"], km, None)), f" It lies within {km:g} km of the middle."
    if point == "own" and place["lat"] is not None:
        near = place["precision"] == "near"
        return _drawn(_Spot(label, place["lat"], place["lon"], NEAR_KM if near else 0, None)), ""
    points = tuple((place["lat"], place["lon"]) for place in inside if place.get("lat") is not None)
    if point == "none" and points:
        return _drawn(_around(label, points)), " The ring is around what is known to lie in it, not where it ends."
    if country is None:
        return None, ""
    if point == "centroid":
        return _drawn(_Spot(label, None, None, 0, country)), ""
    return _drawn(_Spot("", None, None, 0, country)), f" Of where, no more is drawn than {_name(country)}."


def _name(country: str) -> str:
    return load("countries").terms[country].label


def _around(label: str, points: Sequence[tuple[float, float]]) -> _Spot:
    """A circle around the points that are known to lie in a region."""
    lat, lon = (sum(values) / len(points) for values in zip(*points, strict=True))
    return _Spot(label, lat, lon, max(great_circle_km(lat, lon, *point) for point in points) + SOFT_KM, None)


@lru_cache(maxsize=256)  # maps, of some kilobytes each; the outlines never change
def _drawn(spot: _Spot) -> Drawing | None:
    box = _box(spot)
    if box is None:
        return None
    view = _View(box)
    rings = list(outlines().rings_in(_wider(box)))
    area = _filled(view, rings, lambda ring: ring.code == spot.country) if spot.country else ""
    if spot.country and not area:  # too small to be seen
        return _drawn(_Spot(spot.label, (box.south + box.north) / 2, (box.west + box.east) / 2, SOFT_KM, None))
    at = view.place((spot.lon, spot.lat)) if spot.lat is not None and spot.lon is not None else None
    radius = round(spot.km * KM_TO_DEGREE / (box.north - box.south) * HEIGHT)
    return Drawing(
        _filled(view, rings, lambda ring: ring.code != spot.country),
        area,
        _disputed(view),
        tuple(_labels(view, rings, spot, at, radius)),
        at if not spot.km else None,
        (*at, radius) if at and spot.km else None,
    )


def _filled(view: _View, rings: _Rings, wanted: Callable[[Ring], bool]) -> str:
    return "".join(view.path(points, closed=True) for ring, points in rings if wanted(ring))


def _box(spot: _Spot) -> Box | None:
    """What is shown, with the proportions of the field at its middle."""
    if spot.lat is not None and spot.lon is not None:
        reach = max(REACH, 1.8 * spot.km * KM_TO_DEGREE)
        return _of_proportions(spot.lat, spot.lon, reach, 0)
    around = outlines().box(spot.country) if spot.country else None
    if around is None:
        return None
    lat, lon = (around.south + around.north) / 2, (around.west + around.east) / 2
    return _of_proportions(lat, lon, 0.65 * (around.north - around.south), 0.6 * (around.east - around.west))


def _of_proportions(lat: float, lon: float, high: float, wide: float) -> Box:
    narrowing = max(cos(radians(lat)), 0.15)
    high = max(high, wide * narrowing * HEIGHT / WIDTH, 0.5)
    wide = high * WIDTH / HEIGHT / narrowing
    return Box(lon - wide, lat - high, lon + wide, lat + high)


def _wider(box: Box) -> Box:
    """The field with a margin, so that the edges at which outlines are cut are not seen."""
    return Box(box.west - 0.1, box.south - 0.1, box.east + 0.1, box.north + 0.1)


def _disputed(view: _View) -> str:
    found = (points for line, points in outlines().lines_in(view.box) if line.kind == DISPUTED)
    return "".join(view.path(run, closed=False) for points in found for run in _runs(points, view.box))


def _runs(points: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The stretches of a line that are seen."""
    run: list[Point] = []
    for start, end in itertools.pairwise(points):
        seen = min(start[0], end[0]) <= box.east and max(start[0], end[0]) >= box.west
        seen = seen and min(start[1], end[1]) <= box.north and max(start[1], end[1]) >= box.south
        if seen:
            run = [*run, end] if run else [start, end]
        elif run:
            yield run
            run = []
    if run:
        yield run


def _labels(view: _View, rings: _Rings, spot: _Spot, at: tuple[int, int] | None, radius: int) -> Iterator[Label]:
    """The name of the place, then of countries, the largest first, where there is room for them."""
    taken: list[_Room] = []
    if at:
        taken.append((at[0] - 6, at[1] - 6, at[0] + 6, at[1] + 6))
        label = Label(spot.label, *_inside(spot.label, at[0], at[1] - radius - 9), place=True)
        taken.append(_room(label))
        yield label
    named = set[str]()
    shapes = sorted(((*_shape(view, points), ring.code) for ring, points in rings), key=lambda shape: -abs(shape[0]))
    for area, x, y, code in shapes:
        if code is None or code in named:
            continue
        tried = (Label(_name(code), *_inside(_name(code), x, y + down), code == spot.country) for down in ASIDE)
        free = (label for label in tried if not any(_meet(_room(label), room) for room in taken))
        if abs(area) > SMALLEST_NAMED * len(_name(code)) * LETTER * LINE and (found := next(free, None)):
            taken.append(_room(found))
            named.add(code)
            yield found


def _shape(view: _View, points: Sequence[Point]) -> tuple[float, float, float]:
    """The area of what is seen of a ring, and its middle."""
    placed = [view.place(point) for point in points]
    twice = east = south = 0.0
    for (x1, y1), (x2, y2) in zip(placed, [*placed[1:], placed[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        twice, east, south = twice + cross, east + cross * (x1 + x2), south + cross * (y1 + y2)
    return (twice / 2, east / (3 * twice), south / (3 * twice)) if twice else (0.0, 0.0, 0.0)


def _inside(text: str, x: float, y: float) -> tuple[int, int]:
    """The middle moved so that the whole name is in the field."""
    half = len(text) * LETTER / 2 + 2
    return round(min(max(x, half), WIDTH - half)), round(min(max(y, LINE), HEIGHT - LINE / 2))


def _room(label: Label) -> _Room:
    half = len(label.text) * LETTER / 2
    return label.x - half, label.y - LINE, label.x + half, label.y + LINE / 3


def _meet(one: _Room, other: _Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
