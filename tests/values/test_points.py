"""Boxes and circles on the globe, across the antimeridian and over the poles."""

from math import asin, atan2, cos, degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.values.points import EARTH_RADIUS_KM, Box, Circle, Latitude, Longitude, great_circle_km

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((42.89, 20.87), (42.89, 20.87), 0),
        ((0, 0), (0, 90), 10_007.557),
        ((90, 0), (-90, 0), 20_015.115),
        ((0, 0), (0, 180), 20_015.115),
        ((0, 179.5), (0, -179.5), 111.195),
        ((44.787, 20.457), (42.663, 21.165), 242.9),  # Belgrade, Pristina
    ],
)
def test_distances(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert great_circle_km(*one, *other) == pytest.approx(km, rel=1e-3)
    assert great_circle_km(*other, *one) == pytest.approx(km, rel=1e-3)


def test_a_box_is_read_from_west_south_east_north() -> None:
    box = Box.parse("20.1,42.2,21,43")
    assert box == Box(20.1, 42.2, 21, 43)
    assert not box.crosses_antimeridian
    assert box.contains(42.89, 20.87)
    assert box.contains(42.2, 20.1)
    assert not box.contains(44, 20.87)
    assert not box.contains(42.89, 22)


def test_a_box_may_cross_the_antimeridian() -> None:
    box = Box.parse("177,-20,-178,-15")
    assert box.crosses_antimeridian
    assert box.contains(-17, 179)
    assert box.contains(-17, -179)
    assert not box.contains(-17, 0)


@pytest.mark.parametrize("box", ["170,-20,180,-10", "-180,-20,-170,-10", "170,-20,-170,-10", "180,-20,-180,-10"])
def test_the_antimeridian_is_one_line(box: str) -> None:
    for lon in (180, -180):
        assert Box.parse(box).contains(-15, lon)
    for line in ("180,-20,180,-10", "-180,-20,-180,-10"):
        assert Box.parse(box).touches(Box.parse(line))
        assert Box.parse(line).touches(Box.parse(box))
    assert not Box.parse("-179,-20,179,-10").contains(-15, 180)


def test_a_pole_lies_on_every_meridian() -> None:
    assert Box.parse("100,80,110,90").contains(90, -20)
    assert Box.parse("100,-90,110,-80").contains(-90, -20)
    assert not Box.parse("100,80,110,89.9").contains(90, 105)
    assert Box.parse("100,80,110,90").touches(Box.parse("-20,80,-10,90"))
    assert not Box.parse("100,80,110,90").touches(Box.parse("-20,80,-10,89"))
    assert not Box.parse("100,-90,110,-80").touches(Box.parse("-20,-85,-10,-80"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must be west,south,east,north"),
        ("1,2,3", "must be west,south,east,north"),
        ("1,2,3,4,5", "must be west,south,east,north"),
        ("1,2,3,", "decimal number"),
        ("1, 2,3,4", "decimal number"),
        ("1e1,2,3,4", "decimal number"),
        ("1,2,3,nan", "decimal number"),
        ("20,43,21,42", "south is above north"),
        ("20,-91,21,42", "latitude -91"),
        ("20,42,181,43", "longitude 181"),
    ],
)
def test_a_bad_box_is_refused_with_advice(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Box.parse(text)


def test_a_circle_is_read_from_longitude_latitude_and_kilometres() -> None:
    circle = Circle.parse("20.87,42.89,50")
    assert circle == Circle(lat=42.89, lon=20.87, km=50)
    assert circle.contains(42.663, 21.165)
    assert not circle.contains(44.787, 20.457)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("20,42", "must be lon,lat,km"),
        ("20,42,0", "above 0"),
        ("20,42,-5", "above 0"),
        ("20,42,20017", "at most 20016"),
        ("42,95,5", "longitude comes first"),
        ("200,42,5", "longitude 200"),
        ("20,42,5km", "decimal number"),
    ],
)
def test_a_bad_circle_is_refused_with_advice(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Circle.parse(text)


def test_a_circle_around_a_pole_takes_every_longitude() -> None:
    box = Circle(lat=89, lon=20, km=200).box()
    assert (box.west, box.east, box.north) == (-180, 180, 90)
    assert Circle(lat=-89, lon=20, km=200).box().south == -90


def test_a_circle_at_the_antimeridian_has_a_box_across_it() -> None:
    box = Circle(lat=-17, lon=179.9, km=100).box()
    assert box.crosses_antimeridian
    assert box.contains(-17, -179.5)
    assert not box.contains(-17, 170)


@given(LATITUDES, LONGITUDES, st.floats(1, 20_000), st.floats(0, 360))
def test_the_box_of_a_circle_holds_its_rim(lat: float, lon: float, km: float, bearing: float) -> None:
    circle = Circle(lat, lon, km)
    rim = travelled(lat, lon, 0.999 * km, bearing)  # asin is coarse near a pole
    assert circle.contains(*rim)
    assert circle.box().contains(*rim)


def test_meridians_touch_a_circle_nearer_to_the_pole_than_its_centre() -> None:
    circle = Circle(lat=60, lon=0, km=1000)
    rims = [travelled(60, 0, 999.999, bearing) for bearing in range(360)]
    assert all(circle.box().contains(*rim) for rim in rims)
    assert max(lon for _, lon in rims) == pytest.approx(circle.box().east, abs=0.01)


@given(st.floats(-80, 80), LONGITUDES, st.floats(1, 500))
def test_the_box_of_a_circle_is_no_larger_than_needed(lat: float, lon: float, km: float) -> None:
    box = Circle(lat, lon, km).box()
    assert great_circle_km(lat, lon, box.north, lon) == pytest.approx(km, rel=1e-3)
    assert great_circle_km(lat, lon, box.south, lon) == pytest.approx(km, rel=1e-3)
    assert not box.contains(lat, lon + 180 if lon <= 0 else lon - 180)


@given(st.tuples(LONGITUDES, LONGITUDES), st.tuples(LONGITUDES, LONGITUDES), LONGITUDES)
def test_boxes_touch_where_they_have_a_point_in_common(
    one: tuple[float, float], other: tuple[float, float], lon: float
) -> None:
    first, second = Box(one[0], -10, one[1], 10), Box(other[0], 5, other[1], 20)
    assert first.touches(second) == second.touches(first)
    if first.contains(7, lon) and second.contains(7, lon):
        assert first.touches(second)
    if first.touches(second):
        edges = (*one, *other)
        assert any(first.contains(7, edge) and second.contains(7, edge) for edge in edges)
    assert not first.touches(Box(one[0], 11, one[1], 20))


def test_coordinates_of_a_field_are_bounded_and_finite() -> None:
    assert TypeAdapter(Latitude).validate_python(-90) == -90
    assert TypeAdapter(Longitude).validate_python(180) == 180
    for bad in (90.1, float("nan"), float("inf")):
        with pytest.raises(ValidationError):
            TypeAdapter(Latitude).validate_python(bad)
    with pytest.raises(ValidationError):
        TypeAdapter(Longitude).validate_python(-180.1)
    assert TypeAdapter(Longitude).json_schema() == {"type": "number", "minimum": -180, "maximum": 180}


def travelled(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point so many kilometres from here along a great circle."""
    angle, phi, theta = km / EARTH_RADIUS_KM, radians(lat), radians(bearing)
    height = sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(theta)
    phi2 = asin(max(-1.0, min(1.0, height)))
    east = atan2(sin(theta) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(phi2))
    return degrees(phi2), (lon + degrees(east) + 180) % 360 - 180
