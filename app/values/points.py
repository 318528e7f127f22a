"""Points on the globe in degrees (WGS 84), and the boxes and circles that hold them."""

import re
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt
from typing import Annotated, Final

from pydantic import Field

from app.values.integers import plain_number

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius R1 of the GRS 80 ellipsoid (IUGG)."""

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]

Kilometres = Annotated[float, Field(gt=0, le=5_000, allow_inf_nan=False)]
"""A radius: what is not known to 5,000 km is not known to a point."""

_HALF_ROUND_KM = 20_016  # half way round the globe: a wider circle would be the whole of it
_ROUNDING = 1e-9  # degrees, a tenth of a millimetre
_BETWEEN = re.compile(r"\s*[,;\s]\s*")  # two numbers
_KILOMETRES = re.compile(r"(?<=[0-9])\s*km$", re.IGNORECASE)


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance by the haversine formula on a sphere; off by up to 0.6 % against the ellipsoid."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half_north, half_east = (phi2 - phi1) / 2, radians(lon2 - lon1) / 2
    haversine = sin(half_north) ** 2 + cos(phi1) * cos(phi2) * sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(haversine)))


@dataclass(frozen=True, slots=True)
class Box:
    """Edges belong to the box. West above east is a box across the antimeridian (RFC 7946, section 5.2).

    180 and -180 are one meridian, and a pole lies on all of them.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def crosses_antimeridian(self) -> bool:
        return self.west > self.east

    @property
    def meets_antimeridian(self) -> bool:
        """Whether an edge lies on the antimeridian, or the box across it."""
        return self.crosses_antimeridian or self.west == -180 or self.east == 180

    def contains(self, lat: float, lon: float) -> bool:
        if not self.south <= lat <= self.north:
            return False
        return abs(lat) == 90 or self._spans(lon)

    def touches(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        if self.south > other.north or other.south > self.north:
            return False
        at_a_pole = self.north == other.north == 90 or self.south == other.south == -90
        return at_a_pole or self._spans(other.west) or other._spans(self.west)

    def _spans(self, lon: float) -> bool:
        """Whether the meridian goes through the box."""
        if abs(lon) == 180:
            return self.meets_antimeridian
        if self.crosses_antimeridian:
            return lon >= self.west or lon <= self.east
        return self.west <= lon <= self.east

    @classmethod
    def parse(cls, text: str) -> "Box":
        """Raises ValueError, which says what to write."""
        west, south, east, north = _numbers(text, "west,south,east,north")
        _check_point(south, west)
        _check_point(north, east)
        if south > north:
            raise ValueError("south is above north: the order is west,south,east,north")
        return cls(west, south, east, north)


@dataclass(frozen=True, slots=True)
class Circle:
    """The edge belongs to the circle."""

    lat: float
    lon: float
    km: float

    @classmethod
    def parse(cls, text: str) -> "Circle":
        """Raises ValueError, which says what to write. Longitude comes first, as in GeoJSON."""
        lon, lat, km = _numbers(text, "lon,lat,km")
        _check_point(lat, lon)
        if not 0 < km <= _HALF_ROUND_KM:
            raise ValueError(f"km is above 0 and at most {_HALF_ROUND_KM}")
        return cls(lat, lon, km)

    def contains(self, lat: float, lon: float) -> bool:
        return great_circle_km(self.lat, self.lon, lat, lon) <= self.km

    def box(self) -> Box:
        """The smallest box around the circle; one that holds a pole takes every longitude."""
        angle = self.km / EARTH_RADIUS_KM
        reach = degrees(angle) + _ROUNDING
        south, north = self.lat - reach, self.lat + reach
        if south <= -90 or north >= 90:
            return Box(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
        # Meridians touch a circle nearer to the pole than its centre is, so this is more than reach / cos(lat).
        spread = degrees(asin(min(1.0, sin(angle) / cos(radians(self.lat))))) + _ROUNDING
        west, east = self.lon - spread, self.lon + spread
        return Box(west + 360 if west <= -180 else west, south, east - 360 if east >= 180 else east, north)


def meant(text: str) -> str | None:
    """The box or circle that was probably meant: with commas, longitudes turned into range, or latitude put behind.

    Of a box with heights (RFC 7946 section 5) they are left out.
    """
    try:
        numbers = [plain_number(part) for part in _BETWEEN.split(_KILOMETRES.sub("", text.strip()))]
    except ValueError:
        return None
    if len(numbers) == 6:
        numbers = numbers[:2] + numbers[3:5]
    shown = ",".join(f"{number:.15g}" for number in numbers)
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    turned = [f"{(lon + 180) % 360 - 180:.15g},{lat:.15g}" for lon, lat in pairs]
    swapped = [f"{lat:.15g},{lon:.15g}" for lon, lat in pairs]
    radius = [f"{numbers[2]:.15g}"] if len(numbers) == 3 else []
    tried = (shown, *(",".join([*corners, *radius]) for corners in (turned, swapped)))
    return next((found for found in tried if found != text and _is_one(found)), None)


def _is_one(text: str) -> bool:
    try:
        (Circle if text.count(",") == 2 else Box).parse(text)
    except ValueError:
        return False
    return True


def _numbers(text: str, form: str) -> list[float]:
    parts = text.split(",", maxsplit=form.count(",") + 1)
    if len(parts) != form.count(",") + 1:
        raise ValueError(f"must be {form}")
    try:
        return [plain_number(part) for part in parts]
    except ValueError as error:
        raise ValueError(f"must be {form}; each {error}") from None


def _check_point(lat: float, lon: float) -> None:
    if not -90 <= lat <= 90:
        raise ValueError(f"latitude {lat:g} is not between -90 and 90 degrees (longitude comes first)")
    if not -180 <= lon <= 180:
        raise ValueError(f"longitude {lon:g} is not between -180 and 180 degrees")
